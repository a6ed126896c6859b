"""The words for effects: what may be said, and what must not."""

import pytest

from reports.verdicts import caveat, caveats, change_in_words, dashboard, effect_cell, visible
from tests.reports.factories import effect


def test_an_improvement_is_told_in_per_cent_with_its_interval() -> None:
    told = change_in_words(effect("Rule", "rejection_rate"))

    assert told == "Handoffs sent back fell by 50% (25 to 75%) against what would have been"


def test_a_description_has_no_per_cent_in_its_sentence() -> None:
    told = change_in_words(effect("Rule", "rejection_rate", verdict="not_shown", design_grade="D"))

    assert "%" not in told
    assert told == "Handoffs sent back: what followed can be described, and shows no cause"


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        ("not_shown", "Lead time: neither an effect nor its absence is shown"),
        ("shown_not_to_help", "Lead time: shown not to help"),
        ("not_enough_data", "Lead time: not enough data"),
    ],
)
def test_what_is_not_shown_and_what_is_shown_not_to_help_are_two_things(
    verdict: str, told: str
) -> None:
    assert change_in_words(effect("Rule", "lead_time_days", verdict=verdict)) == told


def test_a_change_from_nothing_is_told_in_its_unit() -> None:
    risen = effect(
        "Rule",
        "rejection_rate",
        verdict="worsened",
        estimate=0.2,
        ratio=None,
        counterfactual_level=0.0,
    )

    assert change_in_words(risen) == "Handoffs sent back rose by 20 points"


def test_a_cell_has_effect_interval_verdict_and_grade() -> None:
    told = effect_cell(effect("Rule", "rejection_rate"))
    days = effect_cell(effect("Rule", "lead_time_days", estimate=-2.0, low=-4.25, high=0.5))

    assert (
        told.replace("\N{MINUS SIGN}", "-")
        == "-20 points (-30 points to -10 points), improved, grade B"
    )
    assert days.startswith("\N{MINUS SIGN}2.0 days (\N{MINUS SIGN}4.2 days to +0.5 days)")


def test_what_rounds_to_nothing_has_no_sign_and_one_point_is_one() -> None:
    points = effect("Rule", "rejection_rate", estimate=-0.004, low=-0.01, high=0.001)
    days = effect("Rule", "lead_time_days", estimate=0.04, low=-0.04, high=1.0)

    assert effect_cell(points).startswith("0 points (\N{MINUS SIGN}1 point to 0 points)")
    assert effect_cell(days).startswith("0.0 days (0.0 days to +1.0 days)")


def test_without_an_estimate_a_cell_has_its_verdict_alone() -> None:
    nothing = effect("Rule", "rejection_rate", estimate=None, verdict="not_enough_data")

    assert effect_cell(nothing) == "not enough data"


def test_a_dashboard_is_quoted_with_what_it_leaves_out() -> None:
    told = dashboard(effect("Rule", "rejection_rate"))

    assert "would say 58% less" in told
    assert "attempts that are still open" in told
    assert not dashboard(effect("Rule", "rejection_rate", naive_ratio=None))


def test_what_could_have_been_seen_is_in_the_unit_of_the_metric() -> None:
    assert visible(effect("Rule", "rejection_rate")).endswith("four of five cases is 14 points.")
    assert visible(effect("Rule", "lead_time_days", smallest_visible_effect=3.0)).endswith(
        "is 3 days."
    )


def test_caveats_are_one_sentence_and_name_the_other_change_harmlessly() -> None:
    told = caveats(
        effect("Rule", "x", caveats=["bundled_with:Off<script>site", "no_comparison_teams"])
    )

    assert told == (
        "It came too close to Off<script>site to be told apart from it; no team served as "
        "comparison."
    )
    assert caveat("a_word_of_a_later_version") == "a word of a later version"
    assert not caveats(effect("Rule", "x"))
