-- Who held a seat when, as declared: the one who answers for a role in a team.
-- Grain: one row per role, place, actor_id and valid_from.
create table core.seat_holders (
    role varchar not null,
    place varchar not null,
    actor_id varchar not null,
    valid_from timestamptz,
    valid_until timestamptz
);

comment on table core.seat_holders is 'Who held a seat when, as declared in [[tenures]]. One row per role, place, actor_id and valid_from.';
comment on column core.seat_holders.role is 'Role of the seat.';
comment on column core.seat_holders.place is 'Team or project of the seat; empty for a role wherever no place has a holder of its own.';
comment on column core.seat_holders.actor_id is 'Keyed pseudonym.';
comment on column core.seat_holders.valid_from is 'Instant from which it was held, UTC; null: always.';
comment on column core.seat_holders.valid_until is 'Instant until which it was held, UTC; null: still.';
