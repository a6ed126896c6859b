"""A plan in words: what could be seen of a change, by when."""

from datetime import date
from pathlib import Path

import pytest

from roadworthy.errors import ConfigError
from roadworthy.layout import PUBLISHED
from roadworthy.plans import Asked, in_words, plan
from roadworthy.warehouse import landing_path, open_landing

ROWS = """
    insert into visible_effects by name
    select *, 'week' as bucket, 5.0 as days_to_maturity, 30.0 as items_per_week
    from (
        values
            ('rejection_rate', 'organisation', false, 4, 'share', 0.40, 0.22, 0.45),
            ('rejection_rate', 'organisation', false, 13, 'share', 0.40, 0.12, 0.70),
            ('rejection_rate', 'team:PAY', false, 4, 'share', 0.20, 0.32, null),
            ('rejection_rate', 'team:PAY', true, 4, 'share', 0.20, 0.10, 0.5),
            ('lead_time_days', 'organisation', false, 13, 'days', 20.0, 5.0, 0.75)
    ) as rows (
        metric, scope, has_comparison, weeks_after, unit, level, smallest_visible_effect,
        smallest_visible_ratio
    )
"""


def asked(*metrics: str, team: str | None = None) -> Asked:
    return Asked(date(2026, 4, 1), metrics, team, washout_days=28)


def made(folder: Path, rows: str) -> Path:
    """A published file that holds these rows."""
    published = folder / "published.duckdb"
    with open_landing(published) as warehouse:
        warehouse.run_folder("schema/main")
        warehouse.execute(rows)
        warehouse.execute("update raw.layout set version = ?", [PUBLISHED])
    landing_path(published).rename(published)
    return published


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return made(tmp_path, ROWS)


def test_a_plan_says_per_metric_how_small_and_by_when(published: Path) -> None:
    lines = list(in_words(plan(published, asked("rejection_rate")), asked("rejection_rate")))

    assert lines[0] == "A change on 2026-04-01 that concerns everybody, brought in over 28 days."
    assert lines[3:] == [
        "rejection_rate: now 40%, 30 a week",
        "  by 2026-06-06 (4 weeks): 22 points, 55% of it",
        "  by 2026-08-08 (13 weeks): 12 points, 30% of it",
    ]


def test_other_teams_make_smaller_effects_visible_and_a_share_has_only_so_far_to_go(
    published: Path,
) -> None:
    of_team = asked("rejection_rate", team="PAY")

    assert list(in_words(plan(published, of_team), of_team))[-1] == (
        "  by 2026-06-06 (4 weeks): more than there is to improve; with the other teams as "
        "comparison 10 points, 50% of it"
    )


def test_without_a_metric_every_one_is_planned(published: Path) -> None:
    assert [row["metric"] for row in plan(published, asked())] == [
        "lead_time_days",
        "rejection_rate",
        "rejection_rate",
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (asked(team="WEB"), "--team WEB: there is no such team"),
        (asked("happiness"), "--metric happiness: no change can be planned by it; there are: "),
    ],
)
def test_what_is_not_there_is_named_with_what_is(published: Path, wrong: Asked, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        plan(published, wrong)


def test_too_little_work_for_any_plan_is_said(tmp_path: Path) -> None:
    empty = made(tmp_path, "select 1")

    with pytest.raises(ConfigError, match="half a year of work"):
        plan(empty, asked())
