-- Which rules of the definition of ready fail at the handoff, and is work then sent back more often?
-- params: scope=organisation
-- Reads: main.readiness_rules.
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
