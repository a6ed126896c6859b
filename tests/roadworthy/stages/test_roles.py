"""Entries of [roles] against accounts and groups, as seen at each sync."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from pipelines.findings.role_holders import Unanswered, role_holders
from roadworthy.config.model import Config
from roadworthy.people import Pseudonyms
from roadworthy.stages.roles import Everybody, actor_roles, declared_bots, seat_holders

KEY = Pseudonyms(b"k" * 32)
INSTANT = pl.Datetime("us", "UTC")
FEB, MAR = (datetime(2026, month, 1, 6, tzinfo=UTC) for month in (2, 3))

ACCOUNTS = pl.DataFrame(
    [
        ("acme", "1", ["ada"], [KEY.mask("ada@acme.example")]),
        ("acme", "557058:ben", ["Ben"], []),
        ("code", "3", ["cat"], []),
    ],
    schema={
        "source": pl.String,
        "account": pl.String,
        "logins": pl.List(pl.String),
        "addresses": pl.List(pl.String),
    },
    orient="row",
)


def held(
    *entries: str | dict[str, Any],
    members: tuple[tuple[str | None, ...] | tuple[Any, ...], ...] = (),
) -> tuple[list[tuple[Any, ...]], list[Unanswered]]:
    """Who holds the role of these entries, by account, from when until when; and the unanswered."""
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "source": pl.String,
        "group_id": pl.String,
        "account": pl.String,
        "seen_from": INSTANT,
        "seen_until": INSTANT,
    }
    rows = [("acme", *row) for row in members]
    everybody = Everybody(ACCOUNTS, pl.DataFrame(rows, schema=schema, orient="row"))
    source = {"kind": "files", "name": "acme", "path": "-", "tracker": "jira"}
    config = Config.model_validate(
        {"sources": [source], "roles": {"product": list(entries)}, "timezone": "Europe/Berlin"}
    )
    frame, unanswered = actor_roles(everybody, config, KEY)
    accounts = {KEY.of(*pair): pair[1] for pair in ACCOUNTS.select("source", "account").rows()}
    found = [(accounts[actor], *span) for actor, _, *span in frame.iter_rows()]
    return sorted(found, key=repr), unanswered


def test_an_account_is_named_by_id_login_or_address() -> None:
    for entry in ("account:1", "login:ADA", "email:Ada@acme.example", "1", "ada"):
        assert held(entry) == ([("1", None, None)], []), entry
    assert held("ada@acme.example") == ([("1", None, None)], [])
    assert held("557058:ben") == ([("557058:ben", None, None)], [])


def test_the_dates_of_an_entry_are_days_of_the_place() -> None:
    since, until = (datetime.fromisoformat(day).date() for day in ("2026-02-01", "2026-03-31"))
    found, _ = held({"who": "ada", "from": since, "until": until})
    assert found == [
        (
            "1",
            datetime(2026, 1, 31, 23, tzinfo=UTC),
            datetime(2026, 3, 31, 22, tzinfo=UTC),
        )
    ]


def test_members_hold_the_role_of_their_group_while_they_were_seen_in_it() -> None:
    members = (("group:Owners", "1", None, MAR), ("group:Owners", "557058:ben", FEB, None))
    assert held("group:owners", members=members) == (
        [("1", None, MAR), ("557058:ben", FEB, None)],
        [],
    )


def test_dates_narrow_a_membership_to_what_they_have_in_common() -> None:
    members = (("group:Owners", "1", None, FEB), ("group:Owners", "557058:ben", FEB, None))
    entry = {"who": "group:Owners", "from": datetime(2026, 2, 10, tzinfo=UTC).date()}
    found, unanswered = held(entry, members=members)
    assert found == [("557058:ben", datetime(2026, 2, 9, 23, tzinfo=UTC), None)]
    assert unanswered == []


def test_a_bot_by_declaration_is_one_whatever_the_dates() -> None:
    rows = [(KEY.of("acme", "1"), "bot", None, FEB), (KEY.of("code", "3"), "product", None, None)]
    schema = ["actor_id", "role", "valid_from", "valid_until"]
    roles = pl.DataFrame(rows, schema=schema, orient="row")
    assert declared_bots(ACCOUNTS, roles, KEY).rows() == [("acme", "1")]
    assert declared_bots(ACCOUNTS, roles.tail(1), KEY).is_empty()


def test_spans_that_meet_are_one() -> None:
    members = (("group:a", "1", None, FEB), ("role:b", "1", FEB, MAR))
    assert held("group:a", "role:b", members=members)[0] == [("1", None, MAR)]


def test_a_group_that_was_not_read_is_told_from_one_without_members() -> None:
    _, unanswered = held(
        "group:gone", "team:acme/empty", "nobody", members=(("team:acme/empty", None, None, None),)
    )
    assert unanswered == [
        Unanswered("product", "group:gone", "unread"),
        Unanswered("product", "team:acme/empty", "empty"),
        Unanswered("product", "nobody", "unknown"),
    ]
    (finding,) = role_holders(unanswered, {"product": 3, "engineering": 2})
    assert finding.severity == "warning"
    assert (finding.expected, finding.found) == (3, 0)
    assert finding.detail == (
        "Nobody is behind 3 of 3 entries of [roles] product: 1 by account, login or e-mail, "
        "which no payload names; group:gone, which no source showed (not there, not visible to the "
        "account that reads, or not among the recorded payloads); team:acme/empty, which had no "
        "members. Nobody is known to hold this role."
    )


def test_a_role_with_somebody_left_is_no_warning() -> None:
    (finding,) = role_holders([Unanswered("product", "x", "unknown")], {"product": 2})
    assert (finding.severity, finding.found) == ("info", 1)


def test_a_tenure_is_of_a_seat_for_its_days_under_a_pseudonym() -> None:
    members = pl.DataFrame(
        schema={
            "source": pl.String,
            "group_id": pl.String,
            "account": pl.String,
            "seen_from": INSTANT,
            "seen_until": INSTANT,
        }
    )
    tenures = [
        {
            "seat": "product:PAY",
            "account": "1",
            "from": date(2026, 2, 1),
            "until": date(2026, 2, 28),
        },
        {"seat": "product:PAY", "account": "login:nobody", "from": date(2026, 3, 1)},
    ]
    source = {"kind": "files", "name": "acme", "path": "-", "tracker": "jira"}
    config = Config.model_validate({"sources": [source], "tenures": tenures, "timezone": "UTC"})
    (row,) = seat_holders(Everybody(ACCOUNTS, members), config, KEY).to_dicts()
    assert row == {
        "role": "product",
        "place": "PAY",
        "actor_id": KEY.of("acme", "1"),
        "valid_from": datetime(2026, 2, 1, tzinfo=UTC),
        "valid_until": datetime(2026, 3, 1, tzinfo=UTC),
    }
