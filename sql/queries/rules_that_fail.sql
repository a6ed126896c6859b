-- Which rules of the definition of ready fail at the handoff, and is work then sent back more often?
-- params: scope=organisation
-- Reads: main.readiness_rules.
-- in words: {rule}: fails at {fail_rate:%} of {judged} handoffs ({fail_low:100} to {fail_high:%})
-- on the demo: acceptance criteria: fails at 42 % of 1,804 handoffs (40 to 44 %)
-- A rule is judged where it passes or fails; the shares are of those handoffs.
select
    rule,
    checks,
    passes + fails as judged,
    fails,
    not_evaluable,
    fail_rate,
    fail_low,
    fail_high,
    sole_fails,
    rejected_when_failed,
    rejected_when_passed
from readiness_rules
where scope = $scope
order by fails desc, rule asc;
