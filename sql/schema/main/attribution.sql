-- Is a delay bound to a rule, to a seat whoever sits in it, or to a person who takes it along?
-- Grain: one row per scope and class of causes.
create table main.attribution (
    scope varchar not null,
    cause_class varchar not null check (cause_class in ('rule', 'seat', 'person', 'seat_or_person')),
    from_role varchar,
    to_role varchar,
    excess_days double,
    low double,
    high double,
    posterior double check (posterior between 0 and 1),
    persistence double,
    persistence_low double,
    persistence_high double,
    verdict varchar not null check (
        verdict in ('structural', 'individual', 'mixed', 'none', 'not_identifiable', 'insufficient_data')
    ),
    reason varchar not null,
    verdict_even varchar check (
        verdict_even in ('structural', 'individual', 'mixed', 'none', 'not_identifiable', 'insufficient_data')
    ),
    scrambled_p_value double check (scrambled_p_value between 0 and 1),
    people varchar,
    seat_teams varchar[] not null,
    seats_withheld integer not null check (seats_withheld >= 0),
    mean_days double,
    items integer not null check (items >= 0),
    primary key (scope, cause_class)
);

comment on table main.attribution is 'Whether a delay is bound to a rule, to a seat whoever holds it, or to a person who takes it along, for the tickets handed over between two roles. Nobody is named or ranked. One row per scope and class of causes.';
comment on column main.attribution.scope is 'organisation.';
comment on column main.attribution.cause_class is 'rule: a rule that an item met; seat: a team''s side of the handoff, whoever holds it; person: an excess that follows somebody from seat to seat, or leaves with them; seat_or_person: an excess that cannot be assigned to either.';
comment on column main.attribution.from_role is 'Role that hands over; null where several do.';
comment on column main.attribution.to_role is 'Role that takes over; null where several do.';
comment on column main.attribution.excess_days is 'Days that the average item would be spared without it; where nothing of the class was found, what might exist undetected; null where nothing of the class could be examined.';
comment on column main.attribution.low is 'Lower end of its 95 % interval.';
comment on column main.attribution.high is 'Upper end of its 95 % interval.';
comment on column main.attribution.posterior is 'Posterior probability that this class has an effect, in [0, 1]; null for rules, which have a test, and where nothing of the class could be examined: a single team, or nobody with three months and fifteen items.';
comment on column main.attribution.persistence is 'Of a seat: ratio of the excess after its holder had changed to that before: 1 stayed, 0 left with the holder. Never given for people.';
comment on column main.attribution.persistence_low is 'Lower end of its 95 % interval.';
comment on column main.attribution.persistence_high is 'Upper end of its 95 % interval.';
comment on column main.attribution.verdict is 'Of the scope: structural, individual, mixed, none (nothing beyond the usual), not_identifiable (something is there, and these data cannot tell what), insufficient_data.';
comment on column main.attribution.reason is 'Why, in one word: docs/metrics.md explains each.';
comment on column main.attribution.verdict_even is 'The verdict if seats and people are held equally likely before the data.';
comment on column main.attribution.scrambled_p_value is 'Of somebody who stood out: share of scrambled histories in which somebody stands out as much, in [0, 1]; null where nobody did.';
comment on column main.attribution.people is 'Number of people behind an individual part, given as fewer than the smallest group; null where there is none.';
comment on column main.attribution.seat_teams is 'Teams whose seat was found, of those with enough people.';
comment on column main.attribution.seats_withheld is 'Number of seats that were found in teams of too few people.';
comment on column main.attribution.mean_days is 'Mean days of an item from the start of its clock, up to the horizon.';
comment on column main.attribution.items is 'Tickets that were handed over and could be followed.';
