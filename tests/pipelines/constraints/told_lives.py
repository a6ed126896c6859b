"""Organisations told item by item: in which stage each was for how long, and what came back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import polars as pl

from pipelines.cohorts.scopes import Scopes
from pipelines.constraints.cause_sums import CauseSums, cause_sums
from tests.pipelines.frames import INSTANT, at, frame

START = at("2025-01-06")
SNAPSHOT = at("2026-07-06")
STAGES = {"queue": "Ready", "decision_wait": "Roadmap", "touch": "Build"}
_KINDS = {"queue": "queue", "decision_wait": "decision", "touch": "active"}
_Span: TypeAlias = tuple[str, float, float, str | None]
"""Component, from and to which age, and the stage if it is another."""
BACK = "rework:Shape->Ready"


@dataclass(frozen=True)
class Life:
    """One item: its stays one after the other, (component, days, stage it stood in)."""

    begun: datetime
    stays: tuple[tuple[str, float, str | None], ...]
    team: str = "PAY"
    item_type: str = "Story"
    verdicts: tuple[str, ...] = ("accepted",)
    is_open: bool = False


def life(week: int, team: str = "PAY", **days: float) -> Life:
    """An item that began in a week and waited and was built for so many days."""
    stays = tuple((f"{kind}:{STAGES[kind]}", long, None) for kind, long in days.items())
    return Life(START + timedelta(weeks=week), stays, team)


def sent_back(week: int, team: str = "PAY", *, queued: float, loop: float) -> Life:
    """An item that was sent back once; on its way round it stood in the queue again."""
    stays = (
        ("queue:Ready", queued, None),
        (BACK, loop, "Shape"),
        (BACK, queued, "Ready"),
        ("touch:Build", 3.0, None),
    )
    return Life(START + timedelta(weeks=week), stays, team, verdicts=("rejected", "accepted"))


def sums(lives: Sequence[Life], *, horizon: float = 90.0) -> CauseSums:
    """What the items gave to each cause."""
    return cause_sums(
        items(lives),
        segments(lives),
        visits(lives),
        handoffs(lives),
        horizon=horizon,
        types=("Story",),
    )


def scopes(lives: Sequence[Life]) -> Scopes:
    """All teams are shown."""
    return Scopes(tuple(sorted({one.team for one in lives})), ("Story",), ())


def items(lives: Sequence[Life]) -> pl.DataFrame:
    """As lead times read them."""
    return frame(
        *(
            {
                "item_id": f"{number:04}",
                "team": one.team,
                "item_type": one.item_type,
                "is_subtask": False,
                "is_done": not one.is_open,
                "is_dropped": False,
                "clock_from": one.begun,
                "ended_at": one.begun + timedelta(days=sum(days for _, days, _ in one.stays)),
                "observed_until": SNAPSHOT,
            }
            for number, one in enumerate(lives)
        ),
        **dict.fromkeys(("item_id", "team", "item_type", "release"), pl.String),
        **dict.fromkeys(("is_subtask", "is_done", "is_dropped"), pl.Boolean),
        **dict.fromkeys(("clock_from", "ended_at", "watched_from", "observed_until"), INSTANT),
    )


def segments(lives: Sequence[Life]) -> pl.DataFrame:
    """Who owned the time of each item."""
    rows = [
        {
            "item_id": item_id,
            "component": component,
            "from_age": since,
            "to_age": until,
            "since": begun + timedelta(days=since),
            "until": begun + timedelta(days=until),
        }
        for item_id, begun, (component, since, until, _) in _stays(lives)
    ]
    return frame(
        *rows,
        **dict.fromkeys(("item_id", "component"), pl.String),
        **dict.fromkeys(("from_age", "to_age"), pl.Float64),
        **dict.fromkeys(("since", "until"), INSTANT),
    )


def visits(lives: Sequence[Life]) -> pl.DataFrame:
    """In which stage each item stood, whoever owned its time."""
    rows = [
        {
            "item_id": item_id,
            "stage": stage or component.partition(":")[2],
            "stage_kind": "queue"
            if stage == "Ready"
            else _KINDS.get(component.partition(":")[0], "active"),
            "entered_at": begun + timedelta(days=since),
            "until": begun + timedelta(days=until),
        }
        for item_id, begun, (component, since, until, stage) in _stays(lives)
    ]
    return frame(
        *rows,
        **dict.fromkeys(("item_id", "stage", "stage_kind"), pl.String),
        **dict.fromkeys(("entered_at", "until"), INSTANT),
    )


def handoffs(lives: Sequence[Life]) -> pl.DataFrame:
    """The attempts to hand each item to those who build."""
    rows = [
        {
            "item_id": f"{number:04}",
            "from_stage": "Shape",
            "to_stage": "Ready",
            "verdict": verdict,
        }
        for number, one in enumerate(lives)
        for verdict in one.verdicts
    ]
    return frame(
        *rows, item_id=pl.String, from_stage=pl.String, to_stage=pl.String, verdict=pl.String
    )


def _stays(lives: Sequence[Life]) -> Iterator[tuple[str, datetime, _Span]]:
    """Every stay of every item, with its id and when it began."""
    for number, one in enumerate(lives):
        for span in _spans(one):
            yield f"{number:04}", one.begun, span


def _spans(one: Life) -> list[_Span]:
    found, age = [], 0.0
    for component, days, stage in one.stays:
        found.append((component, age, age + days, stage))
        age += days
    return found
