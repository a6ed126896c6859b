"""What is told of what was declared."""

from datetime import date

from pipelines.policy import Intervention

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


def came_to(change: Intervention) -> dict[str, date]:
    """Of three teams those that a change concerns, and the day on which it came to each."""
    return {team: change.came_to(team) for team in ("A", "B", "C") if change.concerns(team)}


def test_a_change_comes_to_the_teams_it_names_each_on_its_day_else_to_all() -> None:
    named = Intervention("two", "process", JUNE, teams=("B", "A"))
    in_turn = Intervention("one by one", "process", JUNE, rollout={"B": JULY, "A": JUNE})

    assert came_to(Intervention("all", "tool", JUNE)) == {"A": JUNE, "B": JUNE, "C": JUNE}
    assert came_to(named) == {"A": JUNE, "B": JUNE}
    assert came_to(in_turn) == {"A": JUNE, "B": JULY}
