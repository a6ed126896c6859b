"""The rows of the chart of decision rights: a right, the pieces of its bar, its roles."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from reports import format as words
from reports.reading import FEWEST
from reports.tracker_text import readable

Row = dict[str, Any]

#: Standing of a role -> what it is called, in the order of the pieces.
STANDINGS = {
    "decides": "decides",
    "overrides": "may override",
    "out_of_role": "out of role",
    "undeclared": "nobody is declared",
}

#: Rights drawn, and roles of one; those after them are drawn together.
MOST = 8
ROLES = 4

#: Pixels of a right with its bar, of one without, of a role, and between rights.
_RIGHT = 72
_UNTOLD = 48
_ROLE = 34
_GAP = 12
_NAME_AT = 12
_DETAIL_AT = 29
_BAR_AT = 41
_BAR = 14
_STRIP = 4
_ROLE_AT = 8
_ROLE_BAR_AT = 17
_ROLE_BAR = 8


def right_rows(rights: pl.DataFrame, shares: pl.DataFrame) -> Iterator[Row]:
    """The rights from the top, each with the pieces of its bar and its roles."""
    top = 0
    for right in ordered(rights)[:MOST]:
        roles = roles_of(shares, right) if _is_told(right) else []
        yield _heading(right, top)
        yield from _pieces(roles, top) if roles else ()
        top += _RIGHT if roles else _UNTOLD
        for role in _gathered(roles):
            yield _role(role, top)
            top += _ROLE
        top += _GAP


def ordered(rights: pl.DataFrame) -> list[Row]:
    """The rights, the most contested first, those that cannot be told last."""
    told = pl.when(pl.col("changes") >= FEWEST).then("contest_rate")
    order = [told, pl.col("changes"), pl.col("decision_right")]
    return rights.sort(order, descending=[True, True, False], nulls_last=True).to_dicts()


def _is_told(right: Row) -> bool:
    """Whether the page may print shares of its changes."""
    return right["contest_rate"] is not None and right["changes"] >= FEWEST


def roles_of(shares: pl.DataFrame, right: Row) -> list[Row]:
    """The roles of a right by standing, then by share."""
    inside = shares.filter(pl.col("decision_right") == right["decision_right"]).to_dicts()
    standings = list(STANDINGS)
    return sorted(
        inside, key=lambda one: (standings.index(one["standing"]), -one["share"], one["role"])
    )


def _heading(right: Row, top: int) -> Row:
    is_told = _is_told(right)
    strip = top + _BAR_AT + _BAR + 2
    decides = right["decides"]
    return {
        "level": "right",
        "name": words.sentence(right_name(right)),
        "value": f"decides: {role_name(decides, limit=14)}" if decides else "nobody declared",
        "detail": _detail(right),
        "words_at": top + _NAME_AT,
        "detail_at": top + _DETAIL_AT,
        "top": strip if is_told else None,
        "bottom": strip + _STRIP if is_told else None,
        "begin": 0.0,
        "end": right["contest_rate"] if is_told else None,
    }


def _detail(right: Row) -> str:
    changes = words.counted(right["changes"], "change")
    if not _is_told(right):
        return f"too little to say: {_counted(right)}"
    between = interval(right["contest_low"], right["contest_high"])
    contested = f"{words.share(right['contest_rate'])} contested"
    return f"{changes}, {contested}{f' ({between})' if between else ''}"


def _counted(right: Row) -> str:
    """How few there are, or how many are nobody's: a share only of twenty and more."""
    if right["changes"] >= FEWEST and right["unknown_share"]:
        return f"{words.share(right['unknown_share'])} of the changes by unknown actors"
    return f"{words.counted(right['changes'], 'change')} by known roles"


def _pieces(roles: list[Row], top: int) -> Iterator[Row]:
    """One piece for each standing; together they are all changes."""
    begin = 0.0
    for standing in STANDINGS:
        share = sum(role["share"] for role in roles if role["standing"] == standing)
        if share:
            bar = top + _BAR_AT
            yield {
                "level": "piece",
                "standing": standing,
                "top": bar,
                "bottom": bar + _BAR,
                "begin": begin,
                "end": begin + share,
            }
        begin += share


def _gathered(roles: list[Row]) -> list[Row]:
    """The roles drawn; of those that neither decide nor override, the smallest are one.

    They have one standing, for either somebody is declared to decide or nobody is.
    """
    entitled = [role for role in roles if role["standing"] in ("decides", "overrides")]
    others = roles[len(entitled) :]
    if len(others) <= ROLES + 1:
        return roles
    rest = others[ROLES:]
    together = {
        "role": words.counted(len(rest), "other role"),
        "standing": rest[0]["standing"],
        "share": sum(role["share"] for role in rest),
        "share_low": None,
        "share_high": None,
    }
    return [*entitled, *others[:ROLES], together]


def _role(role: Row, top: int) -> Row:
    bar = top + _ROLE_BAR_AT
    return {
        "level": "role",
        "name": role_name(role["role"]),
        "value": f"{words.share(role['share'])}, {STANDINGS[role['standing']]}",
        "standing": role["standing"],
        "words_at": top + _ROLE_AT,
        "top": bar,
        "middle": bar + _ROLE_BAR // 2,
        "bottom": bar + _ROLE_BAR,
        "begin": 0.0,
        "end": role["share"],
        "low": role["share_low"],
        "high": role["share_high"],
    }


def interval(low: float | None, high: float | None) -> str:
    """Two ends of an interval of a share; nothing where there is none."""
    return "" if low is None or high is None else words.share_interval(low, high)


def right_name(right: Row) -> str:
    """The name of a right as a word."""
    return role_name(right["decision_right"])


def role_name(name: str, *, limit: int = 24) -> str:
    """The name of a role as a word."""
    return readable(name.replace("_", " "), limit=limit)
