-- What do delay and rework cost, from the values that were declared?
-- params: scope=organisation
-- Reads: main.cost_of_delay.
-- in words: {ledger}: {quantity} {quantity_unit} ({quantity_low} to {quantity_high}) of {subjects} subjects; {cost_low} to {cost_high} {currency}
-- on the demo: labour: 28,115 hours (25,247 to 31,013) of 866 subjects; 2,800,000 to 3,400,000 USD
-- Two ledgers, never to be added; no money where no value was declared.
select
    ledger,
    subjects,
    quantity,
    quantity_low,
    quantity_high,
    quantity_unit,
    low as cost_low,
    high as cost_high,
    currency,
    basis
from cost_of_delay
where scope = $scope
order by cost_low desc nulls last, ledger asc;
