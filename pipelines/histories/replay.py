"""Replay against the snapshot: the last value of each history must be what the tracker shows now.

A difference is a change that left no history: a deleted version, an edit in the database, a
renamed key, a history cut off. It is listed item by item, never repaired.
"""

import polars as pl

_FIELD = ["item_id", "field"]
REPLAY_MISMATCHES = pl.Schema(
    {
        "item_id": pl.String,
        "field": pl.String,
        "replayed": pl.String,
        "present": pl.String,
        "reason": pl.String,
    }
)
# What has no present value to compare with: reviews are a log, and a request for a review ends with
# the review, which is no change of the request. The history of a rank says higher or lower.
_LOGS = ("review", "review_request", "Rank", "Global Rank")
# What core has of somebody whom no payload shows, and of several people at once.
_SOMEBODY = "?"


def replay_mismatches(changes: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """Every field of every item whose replayed last value is not its present one.

    Args:
        changes: ``core.field_changes``.
        present: ``core.field_values``.

    Returns:
        item_id, field, replayed, present, reason, sorted.
    """
    comparable = changes.join(present.select(_FIELD).unique(), on=_FIELD, how="semi").filter(
        ~pl.col("field").is_in(_LOGS)
    )
    parts = [
        _single_mismatches(comparable.filter(~pl.col("is_member")), present),
        _member_mismatches(comparable.filter("is_member"), present),
    ]
    return pl.concat(parts).sort("item_id", "field", "replayed", "present")


def replay_counts(
    changes: pl.DataFrame, present: pl.DataFrame, mismatches: pl.DataFrame, items: pl.DataFrame
) -> pl.DataFrame:
    """How many histories of each field were compared and how many agree.

    Returns:
        source, field, histories, compared, agreeing; compared is 0 for a field whose present value
        no payload shows.
    """
    known = present.select(_FIELD).unique().with_columns(is_known=pl.lit(True))
    differing = mismatches.select(_FIELD).unique().with_columns(differs=pl.lit(True))
    return (
        changes.filter(~pl.col("field").is_in(_LOGS))
        .select(_FIELD)
        .unique()
        .join(items.select("item_id", "source"), on="item_id")
        .join(known, on=_FIELD, how="left")
        .join(differing, on=_FIELD, how="left")
        .group_by("source", "field")
        .agg(
            histories=pl.len(),
            compared=pl.col("is_known").sum(),
            agreeing=(pl.col("is_known") & pl.col("differs").is_null()).sum(),
        )
        .sort("source", "field")
    )


def _single_mismatches(changes: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    replayed = (
        changes.sort("item_id", "sequence")
        .group_by(_FIELD, maintain_order=True)
        .agg(pl.col("to_id").last(), pl.col("to_text").last())
    )
    # Nearly all agree to the letter, and to find how they agree otherwise is dear.
    unlike = replayed.join(_first(present), on=_FIELD).filter(~_is_identical())
    now = _whole(present.join(unlike, on=_FIELD, how="semi"))
    return (
        unlike.select(*_FIELD, "to_id", "to_text")
        .join(now, on=_FIELD)
        .filter(~_agree())
        .select(
            *_FIELD,
            replayed=pl.coalesce("to_text", "to_id"),
            present=pl.coalesce("value_text", "value_id"),
            reason=pl.lit("changed without a history"),
        )
        .cast(REPLAY_MISMATCHES)
    )


def _first(present: pl.DataFrame) -> pl.DataFrame:
    """The first member of each field, and how many it has."""
    return present.group_by(_FIELD).agg(pl.first("value_id", "value_text"), members=pl.len())


def _whole(present: pl.DataFrame) -> pl.DataFrame:
    """All members of each field."""
    return present.group_by(_FIELD).agg(
        value_id=pl.col("value_id").first(),
        # A field whose history carries whole lists, such as labels, shows its members one by one.
        value_text=pl.when(pl.len() > 1)
        .then(pl.col("value_text").sort().str.join(" "))
        .otherwise(pl.col("value_text").first()),
        value_ids=pl.col("value_id").sort(),
        members=pl.len(),
    )


def _is_identical() -> pl.Expr:
    is_alone = pl.col("members") == 1
    texts = (pl.col("to_text") == pl.col("value_text")) & is_alone
    same = [pl.col("to_id") == pl.col("value_id"), texts]
    return pl.any_horizontal(one.fill_null(value=False) for one in same)


def _agree() -> pl.Expr:
    """Same id, text, day, number or members, both empty, or what cannot be compared."""
    before, now = pl.coalesce("to_text", "to_id"), pl.coalesce("value_text", "value_id")
    ids = (pl.col("to_id") == pl.col("value_id")) | (pl.col("to_id") == pl.col("value_text"))
    texts = _plain(pl.col("to_text")) == _plain(pl.col("value_text"))
    days = (pl.col("field") == "duedate") & (before.str.slice(0, 10) == now.str.slice(0, 10))
    numbers = before.cast(pl.Float64, strict=False) == now.cast(pl.Float64, strict=False)
    members = (
        _plain(before).str.split(" ").list.sort().list.join(" ")
        == _plain(now).str.split(" ").list.sort().list.join(" ")
    ) & (pl.col("members") > 1)
    # Choices are listed in brackets, sprints without.
    bare = pl.col("to_id").str.strip_chars("[]")
    listed = bare.str.split(",").list.eval(pl.element().str.strip_chars()).list.sort()
    ids |= listed == pl.col("value_ids")
    empty = (_plain(before).fill_null("") == "") & (_plain(now).fill_null("") == "")
    people = (before == _SOMEBODY) & now.is_not_null()
    # A history tells a milestone by its title of then, and the one that is shown by that of now.
    is_title = pl.col("to_id").is_null() & pl.col("to_text").is_not_null()
    titles = (pl.col("field") == "milestone") & is_title & pl.col("value_id").is_not_null()
    same = [ids, texts, days, numbers, members, empty, people, titles]
    return pl.any_horizontal(one.fill_null(value=False) for one in same)


def _plain(text: pl.Expr) -> pl.Expr:
    """Text without the differences in blanks and line ends that storing it makes."""
    return text.str.replace_all(r"\s+", " ").str.strip_chars()


def _member_mismatches(changes: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    events = pl.concat(
        changes.filter(pl.coalesce(f"{side}_id", f"{side}_text").is_not_null()).select(
            *_FIELD,
            "sequence",
            member=pl.coalesce(f"{side}_id", f"{side}_text"),
            text=pl.coalesce(f"{side}_text", f"{side}_id"),
            is_in=pl.lit(side == "to"),
        )
        for side in ("from", "to")
    )
    last = (
        events.sort("item_id", "sequence", "is_in")
        .group_by(*_FIELD, "member", maintain_order=True)
        .last()
    )
    now = present.filter(pl.coalesce("value_id", "value_text").is_not_null()).select(
        *_FIELD,
        member=pl.coalesce("value_id", "value_text"),
        now_text=pl.coalesce("value_text", "value_id"),
        is_now=pl.lit(True),
    )
    compared = last.join(now.unique([*_FIELD, "member"]), on=[*_FIELD, "member"], how="left")
    is_now = pl.col("is_now").fill_null(value=False)
    vanished = pl.lit("in the history, and gone without one: deleted, renamed or hidden")
    appeared = pl.lit("removed in the history, and there again without one")
    return (
        compared.filter(pl.col("is_in") != is_now)
        .select(
            *_FIELD,
            replayed=pl.when("is_in").then("text"),
            present=pl.when(is_now).then("now_text"),
            reason=pl.when("is_in").then(vanished).otherwise(appeared),
        )
        .cast(REPLAY_MISMATCHES)
    )
