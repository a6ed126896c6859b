-- Which work items have to do with each other, and how that is known.
-- Grain: one row per item_id, linked_item_id, link, evidence.
create table core.item_links (
    item_id varchar not null,
    linked_item_id varchar not null,
    link varchar not null,
    evidence varchar not null,
    is_closing boolean not null
);

comment on table core.item_links is 'Which work items have to do with each other, and how that is known. One row per item_id, linked_item_id, link and evidence.';
comment on column core.item_links.item_id is 'The ticket that a pull request serves, the part of a whole, or the item that mentions another.';
comment on column core.item_links.linked_item_id is 'The pull request, the whole, or the item mentioned.';
comment on column core.item_links.link is 'pull_request: the other one serves the ticket; parent: it is the whole; mention: between two tickets or two pull requests.';
comment on column core.item_links.evidence is 'branch, title or body: the pull request names the key of the ticket there; development: the ticket names the address of the pull request; cross_reference, connected, closing_issue: GitHub says so; closing_keyword: the pull request says that it closes it; parent: the tracker says so.';
comment on column core.item_links.is_closing is 'True where the merge of the pull request closes the ticket.';
