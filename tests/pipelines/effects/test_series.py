"""The series of a group of teams."""

from datetime import date

import numpy as np

from pipelines.cohorts.cohorts import Metric
from pipelines.effects.bucket_sums import BucketSums
from pipelines.effects.series import series

LEAD_TIME = Metric("lead_time_days", "mean", horizon_days=90)
MONTHS = (date(2026, 1, 1), date(2026, 2, 1))


def test_items_that_took_exactly_as_long_do_not_make_a_mean_certain() -> None:
    # Three in January and one in February, of one team and type, all closed after 0.1 days.
    days = 0.1
    subjects = np.array([[[3.0, 1.0]]])
    sums = BucketSums(
        metric=LEAD_TIME,
        unit="month",
        teams=("PAY",),
        bucket_on=MONTHS,
        subjects=subjects,
        total=subjects * days,
        squares=subjects * days**2,
        open_subjects=np.zeros((1, 2)),
        is_mature=np.ones((1, 2), dtype=bool),
        design_effect=1.0,
    )

    found = series(sums, ["PAY"], before=MONTHS[1])

    # A hundredth of the mean for one, over the root of their number.
    assert np.allclose(found.variances, [1e-4 / 3, 1e-4], rtol=1e-3)
