"""What Roadworthy makes of the same histories, once a build has conformed them.

The answers are those of the peers, from the frames of the product: visits give time in status and
returns, handoffs the handovers, and both together what jira-agile-metrics keeps of an issue.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import polars as pl

from benchmarks.peer_histories import STAGES
from pipelines.flow import visits
from roadworthy.config import load
from roadworthy.config.load import Loaded
from roadworthy.stages.core_frames import Core
from roadworthy.stages.handoff_facts import handoff_facts
from roadworthy.stages.histories import histories
from roadworthy.stages.policies import policy_for
from roadworthy.stages.survey import Survey
from roadworthy.warehouse import open_published

T = TypeVar("T")
_STATUSES = [name for name, _, _ in STAGES]


def main(path: Path) -> None:
    """Print what it took, and the answers."""
    loaded = load(path)
    clock: dict[str, tuple[float, float]] = {}
    core = _timed(clock, "reading", lambda: _core(loaded))
    stays, attempts = _facts(clock, core, loaded)
    repeats = stays.filter("is_repeat").group_by("stage").agg(pl.col("item_id").n_unique())
    spent = stays.filter(~pl.col("is_open")).group_by("stage").agg(pl.col("elapsed_hours").sum())
    moves = attempts.group_by("from_stage", "to_stage").len().iter_rows()
    answers = {
        "time in status": {stage: round(hours * 3600) for stage, hours in spent.iter_rows()},
        "returns": dict(repeats.iter_rows()),
        "handovers": {f"{one} > {other}": count for one, other, count in moves},
        "cycle data": _cycle_data(stays, core),
    }
    sys.stdout.write("\n" + json.dumps({"clock": clock, "answers": answers}))


def _core(loaded: Loaded) -> Core:
    with open_published(loaded.warehouse) as warehouse:
        return Core.read(warehouse)


def _facts(
    clock: dict[str, tuple[float, float]], core: Core, loaded: Loaded
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Visits and handoffs: the one place that knows by which steps a build comes to them."""
    policy = policy_for(loaded.config, core.items)
    survey = _timed(clock, "a survey of all", lambda: Survey.of(core, policy))
    told = _timed(
        clock,
        "histories, with roles and working hours",
        lambda: histories(core, survey, policy),
    )
    handed = _timed(clock, "handoffs, with readiness and rework", lambda: handoff_facts(told))

    def alone() -> pl.DataFrame:
        steps = visits.stage_steps(
            told.items,
            told.changes,
            told.core.field_values,
            stage_map=survey.stage_map,
            stages=policy.stages,
            dropped_resolutions=policy.measures.dropped_resolutions,
        )
        return visits.visits(steps, told.items, debounce=timedelta(minutes=5))[0]

    _timed(clock, "of these, visits alone", alone)
    return told.visits, handed.handoffs


def _cycle_data(stays: pl.DataFrame, core: Core) -> dict[str, object]:
    """The first entry into each stage since an earlier one was entered last, as a day."""
    ranked = stays.with_columns(
        rank=pl.col("stage").replace_strict(_STATUSES, list(range(len(_STATUSES)))),
        number=pl.col("visit_number"),
    )
    lowest_after = pl.col("rank").reverse().cum_min().reverse().over("item_id", order_by="number")
    entries = (
        # An entry stands if nothing before it in the flow was entered later.
        ranked.filter(pl.col("rank") <= lowest_after)
        .group_by("item_id", "stage")
        .agg(pl.col("entered_at").min())
        .join(core.items.select("item_id", "key"), on="item_id")
    )
    days = entries.select("key", "stage", pl.col("entered_at").dt.date()).iter_rows()
    lines = sorted(f"{key},{stage},{day}\n" for key, stage, day in days)
    return {
        "entries": len(lines),
        "digest": hashlib.sha256("".join(lines).encode()).hexdigest(),
    }


def _timed(clock: dict[str, tuple[float, float]], what: str, answer: Callable[[], T]) -> T:
    """Ask, and keep what it took on the wall and on the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    told = answer()
    clock[what] = (time.perf_counter() - wall, time.process_time() - cpu)
    return told


if __name__ == "__main__":
    main(Path(sys.argv[1]))
