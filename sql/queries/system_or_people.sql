-- Is the delay in the rules, in seats whoever sits in them, or in people?
-- Reads: main.attribution, main.identification.
-- in words: {cause_class}: {excess_days} days of the average item ({low} to {high}), {items} items; verdict: {verdict}
-- on the demo: rule: 10.5 days of the average item (7.2 to 13.5), 1,118 items; verdict: structural
-- Nobody is named or ranked. not_identifiable: something is there, and these data cannot tell what it is.
select
    attribution.cause_class,
    attribution.excess_days,
    attribution.low,
    attribution.high,
    attribution.posterior as probability,
    attribution.verdict,
    attribution.reason,
    attribution.mean_days,
    attribution.items,
    identification.identifiable_share,
    attribution.seats_withheld
from attribution
left join identification using (scope)
order by attribution.excess_days desc nulls last, attribution.cause_class asc;
