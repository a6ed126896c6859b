-- What do delay and rework cost, from the values that were declared?
-- params: scope=organisation
-- Reads: main.cost_of_delay.
-- in words: {ledger}: {quantity} {quantity_unit} ({quantity_low} to {quantity_high}) of {subjects}; costs {cost_low} to {cost_high}
-- on the demo: delay: 0.0 weeks (– to –) of 57; costs – to –
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
order by ledger;
