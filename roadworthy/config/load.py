"""Reading ``roadworthy.toml``: whole and valid, or one clear sentence per fault.

Everything is checked before anything is fetched: the syntax, every key and value, and the
references between sections.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from roadworthy.config.faults import describe
from roadworthy.config.model import Config
from roadworthy.config.references import dangling_references
from roadworthy.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Loaded:
    """A valid configuration, where it came from, and the hash that a report prints."""

    config: Config
    path: Path
    hash: str

    def resolve(self, relative: str) -> Path:
        """A path of the file, taken from the folder the file lies in.

        Raises:
            ConfigError: it leads nowhere, as links do that lead to one another.
        """
        path = self.path.parent / relative
        try:
            return path.resolve()
        except (OSError, RuntimeError) as error:
            raise ConfigError(f"{path}: leads nowhere: {error}; name another path") from error

    @property
    def warehouse(self) -> Path:
        """The published DuckDB file."""
        return self.resolve(self.config.warehouse)

    @property
    def reports(self) -> Path:
        """The folder into which reports are written."""
        return self.resolve(self.config.reports)


class FaultyFileError(ConfigError):
    """A file that can be read and says what it may not.

    Attributes:
        faults: a sentence for each fault.
    """

    def __init__(self, path: Path, faults: list[str]) -> None:
        """Take all that is wrong with a file."""
        listed = "\n".join(f"  - {fault}" for fault in faults)
        told = faults[0] if len(faults) == 1 else f"{len(faults)} faults:\n{listed}"
        super().__init__(f"{path}: {told}")
        self.faults = tuple(faults)


#: How a tracker is reached says nothing of what is measured: a renewed token is no other rule.
_WAY_TO_IT = {
    "server",
    "ca_bundle",
    "patience_minutes",
    "longest_hours",
    "email_env",
    "token_env",
    "app",
}


def load(path: Path) -> Loaded:
    """Read and validate a configuration file.

    Raises:
        ConfigError: the file cannot be read, or holds a fault; every fault is named.
    """
    data = _parse(path)
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise FaultyFileError(path, [describe(fault, data) for fault in error.errors()]) from error
    if faults := dangling_references(config):
        raise FaultyFileError(path, faults)
    return Loaded(config, path.resolve(), config_hash(config))


def config_hash(config: Config) -> str:
    """Hash of what a configuration declares of the organisation and of how it is measured."""
    meaning = config.model_dump_json(
        by_alias=True, exclude={"sources": {"__all__": _WAY_TO_IT}, "retention": True}
    )
    return hashlib.sha256(meaning.encode()).hexdigest()[:16]


def json_schema() -> str:
    """The JSON Schema of the file, for the completion and checking of an editor."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Config.model_json_schema(by_alias=True),
        "title": "roadworthy.toml",
    }
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def _parse(path: Path) -> dict[str, Any]:
    try:
        # Editors of Windows put a mark at the beginning, which is no part of the text.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: there is no such file; write one with 'roadworthy init' or by hand "
            "(roadworthy.example.toml shows all it may say, one source is enough), or name another "
            "with --config"
        ) from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        told = f"no UTF-8 text (at byte {error.start}); save it as UTF-8"
        raise ConfigError(f"{path}: {told}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: not valid TOML: nested too deep") from error
    except ValueError as error:  # of syntax, or a number of thousands of digits
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
