"""What must hold of the requests for reviews, whatever happened to the pull request."""

from datetime import datetime
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.approvals.given_reviews import given_reviews
from pipelines.approvals.review_requests import review_requests
from pipelines.approvals.review_windows import review_windows
from tests.pipelines.reviewing import (
    ITEM,
    Event,
    asked,
    changes,
    dismissed,
    march,
    opened,
    people,
    removed,
    review,
    status,
)

_WHO = st.sampled_from(("ben", "cat", "team:web"))
_PEOPLE = st.sampled_from(("ben", "cat", "dan"))
_STATUSES = st.sampled_from(
    ("draft", "review required", "changes requested", "approved", "closed", "merged")
)
_MOVES = st.one_of(
    st.tuples(st.just(asked), _WHO),
    st.tuples(st.just(removed), _WHO),
    st.tuples(
        st.just(review), _PEOPLE, st.sampled_from(("approved", "changes_requested", "commented"))
    ),
    st.tuples(st.just(dismissed), st.integers(2, 12)),
    st.tuples(st.just(status), _STATUSES),
)
LIVES = st.lists(_MOVES, min_size=1, max_size=20).map(
    lambda moves: (opened(2), *(move[0](day, *move[1:]) for day, move in enumerate(moves, 3)))
)


def _happening(number: int, move: tuple[Any, ...]) -> Event:
    """One of two things that happen on a day; a review has a number of its own."""
    word, *what = move
    day = 1 + number // 2
    event: Event = word(day, *what)
    return review(day, *what, number=number) if word is review else event


BUSY_LIVES = st.lists(_MOVES, min_size=1, max_size=20).map(
    lambda moves: (opened(2), *(_happening(number, move) for number, move in enumerate(moves, 2)))
)
"""Lives in which several things happen at one instant."""

ITEMS = pl.DataFrame({"item_id": [ITEM], "kind": ["pull_request"], "author_id": ["ada"]})


def requests(life: tuple[Event, ...]) -> pl.DataFrame:
    return review_requests(ITEMS, changes(*life), people())


@given(LIVES)
def test_every_verdict_answers_a_request_and_every_answer_is_a_verdict(
    life: tuple[Event, ...],
) -> None:
    told = given_reviews(changes(*life), ITEMS.select("item_id", "author_id"))

    answers = requests(life).drop_nulls("review_id")
    assert set(answers["review_id"]) == set(told["review_id"])
    assert set(answers["verdict"]) <= {"approved", "changes_requested"}


@given(LIVES)
def test_a_clock_runs_only_while_the_pull_request_is_ready(life: tuple[Event, ...]) -> None:
    windows = review_windows(changes(*life))
    found = requests(life).filter(pl.col("asked_by") != "nobody").with_row_index("row")

    never = pl.lit(march(31))
    inside = found.join(windows, on="item_id").filter(
        (pl.col("requested_at") >= pl.col("ready_at"))
        & (pl.col("ended_at").fill_null(never) <= pl.col("unready_at").fill_null(never))
    )
    assert inside["row"].n_unique() == found.height


@given(LIVES)
def test_nobody_is_asked_twice_at_a_time(life: tuple[Event, ...]) -> None:
    asked_ = requests(life).filter(pl.col("asked_by").is_in(["request", "push", "dismissal"]))

    before = pl.col("ended_at").shift(1).over("reviewer")
    ordered = asked_.sort("reviewer", "requested_at", "ended_at", nulls_last=True)
    follows = ordered.select(before.is_null() | (pl.col("requested_at") >= before)).to_series()
    is_last = ordered.select(pl.col("ended_at").is_not_null().shift(1).over("reviewer")).to_series()
    assert follows.all()
    assert is_last.drop_nulls().all()


@given(BUSY_LIVES, st.integers(2, 12))
def test_what_was_asked_at_an_instant_is_what_is_known_later_cut_off(
    life: tuple[Event, ...], day: int
) -> None:
    history = changes(*life)
    now = march(day)
    known = review_requests(ITEMS, history.filter(pl.col("changed_at") <= now), people())
    later = review_requests(ITEMS, history, people())

    assert_frame_equal(_as_of(known, now), _as_of(later, now))


def _as_of(found: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Requests as they were: a team merged over is settled by the merge, and left out here."""
    is_over = (pl.col("ended_at") <= now).fill_null(value=False)
    answer = ("ended_at", "decider", "decided_by_role", "change_group", "review_id")
    return (
        found.filter((pl.col("requested_at") <= now) & ~pl.col("reviewer").str.starts_with("team:"))
        .with_columns(
            pl.when(is_over).then(pl.col(answer)),
            verdict=pl.when(is_over).then("verdict").otherwise(pl.lit("open")),
            named_at=pl.when(pl.col("named_at") <= now).then("named_at"),
            dismissed_at=pl.when(pl.col("dismissed_at") <= now).then("dismissed_at"),
        )
        .drop("place", "asked_role")
    )
