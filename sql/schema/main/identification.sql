-- What these data can tell about seats and people at all.
-- Grain: one row per scope.
create table main.identification (
    scope varchar not null,
    seats integer not null check (seats >= 0),
    replaced_seats integer not null check (replaced_seats >= 0),
    people integer check (people >= 0),
    movers integer check (movers >= 0),
    followed integer check (followed >= 0),
    confounded integer check (confounded >= 0),
    components integer not null check (components >= 0),
    identifiable_share double not null,
    items integer not null check (items >= 0),
    primary key (scope)
);

comment on table main.identification is 'What these data can tell about seats and people at all. Counts of people below the smallest group are withheld. One row per scope.';
comment on column main.identification.scope is 'organisation.';
comment on column main.identification.seats is 'Sides of teams between which tickets were handed over, where a holder is known.';
comment on column main.identification.replaced_seats is 'Of them with two holders of three months and fifteen items each.';
comment on column main.identification.people is 'Who held a seat; null: fewer than may be shown.';
comment on column main.identification.movers is 'People who held seats in two teams for that long; null: fewer than may be shown.';
comment on column main.identification.followed is 'People who shared a seat or followed one another in it; null: fewer than may be shown.';
comment on column main.identification.confounded is 'People whose tenures begin and end only with declared changes; null: fewer than may be shown.';
comment on column main.identification.components is 'Groups of seats whose people never met: what is said about one says nothing about another. People who were hardly there join no groups.';
comment on column main.identification.identifiable_share is 'Share of items in groups with somebody who moved or was followed.';
comment on column main.identification.items is 'Tickets that were handed over and could be followed.';
