"""Approval requests: every request for an approval as an interval.

On a pull request one for each turn of a reviewer or team
(:mod:`pipelines.approvals.review_requests`), on a ticket one for each stay in an approval stage
(:mod:`pipelines.approvals.approval_stays`). Hours are business hours on the calendar of the role
that is asked, to the end or to the snapshot. A verdict *has a finding* where it asked for changes,
where the review says something, or where its author wrote a comment between the request (of a
verdict nobody waited for: their last verdict) and the verdict; on a ticket, where anybody did. Edge
cases:

* A missing review is open, withdrawn or superseded, with the hours it has waited: never zero.
* Where no words came with the data, whether an approval had a finding is unknown.
* A verdict nobody waited for is listed beside the requests, with no length and ``asked_by`` nobody:
  what sums up verdicts needs it, and :func:`awaited` leaves it out.
* An approval without words, on an interface that does not show comments on lines, counts as one
  without a finding: the share of those is then an upper bound.
"""

from collections.abc import Collection

import polars as pl

from pipelines.approvals.approval_stays import approval_stays
from pipelines.approvals.people import People
from pipelines.approvals.review_requests import NOBODY, review_requests
from pipelines.approvals.stay_verdicts import VERDICTS
from pipelines.histories.calendars import Calendars
from pipelines.histories.waits import watched_from, with_hours_waited

APPROVAL_REQUESTS = pl.Schema(
    {
        "item_id": pl.String(),
        "request_number": pl.Int32(),
        "team": pl.String(),
        "item_type": pl.String(),
        "channel": pl.String(),
        "step": pl.String(),
        "requested_at": pl.Datetime("us", "UTC"),
        "ended_at": pl.Datetime("us", "UTC"),
        "verdict": pl.String(),
        "business_hours": pl.Float64(),
        "elapsed_hours": pl.Float64(),
        "has_finding": pl.Boolean(),
        "asked_role": pl.String(),
        "decided_by_role": pl.String(),
        "reviewer": pl.String(),
        "decider": pl.String(),
        "asked_by": pl.String(),
        "named_at": pl.Datetime("us", "UTC"),
        "change_group": pl.String(),
        "dismissed_at": pl.Datetime("us", "UTC"),
        "is_taken_over": pl.Boolean(),
        "watched_from": pl.Datetime("us", "UTC"),
        "unwatched_hours": pl.Float64(),
    }
)
"""The columns of ``main.approval_requests``, then those that only the pipelines may see.

``reviewer``: who is asked, a pseudonym, ``team:<slug>``, ``anyone`` or the stage; ``decider``: who
gave the verdict on a pull request; ``asked_by``: what asked first (request, push, dismissal,
ready, nobody, stage); ``named_at``: when a person or team was first asked explicitly, if it was
before the end; ``change_group``: the change that is the verdict; ``dismissed_at``: when
the verdict was dismissed, if it was; ``is_taken_over``: *anyone* was asked until somebody was
asked by name; ``watched_from``: since when the source of the item was
watched (null: always); ``unwatched_hours``: business hours of the wait before that.
"""


def approval_requests(
    items: pl.DataFrame,
    changes: pl.DataFrame,
    visits: pl.DataFrame,
    activities: pl.DataFrame,
    *,
    people: People,
    commented: Collection[str],
    calendars: Calendars,
) -> pl.DataFrame:
    """Find every request for an approval.

    Args:
        items: item_id, kind, source, team, item_type, author_id, observed_until; ``watched_from``
            where a source was not watched from the beginning.
        changes: item_id, change_group, sequence, group_end, field, from_id, from_text, to_id,
            to_text, actor_id, actor_role, changed_at.
        visits: item_id, kind, visit_number, stage, stage_kind, owner_role, stage_rank, entered_at,
            group_end, entered_by, is_bulk.
        activities: item_id, activity_id, kind, actor_id, has_text, acted_at.
        people: who is a bot, and who is declared to have which role.
        commented: the sources of which comments came, what :func:`commented_sources` found.
        calendars: when the roles that are asked work.

    Returns:
        The columns of ``APPROVAL_REQUESTS``, sorted by item and number.
    """
    asked = pl.concat(
        [
            review_requests(items, changes, people).with_columns(channel=pl.lit("review")),
            approval_stays(visits, changes).with_columns(channel=pl.lit("approval")),
        ]
    )
    words = _words_of_people(activities, people)
    judged = _with_findings(_numbered(_placed(asked, items)), words, activities, commented)
    return (
        _measured(judged, calendars)
        .select(APPROVAL_REQUESTS.names())
        .cast(APPROVAL_REQUESTS)
        .sort("item_id", "request_number")
    )


