"""Noise is in the payloads; in the truth it is only where it means something."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from roadworthy.simulator import Noise, Organisation, Scenario, simulate
from roadworthy.simulator.jira import Tracker
from roadworthy.simulator.jira_catalogue import statuses

ENDS_AT = datetime(2026, 1, 5, 6, tzinfo=UTC)
Row = dict[str, Any]


def organisation(noise: Noise, *, arrivals: float = 1.5) -> Organisation:
    return simulate(5, ends_at=ENDS_AT, scenario=Scenario(noise=noise, arrivals_a_week=arrivals))


def payloads(noisy: Organisation) -> list[Row]:
    tracker = Tracker(noisy)
    return [tracker.issue(issue) for issue in noisy.issues]


def known(noisy: Organisation) -> tuple[object, ...]:
    """Everything of the truth but the list of what was planted."""
    truth = noisy.truth
    settled = truth.settle(noisy.issues, ENDS_AT)
    return truth.visits, truth.handoffs, truth.date_moves, truth.commitments, settled


def test_robots_renamed_statuses_and_mixed_up_ids_change_nothing_that_is_true() -> None:
    noisy = organisation(Noise(bot_days=10.0, heirs_day=300, swapped_ids=0.1))
    kinds = {row.kind for row in noisy.truth.dirt}
    assert kinds >= {"patrol", "status_inherited", "ids_swapped"}
    assert known(noisy) == known(organisation(Noise()))


def test_a_robot_leaves_labels_ranks_and_comments() -> None:
    issues = payloads(organisation(Noise(bot_days=10.0)))
    comments = [c for i in issues for c in i["fields"].get("comment", {}).get("comments", ())]
    touched = [h for i in issues for h in i["changelog"]["histories"] if len(h["items"]) == 2]
    fields = [{item["field"] for item in history["items"]} for history in touched]
    assert {comment["author"]["accountType"] for comment in comments} == {"app"}
    assert fields.count({"labels", "Rank"}) > 500


def test_a_status_that_was_given_up_has_an_heir_and_no_items() -> None:
    noisy = organisation(Noise(heirs_day=300))
    present = {issue["fields"]["status"]["name"] for issue in payloads(noisy)}
    assert {row["name"] for row in statuses(noisy)} >= {"Done", "Delivered", "Idea", "Backlog"}
    assert present >= {"Delivered", "Backlog"}
    assert not present & {"Done", "Idea"}


def test_what_waits_is_put_back_in_one_operation_and_starts_again() -> None:
    noisy = organisation(Noise(swept_days=(150,)), arrivals=3.0)
    swept = [h for h in noisy.truth.handoffs if h.is_swept_back]
    assert len(swept) >= 3
    assert {h.verdict for h in swept} == {"undecided"}
    again = {h.item_id for h in noisy.truth.handoffs if h.handed_at > swept[-1].handed_at}
    assert again & {h.item_id for h in swept}


def test_an_item_that_wanders_over_to_the_sender_was_rejected_or_recalled() -> None:
    noisy = organisation(Noise(trips=0.5))
    stays = sorted(noisy.truth.visits, key=lambda stay: (stay.item_id, stay.visit_number))
    trips = [
        home.entered_at
        for before, away, home in zip(stays, stays[1:], stays[2:], strict=False)
        if before.item_id == home.item_id
        and (before.stage, away.stage, home.stage) == ("Ready for Dev", "Shaping", "Ready for Dev")
        and home.entered_at - away.entered_at <= timedelta(minutes=50)
    ]
    verdicts = Counter(handoff.verdict for handoff in noisy.truth.handoffs)
    assert len(trips) > 50
    assert min(verdicts["rejected"], verdicts["recalled"]) > 25


def test_two_clicks_of_one_instant_are_told_apart_by_their_ids() -> None:
    noisy = organisation(Noise(same_instants=0.5))
    stays = [v for v in noisy.truth.visits if v.stage == "Roadmap Decision"]
    assert any(stay.entered_at == stay.left_at for stay in stays)
    found = noisy.truth.settle(noisy.issues, ENDS_AT)
    made_good = [c for c in found.checks if c.outcome == "fail" and c.passed_at == c.checked_at]
    assert {check.debt_microseconds for check in made_good} == {0}


def test_the_export_says_how_many_histories_there_were() -> None:
    logs = [issue["changelog"] for issue in payloads(organisation(Noise(lost=9)))]
    short = [log for log in logs if log["total"] > len(log["histories"])]
    assert len(short) == 9
    assert all(len(log["histories"]) >= log["total"] / 2 for log in short)
