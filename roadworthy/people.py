"""People under pseudonyms: who did what becomes which role did what.

An account id is replaced by a keyed hash before it reaches ``core``. The key is made once, lies
beside the warehouse in a file that only its owner can read, and never enters it: whoever holds
``core`` and ``main`` alone cannot tell who an actor is by hashing every name in the company
directory. ``raw`` and ``staging`` still hold what the tracker sent; they are for those who may see
the tracker.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from roadworthy.disk import private, put_in_place
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


def key_path(warehouse: Path) -> Path:
    """Where the key that belongs to a warehouse is kept."""
    return warehouse.with_suffix(".key")


def load_pseudonyms(warehouse: Path) -> Pseudonyms:
    """Read the key that belongs to a warehouse; make it where there is none yet."""
    path = key_path(warehouse)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return Pseudonyms(_new_key(path))
    except (ValueError, IsADirectoryError):
        key = b""
    except OSError as error:
        told = f"cannot be read: {error.strerror}; see to its permissions"
        raise RoadworthyError(f"{path}: {told}") from error
    if len(key) != _KEY_BYTES:
        raise RoadworthyError(
            f"{path}: not a key; restore it from a backup, or delete it: pseudonyms then change"
        )
    return Pseudonyms(key)


def _new_key(path: Path) -> bytes:
    key = secrets.token_bytes(_KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    # In one step: a run killed here must not leave an empty key behind.
    with private():
        put_in_place(path, key.hex().encode("ascii"))
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


def actors(accounts: pl.DataFrame, bots: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """One row per actor: actor_id, source, is_bot; nothing by which a person could be told.

    Args:
        accounts: source, account, is_bot (the account of an application).
        bots: source, account of those that are declared to be bots.
        pseudonyms: the key in use.
    """
    declared = set(bots.select("source", "account").iter_rows())
    rows = [
        (pseudonyms.of(source, account), source, is_bot or (source, account) in declared)
        for source, account, is_bot in accounts.select("source", "account", "is_bot").iter_rows()
    ]
    schema = {"actor_id": pl.String, "source": pl.String, "is_bot": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("actor_id")
