"""The constraint: days per item that would be saved if a cause took no more than is normal.

Shares of time blame long work, and blame the stage that repairs a rejection for the handoff that
caused it. Here every cause owns its time (:mod:`pipelines.latency`), open items counted; of that
time what is beyond normal is the excess. For a wait, normal is a number of days for each item that
comes to it; a loop would cost less in proportion as it would be rarer. A queue also answers for the
time that items wait in it during loops: with more capacity they would not, whoever sent them back.
So each excess answers its own *what if*, and they do not add up.

Only a cause with a named normal is ranked, and "the constraint" is said only where one is first in
nine of ten draws of the data, and under nine of ten other normals that one could think of.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from pipelines.cohorts.scopes import ORGANISATION, Scopes
from pipelines.constraints.cause_figures import CauseFigures, cause_figures
from pipelines.constraints.cause_stays import LOOPS
from pipelines.constraints.cause_sums import CauseSums
from pipelines.constraints.normals import DECLARED, Normal, Normals, kind_of, measure
from pipelines.constraints.ranks import Ranks, ranks
from pipelines.statistics.state_occupation import Floats

CONSTRAINTS = pl.Schema(
    {
        "scope": pl.String(),
        "rank": pl.Int32(),
        "cause": pl.String(),
        "cause_kind": pl.String(),
        "days_per_item": pl.Float64(),
        "loop_days": pl.Float64(),
        "normal": pl.Float64(),
        "benchmark_days": pl.Float64(),
        "benchmark_source": pl.String(),
        "excess_days": pl.Float64(),
        "excess_low": pl.Float64(),
        "excess_high": pl.Float64(),
        "latency_days": pl.Float64(),
        "share": pl.Float64(),
        "probability_first": pl.Float64(),
        "first_under_other_normals": pl.Float64(),
        "in_rank_set": pl.Boolean(),
        "queue_trend": pl.String(),
        "verdict": pl.String(),
        "items": pl.Int32(),
    }
)
_TEAM, _TYPE = "team:", "item_type:"


def constraints(
    sums: CauseSums,
    shares: pl.DataFrame,
    scopes: Scopes,
    *,
    declared: Mapping[str, float],
    trends: Mapping[str, Mapping[str, str]],
) -> pl.DataFrame:
    """Rank the causes of every scope: the columns of ``main.constraints``.

    Args:
        sums: of all items.
        shares: the columns of ``main.latency_shares``: the time that each cause owns.
        scopes: the groups that may be shown.
        declared: what was declared to be normal, by name.
        trends: by scope, of each of its queues by its cause, whether it grows.
    """
    # Teams are compared before any is told. The parts are taken twice: all of them at once would
    # hold every item three times.
    figures = {scope: cause_figures(part) for scope, part in _parts(sums, scopes)}
    teams = [found for scope, found in figures.items() if scope.startswith(_TEAM)]
    rows = [
        {"scope": scope, **row}
        for scope, part in _parts(sums, scopes)
        for row in _rows(
            figures[scope],
            Normals(declared, teams, part),
            shares.filter(pl.col("scope") == scope),
            trends.get(scope, {}),
        )
    ]
    return pl.DataFrame(rows, schema=CONSTRAINTS, orient="row").sort(
        "scope", "rank", "cause", nulls_last=True
    )


def _parts(sums: CauseSums, scopes: Scopes) -> Iterator[tuple[str, CauseSums]]:
    """The scopes in which anything happened, and their cells."""
    if len(sums.items):
        yield ORGANISATION, sums
    for prefix, names, column in (
        (_TEAM, scopes.teams, sums.teams),
        (_TYPE, scopes.item_types, sums.types),
    ):
        for name in names:
            rows = column == name
            if rows.any():
                yield prefix + name, sums.of(rows)


def _rows(
    figures: CauseFigures, normals: Normals, shares: pl.DataFrame, trends: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    """One row for each cause that owns any time of the scope."""
    owned = dict(shares.select("component", "days_per_item").iter_rows())
    latency = shares["latency_days"].max() if shares.height else None
    known = normals.of([cause for cause in owned if kind_of(cause) in DECLARED])
    standing: dict[str, dict[str, object]] = {}
    if figures.is_enough and known:
        exact = [_exact(figures, cause, owned[cause]) for cause in known]
        normal = [_normal_days(figures, cause, known[cause], owned[cause]) for cause in known]
        ranking = ranks(np.column_stack(exact), np.column_stack(normal))
        for place, cause in enumerate(known):
            standing[cause] = {
                "normal": _declared_form(cause, float(known[cause].values[0])),
                "benchmark_days": float(normal[place][0]),
                "benchmark_source": known[cause].source,
                **_standing(ranking, place),
                "share": _share(float(ranking.excess[place]), latency),
            }
    for cause, days in owned.items():
        yield {
            "cause": cause,
            "cause_kind": kind_of(cause),
            "days_per_item": days,
            "loop_days": float(figures.again[0, figures.causes.index(cause)]),
            "benchmark_source": "none",
            "latency_days": latency,
            "queue_trend": trends.get(cause),
            "verdict": _unranked(cause, figures),
            "items": figures.items,
            **standing.get(cause, {}),
        }


def _unranked(cause: str, figures: CauseFigures) -> str:
    if kind_of(cause) not in DECLARED:
        return "not_compared"
    return "no_benchmark" if figures.is_enough else "not_enough_data"


def _exact(figures: CauseFigures, cause: str, days: float) -> Floats:
    """Days per item that a cause accounts for, in every draw around what the ledger says."""
    place = figures.causes.index(cause)
    total = figures.days[:, place] + figures.again[:, place]
    moved: Floats = total + (days - figures.days[0, place])
    return moved


def _normal_days(figures: CauseFigures, cause: str, normal: Normal, days: float) -> Floats:
    """Days per item that would be normal, in every draw."""
    place = figures.causes.index(cause)
    if kind_of(cause) not in LOOPS:
        return normal.values * figures.begun[:, place]
    rate = measure(figures, cause)
    # Where nothing was sent back in a draw, its loop has no time that could fall.
    part = np.divide(normal.values, rate, out=np.zeros_like(rate), where=rate > 0)
    owned = figures.days[:, place] + (days - figures.days[0, place])
    expected: Floats = owned * part
    return expected


def _standing(ranking: Ranks, place: int) -> dict[str, object]:
    return {
        "rank": int(ranking.rank[place]),
        "excess_days": float(ranking.excess[place]),
        "excess_low": float(ranking.low[place]),
        "excess_high": float(ranking.high[place]),
        "probability_first": float(ranking.probability_first[place]),
        "first_under_other_normals": float(ranking.survives[place]),
        "in_rank_set": bool(ranking.in_set[place]),
        "verdict": ranking.verdict(place),
    }


def _share(excess: float, latency: object) -> float | None:
    return excess / float(latency) if isinstance(latency, float) and latency > 0 else None


def _declared_form(cause: str, normal: float) -> float:
    """A normal as it would be declared: the odds of a loop as a rate."""
    return normal / (1 + normal) if kind_of(cause) == "rework" else normal
