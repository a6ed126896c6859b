"""What holds of every curve of survival and of incidence, whoever its subjects are."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.aalen_johansen import Incidence, aalen_johansen
from pipelines.statistics.kaplan_meier import Survival, kaplan_meier
from pipelines.statistics.step_curves import ROUNDING, log_log_limits
from tests.pipelines.statistics.subjects import (
    AGES,
    COUNTED,
    EXACT,
    OTHER,
    SUBJECTS,
    Drawn,
    Floats,
    arrays,
)

TWICE = SUBJECTS.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some)))
# Whoever ends, or leaves, at the age at which it enters.
UNSEEN = st.tuples(AGES.filter(bool), st.integers(0, OTHER)).map(lambda one: (*one, one[0]))


def survival(subjects: Drawn) -> Survival:
    exits, ends, entries = arrays(subjects)
    return kaplan_meier(exits, ends > 0, entries)


def incidence(subjects: Drawn, end: int = COUNTED) -> Incidence:
    exits, ends, entries = arrays(subjects)
    return aalen_johansen(exits, ends, end=end, entries=entries)


def all_ended(subjects: Drawn) -> tuple[Floats, Survival]:
    """When everybody ended, all watched from the beginning, and the curve of that."""
    exits, _, _ = arrays(subjects)
    return exits, kaplan_meier(exits, np.ones(len(exits), np.bool_))


def assert_same(one: Survival | Incidence, other: Survival | Incidence) -> None:
    for field in fields(one):
        values = getattr(one, field.name), getattr(other, field.name)
        assert np.array_equal(*values), field.name


@given(SUBJECTS, AGES)
def test_without_censoring_it_is_the_share_not_ended_and_its_variance(
    subjects: Drawn, age: float
) -> None:
    exits, curve = all_ended(subjects)
    left = np.mean(exits > age)

    assert curve.at(age) == pytest.approx((left, left * (1 - left) / len(exits)), abs=EXACT)


@given(SUBJECTS, AGES)
def test_without_censoring_the_restricted_mean_is_the_mean_within_the_horizon(
    subjects: Drawn, horizon: float
) -> None:
    exits, curve = all_ended(subjects)
    within = np.minimum(exits, horizon)

    assert curve.restricted_mean(horizon) == pytest.approx(
        (within.mean(), within.var() / len(exits)), abs=EXACT
    )


@given(SUBJECTS, st.sampled_from([1 / 24, 0.5, 7, 86_400]))
def test_in_another_unit_the_restricted_mean_is_the_same_time(
    subjects: Drawn, factor: float
) -> None:
    value, variance = survival(subjects).restricted_mean(6.25)
    scaled = [(leaves * factor, end, enters * factor) for leaves, end, enters in subjects]

    assert survival(scaled).restricted_mean(6.25 * factor) == pytest.approx(
        (value * factor, variance * factor**2), rel=EXACT
    )


@given(SUBJECTS)
def test_the_incidences_of_all_ends_and_what_is_left_sum_to_one(subjects: Drawn) -> None:
    left = survival(subjects).survival
    counted, other = (incidence(subjects, end).incidence for end in (COUNTED, OTHER))

    assert counted + other + left == pytest.approx(np.ones_like(left), abs=EXACT)


@given(SUBJECTS)
def test_of_one_kind_of_end_the_incidence_is_what_has_gone_with_its_variance(
    subjects: Drawn,
) -> None:
    one_kind = [(leaves, min(end, COUNTED), enters) for leaves, end, enters in subjects]
    found, left = incidence(one_kind), survival(one_kind)

    assert found.incidence == pytest.approx(1 - left.survival, abs=EXACT)
    assert found.variance == pytest.approx(left.variance, abs=EXACT)


@given(SUBJECTS, UNSEEN)
def test_a_subject_with_no_time_at_risk_changes_nothing(
    subjects: Drawn, unseen: tuple[float, int, float]
) -> None:
    assert_same(survival([*subjects, unseen]), survival(subjects))
    assert_same(incidence([*subjects, unseen]), incidence(subjects))


@given(TWICE)
def test_the_order_of_subjects_changes_nothing(both: tuple[Drawn, Drawn]) -> None:
    one, other = both

    assert_same(survival(one), survival(other))
    assert_same(incidence(one), incidence(other))


@given(SUBJECTS)
def test_the_curve_only_falls_and_its_limits_lie_about_it(subjects: Drawn) -> None:
    found = survival(subjects)
    low, high = log_log_limits(found.survival, found.variance)

    assert np.all(np.diff(np.append(1, found.survival)) <= 0)
    assert np.all((low <= found.survival) & (found.survival <= high))


@given(SUBJECTS)
def test_an_incidence_is_a_share_and_none_and_all_have_no_variance(subjects: Drawn) -> None:
    found = incidence(subjects)
    is_certain = np.isin(found.incidence, (0.0, 1.0))
    inner = found.incidence[~is_certain]

    assert np.all((inner > ROUNDING) & (inner < 1 - ROUNDING))
    assert not found.variance[is_certain].any()


@given(SUBJECTS, st.sampled_from([0.1, 0.5, 0.85, 1.0]))
def test_a_quantile_lies_between_its_limits(subjects: Drawn, share: float) -> None:
    found = incidence(subjects)
    low, high = found.quantile_interval(share)
    value = found.quantile(share)

    assert value is None or low is None or low <= value
    assert high is None or (value is not None and value <= high)
