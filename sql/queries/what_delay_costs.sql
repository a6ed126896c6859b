-- What do delay and rework cost, from the values that were declared?
-- params: scope=organisation
-- Reads: main.cost_of_delay.
select
    ledger,
    quantity,
    quantity_unit,
    low,
    high,
    currency,
    basis
from cost_of_delay
where scope = $scope
order by ledger;
