"""What all tests share."""

from hypothesis import HealthCheck, settings

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
