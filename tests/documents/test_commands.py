"""Every command of the documents is run, and answers what the document says it does."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest

from roadworthy.answers import on_the_demo, ready_made
from roadworthy.warehouse import open_published
from tests.documents import worlds
from tests.documents.console import (
    Answer,
    Command,
    answers,
    commands,
    disagreement,
)
from tests.documents.documents import Block, all_blocks, blocks, documents
from tests.documents.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("documents")]


def steps(document: str, world: str) -> list[Block]:
    """The blocks of a document that do something in a world, in their order."""
    return [
        block
        for block in blocks(document)
        if block.is_run
        and block.remarks.get("world", "demo") == world
        and (block.language == "console" or {"file", "append"} & set(block.remarks))
    ]


def with_console(world: str) -> list[str]:
    return [
        document
        for document in documents()
        if any(block.language == "console" for block in steps(document, world))
    ]


def as_commands(block: Block) -> list[Command]:
    """What somebody types who follows a block; a file is written by an editor."""
    if block.language == "console":
        return list(commands(block))
    into = ">>" if "append" in block.remarks else ">"
    path = block.remarks.get("append") or block.remarks["file"]
    return [Command(block, f"printf %s {shlex.quote(block.text)} {into} {shlex.quote(path)}", "")]


def disagreements(document: str, name: str, world: World) -> list[str]:
    """What a document says that is not so."""
    asked = [command for block in steps(document, name) for command in as_commands(block)]
    typed = [command.text for command in asked if command.text not in world.known]
    said = iter(answers(typed, world.folder, world.environment, seconds=worlds.SECONDS))
    found: list[str | None] = []
    for number, command in enumerate(asked):
        answer = world.known.get(command.text) or next(said, Answer("the shell had ended", 1))
        following = asked[number + 1].text if number + 1 < len(asked) else None
        found.append(disagreement(command, answer, following))
    return [one for one in found if one is not None]


@pytest.mark.parametrize("document", with_console("demo"))
def test_beside_the_demo_the_commands_of(document: str, demo: World, tmp_path: Path) -> None:
    assert not "\n".join(disagreements(document, "demo", worlds.copied(demo, tmp_path)))


@pytest.mark.parametrize("document", with_console("trackers"))
def test_asking_trackers_the_commands_of(
    document: str, reaching_trackers: Mapping[str, str], tmp_path: Path
) -> None:
    world = World(tmp_path, reaching_trackers)
    assert not "\n".join(disagreements(document, "trackers", world))


@pytest.mark.parametrize(
    "block", [one for one in all_blocks("sql") if one.is_run], ids=lambda block: block.place
)
def test_the_warehouse_of_the_demo_answers(block: Block, published: Path) -> None:
    with open_published(published) as warehouse:
        warehouse.confine()
        assert warehouse.answer(block.text, {}, 1).height


def test_what_is_told_of_the_demo_is_what_the_demo_answers(published: Path) -> None:
    told = {name: question.on_the_demo for name, question in ready_made().items()}
    assert told == on_the_demo.lines(published), (
        "run: python docs/generate.py --demo FOLDER/var/roadworthy.duckdb"
    )
