"""Open work that was handed over most often, on rows a person can follow."""

from tests.sql.asking import answer, holding

_WORK = """
    insert into work_items by name
    select
        'jira:a:' || id as item_id, 'a' as source, 'ticket' as kind, 'PAY-' || id as key,
        'PAY' as project, 'PAY' as team, false as is_subtask,
        timestamptz '2026-01-01 00:00:00Z' as created_at,
        timestamptz '2026-03-31 00:00:00Z' as observed_until,
        'Review' as stage, 'Review' as status, done as is_done, false as is_dropped,
        30.0 as age_days, handed as handoff_count, 0 as reassignment_count
    from (
        values (1, 2, false), (2, 5, false), (3, 9, true), (4, 0, false)
    ) as rows (id, handed, done)
"""


def test_what_was_handed_over_most_comes_first_and_what_is_done_does_not_come() -> None:
    with holding(_WORK) as warehouse:
        told = answer(warehouse, "handed_on_most", "key handoff_count")
    assert told == [("PAY-2", 5), ("PAY-1", 2)]
