"""Incidence among competing ends: by hand, against others, and against the truth it estimates."""

import numpy as np
import pytest
from lifelines import AalenJohansenFitter
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from pipelines.statistics.aalen_johansen import Incidence, aalen_johansen
from pipelines.statistics.kaplan_meier import kaplan_meier
from tests.pipelines.statistics.subjects import (
    COUNTED,
    EXACT,
    OPEN,
    OTHER,
    SEEDS,
    Ends,
    Floats,
    competing,
    without_ties,
)


def curve(*subjects: tuple[float, int]) -> Incidence:
    """The incidence of the end that counts, of subjects given as age and end."""
    ages, ends = zip(*subjects, strict=True)
    return aalen_johansen(np.array(ages, dtype=np.float64), np.array(ends), end=COUNTED)


# --- by hand -----------------------------------------------------------------------


def test_an_end_comes_to_those_whom_no_end_has_reached() -> None:
    found = curve((1, COUNTED), (2, OTHER), (3, COUNTED), (4, OPEN))

    assert found.ages.tolist() == [1, 2, 3]
    assert found.incidence.tolist() == pytest.approx([1 / 4, 1 / 4, 1 / 2])


def test_a_censored_subject_stands_for_those_who_go_on() -> None:
    # The open one leaves three quarters to two subjects: the next end takes half of them.
    found = curve((1, COUNTED), (2, OPEN), (3, COUNTED), (4, OTHER))

    assert found.at(3)[0] == pytest.approx(1 / 4 + 3 / 4 * 1 / 2)


def test_an_end_at_the_horizon_is_within_it() -> None:
    found = curve((2, COUNTED), (5, OTHER))

    assert [found.at(age)[0] for age in (1.9, 2.0, 9.0)] == [0.0, 0.5, 0.5]


def test_without_any_end_nothing_has_come() -> None:
    assert curve((1, OPEN), (2, OPEN)).at(5) == (0.0, 0.0)


def test_another_end_is_not_censoring() -> None:
    # Censored, the second subject would leave all of the rest to the third: 1 instead of 2/3.
    assert curve((1, COUNTED), (2, OTHER), (3, COUNTED)).at(3)[0] == pytest.approx(2 / 3)


def test_without_open_subjects_the_incidence_and_its_variance_are_those_of_a_share() -> None:
    found = curve(*[(day, COUNTED) for day in (1, 3, 4)], *[(day, OTHER) for day in (1, 2, 5, 5)])

    value, variance = found.at(5)
    assert value == pytest.approx(3 / 7)
    assert variance == pytest.approx(3 / 7 * 4 / 7 / 7)


def test_a_quantile_counts_who_had_another_end_among_those_not_there() -> None:
    found = curve((1, COUNTED), (2, OTHER), (3, COUNTED), (4, OTHER))

    assert [found.quantile(share) for share in (0.25, 0.5, 0.51)] == [1, 3, None]


def test_nobody_is_at_risk_before_being_watched() -> None:
    # The second is watched from day 2 on: the end at day 1 comes to one of the two others.
    found = aalen_johansen(
        np.array([1.0, 3.0, 4.0]),
        np.array([COUNTED, OTHER, COUNTED]),
        end=COUNTED,
        entries=np.array([0.0, 2.0, 0.0]),
    )

    assert found.incidence.tolist() == pytest.approx([1 / 2, 1 / 2, 1 / 2 + 1 / 4])


def test_who_ended_before_being_watched_is_left_out() -> None:
    exits, entries = np.array([2.0, 3.0, 3.0]), np.array([2.0, 0.0, 1.0])
    found = aalen_johansen(exits, np.array([COUNTED, COUNTED, OTHER]), end=COUNTED, entries=entries)

    assert (found.ages.tolist(), found.incidence.tolist()) == ([3], [0.5])


# --- against others ----------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_incidence_is_that_of_statsmodels(seed: int) -> None:
    exits, ends = competing(seed)
    found = aalen_johansen(exits, ends, end=COUNTED)
    other = CumIncidenceRight(exits, ends)

    at = np.isin(other.times, found.ages)
    assert found.incidence == pytest.approx(other.cinc[COUNTED - 1][at], abs=EXACT)


