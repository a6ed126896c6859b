"""From verdicts on single organisations to counts of cells, and to targets met and missed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.attribution_worlds import Planted

VERDICTS = ("structural", "individual", "mixed", "not_identifiable", "none")
_ACCUSES = ("individual", "mixed")
_FALSE, _NEVER, _FOUND, _STRUCTURAL = 0.02, 0.90, 0.80, 0.95
_WITH_PERSON: tuple[Planted, ...] = ("person", "rule and person")
_OF_SEAT_OR_PERSON: tuple[Planted, ...] = ("seat", *_WITH_PERSON)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of one organisation."""

    cell: str
    planted: Planted
    identifiable: bool
    verdict: str
    is_right: bool
    """Whether every seat and person that was found is the planted one, and every rule."""
    covers: tuple[bool, ...]
    """Whether the interval of each class that was found holds the truth."""
    worst_person: bool
    analysis_of_variance: bool
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Row:
    """The outcomes of one cell that can be told apart, or those that cannot."""

    cell: str
    planted: Planted
    identifiable: bool
    replications: int
    counts: tuple[int, ...]
    """Of each of the verdicts."""
    wrong: int
    """Organisations in which something was found that is not planted."""
    coverage: float
    worst_person: float
    analysis_of_variance: float
    milliseconds: float

    def share(self, *verdicts: str) -> float:
        """Of these verdicts."""
        return self.count(*verdicts) / self.replications

    def count(self, *verdicts: str) -> int:
        """Of these verdicts."""
        return sum(self.counts[VERDICTS.index(one)] for one in verdicts)


def rows_of(found: Sequence[Outcome]) -> Iterator[Row]:
    """One or two for the outcomes of a cell."""
    for identifiable in (True, False):
        part = [one for one in found if one.identifiable == identifiable]
        if part:
            yield _row(part)


def _row(found: Sequence[Outcome]) -> Row:
    one = found[0]
    counted = Counter(each.verdict for each in found)
    covers = [cover for each in found for cover in each.covers]
    return Row(
        one.cell,
        one.planted,
        one.identifiable,
        len(found),
        tuple(counted[verdict] for verdict in VERDICTS),
        sum(not each.is_right for each in found),
        float(np.mean(covers)) if covers else float("nan"),
        float(np.mean([each.worst_person for each in found])),
        float(np.mean([each.analysis_of_variance for each in found])),
        float(np.median([each.milliseconds for each in found])),
    )


HEAD = (
    f"{'cell':44}{'n':>4}{'struct':>8}{'indiv':>7}{'mixed':>7}{'cannot':>8}{'none':>6}"
    f"{'wrong':>7}{'cover':>7}{'worst':>7}{'anova':>7}{'ms':>6}"
)


def line(row: Row) -> str:
    """A row as text."""
    told = row.planted in _OF_SEAT_OR_PERSON
    name = f"{row.cell}{'' if not told else ' (apart)' if row.identifiable else ' (same)'}"
    counts = "".join(
        f"{count:{width}}" for count, width in zip(row.counts, (8, 7, 7, 8, 6), strict=True)
    )
    return (
        f"{name:44}{row.replications:4}{counts}{row.wrong:7}{row.coverage:7.2f}"
        f"{row.worst_person:7.2f}{row.analysis_of_variance:7.2f}{row.milliseconds:6.0f}"
    )


def targets(rows: Sequence[Row]) -> Iterator[str]:
    """Each target, and by how much it is met or missed."""
    nobody = [row for row in rows if row.planted in ("nothing", "rule", "joint decision", "seat")]
    if nobody:
        yield _met(
            "called individual or mixed without a planted person <= 2 %", nobody, _ACCUSES, -_FALSE
        )
    never = [row for row in rows if row.planted == "never changed seat"]
    for row in never:
        yield _met(f"not_identifiable, {row.cell} >= 90 %", [row], ("not_identifiable",), _NEVER)
    if never:
        yield _met("never changed seat called individual or mixed: never", never, _ACCUSES, -0.0)
    for row in rows:
        if row.planted in _WITH_PERSON and row.identifiable:
            words = ("individual",) if row.planted == "person" else ("mixed",)
            yield _met(f"{row.cell}, told apart: {words[0]} >= 80 %", [row], words, _FOUND)
        if row.planted in ("rule", "joint decision"):
            yield _met(f"{row.cell}: structural >= 95 %", [row], ("structural",), _STRUCTURAL)


def _met(name: str, rows: Sequence[Row], verdicts: Sequence[str], goal: float) -> str:
    """A goal that is not positive is a most."""
    many = sum(row.replications for row in rows)
    count = sum(row.count(*verdicts) for row in rows)
    share = count / many
    most = str(goal).startswith("-")
    said = "met" if (share <= -goal if most else share >= goal) else "MISSED"
    error = np.sqrt(max(share * (1 - share), 1 / many / many) / many)
    return f"{said:7}{name}: {count} of {many}, {share:.3f} (standard error {error:.3f})"
