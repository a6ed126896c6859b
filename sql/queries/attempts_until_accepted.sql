-- How many attempts does it take until a handoff is accepted?
-- params: scope=organisation
-- Reads: main.handoff_rates.
-- in words: {from_stage} -> {to_stage}: {need_two_or_more:%} of {items} items need two attempts or more ({two_attempts_low:100} to {two_attempts_high:%}), {undecided} attempts undecided
-- on the demo: Roadmap Decision -> Ready for Dev: 43 % of 1,233 items need two attempts or more (40 to 46 %), 16 attempts undecided
-- Items not accepted yet count up to the attempts that were decided; the mean is a lower bound.
select
    from_stage,
    to_stage,
    items,
    attempts,
    first_pass_yield as accepted_at_first,
    first_pass_low,
    first_pass_high,
    two_attempts_share as need_two_or_more,
    two_attempts_low,
    two_attempts_high,
    three_attempts_share as need_three_or_more,
    three_attempts_low,
    three_attempts_high,
    mean_attempts,
    mean_attempts_low,
    mean_attempts_high,
    undecided,
    late_returns
from handoff_rates
where scope = $scope
order by mean_attempts desc nulls last, attempts desc, from_stage asc, to_stage asc;