# Where all at risk have ended it takes the logarithm of nothing; that is no value we compare.
@pytest.mark.filterwarnings("ignore:(divide by zero|invalid value):RuntimeWarning")
@pytest.mark.parametrize("is_delayed", [False, True], ids=["from the beginning", "delayed entry"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_incidence_and_its_variance_are_those_of_lifelines(
    seed: int, *, is_delayed: bool
) -> None:
    exits, ends, entered = without_ties(seed)
    entries = entered if is_delayed else None
    found = aalen_johansen(exits, ends, end=COUNTED, entries=entries)
    other = AalenJohansenFitter().fit(exits, ends, event_of_interest=COUNTED, entry=entries)

    theirs = other.cumulative_density_.loc[found.ages].to_numpy()[:, 0]
    assert found.incidence == pytest.approx(theirs, abs=EXACT)
    assert found.variance == pytest.approx(other.variance_.loc[found.ages].to_numpy(), abs=EXACT)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_variance_is_the_sum_over_pairs_of_ages(seed: int) -> None:
    exits, ends = competing(seed)
    entries = np.where(np.arange(len(exits)) % 3 == 0, exits // 2, 0.0)
    found = aalen_johansen(exits, ends, end=COUNTED, entries=entries)

    for age in (3.0, 8.0, 15.0):
        assert found.at(age)[1] == pytest.approx(_variance(exits, ends, entries, age), rel=EXACT)


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_the_variance_is_that_of_drawing_the_subjects_again(seed: int) -> None:
    exits, ends = competing(seed)
    random = np.random.default_rng(seed)
    draws = (random.integers(0, len(exits), len(exits)) for _ in range(800))
    again = [aalen_johansen(exits[rows], ends[rows], end=COUNTED).at(8)[0] for rows in draws]

    _, variance = aalen_johansen(exits, ends, end=COUNTED).at(8)
    # 800 draws know a variance to a twentieth.
    assert variance == pytest.approx(np.var(again), rel=0.15)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_one_kind_of_end_it_is_one_minus_kaplan_meier(seed: int) -> None:
    exits, ends = competing(seed)
    one_kind = np.minimum(ends, 1)
    survival = kaplan_meier(exits, one_kind > 0)

    found = aalen_johansen(exits, one_kind, end=COUNTED)
    assert found.incidence == pytest.approx(1 - survival.survival, abs=EXACT)
    assert [found.quantile(share) for share in (0.2, 0.5, 0.99)] == [
        survival.quantile(share) for share in (0.2, 0.5, 0.99)
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("share", [0.203, 0.497, 0.653])
def test_with_one_kind_of_end_the_interval_of_a_quantile_is_that_of_statsmodels(
    seed: int, share: float
) -> None:
    exits, ends = competing(seed)
    one_kind = np.minimum(ends, 1)
    low, high = SurvfuncRight(exits, one_kind).quantile_ci(share, method="cloglog")

    found = aalen_johansen(exits, one_kind, end=COUNTED).quantile_interval(share)
    assert found == (low, None if np.isinf(high) else high)


def _variance(exits: Floats, ends: Ends, entries: Floats, horizon: float) -> float:
    """The delta method, one term at a time."""
    ages = sorted(set(exits[(ends > 0) & (exits <= horizon)]))
    left, here, states = 1.0, 0.0, []
    for age in ages:
        at_risk = sum((entries < age) & (age <= exits))
        gone, counted = sum((exits == age) & (ends > 0)), sum((exits == age) & (ends == COUNTED))
        here += left * counted / at_risk
        states.append((left, here, at_risk, gone, counted))
        left *= 1 - gone / at_risk
    total = 0.0
    for before, until, at_risk, gone, counted in states:
        to_come = here - until
        if at_risk > gone:
            total += to_come**2 * gone / (at_risk * (at_risk - gone))
        total += before**2 * (at_risk - counted) * counted / at_risk**3
        total -= 2 * to_come * before * counted / at_risk**2
    return total


@pytest.mark.parametrize("decided", range(1, 40))
def test_where_all_at_risk_have_had_the_end_the_incidence_is_one_without_variance(
    decided: int,
) -> None:
    found = curve(*[(day, COUNTED) for day in range(1, decided + 1)], *[(decided - 0.5, OPEN)] * 97)

    assert found.at(decided) == (1.0, 0.0)


@pytest.mark.parametrize("count", range(7, 120))
def test_where_all_have_had_the_end_a_rounding_error_is_no_survivor(count: int) -> None:
    exits = np.arange(1.0, count + 1)

    low, high = aalen_johansen(exits, np.ones(count, np.int64), end=1).quantile_interval(0.5)
    assert low is not None
    assert high is not None
    assert low <= count / 2 + 1 <= high + 1
