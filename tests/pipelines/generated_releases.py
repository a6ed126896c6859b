"""Generated releases and the sprints beside them: how their dates were seen week after week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from tests.pipelines.generated_policy import JIRA, MONDAY
from tests.pipelines.generated_tickets import DAYS

_SPRINTS = {"1": (7, 20), "2": (21, 34), "3": (35, 48)}
"""First and last day of each, counted from the Monday on which everything begins."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release and the day it was planned for at each sight; None where it had no date."""

    version_id: str
    name: str
    seen: tuple[str | None, ...]
    is_released: bool
    """Whether it was out at the last of them."""


_SEEN = st.lists(st.sampled_from((None, *DAYS[4:] * 2)), min_size=2, max_size=16).map(tuple)
RELEASES = st.tuples(
    *(
        st.builds(Release, st.just(version), st.just(name), _SEEN, st.booleans())
        for version, name in (("901", "1.0"), ("902", "2.0"))
    )
)


def version_rows(releases: tuple[Release, ...], later: timedelta) -> Iterator[dict[str, Any]]:
    """The rows of ``core.release_dates``: a sight that shows nothing new is none."""
    for release in releases:
        last = len(release.seen) - 1
        sights = [
            (week, on, release.is_released and week == last) for week, on in enumerate(release.seen)
        ]
        new = [sights[0], *(one for before, one in pairwise(sights) if before[1:] != one[1:])]
        until = [_sync(week, later) for week, *_ in new[1:]]
        for (week, on, is_released), valid_until in zip(new, [*until, None], strict=True):
            yield {
                **_known("version", release.version_id, release.name),
                "project": "PAY",
                "release_on": None if on is None else date.fromisoformat(on) + later,
                "is_released": is_released,
                "valid_from": _sync(week, later),
                "valid_until": valid_until,
            }


def sprint_rows(later: timedelta) -> Iterator[dict[str, Any]]:
    """The sprints, as they were seen at the first sync and ever since."""
    for number, (first, last) in _SPRINTS.items():
        begins, ends = (MONDAY.date() + timedelta(days=day) + later for day in (first, last))
        row = _known("sprint", number, f"Sprint {number}")
        yield {**row, "starts_on": begins, "release_on": ends, "valid_from": _sync(0, later)}


def _known(kind: str, version_id: str, name: str) -> dict[str, Any]:
    namespace = "sprint:" if kind == "sprint" else ""
    row = {"release_id": f"jira:{JIRA}:{namespace}{version_id}", "source": JIRA, "kind": kind}
    return {**row, "version_id": version_id, "release": name}


def _sync(week: int, later: timedelta) -> Any:
    """The nights in which the tracker was read: one a week, at three."""
    return MONDAY + timedelta(weeks=week, hours=3) + later
