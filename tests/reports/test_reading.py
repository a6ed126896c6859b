from reports.reading import reading, told_share, told_share_interval
from tests.reports import factories as f


def test_a_measured_rate_comes_with_its_interval_count_and_horizon() -> None:
    rows = [f.summary("rejection_rate", 0.347, low=0.301, high=0.392)]
    told = reading(f.frame("metric_summaries", rows), "rejection_rate")
    assert told.value == "35%"
    assert told.basis == (
        "95% interval 30 to 39%; of 412 attempts, 9 still undecided; each followed for 21 days."
    )


def test_fewer_than_twenty_are_too_few_to_say() -> None:
    rows = [f.summary("rejection_rate", 0.42, items=19, open_items=0)]
    told = reading(f.frame("metric_summaries", rows), "rejection_rate")
    assert (told.value, told.basis) == ("too few to say (19)", "Of 19 attempts.")


def test_what_is_always_decided_at_once_is_followed_for_no_time_and_does_not_say_so() -> None:
    rows = [f.summary("rejection_rate", 0.0, low=0.0, high=0.08, items=46, open_items=0)]
    frame = f.frame("metric_summaries", [{**rows[0], "horizon_days": 0.0}])
    assert reading(frame, "rejection_rate").basis == "95% interval 0 to 8%; of 46 attempts."


def test_one_is_no_plural() -> None:
    for metric, basis in (
        ("rejection_rate", "Of 1 attempt, 1 still undecided."),
        ("readiness_pass_rate", "Of 1 handoff checked, 1 not evaluable."),
        ("lead_time_days_p50", "Of 1 work item, 1 still open."),
    ):
        rows = [f.summary(metric, None, items=1, open_items=1)]
        assert reading(f.frame("metric_summaries", rows), metric).basis == basis


def test_what_of_a_promise_is_not_known_yet_is_not_that_its_work_is_open() -> None:
    """Open work may have slipped, or passed its date in silence: of it the answer is known."""
    for metric, known_later in (
        ("slip_rate", "30 may still slip"),
        ("silent_miss_rate", "30 not due yet"),
        ("on_time_rate_current", "30 whose last date is not over or was cleared"),
    ):
        rows = [f.summary(metric, 0.3, items=40, open_items=30)]
        assert known_later in reading(f.frame("metric_summaries", rows), metric).basis


def test_an_estimate_that_is_not_reached_cannot_be_told() -> None:
    rows = [f.summary("lead_time_days_p85", None, items=300, open_items=120, horizon_days=None)]
    told = reading(f.frame("metric_summaries", rows), "lead_time_days_p85")
    assert told.value == "cannot be told yet"
    assert told.basis == "Of 300 work items, 120 still open."


def test_what_was_not_measured_is_no_zero_and_says_what_it_would_need() -> None:
    told = reading(f.frame("metric_summaries", []), "readiness_pass_rate")
    assert told.value == "not measured"
    assert told.basis == (
        "It would need a [definition_of_ready] in roadworthy.toml and work that enters the stage "
        "it guards."
    )


def test_a_measured_rate_of_zero_is_shown_as_zero() -> None:
    rows = [f.summary("rejection_rate", 0.0, open_items=0, horizon_days=None)]
    told = reading(f.frame("metric_summaries", rows), "rejection_rate")
    assert told.value == "0%"


def test_a_metric_nobody_has_heard_of_is_read_by_its_name() -> None:
    rows = [f.summary("approval_days", 3.0), f.summary("contest_rate", 0.25)]
    frame = f.frame("metric_summaries", rows)
    assert reading(frame, "approval_days").value == "3 days"
    assert reading(frame, "contest_rate").value == "25%"


def test_a_share_in_a_table_follows_the_same_rule() -> None:
    assert told_share(0.5, 20) == "50%"
    assert told_share(0.5, 19) == "too few to say (19)"
    assert told_share(None, 0) == "none"
    assert told_share(None, 50) == "cannot be told yet"
    assert told_share_interval(0.4, 0.6, 20) == "40 to 60%"
    assert told_share_interval(0.4, 0.6, 19) == ""
