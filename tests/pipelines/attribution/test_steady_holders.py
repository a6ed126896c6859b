"""Whose month it was."""

from pipelines.attribution.handed_over import ordered
from pipelines.attribution.steady_holders import with_steady_holders
from tests.pipelines.attribution.edges import rows


def steady(*senders: str | None) -> list[str | None]:
    told = rows(*(("A", 0, sender, "zoe", float(at)) for at, sender in enumerate(senders)))
    return with_steady_holders(ordered(told, [])).sort("value")["sender"].to_list()


def test_a_month_of_which_one_has_three_quarters_is_his() -> None:
    assert steady("ann", "bob", "ann", "ann") == ["ann"] * 4


def test_who_is_not_recorded_was_the_one_who_was_there() -> None:
    assert steady("ann", None, None, "ann") == ["ann"] * 4


def test_a_month_that_two_share_stays_as_it_was_told() -> None:
    assert steady("ann", "bob", "ann", None) == ["ann", "bob", "ann", None]
    assert steady(None, None) == [None, None]


def test_each_month_and_each_side_is_by_itself() -> None:
    told = rows(
        ("A", 0, "ann", "zoe", 1.0),
        ("A", 0, "ann", "yan", 2.0),
        ("A", 1, "bob", "yan", 3.0),
        ("B", 0, "cid", None, 4.0),
    )
    frame = with_steady_holders(ordered(told, []))
    assert frame["sender"].to_list() == ["ann", "ann", "bob", "cid"]
    assert frame["receiver"].to_list() == ["yan", "zoe", "yan", None]
