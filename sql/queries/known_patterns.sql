-- Which known patterns of a system that delays does this look like, and what speaks against each?
-- Reads: main.diagnoses.
-- in words: {pattern}: {standing}; it suggests to {remedy}
-- on the demo: undefined_readiness: shown; it suggests to write down what ready means, and hold to it where work is handed over
-- Several may hold at once, and none of them is a proof: they are what one would see if it were so.
select
    pattern,
    standing,
    speaks_for,
    speaks_against,
    remedy
from diagnoses
where scope = 'organisation'
order by
    case standing when 'shown' then 1 when 'hinted' then 2 when 'not_shown' then 3 else 4 end,
    pattern_number;
