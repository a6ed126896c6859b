-- Everybody who changed anything, under a pseudonym.
-- Grain: one row per actor_id.
create table core.actors (
    actor_id varchar primary key,
    source varchar not null,
    is_bot boolean not null
);

comment on table core.actors is 'Everybody who changed anything, under a pseudonym. One row per actor_id.';
comment on column core.actors.actor_id is 'Keyed pseudonym; the key lies outside the warehouse.';
comment on column core.actors.source is 'Source in which the account lives.';
comment on column core.actors.is_bot is 'True for the account of an application, and for one that [roles] ever declares to be a bot.';
