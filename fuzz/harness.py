"""What a harness is, and where the harnesses are."""

import pkgutil
from importlib import import_module
from typing import Protocol, cast

from fuzz import harnesses


class Harness(Protocol):
    """A module of :mod:`fuzz.harnesses`."""

    LOOKS_AT: tuple[str, ...]
    """The packages and modules whose branches guide the fuzzer, and whose lines are counted."""

    @staticmethod
    def seeds() -> tuple[bytes, ...]:
        """Bytes to begin with, each of which gets far."""

    @staticmethod
    def one(data: bytes) -> None:
        """Do with the bytes what the product would; whatever is raised is a finding."""


def names() -> tuple[str, ...]:
    """The harnesses, in the order of their names."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(harnesses.__path__)))


def named(name: str) -> Harness:
    """The harness of a name."""
    return cast("Harness", import_module(f"fuzz.harnesses.{name}"))
