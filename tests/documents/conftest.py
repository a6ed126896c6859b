"""The demo, made once for all, and the trackers that the documents name."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.documents import worlds
from tests.documents.worlds import World


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A clone in which the demo was made; whoever changes anything works on a copy."""
    return worlds.made_demo(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="session")
def reaching_trackers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """The environment from which the trackers of the documents are reached."""
    with worlds.trackers(tmp_path_factory.mktemp("trackers")) as environment:
        yield environment


@pytest.fixture(scope="session")
def published(demo: World) -> Path:
    """The warehouse of the demo."""
    return demo.folder / "roadworthy-demo" / "var" / "roadworthy.duckdb"
