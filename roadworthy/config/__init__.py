"""``roadworthy.toml``: what it may say (:mod:`model`) and how it is read (:mod:`load`)."""

from roadworthy.config.load import Loaded, json_schema, load
from roadworthy.config.model import Config

__all__ = ["Config", "Loaded", "json_schema", "load"]
