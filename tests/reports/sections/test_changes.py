"""The part of the page about before and after."""

from datetime import date
from typing import Any

from reports.section import Section
from reports.sections.changes import changes
from tests.reports.factories import bucket, effect, intervention, report_data

RULE = "Definition of ready"
OFFSITE = "Off-site"


def told(**tables: list[dict[str, Any]]) -> Section:
    return changes(report_data(None, **tables))


def both() -> dict[str, list[dict[str, Any]]]:
    nothing = {
        "estimate": None,
        "low": None,
        "high": None,
        "verdict": "not_enough_data",
        "design_grade": "D",
        "comparison_teams": [],
        "caveats": ["too_few_buckets_after"],
        "naive_ratio": None,
        "smallest_visible_effect": None,
    }
    return {
        "interventions": [intervention(RULE, "2026-01-12"), intervention(OFFSITE, "2026-03-02")],
        "intervention_effects": [
            effect(RULE, "rejection_rate"),
            effect(
                RULE,
                "lead_time_days",
                estimate=-3.0,
                low=-5.0,
                high=-1.0,
                counterfactual_level=12.0,
            ),
            effect(OFFSITE, "rejection_rate", **nothing),
        ],
        "effect_series": [
            bucket(RULE, "rejection_rate", "2026-01-05", "before"),
            bucket(RULE, "rejection_rate", "2026-02-09", "after"),
        ],
        "recurrences": [
            {
                "intervention": RULE,
                "intervention_kind": "governance",
                "metric": "rejection_rate",
                "effective_on": intervention(RULE, "2026-01-12")["effective_on"],
                "verdict": "improved",
                "failures_in_a_row": 0,
            }
        ],
    }


def test_without_a_declared_change_it_says_how_to_declare_one() -> None:
    part = told()

    assert part.finding is None
    assert "[[interventions]]" in part.lead[0]
    assert not part.figures


def test_only_what_improved_can_have_been_lost_again() -> None:
    tables = both()
    (improved,) = tables["recurrences"]
    lost = {"relapsed_on": date(2026, 3, 30), "intervention": "Lost"}
    never = {"verdict": "not_enough_data", "intervention": OFFSITE}
    tables["recurrences"] = [improved, {**improved, **lost}, {**improved, **never}]
    (table,) = told(**tables).tables
    assert [(row[0], row[4]) for row in table.rows] == [
        (RULE, "no"),
        ("Lost", "30 March 2026"),
        (OFFSITE, ""),
    ]


def test_each_change_has_a_figure_by_its_declared_metric() -> None:
    part = told(**both())

    assert [one.title for one in part.figures[1:]] == [
        f"{RULE}: Handoffs sent back fell by 50% (25 to 75%) against what would have been",
        "Off-site: Handoffs sent back: not enough data",
    ]
    assert part.finding == "Off-site: Handoffs sent back: not enough data"


def test_a_change_of_which_nothing_was_seen_yet_has_no_empty_chart() -> None:
    """As one that is dated after the end of the data."""
    tables = both()
    ahead = {"is_mature": False, "observed": None}
    tables["effect_series"] += [bucket(OFFSITE, "rejection_rate", "2026-02-09", "before", **ahead)]
    seen, unseen = told(**tables).figures[1:]
    assert (seen.spec is None, unseen.spec is None) == (False, True)
    assert unseen.table.rows[0][2] == "too recent"
    assert unseen.notes[0].startswith("It rests on")


def test_the_notes_tell_grade_comparison_maturity_and_what_a_dashboard_would_say() -> None:
    notes = " ".join(told(**both()).figures[1].notes)

    for words in ("grade B", "Compared with Web.", "2 weeks too recent", "58% less", "14 points"):
        assert words in notes


def test_all_changes_against_all_metrics_come_first() -> None:
    overview = told(**both()).figures[0]

    assert overview.name == "effect-intervals"
    assert {row[:2] for row in overview.table.rows} == {
        (RULE, "Handoffs sent back, declared"),
        (RULE, "Lead time"),
        (OFFSITE, "Handoffs sent back, declared"),
    }


def test_early_signals_are_labelled_as_early() -> None:
    early = {
        "intervention": RULE,
        "metric": "lead_time_days",
        "days_after": 33,
        "ratio": 0.9,
        "ratio_low": 0.7,
        "ratio_high": 1.2,
        "probability_improved": 0.8,
        "windows_before": 13,
        "windows_after": 1,
    }

    folded = told(**both(), early_signals=[early]).folded

    assert [table.caption for table in folded][1].startswith("Early signals, and no verdicts")
    assert folded[1].rows == ((RULE, "Lead time", "33", "0.90", "0.70 to 1.20", "80%"),)
