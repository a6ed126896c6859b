"""Who held which role when: the entries of ``[roles]`` against accounts and groups.

An entry says whom it means: ``account:ID``, ``login:NAME``, ``email:ADDRESS``, or everybody in
``group:NAME`` (Jira), ``role:NAME`` (a project role of Jira) or ``team:ORGANISATION/TEAM``
(GitHub); a bare name may be any of the first three. Whoever was in a group when it was first read
holds its role from always on, whoever came later from the sync that showed them first, both until a
sync shows them no more; the dates of an entry narrow it. No tracker says who was in a group before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.findings.role_holders import Unanswered
from pipelines.histories.actor_roles import BOT
from roadworthy.config.deciding import RoleHolder, Tenure
from roadworthy.config.model import Config
from roadworthy.people import Pseudonyms

Span: TypeAlias = tuple[datetime | None, datetime | None]

_GROUPS: Final = ("group", "role", "team")
_ALWAYS: Final = (None, None)
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)
SEAT_HOLDERS: Final = pl.Schema(
    {
        "role": pl.String(),
        "place": pl.String(),
        "actor_id": pl.String(),
        "valid_from": pl.Datetime("us", "UTC"),
        "valid_until": pl.Datetime("us", "UTC"),
    }
)
_HELD: Final = pl.Schema(
    {
        "actor_id": pl.String(),
        "role": pl.String(),
        "valid_from": pl.Datetime("us", "UTC"),
        "valid_until": pl.Datetime("us", "UTC"),
    }
)


@dataclass(frozen=True, slots=True)
class Everybody:
    """All accounts of all sources, and the groups they were seen in."""

    accounts: pl.DataFrame
    """source, account, logins, addresses (as keyed hashes)."""
    members: pl.DataFrame
    """source, group_id, account (null: nobody was in it), seen_from, seen_until."""


@dataclass(frozen=True, slots=True)
class _Holding:
    source: str
    account: str
    span: Span


def actor_roles(
    everybody: Everybody, config: Config, pseudonyms: Pseudonyms
) -> tuple[pl.DataFrame, list[Unanswered]]:
    """Which actor held which role when, and the entries of ``[roles]`` with nobody behind them.

    Returns:
        actor_id, role, valid_from (null: always), valid_until (null: without end), spans that meet
        joined into one; and the unanswered entries in their order.
    """
    zone = ZoneInfo(config.timezone)
    spans: dict[tuple[str, str], list[Span]] = {}
    unanswered: list[Unanswered] = []
    for role, holder in _holders(config.roles):
        found = list(_holdings(everybody, holder.who, pseudonyms))
        if not found:
            unanswered.append(_unanswered(everybody, role, holder.who))
        for one in found:
            if (span := _common(one.span, _declared(holder, zone))) is not None:
                actor = pseudonyms.of(one.source, one.account)
                spans.setdefault((actor, role), []).append(span)
    rows = [(*held, *span) for held, several in spans.items() for span in _joined(several)]
    frame = pl.DataFrame(rows, schema=_HELD, orient="row")
    return frame.sort("actor_id", "valid_from", "role"), unanswered


def seat_holders(everybody: Everybody, config: Config, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """Who held which seat when, as ``[[tenures]]`` declare it.

    Returns:
        role, place (team or project; empty: everywhere), actor_id, valid_from, valid_until,
        sorted; an account that nobody has gives no row.
    """
    zone = ZoneInfo(config.timezone)
    rows = [
        (role, place, pseudonyms.of(one.source, one.account), *span)
        for tenure in config.tenures
        for role, _, place in [tenure.seat.partition(":")]
        for one in _holdings(everybody, tenure.account, pseudonyms)
        if (span := _common(one.span, _declared(tenure, zone))) is not None
    ]
    return pl.DataFrame(rows, schema=SEAT_HOLDERS, orient="row").unique().sort(pl.all())


def declared_bots(
    accounts: pl.DataFrame, held: pl.DataFrame, pseudonyms: Pseudonyms
) -> pl.DataFrame:
    """The accounts that were ever declared to be bots: source, account.

    A robot is one on every day and in every team: neither the dates of its entry nor a role it was
    declared to have besides makes a person of it.
    """
    bots = set(held.filter(pl.col("role") == BOT)["actor_id"])
    pairs = accounts.select("source", "account")
    rows = [pair for pair in pairs.iter_rows() if bots and pseudonyms.of(*pair) in bots]
    return pl.DataFrame(rows, schema=pairs.schema, orient="row")


def _holders(roles: Mapping[str, Iterable[str | RoleHolder]]) -> Iterator[tuple[str, RoleHolder]]:
    for role, entries in roles.items():
        for entry in entries:
            yield role, RoleHolder(who=entry) if isinstance(entry, str) else entry


def _holdings(everybody: Everybody, who: str, pseudonyms: Pseudonyms) -> Iterator[_Holding]:
    """Everybody an entry means, with the span for which it is known."""
    if _is_group(who):
        for row in _of_group(everybody, who).drop_nulls("account").iter_rows(named=True):
            yield _Holding(row["source"], row["account"], (row["seen_from"], row["seen_until"]))
        return
    for row in everybody.accounts.sort("source", "account").iter_rows(named=True):
        if _answers_to(row, who, pseudonyms):
            yield _Holding(row["source"], row["account"], _ALWAYS)


def _unanswered(everybody: Everybody, role: str, who: str) -> Unanswered:
    if not _is_group(who):
        return Unanswered(role, who, "unknown")
    return Unanswered(role, who, "unread" if _of_group(everybody, who).is_empty() else "empty")


def _is_group(who: str) -> bool:
    kind, colon, _ = who.partition(":")
    return bool(colon) and kind in _GROUPS


def _of_group(everybody: Everybody, who: str) -> pl.DataFrame:
    """The members of a group; both trackers ignore the case of its name."""
    same = pl.col("group_id").str.to_lowercase() == who.lower()
    return everybody.members.filter(same).sort("source", "account", "seen_from")


def _answers_to(person: Mapping[str, Any], who: str, pseudonyms: Pseudonyms) -> bool:
    """Whether an account is the one that an entry names."""
    kind, colon, name = who.partition(":")
    logins = {login.casefold() for login in person["logins"]}
    if colon and kind == "account":
        return bool(name == person["account"])
    if colon and kind == "login":
        return name.casefold() in logins
    if colon and kind == "email":
        return pseudonyms.mask(name) in person["addresses"]
    by_address = "@" in who and pseudonyms.mask(who) in person["addresses"]
    return who == person["account"] or who.casefold() in logins or by_address


def _declared(holder: RoleHolder | Tenure, zone: ZoneInfo) -> Span:
    """The dates of an entry; the last day named is a day on which the role is held."""
    after = holder.until + timedelta(days=1) if holder.until else None
    return _midnight(holder.since, zone), _midnight(after, zone)


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None


def _common(one: Span, other: Span) -> Span | None:
    """What two spans have in common, None where that is nothing."""
    since = max(one[0] or _EARLIEST, other[0] or _EARLIEST)
    until = min(one[1] or _LATEST, other[1] or _LATEST)
    return _open(since, until) if since < until else None


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same spans with those that overlap or touch made one, in order."""
    bounds = sorted((since or _EARLIEST, until or _LATEST) for since, until in spans)
    since, until = bounds[0]
    for later in bounds[1:]:
        if later[0] <= until:
            until = max(until, later[1])
        else:
            yield _open(since, until)
            since, until = later
    yield _open(since, until)


def _open(since: datetime, until: datetime) -> Span:
    return (None if since == _EARLIEST else since, None if until == _LATEST else until)
