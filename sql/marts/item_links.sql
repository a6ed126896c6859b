-- Which work items have to do with each other, and how that is known.
-- Grain: one row per item_id, linked_item_id, link, evidence.
-- Reads: core.item_links, main.work_items.
create view main.item_links as
select
    links.item_id,
    links.linked_item_id,
    links.link,
    links.evidence,
    links.is_closing,
    items.key,
    linked.key as linked_key
from core.item_links as links
inner join main.work_items as items on links.item_id = items.item_id
inner join main.work_items as linked on links.linked_item_id = linked.item_id;

comment on view main.item_links is 'Which work items belong together, such as a ticket and its pull requests, and how that is known. One row per item_id, linked_item_id, link and evidence.';
comment on column main.item_links.item_id is 'The ticket that a pull request serves, the part of a whole, or the item that mentions another.';
comment on column main.item_links.linked_item_id is 'The pull request, the whole, or the item mentioned.';
comment on column main.item_links.link is 'pull_request: the other one serves the ticket; parent: it is the whole; mention: between two tickets or two pull requests.';
comment on column main.item_links.evidence is 'branch, title or body: the pull request names the key of the ticket there; development: the ticket names the address of the pull request; cross_reference, connected, closing_issue: GitHub says so; closing_keyword: the pull request says that it closes it; parent: the tracker says so.';
comment on column main.item_links.is_closing is 'True where the merge of the pull request closes the ticket.';
comment on column main.item_links.key is 'What people call the item.';
comment on column main.item_links.linked_key is 'What people call the other one.';
