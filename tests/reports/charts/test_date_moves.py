from reports.charts import date_moves as chart
from tests.reports import factories as f
from tests.reports.drawn import records

MOVES = [
    f.date_move("PAY-1", 1, "slip"),
    f.date_move("PAY-1", 2, "slip"),
    f.date_move("PAY-2", 1, "slip", is_after_commitment=False),
    f.date_move("PAY-3", 1, "pull_in"),
]


def test_moves_after_the_commitment_stand_before_those_that_came_earlier() -> None:
    rows = records(chart.date_moves(f.frame("date_moves", MOVES)).to_dict())
    assert [(row["name"], row["place"], row["moves"]) for row in rows] == [
        ("Moved later", 0, 2),
        ("Moved later", 1, 1),
        ("Moved earlier", 0, 1),
        ("Moved earlier", 1, 0),
    ]


def test_the_title_sets_later_against_earlier() -> None:
    assert chart.finding(f.frame("date_moves", MOVES)) == (
        "After the commitment, dates moved later 2 times and earlier once"
    )


def test_what_did_not_happen_happened_never() -> None:
    assert chart.finding(f.frame("date_moves", MOVES[:1])) == (
        "After the commitment, dates moved later once and never earlier"
    )


def test_only_kinds_that_occur_are_listed() -> None:
    assert chart.table(f.frame("date_moves", MOVES)).rows == (
        ("Moved later", "2", "1"),
        ("Moved earlier", "1", "0"),
    )


def test_a_release_may_be_later_or_earlier() -> None:
    moves = [
        f.date_move("PAY-1", 1, "slip"),
        f.date_move("PAY-1", 2, "retarget", days=20),
        f.date_move("PAY-2", 1, "retarget", days=-4),
        f.date_move("PAY-3", 1, "retarget", days=0),
    ]
    frame = f.frame("date_moves", moves)
    assert (
        chart.finding(frame) == "After the commitment, dates moved later 2 times and earlier once"
    )
    assert chart.table(frame).rows == (
        ("Moved later", "1", "0"),
        ("Moved to a later release", "1", "0"),
        ("Moved to an earlier release", "1", "0"),
        ("Moved to a release of the same day", "1", "0"),
    )
