"""The cases of changes that people read, held against the product."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.designs import Teams
from pipelines.effects.effect_diagnostics import effect_diagnostics
from pipelines.effects.effect_series import effect_series
from pipelines.effects.intervention_effects import intervention_effects, judge_all
from pipelines.effects.judging import Question
from pipelines.effects.metric_sums import MetricSums
from pipelines.effects.recurrence import recurrences
from pipelines.policy import Intervention
from tests.pipelines.case_files import Case, Table, cases_in
from tests.pipelines.frames import Row, cohort

FOLDER = Path(__file__).parents[2] / "cases" / "effects"
CASES = cases_in(FOLDER, told_by="Weeks")
NO_TRAITS = pl.DataFrame(schema={"item_id": pl.String, "parent_id": pl.String})
_KEYS = {
    "effects": ("change",),
    "series": ("change", "week"),
    "diagnostics": ("change", "diagnostic"),
    "recurrences": ("change",),
}


def instant(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def attempts(weeks: Table, snapshot: date) -> Iterator[Row]:
    """The attempts of a case, as subjects of the rejection rate."""
    number = 0
    for stretch in weeks:
        monday, until = (date.fromisoformat(stretch[name]) for name in ("from", "until"))
        while monday < until:
            for place in range(int(stretch["attempts"])):
                number += 1
                age = (snapshot - monday).days - 1
                lasted = int(stretch["days"])
                is_over = lasted <= age
                yield {
                    "subject_id": f"attempt-{number}",
                    "team": stretch["team"],
                    "entered_at": instant(monday + timedelta(days=1)),
                    "followed_days": float(min(lasted, age)),
                    "snapshot_days": float(age),
                    "end": (1 if place < int(stretch["sent back"]) else 2) if is_over else 0,
                }
            monday += timedelta(weeks=1)


def change_of(declared: dict[str, Any]) -> Intervention:
    rollout = declared.get("rollout")
    return Intervention(
        name=declared["name"],
        kind=declared["kind"],
        effective_on=min(rollout.values()) if rollout else declared["on"],
        washout_days=declared.get("washout_days", 28),
        teams=tuple(declared.get("teams", ())),
        rollout=rollout,
        primary_metric=declared["primary_metric"],
        useful_effect=declared.get("useful_effect", 0.10),
    )


def said_of(case: Case) -> dict[str, list[Row]]:
    settings = case.settings
    rows = list(attempts(case.tables["Weeks"], settings["snapshot"]))
    teams = tuple(sorted({row["team"] for row in rows}))
    metric = Metric("rejection_rate", "share", float(settings["horizon_days"]))
    sums = MetricSums.of(metric, cohort(*rows), NO_TRAITS, zone="UTC")
    changes = tuple(change_of(one) for one in settings["interventions"])
    judged = judge_all([sums], Question(changes, Teams(teams, teams), "UTC"))
    return {
        "effects": [in_words(row) for row in intervention_effects(judged).iter_rows(named=True)],
        "series": [of_week(row) for row in effect_series(judged).iter_rows(named=True)],
        "diagnostics": [
            {**row, "change": row["intervention"]}
            for row in effect_diagnostics(judged).iter_rows(named=True)
        ],
        "recurrences": [
            {
                "change": row["intervention"],
                "relapsed on": str(row["relapsed_on"] or "never"),
                "failures in a row": str(row["failures_in_a_row"]),
            }
            for row in recurrences(judged).iter_rows(named=True)
        ],
    }


def in_words(row: Row) -> Row:
    return {
        "change": row["intervention"],
        "verdict": row["verdict"],
        "grade": row["design_grade"],
        "before": str(row["buckets_before"]),
        "after": str(row["buckets_after"]),
        "estimate": number(row["estimate"]),
        "teams": ", ".join(row["teams"]) or "none",
        "compared with": ", ".join(row["comparison_teams"]) or "none",
        "caveats": ", ".join(row["caveats"]) or "none",
    }


def of_week(row: Row) -> Row:
    return {
        "change": row["intervention"],
        "week": row["bucket_on"].isoformat(),
        "phase": row["phase"],
        "mature": "yes" if row["is_mature"] else "no",
        "observed": number(row["observed"]),
    }


def number(value: float | None) -> str:
    # No minus before nothing.
    return "-" if value is None else f"{round(value, 2) + 0.0:.2f}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_of_a_change_is_what_the_case_expects(case: Case) -> None:
    said = said_of(case)

    for table, expected in case.expected.items():
        for row in expected:
            found = [
                {name: one[name] for name in row}
                for one in said[table]
                if all(one[key] == row[key] for key in _KEYS[table])
            ]
            assert found == [row]
