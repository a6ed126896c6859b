-- Readiness is owed for a failed check alone, for no longer than until the rule passed, and late is after acceptance.
-- Returns: the checks of which that is not so.
select checks.handoff_id || ': ' || checks.rule as detail
from main.readiness_checks as checks
inner join main.handoffs as handoffs using (handoff_id)
inner join main.work_items as work_items on checks.item_id = work_items.item_id
where
    (checks.debt_days is not null) <> (checks.outcome = 'fail')
    or (checks.is_filled_late is not null) <> (checks.outcome = 'fail')
    or checks.debt_days
    > (epoch_us(coalesce(checks.passed_at, work_items.observed_until)) - epoch_us(checks.checked_at)) / 86400e6 + 1e-6
    or (
        checks.is_filled_late
        and not coalesce(handoffs.verdict = 'accepted' and checks.passed_at > handoffs.verdict_at, false)
    )
    or checks.checked_at <> handoffs.handed_at
    or checks.passed_at < checks.checked_at
    or (checks.outcome = 'pass' and checks.passed_at is distinct from checks.checked_at)
