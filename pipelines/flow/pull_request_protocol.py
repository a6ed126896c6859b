"""Stages that follow from the protocol of the pull request, whatever anybody set up.

Its author writes, a reviewer reviews, a maintainer merges; an issue beside it is open or closed. So
kinds and owners are known where nothing was seen yet. *changes requested* ranks with *draft*
because both are the author's turn.
"""

import polars as pl

from pipelines.flow.stage_map import STAGE_MAP

_PULL_REQUEST = (
    ("changes requested", "active", "author", 0),
    ("draft", "active", "author", 0),
    ("review required", "approval", "reviewer", 1),
    ("approved", "queue", "maintainer", 2),
    ("merged", "done", None, 3),
    ("closed", "dropped", None, 4),
)
_ISSUE = (("open", "queue", None, 0), ("closed", "done", None, 1))


def protocol_stages(source: str) -> pl.DataFrame:
    """The stages of the pull requests and issues of a source."""
    rows = [
        (source, kind, None, name, name, stage_kind, owner, rank, True)
        for kind, stages in (("pull_request", _PULL_REQUEST), ("ticket", _ISSUE))
        for name, stage_kind, owner, rank in stages
    ]
    return pl.DataFrame(rows, schema=STAGE_MAP, orient="row")
