-- The visits of an item follow one another without gap or overlap from its first instant to the snapshot.
-- Returns: the visits that do not.
with

lives as (
    select
        items.item_id,
        least(items.created_at, min(changes.changed_at)) as born_at,
        items.observed_until
    from core.items as items
    left join core.field_changes as changes using (item_id)
    group by items.item_id, items.created_at, items.observed_until
),

stays as (
    select
        visits.item_id,
        visits.visit_number,
        visits.entered_at,
        visits.left_at,
        visits.is_open,
        lives.born_at,
        lives.observed_until,
        lag(visits.left_at, 1, lives.born_at) over life as expected_entry,
        lead(visits.visit_number) over life is null as is_last
    from main.visits as visits
    inner join lives using (item_id)
    window life as (partition by visits.item_id order by visits.visit_number)
)

select item_id || ' visit ' || visit_number as detail
from stays
where
    entered_at is distinct from expected_entry
    or is_open <> is_last
    or is_open <> (left_at is null)
    or coalesce(left_at, observed_until) < entered_at
