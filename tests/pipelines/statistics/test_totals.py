"""A sum, what it might have been, and what it costs at a price that is not quite known."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import t

from pipelines.statistics.totals import Total, priced, total

SPREAD = np.arange(40, dtype=np.float64)


def amounts(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def test_the_interval_of_a_total_is_about_as_wide_as_that_of_a_sum() -> None:
    low, high = total(SPREAD).interval()

    margin = 1.96 * SPREAD.std() * len(SPREAD) ** 0.5
    assert low == pytest.approx(SPREAD.sum() - margin, rel=0.05)
    assert high == pytest.approx(SPREAD.sum() + margin, rel=0.05)


def test_the_total_of_a_few_has_a_t_interval() -> None:
    few = amounts(2, 4, 9)

    margin = t.ppf(0.975, 2) * few.std(ddof=1) * 3**0.5
    assert total(few).interval() == pytest.approx((15 - margin, 15 + margin))


def test_a_total_that_cannot_be_negative_has_no_interval_below_nothing() -> None:
    low, _ = total(amounts(0, 0, 9), least=0.0).interval()

    assert low == 0.0


@pytest.mark.parametrize("alike", [amounts(), amounts(3), amounts(3, 3), amounts(*[3] * 20)])
def test_what_is_all_alike_says_nothing_of_what_might_have_been(
    alike: NDArray[np.float64],
) -> None:
    found = total(alike)

    assert found == Total(float(alike.sum()), None)
    assert found.interval() == (None, None)


def test_without_draws_the_cost_lies_between_the_two_prices() -> None:
    assert priced(Total(3.0, None), (100.0, 200.0)) == (300.0, 600.0)
    assert priced(Total(-3.0, None), (100.0, 200.0)) == (-600.0, -300.0)


def test_chance_and_price_are_drawn_together() -> None:
    low, high = priced(total(SPREAD), (100.0, 200.0))
    at_one_price = priced(total(SPREAD), (150.0, 150.0))

    assert low < at_one_price[0] < at_one_price[1] < high
    # Never as wide as the worst of both at once.
    assert low > 100 * (total(SPREAD).interval()[0] or 0.0)
    assert high < 200 * (total(SPREAD).interval()[1] or 0.0)


@pytest.mark.parametrize(
    ("amount", "told"),
    [(0.0, 0.0), (1234.0, 1200.0), (-0.01267, -0.013), (99.6, 100.0), (5.0, 5.0)],
)
def test_a_cost_is_told_to_two_digits(amount: float, told: float) -> None:
    assert priced(Total(amount, None), (1.0, 1.0)) == (told, told)


def test_the_same_amounts_give_the_same_cost() -> None:
    assert priced(total(SPREAD), (1.0, 3.0)) == priced(total(SPREAD.copy()), (1.0, 3.0))
