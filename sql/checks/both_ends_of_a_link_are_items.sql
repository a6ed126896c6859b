-- Both ends of a link between items are items, and not the same one.
-- Returns: the links for which it is not so.
select links.item_id || ' ' || links.link || ' ' || links.linked_item_id as detail
from core.item_links as links
left join core.items as items on links.item_id = items.item_id
left join core.items as linked on links.linked_item_id = linked.item_id
where items.item_id is null or linked.item_id is null or links.item_id = links.linked_item_id
