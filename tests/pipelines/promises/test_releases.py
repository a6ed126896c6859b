"""Releases as subjects of promises: which dates are of releases, and what became of them."""

from datetime import date

import polars as pl

from pipelines.promises import promised_dates, releases
from tests.pipelines.core_shapes import SHAPES
from tests.pipelines.frames import INSTANT, Row, at, frame

SOURCES = frame({"source": "acme", "snapshot_at": at("2026-04-01")}, **SHAPES["sources"])


def seen(*rows: Row) -> pl.DataFrame:
    """Sights of release 1.0, open and due at the end of March unless they say otherwise."""
    usual = {
        "release_id": "jira:acme:10",
        "source": "acme",
        "kind": "version",
        "release": "1.0",
        "project": "PAY",
        "release_on": date(2026, 3, 31),
        "is_released": False,
        "valid_from": at("2026-01-01"),
    }
    return frame(*({**usual, **row} for row in rows), **SHAPES["release_dates"])


def steps_of(item: Row, shown: Row, dates: pl.DataFrame, *moved: Row) -> pl.DataFrame:
    """The dates of an item that shows one value now, and of old where nothing moved it there."""
    kept = SHAPES["items"] | {"born_at": INSTANT, "observed_until": INSTANT}
    moves = {"group_end": pl.Int32, "actor_role": pl.String, "is_bulk": pl.Boolean}
    return promised_dates.date_steps(
        frame({"item_id": "i", "born_at": at("2026-01-02"), **item}, **kept),
        frame(*({"item_id": "i", **one} for one in moved), **SHAPES["field_changes"], **moves),
        frame({"item_id": "i", "position": 1, **shown}, **SHAPES["field_values"]),
        dates,
        target_field=None,
    )


def test_sprints_and_dates_of_projects_are_no_releases() -> None:
    kinds = ("version", "milestone", "sprint", "iteration", "project_date")
    dates = seen(*({"kind": kind} for kind in kinds))
    assert releases.of_releases(dates)["kind"].to_list() == ["version", "milestone"]


def test_a_release_that_vanished_before_it_was_out_was_dropped() -> None:
    dates = seen({"valid_until": at("2026-02-01")})
    (subject,) = releases.release_subjects(dates, SOURCES, (), "UTC").to_dicts()
    assert (subject["shipped_at"], subject["dropped_at"]) == (None, at("2026-02-01"))


def test_a_release_that_vanished_after_it_was_out_was_shipped() -> None:
    dates = seen(
        {"valid_until": at("2026-02-01")},
        {"is_released": True, "valid_from": at("2026-02-01"), "valid_until": at("2026-03-01")},
    )
    (subject,) = releases.release_subjects(dates, SOURCES, (), "UTC").to_dicts()
    assert (subject["shipped_at"], subject["dropped_at"]) == (at("2026-02-01"), None)


def test_a_release_that_is_still_there_was_not_dropped() -> None:
    (subject,) = releases.release_subjects(seen({}), SOURCES, (), "UTC").to_dicts()
    assert subject["dropped_at"] is None


def test_the_day_on_which_a_release_came_out_is_one_of_the_organisation() -> None:
    dates = seen({}, {"is_released": True, "valid_from": at("2026-03-31 20:00")})
    subjects = (
        releases.release_subjects(dates, SOURCES, (), zone).row(0, named=True)["shipped_at"]
        for zone in ("Europe/Berlin", "Pacific/Auckland", "Etc/GMT+12")
    )
    # Noon in New Zealand is the eve in London; the last zone has it after the release was seen.
    assert list(subjects) == [
        at("2026-03-31 10:00"),
        at("2026-03-30 23:00"),
        at("2026-03-31 20:00"),
    ]


def test_a_milestone_of_the_same_title_in_another_repository_is_another() -> None:
    ours = {"release_id": "github:code:1", "source": "code", "kind": "milestone"}
    theirs = {**ours, "release_id": "github:code:2", "project": "acme/api"}
    moved = {**theirs, "release_on": date(2026, 1, 31), "valid_from": at("2026-02-01")}
    dates = seen(
        {**ours, "project": "acme/web"},
        {**theirs, "release_on": date(2026, 1, 15), "valid_until": at("2026-02-01")},
        moved,
    )
    shown = {"field": "milestone", "value_text": "1.0"}
    steps = steps_of({"source": "code", "project": "acme/web"}, shown, dates)
    assert steps.select("at", "on", "cause").rows() == [
        (at("2026-01-02"), date(2026, 3, 31), "retarget")
    ]


def test_another_milestone_is_one_step_though_it_takes_two_events() -> None:
    of_web = {"source": "code", "kind": "milestone", "project": "acme/web"}
    later = {"release_id": "github:code:2", "release": "2.0", "release_on": date(2026, 5, 1)}
    dates = seen({**of_web, "release_id": "github:code:1"}, {**of_web, **later})
    event = {"field": "milestone", "changed_at": at("2026-02-01"), "is_member": False}
    steps = steps_of(
        {"source": "code", "project": "acme/web"},
        {"field": "milestone", "value_text": "2.0"},
        dates,
        {**event, "sequence": 1, "group_end": 1, "from_text": "1.0"},
        {**event, "sequence": 2, "group_end": 2, "to_text": "2.0"},
    )
    assert steps.select("at", "on", "cause").rows() == [
        (at("2026-01-02"), date(2026, 3, 31), "retarget"),
        (at("2026-02-01"), date(2026, 5, 1), "retarget"),
    ]


def test_a_milestone_that_was_renamed_is_the_one_that_its_item_shows() -> None:
    of_web = {"source": "code", "kind": "milestone", "project": "acme/web", "version_id": "MI_1"}
    renamed = {**of_web, "release": "Spring", "release_on": date(2026, 4, 7)}
    earlier = {**of_web, "valid_until": at("2026-02-01")}
    item = {"source": "code", "project": "acme/web"}
    shown = {"field": "milestone", "value_id": "MI_1", "value_text": "Spring"}
    event = {"field": "milestone", "changed_at": at("2026-01-10"), "is_member": False}
    planned = {**event, "sequence": 1, "group_end": 1, "to_text": "1.0"}
    both = seen(earlier, {**renamed, "valid_from": at("2026-02-01")})
    assert steps_of(item, shown, both, planned).select("at", "on", "cause").rows() == [
        (at("2026-01-02"), None, "retarget"),
        (at("2026-01-10"), date(2026, 3, 31), "retarget"),
        (at("2026-02-01"), date(2026, 4, 7), "release"),
    ]
    assert steps_of(item, shown, seen(renamed), planned).select("at", "on").rows() == [
        (at("2026-01-02"), None),
        (at("2026-01-10"), date(2026, 4, 7)),
    ]


def test_a_version_is_known_by_its_id_whatever_tracker_has_it() -> None:
    dates = seen({"version_id": "10"}, {"release_id": "tarn:acme:11", "version_id": "11"})
    item = {"source": "acme", "tracker": "tarn", "project": "PAY"}
    shown = {"field": "fixVersions", "value_id": "10", "value_text": "as it was called"}
    steps = steps_of(item, shown, dates.filter(pl.col("version_id") == "10"))
    assert steps["on"].to_list() == [date(2026, 3, 31)]
    assert steps_of(item, shown, dates.filter(pl.col("version_id") == "11")).is_empty()


def test_a_field_that_is_called_like_milestones_holds_none_where_there_are_versions() -> None:
    shown = {"field": "milestone", "value_text": "1.0"}
    assert steps_of({"source": "acme", "project": "PAY"}, shown, seen({})).is_empty()
