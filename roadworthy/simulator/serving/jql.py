"""The part of Jira's query language that the simulated Jira understands, parsed.

Comparisons with ``=``, ``!=``, ``in``, ``not in``, ``<``, ``<=``, ``>`` and ``>=``, joined by AND,
OR and parentheses, with an ORDER BY. Functions, history predicates, NOT and relative dates are
refused as a wrong query would be.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

_TOKEN: Final = re.compile(
    r"""\s*(?:
        "(?P<double>(?:[^"\\]|\\.)*)" | '(?P<single>(?:[^'\\]|\\.)*)'
        | (?P<sign><=|>=|!=|[=<>(),]) | (?P<word>[^\s"'=<>!(),]+)
    )""",
    re.VERBOSE,
)
_COMPARING: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_ENDING: Final = ""


class JqlError(Exception):
    """A query that Jira would refuse; the message is the one it would give."""


@dataclass(frozen=True)
class Value:
    """What a field is compared with."""

    text: str
    is_quoted: bool


@dataclass(frozen=True)
class Comparison:
    """One condition."""

    field: str
    """In lower case."""
    operator: str
    """``in`` and ``not in`` also for ``=`` and ``!=``; else a sign."""
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Junction:
    """Several conditions of which all, or any, must hold."""

    is_all: bool
    parts: tuple["Clause", ...]


Clause: TypeAlias = Comparison | Junction


@dataclass(frozen=True)
class Order:
    """One term of an ORDER BY."""

    field: str
    is_descending: bool


@dataclass(frozen=True)
class Query:
    """A query, taken apart."""

    where: Clause | None
    """None: unbounded."""
    order: tuple[Order, ...]


@dataclass(frozen=True)
class _Token:
    text: str
    kind: str
    """word, sign, quoted or end."""

    def says(self, word: str) -> bool:
        return self.kind in ("word", "sign") and self.text.lower() == word


def parse(text: str) -> Query:
    """Take a query apart.

    Raises:
        JqlError: it is wrong, or uses what is not simulated.
    """
    reader = _Reader(_tokens(text))
    is_bounded = not (reader.next_says("order") or reader.token.kind == "end")
    where = reader.any_of() if is_bounded else None
    order = reader.order() if reader.takes("order") else ()
    if reader.token.kind != "end":
        raise reader.wrong("Expecting operator or the end of the query")
    return Query(where, order)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None:
            rest = text[place:].strip()
            raise JqlError(f"Error in the JQL Query: The character '{rest[0]}' is a reserved JQL.")
        kind = found.lastgroup or ""
        is_quoted = kind in ("double", "single")
        said = re.sub(r"\\(.)", r"\1", found[kind]) if is_quoted else found[kind]
        tokens.append(_Token(said, "quoted" if is_quoted else kind))
        place = found.end()
    return [*tokens, _Token(_ENDING, "end")]


class _Reader:
    """Reads tokens from the left, with OR binding less than AND."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def token(self) -> _Token:
        return self._tokens[self._place]

    def next_says(self, word: str) -> bool:
        return self.token.says(word)

    def takes(self, word: str) -> bool:
        if not self.token.says(word):
            return False
        self._place += 1
        return True

    def wrong(self, expected: str) -> JqlError:
        found = "the end of the query" if self.token.kind == "end" else f"'{self.token.text}'"
        return JqlError(f"Error in the JQL Query: {expected} but got {found}.")

    def any_of(self) -> Clause:
        parts = [self._all_of()]
        while self.takes("or"):
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else Junction(is_all=False, parts=tuple(parts))

    def _all_of(self) -> Clause:
        parts = [self._condition()]
        while self.takes("and"):
            parts.append(self._condition())
        return parts[0] if len(parts) == 1 else Junction(is_all=True, parts=tuple(parts))

    def _condition(self) -> Clause:
        if not self.takes("("):
            return self._comparison()
        inner = self.any_of()
        self._demand(")")
        return inner

    def _comparison(self) -> Comparison:
        field = self._value("a field name").text.lower()
        if self.takes("in"):
            return Comparison(field, "in", self._list())
        if self.takes("not"):
            self._demand("in")
            return Comparison(field, "not in", self._list())
        sign = self.token.text
        if self.token.kind != "sign" or sign not in _COMPARING:
            raise self.wrong("Expecting operator")
        self._place += 1
        operator = {"=": "in", "!=": "not in"}.get(sign, sign)
        return Comparison(field, operator, (self._value("a value"),))

    def _list(self) -> tuple[Value, ...]:
        self._demand("(")
        values = [self._value("a value")]
        while self.takes(","):
            values.append(self._value("a value"))
        self._demand(")")
        return tuple(values)

    def _value(self, expected: str) -> Value:
        token = self.token
        if token.kind not in ("word", "quoted"):
            raise self.wrong(f"Expecting {expected}")
        self._place += 1
        return Value(token.text, token.kind == "quoted")

    def _demand(self, word: str) -> None:
        if not self.takes(word):
            raise self.wrong(f"Expecting '{word}'")

    def order(self) -> tuple[Order, ...]:
        self._demand("by")
        terms = [self._term()]
        while self.takes(","):
            terms.append(self._term())
        return tuple(terms)

    def _term(self) -> Order:
        field = self._value("a field name").text.lower()
        is_descending = self.takes("desc")
        if not is_descending:
            self.takes("asc")
        return Order(field, is_descending)
