"""What happened in the week before the snapshot, beside the week before that."""

from datetime import datetime, timedelta

from reports.data import ReportData
from reports.sections.recent import recent
from tests.reports import factories as f

NOW = datetime.fromisoformat("2026-05-03T00:00:00+00:00")


def told(*ages_in_days: float) -> ReportData:
    moves = [
        {
            "subject_kind": "item",
            "subject_id": f"jira:acme:PAY-{number}",
            "move": "slip",
            "moved_at": NOW - timedelta(days=age),
            "is_after_commitment": True,
        }
        for number, age in enumerate(ages_in_days)
    ]
    return f.report_data(f.facts(as_of=NOW), date_moves=moves)


def slips(*ages: float) -> tuple[int, int]:
    (found,) = [one for one in recent(told(*ages)) if one.many == "promised dates moved later"]
    return found.last_week, found.before


def test_each_event_counts_in_the_week_it_falls_into() -> None:
    assert slips(0, 1, 6.9, 8, 13.9, 14.1, 300) == (3, 2)


def test_a_week_ends_with_its_last_instant_and_not_with_the_first_of_the_next() -> None:
    assert slips(7, 14) == (0, 1)


def test_where_nothing_happened_nothing_is_said() -> None:
    assert recent(told()) == ()
    assert recent(told(300)) == ()


def test_a_date_moves_later_with_a_later_release_too() -> None:
    moved = {"moved_at": NOW - timedelta(days=1)}
    moves = [f.date_move("PAY-1", n, "retarget", days=n, **moved) for n in (-3, 0, 5)]
    [found] = [
        one
        for one in recent(f.report_data(f.facts(as_of=NOW), date_moves=moves))
        if one.many == "promised dates moved later"
    ]
    assert found.last_week == 1


def test_what_is_moved_or_opposed_while_it_is_a_plan_is_neither_a_slip_nor_a_contest() -> None:
    lately = {"moved_at": NOW - timedelta(days=1)}
    moves = [
        f.date_move("PAY-1", number, "slip", is_after_commitment=committed, **lately)
        for number, committed in enumerate((True, False))
    ]
    opposed = [
        {
            "item_id": "jira:acme:PAY-1",
            "is_contest": True,
            "is_after_commitment": committed,
            "changed_at": NOW - timedelta(days=1),
        }
        for committed in (True, False)
    ]
    data = f.report_data(f.facts(as_of=NOW), date_moves=moves, decision_changes=opposed)
    assert [one.sentence for one in recent(data)[-2:]] == [
        "1 promised date moved later (0)",
        "1 decision opposed (0)",
    ]


def test_a_part_is_not_counted_with_its_whole() -> None:
    begun = {"created_at": NOW - timedelta(days=1)}
    whole, part = f.work_item("PAY-1", "Pay", **begun), f.work_item("PAY-2", "Part", **begun)
    data = f.report_data(f.facts(as_of=NOW), work_items=[whole, {**part, "is_subtask": True}])
    assert recent(data)[0].sentence == "1 item begun (0)"


def test_both_counts_stand_in_the_sentence() -> None:
    sentences = [one.sentence for one in recent(told(1, 8, 9))]
    assert "1 promised date moved later (2)" in sentences
