-- Who in fact decides priority, date and scope, and how often is it contested?
-- params: scope=organisation
-- Reads: main.decision_rights.
-- in words: {decision_right}: as if {effective_deciders} roles decided ({effective_low} to {effective_high}), {contest_rate:%} of {changes} changes contested ({contest_low:100} to {contest_high:%})
-- on the demo: priority: as if 2.0 roles decided (1.9 to 2.0), 64 % of 233 changes contested (57 to 70 %)
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
