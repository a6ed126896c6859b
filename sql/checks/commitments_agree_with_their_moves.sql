-- The slips of a commitment are the sum of the moves made after it.
-- Returns: the commitments of which that is not so.
with

sums as (
    select
        subject_kind,
        subject_id,
        count_if(move = 'clear' or (move in ('slip', 'pull_in', 'retarget') and days > 0)) as slip_count,
        coalesce(sum(days) filter (move in ('slip', 'retarget') and days > 0), 0) as gross_slip_days,
        coalesce(-sum(days) filter (move in ('pull_in', 'retarget') and days < 0), 0) as pull_in_days
    from main.date_moves
    where is_after_commitment
    group by subject_kind, subject_id
)

select commitments.subject_id as detail
from main.commitments as commitments
left join sums using (subject_kind, subject_id)
where
    commitments.slip_count <> coalesce(sums.slip_count, 0)
    or commitments.gross_slip_days <> coalesce(sums.gross_slip_days, 0)
    or commitments.pull_in_days <> coalesce(sums.pull_in_days, 0)
    or (commitments.committed_at is null) <> (commitments.original_on is null)
