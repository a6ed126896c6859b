-- A change is in or out of role where somebody decides and somebody of a known role made it singly, and nowhere else.
-- Returns: the changes of which that is not so.
-- Rights are told of whole items: where they were used on parts alone, none has a row.
select changes.item_id || ' change ' || changes.change_number as detail
from main.decision_changes as changes
inner join main.work_items as items on changes.item_id = items.item_id
left join main.decision_rights as rights
    on changes.decision_right = rights.decision_right and rights.scope = 'organisation'
where
    (rights.decision_right is null and not items.is_subtask)
    or (
        rights.decision_right is not null
        and (changes.is_out_of_role is not null)
        <> (rights.decides is not null and changes.actor_role not in ('bot', '?') and not changes.is_bulk)
    )
    or (changes.is_out_of_role and changes.actor_role = rights.decides)
    or (changes.is_out_of_role and coalesce(changes.is_override, false))
    or (changes.is_contest and (changes.is_bulk or changes.actor_role in ('bot', '?')))
