"""requirements.lock is what pyproject.toml asks for, on every Python that we name."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [Requirement(text) for text in PROJECT["dependencies"]]
#: A pin, its hashes, and who asks for it.
ENTRIES = re.findall(
    r"^([a-z][^\\\n]*) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)((?:    #.*\n)+)",
    LOCK,
    re.MULTILINE,
)
OURS = re.compile(r"# +(?:via )?roadworthy \(pyproject\.toml\)")


def pinned_on(python: str) -> dict[str, str]:
    """Name and version of all that is installed from the lock on Linux with this Python."""
    here = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    pins = [Requirement(pin) for pin, _, _ in ENTRIES]
    applying = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(here)]
    versions = {pin.name: str(pin.specifier).removeprefix("==") for pin in applying}
    assert len(versions) == len(applying), "a package is pinned twice"
    return versions


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_whatever_is_asked_for_is_pinned_within_its_bounds(python: str) -> None:
    pinned = pinned_on(python)
    missed = [str(want) for want in WANTED if want.name.lower() not in pinned]
    assert missed == [], "run 'make lock'"
    outside = [
        f"{want}, and the lock has {pinned[want.name.lower()]}"
        for want in WANTED
        if not want.specifier.contains(pinned[want.name.lower()])
    ]
    assert outside == [], "run 'make lock'"


def test_nothing_is_pinned_for_us_that_we_no_longer_ask_for() -> None:
    ours = {Requirement(pin).name for pin, _, reasons in ENTRIES if OURS.search(reasons)}
    assert ours == {want.name.lower() for want in WANTED}, "run 'make lock'"


def test_every_line_is_a_pin_with_its_hashes_and_names_no_place() -> None:
    entries = "".join(f"{pin} \\\n{hashes}{reasons}" for pin, hashes, reasons in ENTRIES)
    assert entries == re.sub(r"\A(#.*\n)+", "", LOCK)
    assert not re.search(r"://|--index|--find-links|file:|/", entries)
