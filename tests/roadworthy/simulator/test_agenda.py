from datetime import UTC, datetime, timedelta

from roadworthy.simulator.agenda import Agenda, Dice

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_actions_happen_in_order_of_time_and_then_of_planning() -> None:
    seen: list[str] = []
    agenda = Agenda()
    agenda.plan(NOON + HOUR, lambda _: seen.append("late"))
    agenda.plan(NOON, lambda _: seen.append("first"))
    agenda.plan(NOON, lambda _: seen.append("second"))
    agenda.run(until=NOON + 2 * HOUR)
    assert seen == ["first", "second", "late"]


def test_an_action_may_plan_another_and_nothing_happens_at_the_end_itself() -> None:
    seen: list[datetime] = []
    agenda = Agenda()

    def act(at: datetime) -> None:
        seen.append(at)
        agenda.plan(at + HOUR, act)

    agenda.plan(NOON, act)
    agenda.run(until=NOON + 2 * HOUR)
    assert seen == [NOON, NOON + HOUR]


def test_a_weighted_choice_falls_as_often_as_its_weight_says() -> None:
    dice = Dice(1)
    fallen = [dice.weighted((("a", 0.7), ("b", 0.3))) for _ in range(4000)]
    assert abs(fallen.count("a") / 4000 - 0.7) < 0.03


def test_half_of_the_durations_are_below_their_median() -> None:
    dice = Dice(1)
    below = sum(dice.around(5.0) < 5.0 for _ in range(4000))
    assert abs(below / 4000 - 0.5) < 0.03
