-- The releases whose date drifts are those whose date was promised, since the same instant.
-- Returns: the releases on one side only.
select coalesce(drift.subject_id, commitments.subject_id) as detail
from main.forecast_drift as drift
full join (
    from main.commitments
    where subject_kind = 'release' and committed_at is not null
) as commitments using (subject_id)
where
    drift.committed_at is distinct from commitments.committed_at
    or drift.shipped_at is distinct from commitments.shipped_at
