"""People under pseudonyms: who did what becomes which role did what.

An account id is replaced by a keyed hash before it reaches ``core``. The key is made once, lies
beside the warehouse in a file that only its owner can read, and never enters it: whoever holds
``core`` and ``main`` alone cannot tell who an actor is by hashing every name in the company
directory. ``raw`` and ``staging`` still hold what the tracker sent; they are for those who may see
the tracker.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from roadworthy.config.model import Config, RoleHolder
from roadworthy.errors import RoadworthyError

_KEY_BYTES = 32
_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Keyed hashes: the same account has the same pseudonym as long as the key is kept."""

    key: bytes

    def of(self, source: str, account: str) -> str:
        """The pseudonym of an account of a source."""
        digest = hmac.new(self.key, f"{source}\0{account}".encode(), hashlib.sha256)
        return f"person:{digest.hexdigest()[:_LENGTH]}"

    def mask(self, text: str) -> str:
        """A text that names a person, such as an e-mail address, as a hash that can be compared."""
        return hmac.new(self.key, text.casefold().encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def load_pseudonyms(warehouse: Path) -> Pseudonyms:
    """Read the key that belongs to a warehouse; make it where there is none yet."""
    path = warehouse.with_suffix(".key")
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return Pseudonyms(_new_key(path))
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise RoadworthyError(
            f"{path}: not a key; restore it from a backup, or delete it: pseudonyms then change"
        )
    return Pseudonyms(key)


def _new_key(path: Path) -> bytes:
    key = secrets.token_bytes(_KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and put in place whole: a run killed here must not leave an empty key behind.
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return key


def aliases(accounts: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """Every name an account goes by, with its pseudonym.

    Args:
        accounts: source, account, logins, display_names.
        pseudonyms: the key in use.

    Returns:
        source, alias, actor_id. An account id means that account, whoever uses it as a login; of a
        login or a name that several accounts share it cannot be told whose it is: it is nobody's.
    """
    rows = [
        (row["source"], alias, rank, pseudonyms.of(row["source"], row["account"]))
        for row in accounts.sort("source", "account").iter_rows(named=True)
        for rank, names in enumerate(([row["account"]], row["logins"], row["display_names"]))
        for alias in names
    ]
    schema = {"source": pl.String, "alias": pl.String, "rank": pl.Int64, "actor_id": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)
    alias = ["source", "alias"]
    best = frame.filter(pl.col("rank") == pl.col("rank").min().over(alias))
    own = best.unique([*alias, "actor_id"], maintain_order=True)
    return own.filter(pl.len().over(alias) == 1).drop("rank")


def actors(accounts: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """One row per actor: actor_id, source, is_bot; nothing by which a person could be told."""
    rows = [
        (pseudonyms.of(row["source"], row["account"]), row["source"], row["is_bot"])
        for row in accounts.iter_rows(named=True)
    ]
    schema = {"actor_id": pl.String, "source": pl.String, "is_bot": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("actor_id")


def actor_roles(
    accounts: pl.DataFrame, config: Config, pseudonyms: Pseudonyms
) -> tuple[pl.DataFrame, list[str]]:
    """Which actor held which role when, and the entries of ``[roles]`` nobody answers to.

    Returns:
        actor_id, role, valid_from, valid_until (null: without end), and the unresolved entries.
    """
    people = list(accounts.sort("source", "account").iter_rows(named=True))
    zone = ZoneInfo(config.timezone)
    rows: list[tuple[str, str, datetime | None, datetime | None]] = []
    unresolved: list[str] = []
    for role, holder in _holders(config.roles):
        matches = [person for person in people if _answers_to(person, holder.who)]
        if not matches:
            unresolved.append(f"{role}: {holder.who}")
        # The last day named is a day on which the role is held.
        after = holder.until + timedelta(days=1) if holder.until else None
        span = (_midnight(holder.since, zone), _midnight(after, zone))
        rows += [(pseudonyms.of(one["source"], one["account"]), role, *span) for one in matches]
    schema = pl.Schema(
        {
            "actor_id": pl.String(),
            "role": pl.String(),
            "valid_from": pl.Datetime("us", "UTC"),
            "valid_until": pl.Datetime("us", "UTC"),
        }
    )
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.unique(maintain_order=True).sort("actor_id", "valid_from", "role"), unresolved


def _holders(roles: Mapping[str, Iterable[str | RoleHolder]]) -> Iterator[tuple[str, RoleHolder]]:
    for role, entries in roles.items():
        for entry in entries:
            yield role, RoleHolder(who=entry) if isinstance(entry, str) else entry


def _answers_to(person: Mapping[str, object], who: str) -> bool:
    """``account:ID`` and ``login:NAME`` say what they mean; a bare name may be either."""
    kind, colon, name = who.partition(":")
    logins = {str(login).casefold() for login in _texts(person["logins"])}
    if colon and kind == "account":
        return name == person["account"]
    if colon and kind == "login":
        return name.casefold() in logins
    return who == person["account"] or who.casefold() in logins


def _texts(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None
