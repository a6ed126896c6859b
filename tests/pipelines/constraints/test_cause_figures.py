"""The figures of causes: days, loops, how often; and those of draws of other weeks."""

import numpy as np
import pytest

from pipelines.constraints.cause_figures import CauseFigures, cause_figures
from pipelines.constraints.cause_sums import CauseSums
from tests.pipelines.constraints.told_lives import BACK, life, sent_back, sums


def figures_of(told: CauseSums) -> CauseFigures:
    return cause_figures(told)


def told_of(figures: CauseFigures, cause: str) -> tuple[float, float, float]:
    place = figures.causes.index(cause)
    return (
        float(figures.days[0, place]),
        float(figures.again[0, place]),
        float(figures.begun[0, place]),
    )


def test_days_of_a_wait_and_how_often_it_came_up() -> None:
    waited = [life(week, decision_wait=4.0, touch=3.0) for week in range(20)]
    built = [life(week, touch=3.0) for week in range(20)]
    figures = figures_of(sums([*waited, *built]))

    days, again, begun = told_of(figures, "decision_wait:Roadmap")
    assert days == pytest.approx(2.0, rel=0.02)
    assert again == 0
    assert begun == pytest.approx(0.5, rel=0.02)
    assert figures.waited()[0, figures.causes.index("decision_wait:Roadmap")] == pytest.approx(
        4.0, rel=0.03
    )


def test_a_queue_counts_the_days_that_a_loop_owns_and_every_stay_in_it() -> None:
    figures = figures_of(sums([sent_back(week, queued=2.0, loop=5.0) for week in range(20)]))

    days, again, begun = told_of(figures, "queue:Ready")
    assert days == pytest.approx(2.0, rel=0.02)
    assert again == pytest.approx(2.0, rel=0.02)
    assert begun == pytest.approx(2.0, rel=0.02)
    assert told_of(figures, BACK)[0] == pytest.approx(7.0, rel=0.02)


def test_who_is_clicked_through_a_wait_at_the_end_came_to_it_too() -> None:
    two_seconds = 2 / 86_400
    figures = figures_of(
        sums([life(week, touch=3.0, decision_wait=two_seconds) for week in range(20)])
    )
    assert told_of(figures, "decision_wait:Roadmap")[2] == pytest.approx(1.0, rel=1e-4)


def test_odds_are_attempts_sent_back_in_those_that_were_not() -> None:
    lives = [sent_back(week, queued=1.0, loop=1.0) for week in range(12)]
    lives += [life(week, queue=1.0, touch=1.0) for week in range(12)]
    figures = figures_of(sums(lives))

    place = figures.causes.index(BACK)
    assert figures.odds[0, place] == 0.5
    assert figures.attempts[place] == 36


def test_the_causes_own_all_of_the_latency() -> None:
    lives = [life(week, queue=1.0 + week % 5, decision_wait=2.0, touch=3.0) for week in range(30)]
    assert figures_of(sums(lives)).days[0].sum() == pytest.approx(8.0, rel=1e-12)


def test_weeks_that_are_all_alike_give_draws_that_are_all_alike() -> None:
    figures = figures_of(sums([life(week, queue=2.0, touch=1.0) for week in range(15)]))
    assert np.ptp(figures.days, axis=0) == pytest.approx([0.0, 0.0], abs=1e-9)


def test_fewer_than_twenty_items_or_ten_weeks_are_not_enough() -> None:
    few_items = figures_of(sums([life(week, queue=1.0) for week in range(19)]))
    few_weeks = figures_of(sums([life(week % 9, queue=1.0) for week in range(90)]))
    enough = figures_of(sums([life(week % 10, queue=1.0) for week in range(20)]))
    assert [few_items.is_enough, few_weeks.is_enough, enough.is_enough] == [False, False, True]


def test_some_of_the_causes_have_the_figures_they_have_among_all() -> None:
    lives = [life(week, queue=1.0 + week % 3, decision_wait=2.0, touch=3.0) for week in range(30)]
    every = sums(lives)
    some = figures_of(every.only(["queue:Ready"]))
    place = figures_of(every).causes.index("queue:Ready")
    assert (some.days[:, 0] == figures_of(every).days[:, place]).all()
    assert (some.begun[:, 0] == figures_of(every).begun[:, place]).all()
