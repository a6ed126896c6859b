"""Frames between processes of one machine: long ones lie on the disk, and are gone once read."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from roadworthy.errors import RoadworthyError
from roadworthy.stages.cores import on_every_core
from roadworthy.stages.mapped_frames import files_of, joined, lying, written
from roadworthy.stages.sent_frames import SentFrames, unpacked


def long() -> pl.DataFrame:
    """Of some megabytes, in two pieces, as facts of two buckets are."""
    half = pl.DataFrame({"item_id": [f"jira:acme:PAY-{place}" for place in range(100_000)]})
    return pl.concat([half, half], rechunk=False)


def test_a_short_frame_is_sent_and_a_long_one_is_written_once(tmp_path: Path) -> None:
    frames, visits, few = SentFrames(tmp_path), long(), pl.DataFrame({"team": ["Pay"]})

    told, sent = frames.packed({"visits": visits, "again": [visits], "few": few})
    frames.packed(visits)

    assert len(told) < 2_000
    assert {one.file for one in sent} == set(tmp_path.iterdir())
    assert len(set(tmp_path.iterdir())) == 1
    thing = unpacked(told)
    assert isinstance(thing, dict)
    assert_frame_equal(thing["visits"], visits)
    assert_frame_equal(thing["again"][0], visits)
    assert_frame_equal(thing["few"], few)


def test_a_frame_that_nobody_else_may_ask_for_is_cleared_away_once_it_was_read(
    tmp_path: Path,
) -> None:
    frames, visits = SentFrames(tmp_path), long()
    _, kept = frames.packed(visits)
    _, passing = frames.packed(long())
    _, twice = frames.packed(visits)

    for sent in (passing, kept, twice):
        frames.was_read(sent)

    assert list(tmp_path.iterdir()) == [kept[0].file]


def test_a_frame_is_told_from_one_that_lay_in_the_same_place_before(tmp_path: Path) -> None:
    frames = SentFrames(tmp_path)
    tolds = [frames.packed(long().with_columns(number=pl.lit(number)))[0] for number in range(20)]

    for number, told in enumerate(tolds):
        thing = unpacked(told)
        assert isinstance(thing, pl.DataFrame)
        assert thing["number"].unique().to_list() == [number]


def test_a_frame_that_lies_in_files_is_written_no_second_time(tmp_path: Path) -> None:
    visits, buckets = long(), (tmp_path / "0.arrow", tmp_path / "1.arrow")
    for bucket in buckets:
        written(visits, bucket)
    whole = joined([lying(bucket) for bucket in buckets])

    told, sent = SentFrames(tmp_path).packed(whole)

    assert (sent, set(tmp_path.iterdir())) == ([], set(buckets))
    thing = unpacked(told)
    assert isinstance(thing, pl.DataFrame)
    assert_frame_equal(thing, pl.concat([visits, visits]))
    assert files_of(whole.head(5)) == ()
    assert files_of(joined([lying(buckets[0]), visits])) == ()


def test_a_process_is_told_of_it_and_tells_a_long_one_back_by_the_same_way(tmp_path: Path) -> None:
    with on_every_core(tmp_path) as cores:
        once = cores.submit(pl.DataFrame.unique, long()).result()
        [of_the_answer] = tmp_path.iterdir()
        again = cores.submit(pl.DataFrame.head, once, 1).result()

        assert (once.height, again.height) == (100_000, 1)
        assert list(tmp_path.iterdir()) == [of_the_answer]
        del once

    assert list(tmp_path.iterdir()) == []


def test_what_a_process_could_not_say_is_raised_where_it_is_asked_for(tmp_path: Path) -> None:
    with on_every_core(tmp_path) as cores:
        asked = cores.submit(pl.DataFrame.select, long(), "nothing of the kind")
        with pytest.raises(pl.exceptions.ColumnNotFoundError):
            asked.result()


def test_a_disk_that_is_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_ipc", refuse)

    with pytest.raises(RoadworthyError, match="the disk is full"):
        SentFrames(tmp_path).packed(long())
