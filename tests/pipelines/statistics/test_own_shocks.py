"""What single teams say of their shocks."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from pipelines.statistics.own_shocks import OwnShocks, Straying

MEMORIES = np.array([0.0, 0.5, 0.9])
STRENGTHS = np.array([0.1, 0.5])


def straying(seed: int = 1, *, memory: float = 0.9, strength: float = 0.5) -> Straying:
    dice = np.random.default_rng(seed)
    times = np.arange(60.0)
    noise = strength**2 * memory ** np.abs(times[:, None] - times[None, :])
    values = dice.multivariate_normal(np.zeros(60), noise + 0.01 * np.eye(60))
    return Straying(times, values, np.full(60, 0.01), 1.0)


def test_it_is_the_restricted_likelihood_of_an_autoregression_around_a_level() -> None:
    one = straying()
    said = OwnShocks([one, one]).log_likelihood(MEMORIES, STRENGTHS)

    apart = np.abs(one.times[:, None] - one.times[None, :])
    # Differences from the first value know nothing of the level.
    differences = np.column_stack([-np.ones(59), np.eye(59)])
    told = np.array(
        [
            [
                multivariate_normal.logpdf(
                    differences @ one.values,
                    np.zeros(59),
                    differences
                    @ (strength**2 * memory**apart + np.diag(one.variances))
                    @ differences.T,
                )
                for strength in STRENGTHS
            ]
            for memory in MEMORIES
        ]
    )
    # Of two alike teams one is independent of the common mean. A constant is of no account.
    assert said - said[0, 0] == pytest.approx(told - told[0, 0], abs=1e-6)


def test_the_teams_point_at_the_memory_and_the_strength_they_have() -> None:
    teams = [straying(seed) for seed in range(6)]
    said = OwnShocks(teams).log_likelihood(MEMORIES, STRENGTHS)

    assert divmod(int(said.argmax()), len(STRENGTHS)) == (2, 1)


def test_one_team_alone_says_nothing_and_nor_does_one_of_a_single_bucket() -> None:
    single = Straying(np.array([3.0]), np.array([0.1]), np.array([0.2]), 1.0)

    assert not OwnShocks([straying()]).log_likelihood(MEMORIES, STRENGTHS).any()
    assert not OwnShocks([single, single]).log_likelihood(MEMORIES, STRENGTHS).any()


def test_what_was_said_once_is_said_again() -> None:
    teams = OwnShocks([straying(), straying(2)])

    first = teams.log_likelihood(MEMORIES, STRENGTHS)
    assert teams.log_likelihood(MEMORIES, STRENGTHS) is first
    assert teams.log_likelihood(MEMORIES, STRENGTHS[:1]).shape == (3, 1)
