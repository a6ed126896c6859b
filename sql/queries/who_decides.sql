-- Who in fact decides priority, date and scope, and how often is it contested?
-- params: scope=organisation
-- Reads: main.decision_rights.
select
    decision_right,
    decides,
    verdict,
    changes,
    items,
    effective_deciders,
    effective_low,
    effective_high,
    out_of_role_share,
    out_of_role_low,
    out_of_role_high,
    contest_rate,
    contest_low,
    contest_high,
    override_share,
    unknown_share,
    bulk_changes
from decision_rights
where scope = $scope
order by contest_rate desc nulls last, changes desc, decision_right asc;
