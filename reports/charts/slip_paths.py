"""How a promised date was moved: the path of one commitment, in days from its first promise."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from reports import format as words
from reports.tracker_text import readable

Row = dict[str, Any]

_SUBJECT = ("subject_kind", "subject_id")

#: Commitments drawn with their names, and others drawn without.
NAMED = 3
PALE = 40

#: Days that a line is seen before the first of all moves.
_LEAD_IN = 14

#: Part of the width that is kept for names at its end; part of the height that stays free above and
#: below; pixels from one name to the next.
NAMES = 0.27
_ROOM = 0.06
_LINE = 15


@dataclass(frozen=True, kw_only=True)
class When:
    """The day until which is known what happened, and the zone in which days are told."""

    until: date
    timezone: str


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far the axes go: days from the first promised day, and days later."""

    days: tuple[float, float]
    later: tuple[float, float]


def moved(commitments: pl.DataFrame) -> pl.DataFrame:
    """Promises whose date was moved later: releases first, then those that slipped most often."""
    later = commitments.filter(
        pl.col("slip_count") > 0, pl.col("original_on").is_not_null(), pl.col("gross_slip_days") > 0
    )
    return later.sort(
        pl.col("subject_kind") != "release",
        -pl.col("slip_count"),
        -pl.col("gross_slip_days"),
        "subject",
        "subject_id",
    )


def paths(commitments: pl.DataFrame, moves: pl.DataFrame, when: When) -> list[Row]:
    """The points of every line drawn; a line has a step at each of its points."""
    drawn = moved(commitments).head(NAMED + PALE)
    after = moves.filter("is_after_commitment").join(drawn, on=_SUBJECT, how="semi")
    in_order = after.sort(*_SUBJECT, "move_number")
    by_subject = in_order.partition_by(_SUBJECT, as_dict=True)
    points: list[Row] = []
    for number, commitment in enumerate(drawn.to_dicts()):
        subject = tuple(commitment[name] for name in _SUBJECT)
        own = by_subject[subject].to_dicts() if subject in by_subject else []
        path = _path(commitment, own, when)
        points += [{**point, "line": number, "is_named": number < NAMED} for point in path]
    first = min((point["day"] for point in points if point["is_move"]), default=0)
    return [{**point, "day": max(point["day"], first - _LEAD_IN)} for point in points]


def ends(points: list[Row], commitments: pl.DataFrame) -> list[Row]:
    """Where each line ends, and what became of the commitment: a cleared date ends one, too."""
    last = {point["line"]: point for point in points}
    dated = {point["line"]: point for point in points if point["later"] is not None}
    drawn = moved(commitments).head(NAMED + PALE).to_dicts()
    return [
        {
            "line": number,
            "day": dated[number]["day"],
            "later": dated[number]["later"],
            "is_named": number < NAMED,
            "end": _became(commitment) if last[number]["later"] is not None else "cleared",
            "label": readable(commitment["subject"], limit=16) if number < NAMED else "",
        }
        for number, commitment in enumerate(drawn)
    ]


def reach_of(points: list[Row]) -> Reach:
    """The reach of all points, with room above, below, and for names at the right."""
    days = [0, 1, *(point["day"] for point in points)]
    later = [0, 1, *(point["later"] for point in points if point["later"] is not None)]
    first, last, low, high = min(days), max(days), min(later), max(later)
    room = _ROOM * (high - low)
    names = (last - first) * NAMES / (1 - NAMES)
    return Reach(days=(first, last + names), later=(low - room, high + room))


def labelled(marked: list[Row], reach: Reach, height: int) -> list[Row]:
    """The ends with a place for each name, none nearer to another than a line of text.

    They are pushed apart downwards from the highest: below the ends nothing is drawn.
    """
    low, high = reach.later
    line = _LINE * (high - low) / height
    free, told = high - line / 2, []
    for end in sorted(marked, key=lambda end: (-end["later"], end["line"])):
        at = min(end["later"], free)
        free = at - line if end["is_named"] else free
        told.append({**end, "label_at": at})
    return told


def _became(commitment: Row) -> str:
    return "shipped" if commitment["shipped_at"] else "open"


def _path(commitment: Row, moves: list[Row], when: When) -> list[Row]:
    """From the commitment over every move to the end; a date that was cleared leaves a gap."""
    original, shipped = commitment["original_on"], commitment["shipped_at"]
    end = words.day_in_zone(shipped, when.timezone) if shipped else when.until
    start = words.day_in_zone(commitment["committed_at"], when.timezone)
    steps = [(start, original, False)]
    for move in moves:
        day = words.day_in_zone(move["moved_at"], when.timezone)
        if day > end:
            continue
        if steps[-1][0] == day and steps[-1][2]:
            steps.pop()  # a line has one place on a day: an automation may move a date by the hour
        if move["to_on"] is None and steps[-1][0] < day:
            # The date stood until then: a step is drawn only from one point to the next.
            steps.append((day, steps[-1][1], False))
        steps.append((day, move["to_on"], True))
    steps.append((max(end, steps[-1][0]), steps[-1][1], False))
    return [
        {
            "day": (day - original).days,
            "later": None if on is None else (on - original).days,
            "is_move": is_move,
        }
        for day, on, is_move in steps
    ]
