"""What the documents say without being run: where they lead, and what a configuration may hold."""

import tomllib
from typing import Any

import pytest

from roadworthy.config import Config
from tests.documents.console import commands
from tests.documents.documents import (
    REMARKS,
    ROOT,
    Block,
    all_blocks,
    anchors,
    blocks,
    documents,
    links,
)
from tests.documents.worlds import NAMES

_A_SOURCE = {"kind": "files", "name": "any", "path": "any", "tracker": "jira"}


def resolved(document: str, link: str) -> tuple[str, str]:
    """The path and the anchor that a link of a document leads to."""
    path, _, anchor = link.partition("#")
    if not path:
        return document, anchor
    target = (ROOT / document).parent / path
    return target.resolve().relative_to(ROOT).as_posix(), anchor


@pytest.mark.parametrize("document", documents())
def test_every_link_leads_somewhere(document: str) -> None:
    lost = []
    for link in links(document):
        if "://" in link:
            continue
        path, anchor = resolved(document, link)
        is_there = (ROOT / path).exists()
        if not is_there or (anchor and anchor not in anchors(path)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize(
    "document", [one for one in documents() if one.startswith("docs/howto/")] + ["docs/tutorial.md"]
)
def test_the_map_of_the_documents_leads_to(document: str) -> None:
    led_to = {resolved("docs/README.md", link)[0] for link in links("docs/README.md")}
    assert document in led_to


@pytest.mark.parametrize("document", documents())
def test_remarks_above_blocks_are_ones_that_mean_something(document: str) -> None:
    for block in blocks(document):
        assert set(block.remarks) <= REMARKS, block.place
        assert block.remarks.get("world", "demo") in NAMES, block.place
        assert all(block.remarks.values()), block.place


@pytest.mark.parametrize("block", all_blocks("toml"), ids=lambda block: block.place)
def test_every_piece_of_a_configuration_is_a_valid_one(block: Block) -> None:
    said = tomllib.loads(block.text)
    assert Config.model_validate({"sources": [_A_SOURCE], **said}).sources


@pytest.mark.parametrize("block", all_blocks("console"), ids=lambda block: block.place)
def test_every_block_of_a_console_has_a_command(block: Block) -> None:
    assert block.text.startswith("$ "), block.place
    assert list(commands(block))


def test_what_is_not_run_is_known_and_has_its_reason() -> None:
    told: dict[str, Any] = {}
    for block in all_blocks("console", "sql"):
        if not block.is_run:
            told.setdefault(block.document, []).append(block.remarks["not run"])
    assert told == {
        "docs/distributed.md": ["needs the network", "needs a Java", "needs a cluster"],
        "docs/export.md": ["three engines have a line each"],
        "docs/howto/nightly.md": ["needs a scheduler"],
        "docs/recipes.md": [
            "needs DuckDB's own command line",
            "needs a browser and marimo",
            "needs Datasette",
            "needs DuckDB's own command line",
        ],
        "docs/scheduling.md": ["installs for the whole machine", "needs systemd"],
        "docs/tutorial.md": ["needs the network"],
        "docs/upgrading.md": ["installs for the whole machine"],
    }
