-- A change is in or out of role where somebody decides and somebody of a known role made it singly, and nowhere else.
-- Returns: the changes of which that is not so.
select changes.item_id || ' change ' || changes.change_number as detail
from main.decision_changes as changes
left join main.decision_rights as rights
    on changes.decision_right = rights.decision_right and rights.scope = 'organisation'
where
    rights.decision_right is null
    or (changes.is_out_of_role is not null)
    <> (rights.decides is not null and changes.actor_role not in ('bot', '?') and not changes.is_bulk)
    or (changes.is_out_of_role and changes.actor_role = rights.decides)
    or (changes.is_out_of_role and coalesce(changes.is_override, false))
    or (changes.is_contest and (changes.is_bulk or changes.actor_role in ('bot', '?')))
