-- The roles of a decision right made all of its changes, their shares sum to one, and so do those out of role.
-- Returns: the rights and the groups of which that is not so.
with

summed as (
    select
        scope,
        decision_right,
        sum(changes) as changes,
        sum(share) as share,
        coalesce(sum(share) filter (where standing = 'out_of_role'), 0) as out_of_role_share,
        coalesce(sum(share) filter (where standing = 'overrides'), 0) as override_share,
        min(role) filter (where standing = 'decides') as decides
    from main.decision_right_shares
    group by all
)

select coalesce(rights.scope, summed.scope) || ': ' || coalesce(rights.decision_right, summed.decision_right) as detail
from main.decision_rights as rights
full join summed
    on rights.scope = summed.scope and rights.decision_right = summed.decision_right
where
    (summed.changes is not null) <> coalesce(rights.verdict = 'measured', false)
    or rights.changes <> summed.changes
    or abs(summed.share - 1) > 1e-9
    or abs(rights.out_of_role_share - summed.out_of_role_share) > 1e-9
    or abs(rights.override_share - summed.override_share) > 1e-9
    or rights.decides <> summed.decides
union all
select shares.scope || ': ' || shares.decision_right || ' by ' || shares.role as detail
from main.decision_right_shares as shares
inner join summed
    on shares.scope = summed.scope and shares.decision_right = summed.decision_right
where abs(shares.share - shares.changes / summed.changes) > 1e-9
