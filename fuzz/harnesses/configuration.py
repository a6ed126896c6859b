"""The configuration file: it can be used, or every fault of it is one sentence."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from fuzz.choices import Choices
from fuzz.scratch import scratch_folder
from roadworthy.config.load import load
from roadworthy.errors import ConfigError

LOOKS_AT: Final = ("roadworthy.config", "tomllib")

_EXAMPLE: Final = Path(str(files("roadworthy"))).parent / "roadworthy.example.toml"
_FOLDER: Final = scratch_folder()
_SOURCE: Final = '[[sources]]\nkind = "files"\nname = "a"\npath = "x"\ntracker = "jira"\n'
_PIECES: Final = (
    *(
        '"',
        "'",
        '"""',
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "#",
        "\n",
        "\\",
        "\x00",
        "\x7f",
    ),
    *("true", "1e999", "nan", "-0", "9" * 400, "0001-01-01", "9999-12-31T23:59:59Z", "00:00"),
    *('"\\uD800"', '""', '"(a*)*b"', '"../../../etc"', '"Europe/../UTC"', '"team:x"', '"group:"'),
    *(
        "sources",
        "kind",
        "token_env",
        '"ghp_canary"',
        "roles",
        "stages",
        "[teams.x]\n",
        "[[stages]]\n",
    ),
)


def seeds() -> tuple[bytes, ...]:
    """The example, whole and section by section."""
    text = _EXAMPLE.read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    parts = [_SOURCE + part for part in bare.split("\n\n") if part.strip()]
    return tuple(b"\x00" + part.encode() for part in (_SOURCE, bare, *parts))


def one(data: bytes) -> None:
    """Load a file."""
    choices = Choices(data)
    splices = [
        (choices.number(1 << 12), choices.one_of(_PIECES), choices.number(8))
        for _ in range(choices.number(6))
    ]
    content = choices.rest()
    for at, piece, cut in splices:
        content = content[:at] + piece.encode() + content[at + cut :]
    path = _FOLDER / "roadworthy.toml"
    path.write_bytes(content)
    try:
        loaded = load(path)
    except ConfigError as error:
        assert str(error).startswith(f"{path}: ")
        return
    assert loaded.config.sources
    assert loaded.hash == load(path).hash
