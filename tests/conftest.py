"""What all tests share."""

from collections.abc import Iterator

import numpy as np
import pytest
import scipy.linalg  # noqa: F401 - loads the BLAS that is limited below
from hypothesis import HealthCheck, settings
from threadpoolctl import threadpool_limits

# The same examples on every machine, however slow it is today: a test that fails, fails for all.
settings.register_profile(
    "everywhere",
    deadline=None,
    derandomize=True,
    # There are laws for every metric; thirty organisations each keep the suite within minutes.
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("everywhere")

# As the product does in a build: two workers on two cores would wait for each other's threads.
threadpool_limits(limits=1, user_api="blas")


@pytest.fixture(autouse=True)
def _faults_of_numbers_are_told() -> Iterator[None]:
    """What a library silences in NumPy for itself is silent no longer than its test.

    Lifelines does, for as long as the process lives: a division by nought of ours passed behind it.
    """
    with np.errstate():
        yield
