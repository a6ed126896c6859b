from datetime import UTC, date, datetime

import pytest

from reports import format as words


@pytest.mark.parametrize(
    ("part", "shown"),
    [(0, "0%"), (0.004, "under 1%"), (0.342, "34%"), (0.997, "over 99%"), (1, "100%")],
)
def test_a_share_is_whole_per_cent_and_never_rounded_to_none_or_all(
    part: float, shown: str
) -> None:
    assert words.share(part) == shown


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (0, "no time"),
        (0.0001, "under a minute"),
        (1 / 24 / 60, "1 minute"),
        (0.03, "43 minutes"),
        (0.2, "5 hours"),
        (0.99, "1 day"),
        (1, "1 day"),
        (4.24, "4.2 days"),
        (9.96, "10 days"),
        (1234.5, "1,234 days"),
    ],
)
def test_a_length_has_the_precision_a_reader_can_use(length: float, shown: str) -> None:
    assert words.days(length) == shown


def test_a_quantile_below_which_its_curve_ends_is_not_reached() -> None:
    assert [words.reached(length) for length in (4.24, 12.7, None)] == ["4.2", "13", "not reached"]


def test_an_interval_names_its_unit_once() -> None:
    assert words.share_interval(0.301, 0.392) == "30 to 39%"
    assert words.days_interval(3.14, 12.7) == "3.1 to 13 days"


def test_a_count_agrees_with_its_noun() -> None:
    assert [words.counted(count, "week") for count in (0, 1, 1200)] == [
        "no weeks",
        "1 week",
        "1,200 weeks",
    ]


def test_an_instant_is_told_in_the_zone_of_the_reader_with_its_name() -> None:
    snapshot = datetime(2026, 5, 2, 22, 30, tzinfo=UTC)
    assert words.instant(snapshot, "Europe/Berlin") == "3 May 2026, 00:30 (Europe/Berlin)"
    assert words.instant(snapshot, "America/New_York") == "2 May 2026, 18:30 (America/New_York)"


def test_summer_time_moves_the_local_day() -> None:
    late = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)
    assert words.day_in_zone(late, "Europe/Berlin") == date(2026, 3, 30)


def test_a_list_in_prose_ends_with_and() -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_hundreds_of_days_have_no_tenths() -> None:
    assert [words.signed(days) for days in (99.44, 99.6, -1234.5)] == [
        "99.4",
        "100",
        "\N{MINUS SIGN}1,234",
    ]


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert [words.signed(days) for days in (-0.04, -0.06, 3.14)] == [
        "0.0",
        "\N{MINUS SIGN}0.1",
        "3.1",
    ]