def commented_sources(activities: pl.DataFrame, items: pl.DataFrame) -> frozenset[str]:
    """The sources of which any comment came: of the others it is not known what was said.

    Args:
        activities: item_id, kind.
        items: item_id, source.
    """
    commented = activities.filter(pl.col("kind") == "comment")
    return frozenset(items.join(commented, on="item_id", how="semi")["source"])


def awaited(requests: pl.DataFrame) -> pl.DataFrame:
    """The requests that somebody waited for: those that readers are shown and times are made of."""
    return requests.filter(pl.col("asked_by") != NOBODY)


def _placed(requests: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Add what is told of the item of each request."""
    return requests.join(
        items.select(
            "item_id",
            "source",
            "team",
            "item_type",
            "observed_until",
            watched_from=watched_from(items),
        ),
        on="item_id",
    )


def _numbered(requests: pl.DataFrame) -> pl.DataFrame:
    """Number what was waited for in the order in which it was asked, and what was not behind it."""
    is_unawaited = pl.col("asked_by") == NOBODY
    return requests.sort("item_id", is_unawaited, "place").with_columns(
        request_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("item_id")
    )


def _with_findings(
    requests: pl.DataFrame,
    words: pl.DataFrame,
    activities: pl.DataFrame,
    commented: Collection[str],
) -> pl.DataFrame:
    """Add whether the verdict came with words or asked for changes."""
    of_review = activities.filter(pl.col("kind") == "review").select(
        "item_id",
        review_id=pl.col("activity_id").str.strip_prefix("review:"),
        says_something="has_text",
    )
    is_told = (
        pl.when(pl.col("channel") == "review")
        .then(pl.col("says_something").is_not_null())
        .otherwise(pl.col("source").is_in(sorted(commented)))
    )
    return (
        requests.join(of_review, on=["item_id", "review_id"], how="left")
        .join(_worded(requests, words), on=["item_id", "request_number"], how="left")
        .with_columns(
            has_finding=pl.when(pl.col("verdict") == "changes_requested")
            .then(pl.lit(value=True))
            .when(pl.col("verdict") == "approved")
            .then(
                pl.when(pl.col("has_words") | pl.col("says_something"))
                .then(pl.lit(value=True))
                .when(is_told)
                .then(pl.lit(value=False))
            )
        )
    )


def _words_of_people(activities: pl.DataFrame, people: People) -> pl.DataFrame:
    """Comments and reviews that say something and are by no bot."""
    is_comment = pl.col("kind") == "comment"
    has_words = pl.col("has_text").fill_null(is_comment)
    return (
        activities.filter((is_comment | (pl.col("kind") == "review")) & has_words)
        .filter(~pl.col("actor_id").is_in(people.bots.implode()).fill_null(value=False))
        .select("item_id", "actor_id", "acted_at", is_comment=is_comment)
    )


def _worded(requests: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The approvals with words before them: by who gave it, where that is known."""
    is_theirs = (pl.col("actor_id") == pl.col("decider")).fill_null(value=False)
    is_about_it = pl.when(pl.col("channel") == "review").then(is_theirs).otherwise("is_comment")
    # Who came unasked had the time since their last verdict, or since ever, to say something.
    spoke = pl.col("ended_at").shift(1).over("item_id", "decider", order_by="ended_at")
    is_after = (pl.col("acted_at") >= pl.col("heard_from")).fill_null(value=True)
    return (
        requests.filter(pl.col("verdict").is_in(VERDICTS))
        .with_columns(
            heard_from=pl.when(pl.col("asked_by") == NOBODY).then(spoke).otherwise("requested_at")
        )
        .filter(pl.col("verdict") == "approved")
        .join(words, on="item_id")
        .filter(is_after & (pl.col("acted_at") <= pl.col("ended_at")) & is_about_it)
        .select("item_id", "request_number", has_words=pl.lit(value=True))
        .unique()
    )


def _measured(requests: pl.DataFrame, calendars: Calendars) -> pl.DataFrame:
    """Add how long each has waited; asked after its end, no time."""
    until = pl.max_horizontal("requested_at", pl.coalesce("ended_at", "observed_until"))
    return with_hours_waited(requests.with_columns(until=until), calendars)
