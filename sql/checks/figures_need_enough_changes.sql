-- With insufficient data there are counts and no figures; measured is what has ten changes or more.
-- Returns: the rights and the groups of which that is not so.
select scope || ': ' || decision_right as detail
from main.decision_rights
where
    (verdict = 'measured') <> (changes >= 10 and unknown_share <= 0.2)
    or (verdict = 'measured') <> (effective_deciders is not null)
    or (verdict = 'measured') <> (contest_rate is not null)
    or (out_of_role_share is not null) <> (verdict = 'measured' and decides is not null)
union all
select scope || ': priority churn' as detail
from main.priority_churn
where
    (verdict = 'measured') <> (changes >= 10)
    or (verdict = 'measured') <> (reversal_share is not null)
    or (verdict = 'measured') <> (mid_build_share is not null)
