"""Which sources' statuses follow from a protocol, and not from what somebody set up."""

from typing import Final

import polars as pl

from roadworthy.stages.core_frames import Core

_OF_PULL_REQUESTS: Final = ("github",)
"""Trackers whose statuses are those of :mod:`pipelines.flow.pull_request_protocol`."""


def by_protocol(core: Core) -> frozenset[str]:
    """The sources of which kinds and owners of stages are known before anything was seen."""
    return frozenset(core.sources.filter(pl.col("tracker").is_in(_OF_PULL_REQUESTS))["source"])
