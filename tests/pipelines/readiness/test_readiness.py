"""Readiness is judged on the item as it stood at the handoff, rule by rule."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.policy import DefinitionOfReady, ReadyRule
from pipelines.readiness.readiness import no_checks, readiness_checks, with_readiness
from pipelines.readiness.rule_readings import rule_readings
from tests.pipelines.frames import INSTANT, Row, at, frame
from tests.pipelines.one_item import ITEM, changes, present

CRITERIA = ReadyRule("criteria", "Criteria", "required")
HANDOFF = {"sequence": 10, "change_group": "handoff", "changed_at": at("2026-03-04 09:00")}
HANDED = {"field": "status", "from_text": "Draft", "to_text": "Ready", **HANDOFF}
BEFORE: Row = {"sequence": 5, "change_group": "before", "changed_at": at("2026-03-03 12:00")}
AFTER: Row = {"sequence": 15, "change_group": "after", "changed_at": at("2026-03-04 09:01")}


def field_of(rule: ReadyRule, moved: pl.DataFrame, now: pl.DataFrame) -> str:
    [reading] = rule_readings(DefinitionOfReady("Ready", (rule,)), ITEM, moved, now)
    return reading.field


def attempts(**handoff: Any) -> pl.DataFrame:
    """The handoff of item ``a`` into Ready, on 4 March at nine."""
    usual = {"handoff_id": "a/1", "item_id": "a", "team": "PAY", "to_stage": "Ready"}
    at_nine = {"item_type": "Story", "handed_at": at("2026-03-04 09:00"), "group_end": 10}
    texts = dict.fromkeys(("handoff_id", "item_id", "team", "to_stage", "item_type"), pl.String)
    row = {**usual, **at_nine, **handoff}
    return frame(row, **texts, handed_at=INSTANT, group_end=pl.Int32)


def judged(
    rule: ReadyRule, *moves: Row, now: tuple[Row, ...] = (), zone: str = "UTC", **handoff: Any
) -> dict[str, Any]:
    """The check of one rule at the handoff, given what else changed and what is shown now."""
    known = present(*now) if now else present({"field": "Criteria"})
    ready = DefinitionOfReady("Ready", (rule,))
    moved = changes(*moves, HANDED)
    readings = rule_readings(ready, ITEM, moved, known)
    found = readiness_checks(
        attempts(**handoff), ITEM, moved, known, guards="Ready", readings=readings, zone=zone
    )
    return found.row(0, named=True)


def criteria(text: str | None, when: Row, **more: Any) -> Row:
    return {"field": "Criteria", "to_text": text, **when, **more}


def shown(field: str, *texts: str) -> tuple[Row, ...]:
    return tuple({"field": field, "value_text": text} for text in texts)


# --- as of the handoff, never as it is now -----------------------------------------


def test_what_was_filled_in_before_the_handoff_counts_from_the_handoff_on() -> None:
    found = judged(CRITERIA, criteria("It works", BEFORE), now=shown("Criteria", "It works"))

    assert (found["outcome"], found["outcome_now"]) == ("pass", "pass")
    assert (found["checked_at"], found["passed_at"]) == (HANDOFF["changed_at"],) * 2


def test_the_value_of_today_proves_nothing_about_the_handoff() -> None:
    found = judged(CRITERIA, criteria("It works", AFTER), now=shown("Criteria", "It works"))

    assert (found["outcome"], found["outcome_now"]) == ("fail", "pass")
    assert found["passed_at"] == AFTER["changed_at"]


def test_what_was_emptied_since_was_there_at_the_handoff() -> None:
    emptied = criteria(None, AFTER, from_text="It works")
    found = judged(CRITERIA, emptied, now=({"field": "Criteria"},))

    assert (found["outcome"], found["outcome_now"]) == ("pass", "fail")


def test_what_was_filled_in_with_the_same_click_counts() -> None:
    found = judged(CRITERIA, criteria("It works", HANDOFF, sequence=9))

    assert found["outcome"] == "pass"


def test_of_two_clicks_at_one_instant_the_later_comes_after_the_handoff() -> None:
    same_instant = {**AFTER, "changed_at": HANDOFF["changed_at"]}
    found = judged(CRITERIA, criteria("It works", same_instant))

    assert (found["outcome"], found["passed_at"]) == ("fail", HANDOFF["changed_at"])


def test_of_several_times_at_which_it_was_filled_in_the_first_counts() -> None:
    again = {"sequence": 20, "change_group": "again", "changed_at": at("2026-03-09")}
    gone = {"sequence": 17, "change_group": "gone", "changed_at": at("2026-03-05")}
    moves = (criteria("A", AFTER), criteria(None, gone), criteria("B", again))

    assert judged(CRITERIA, *moves)["passed_at"] == AFTER["changed_at"]


# --- unknown is not empty ----------------------------------------------------------


def test_a_field_the_item_never_showed_is_unknown() -> None:
    found = judged(CRITERIA, now=shown("summary", "Refund"))

    assert (found["outcome"], found["outcome_now"]) == ("not_evaluable", "not_evaluable")
    assert found["passed_at"] is None


def test_a_field_shown_as_empty_is_empty() -> None:
    assert judged(CRITERIA, now=({"field": "Criteria"},))["outcome"] == "fail"


@pytest.mark.parametrize(("when", "outcome"), [(BEFORE, "pass"), (AFTER, "fail")])
def test_a_field_taken_off_the_item_since_is_what_its_history_says(when: Row, outcome: str) -> None:
    found = judged(CRITERIA, criteria("It works", when), now=shown("summary", "Refund"))

    assert (found["outcome"], found["outcome_now"]) == (outcome, "pass")


# --- scope and validity ------------------------------------------------------------


def test_a_rule_for_another_type_is_not_evaluable_whatever_was_filled_in_later() -> None:
    rule = ReadyRule("criteria", "Criteria", "required", item_types=("Bug",))
    found = judged(rule, criteria("It works", AFTER))

    assert (found["outcome"], found["outcome_now"]) == ("not_evaluable", "not_evaluable")
    assert found["passed_at"] is None


def test_a_rule_for_a_type_is_for_no_item_without_one() -> None:
    rule = ReadyRule("criteria", "Criteria", "required", item_types=("Story",))

    assert judged(rule)["outcome"] == "fail"
    assert judged(rule, item_type=None)["outcome"] == "not_evaluable"


@pytest.mark.parametrize(
    ("since", "zone", "force"),
    [
        (None, "UTC", "in force"),
        (date(2026, 3, 4), "UTC", "in force"),
        (date(2026, 3, 5), "UTC", "to come"),
        (date(2026, 3, 4), "America/Anchorage", "in force"),
        # The rule begins there an hour after the handoff, at its own midnight.
        (date(2026, 3, 5), "Pacific/Kiritimati", "to come"),
    ],
)
def test_a_rule_before_its_introduction_is_judged_and_marked(
    since: date | None, zone: str, force: str
) -> None:
    found = judged(ReadyRule("criteria", "Criteria", "required", since=since), zone=zone)

    assert (found["outcome"], found["is_in_force"]) == ("fail", force == "in force")


def test_only_handoffs_into_the_guarded_stage_are_checked() -> None:
    ready = DefinitionOfReady("Ready", (CRITERIA,))
    elsewhere, moved = attempts(to_stage="In Development"), changes(HANDED)
    readings = rule_readings(ready, ITEM, moved, present())

    assert readiness_checks(
        elsewhere, ITEM, moved, present(), guards="Ready", readings=readings, zone="UTC"
    ).is_empty()


# --- the kinds of rule -------------------------------------------------------------


@pytest.mark.parametrize(("text", "outcome"), [("x", "pass"), ("  ", "fail"), (None, "fail")])
def test_required_is_anything_but_blanks(text: str | None, outcome: str) -> None:
    assert judged(CRITERIA, criteria(text, BEFORE))["outcome"] == outcome


@pytest.mark.parametrize(
    ("text", "outcome"), [("four", "pass"), ("  four  ", "pass"), (" öü ", "fail"), (None, "fail")]
)
def test_a_length_is_counted_in_characters_without_outer_blanks(
    text: str | None, outcome: str
) -> None:
    rule = ReadyRule("criteria", "Criteria", "minimum_length", length=4)

    assert judged(rule, criteria(text, BEFORE))["outcome"] == outcome


@pytest.mark.parametrize(
    ("text", "outcome"), [("As a payer I want", "pass"), ("Refund", "fail"), (None, "fail")]
)
def test_a_pattern_may_match_anywhere(text: str | None, outcome: str) -> None:
    rule = ReadyRule("criteria", "Criteria", "matches", pattern="(?i)as an? .+ i want")

    assert judged(rule, criteria(text, BEFORE))["outcome"] == outcome


@pytest.mark.parametrize(("text", "outcome"), [(" HIGH ", "pass"), ("High, I think", "fail")])
def test_one_of_several_values_is_the_whole_value_in_any_case(text: str, outcome: str) -> None:
    rule = ReadyRule("criteria", "Criteria", "any_of", values=("High", "Highest"))

    assert judged(rule, criteria(text, BEFORE))["outcome"] == outcome


@pytest.mark.parametrize(
    ("link", "outcome"),
    [("This issue is blocked by PAY-2", "pass"), ("This issue blocks PAY-2", "fail")],
)
def test_a_link_counts_by_its_phrase(link: str, outcome: str) -> None:
    rule = ReadyRule("dependency", "issuelinks", "link_type", values=("is blocked by",))
    linked = {"field": "issuelinks", "to_id": "PAY-2", "to_text": link, "is_member": True}

    assert judged(rule, {**linked, **BEFORE})["outcome"] == outcome
    assert judged(rule, {**linked, **AFTER})["outcome"] == "fail"


@pytest.mark.parametrize(("when", "outcome"), [(BEFORE, "pass"), (AFTER, "fail")])
def test_an_attachment_counts_from_when_it_was_attached(when: Row, outcome: str) -> None:
    rule = ReadyRule("mock-up", "attachment", "has_attachment")
    attached = {"field": "attachment", "to_id": "9", "to_text": "a.png", "is_member": True}
    now = ({"field": "attachment", "value_id": "9", "value_text": "a.png"},)

    assert judged(rule, {**attached, **when}, now=now)["outcome"] == outcome


# --- sets and lists ----------------------------------------------------------------


def test_labels_are_matched_each_and_measured_together() -> None:
    now = shown("labels", "no-design", "web")
    one_of = ReadyRule("design", "labels", "any_of", values=("no-design",))
    whole = ReadyRule("design", "labels", "matches", pattern="^web$")
    long = ReadyRule("design", "labels", "minimum_length", length=len("no-design web"))

    assert [judged(rule, now=now)["outcome"] for rule in (one_of, whole, long)] == ["pass"] * 3


@pytest.mark.parametrize(
    ("ids", "text", "outcome"),
    [
        ("[15, 16]", "Interface,Search Engine", "pass"),
        ("[15]", "Interface", "fail"),
        (None, "Interface, Search Engine", "pass"),
    ],
)
def test_a_field_of_several_choices_is_judged_choice_by_choice(
    ids: str | None, text: str, outcome: str
) -> None:
    rule = ReadyRule("theme", "Criteria", "any_of", values=("search engine",))
    now = shown("Criteria", "Interface", "Search Engine")
    moves = (criteria(text, BEFORE, to_id=ids), criteria(text, AFTER, from_id=ids, from_text=text))

    assert judged(rule, *moves, now=now)["outcome"] == outcome


def test_choices_that_never_changed_are_judged_one_by_one() -> None:
    rule = ReadyRule("theme", "Criteria", "matches", pattern="^Search Engine$")

    assert judged(rule, now=shown("Criteria", "Interface", "Search Engine"))["outcome"] == "pass"


# --- which field a rule means ------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "field"), [("Links", "issuelinks"), ("due date", "duedate"), ("Theme", "Theme")]
)
def test_a_field_may_go_by_the_usual_word_for_it(word: str, field: str) -> None:
    assert field_of(ReadyRule("rule", word, "required"), changes(), present()) == field


def test_an_estimate_is_the_field_in_which_somebody_estimated() -> None:
    rule = ReadyRule("estimate", "Estimate", "required")
    unused = {"field": "Story Points"}
    used = {"field": "timeoriginalestimate", "value_text": "3600"}

    assert field_of(rule, changes(), present(unused, used)) == "timeoriginalestimate"
    assert field_of(rule, changes(), present(unused)) == "Story Points"
    assert field_of(rule, changes({"field": "Story Points", "to_text": "5"}), present(used)) == (
        "Story Points"
    )


# --- the summary of a handoff ------------------------------------------------------


def summary(*outcomes: str) -> tuple[Any, ...]:
    rows = [{"handoff_id": "a/1", "rule": f"r{n}", "outcome": o} for n, o in enumerate(outcomes)]
    checks = frame(*rows, **dict.fromkeys(("handoff_id", "rule", "outcome"), pl.String))
    return with_readiness(attempts(), checks).select("is_ready", "failed_rules").row(0)


def test_ready_is_what_fails_no_rule_and_passes_one() -> None:
    assert summary("pass", "not_evaluable") == (True, [])
    assert summary("pass", "fail", "fail") == (False, ["r1", "r2"])
    assert summary("not_evaluable") == (None, [])
    assert summary() == (None, None)


def test_without_a_definition_of_ready_nothing_is_checked() -> None:
    assert no_checks().is_empty()
