"""The documents as what they are made of: blocks of code, headings, links.

A comment right above a block says what a reader need not see and the tests must know, as in
``<!-- world: trackers -->``; several such remarks are kept apart by semicolons. They are

* ``world``: where the block runs, one of those in :mod:`tests.documents.worlds`; without it, beside
  a demo;
* ``not run``: that it does not, and why;
* ``file``, ``append``: the file of the world that a block of TOML becomes, or is added to.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT: Final = Path(__file__).parent.parent.parent
REMARKS: Final = frozenset({"world", "not run", "file", "append"})

_COMMENT: Final = re.compile(r"<!--\s*(.+?)\s*-->", re.DOTALL)
_MARKDOWN: Final = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a document."""

    document: str
    line: int
    """Its first one, from 1."""
    language: str
    text: str
    remarks: Mapping[str, str]

    @property
    def place(self) -> str:
        """Where it stands, for whoever has to mend it."""
        return f"{self.document}:{self.line}"

    @property
    def is_run(self) -> bool:
        """Whether nothing says that it cannot be."""
        return "not run" not in self.remarks


def documents() -> list[str]:
    """All documents of the repository, by their paths in it."""
    found = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


@cache
def blocks(document: str) -> tuple[Block, ...]:
    """The fenced blocks of a document, in its order."""
    tokens = _tokens(document)
    before = [None, *tokens]
    return tuple(
        Block(
            document,
            line=token.map[0] + 1 if token.map else 0,
            language=token.info.strip(),
            text=token.content,
            remarks=_remarks(above),
        )
        for above, token in zip(before, tokens, strict=False)
        if token.type == "fence"
    )


def all_blocks(*languages: str) -> list[Block]:
    """The blocks of all documents in one of the languages."""
    return [
        one for document in documents() for one in blocks(document) if one.language in languages
    ]


def anchors(document: str) -> set[str]:
    """What a link into a document may name: its headings, as the web shows them."""
    counted: dict[str, int] = {}
    found = set()
    for opening, inline in zip(_tokens(document), _tokens(document)[1:], strict=False):
        if opening.type == "heading_open":
            plain = _slug(_text(inline))
            counted[plain] = counted.get(plain, -1) + 1
            found.add(f"{plain}-{counted[plain]}" if counted[plain] else plain)
    return found


def links(document: str) -> Iterator[str]:
    """Where a document leads, pictures included."""
    for token in _tokens(document):
        for inline in token.children or ():
            target = inline.attrs.get("href") or inline.attrs.get("src")
            if target is not None:
                yield str(target)


@cache
def _tokens(document: str) -> list[Token]:
    return _MARKDOWN.parse((ROOT / document).read_text(encoding="utf-8"))


def _remarks(above: Token | None) -> dict[str, str]:
    told = _COMMENT.fullmatch(above.content.strip()) if above and _is_html(above) else None
    if told is None:
        return {}
    pairs = (remark.partition(":") for remark in told[1].split(";"))
    return {name.strip(): " ".join(value.split()) for name, _colon, value in pairs}


def _is_html(token: Token) -> bool:
    return token.type == "html_block"


def _text(inline: Token) -> str:
    return "".join(one.content for one in inline.children or ())


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
