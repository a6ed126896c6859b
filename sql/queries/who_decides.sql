-- Who in fact decides priority, date and scope, and how often is it contested?
-- params: scope=organisation
-- Reads: main.decision_rights.
select
    decision_right,
    decides,
    changes,
    items,
    effective_deciders,
    out_of_role_share,
    contest_rate,
    contest_low,
    contest_high,
    override_share,
    verdict
from decision_rights
where scope = $scope
order by decision_right;
