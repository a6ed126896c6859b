-- How much of what is sent back does each rule of the definition of ready foretell?
-- params: scope=organisation
-- Reads: main.readiness_rules.
-- in words: {rule}: {rejection_lift} times as likely to be sent back where it fails ({lift_low} to {lift_high}), {judged} judged
-- on the demo: acceptance criteria: 2.8 times as likely to be sent back where it fails (2.5 to 3.2), 1,804 judged
-- Other rules held equal within team and month: a lift of 1 foretells nothing, and a rule whose interval covers 1 is a
-- candidate for deletion. The two shares are as they are, with nothing held equal.
select
    rule,
    rejection_lift,
    lift_low,
    lift_high,
    case when lift_low > 1 then 'foretells' when lift_high < 1 then 'the other way round' when lift_low is not null then 'not shown' end
        as what_it_does,
    rejected_when_failed,
    rejected_when_passed,
    checks,
    passes + fails as judged,
    fails,
    sole_fails,
    not_evaluable,
    late_fill_share,
    median_fill_days,
    debt_days
from readiness_rules
where scope = $scope
order by rejection_lift desc nulls last, rule asc;
