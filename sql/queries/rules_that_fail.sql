-- Which rules of the definition of ready fail at the handoff, and is work then sent back more often?
-- params: scope=organisation
-- Reads: main.readiness_rules.
-- in words: {rule}: fails at {fail_rate:%} of {checks} handoffs ({fail_low:100} to {fail_high:%})
-- on the demo: acceptance criteria: fails at 42 % of 2,112 handoffs (40 to 44 %)
select
    rule,
    checks,
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
