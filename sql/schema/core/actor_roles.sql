-- Which actor held which role when.
-- Grain: one row per actor_id, role, valid_from.
create table core.actor_roles (
    actor_id varchar not null,
    role varchar not null,
    valid_from timestamptz,
    valid_until timestamptz
);

comment on table core.actor_roles is 'Which actor held which role when. One row per actor_id, role and valid_from.';
comment on column core.actor_roles.actor_id is 'Keyed pseudonym.';
comment on column core.actor_roles.role is 'Role of [roles].';
comment on column core.actor_roles.valid_from is 'Instant from which it was held, UTC; null: always.';
comment on column core.actor_roles.valid_until is 'Instant until which it was held, UTC; null: still.';
