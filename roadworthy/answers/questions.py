"""The ready-made questions of ``sql/queries``: one a file, in plain words on its first line.

A line ``-- params: scope=organisation, weeks=12`` names what may be asked differently, with the
values it has otherwise. A question refers to them as ``$scope`` and ``$weeks``; all are text.
``-- Reads:`` names its tables, ``-- in words:`` is a template for the first row of its answer, and
``-- on the demo:`` what that row is on the invented company: written by ``docs/generate.py``, never
by hand. What is left of the comment is for whoever reads the answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import takewhile

from roadworthy.answers.parameters import mistake
from roadworthy.errors import ConfigError
from roadworthy.sql_files import sql_files

_HEADED = re.compile(r"(?P<head>params|Reads|in words|on the demo): *(?P<told>.*)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its words, its SQL, the values of its parameters, and what is told of it."""

    name: str | None
    words: str
    sql: str
    parameters: Mapping[str, str]
    reads: tuple[str, ...] = ()
    in_words: str = ""
    on_the_demo: str = ""
    notes: str = ""

    def asked_with(self, given: Mapping[str, str]) -> "Question":
        """The question with other values.

        Raises:
            ConfigError: a ready-made question has no such parameter, or it can be no such value.
        """
        for parameter, value in given.items() if self.name is not None else ():
            if parameter not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise ConfigError(
                    f"--param {parameter}: '{self.name}' has no such parameter; it has: {known}"
                )
            if (instead := mistake(parameter, value)) is not None:
                raise ConfigError(f"--param {parameter}={value}: {instead}")
        return replace(self, parameters={**self.parameters, **given})


def ready_made() -> Mapping[str, Question]:
    """The ready-made questions by name."""
    return {name: _read(name, text) for name, text in sql_files("queries").items()}


def find(given: str) -> Question:
    """The ready-made question of that name, else the text as SQL.

    Raises:
        ConfigError: one word that is the name of no question; the nearest is named.
    """
    questions = ready_made()
    name = given.strip()
    if name in questions:
        return questions[name]
    if _NAME.fullmatch(name):
        raise ConfigError(f"'{name}': no question is called so; {_remedy(name, list(questions))}")
    return Question(None, "", given, {})


def parameters_of(pairs: Sequence[str]) -> Mapping[str, str]:
    """What stands in ``--param`` options.

    Raises:
        ConfigError: one of them is not of the form name=value.
    """
    split = [pair.partition("=") for pair in pairs]
    for pair, (name, equals, _) in zip(pairs, split, strict=True):
        if not (equals and name.strip()):
            raise ConfigError(f"--param {pair}: write it as name=value, as in scope=team:PAY")
    return {name.strip(): value for name, _, value in split}


def _read(name: str, text: str) -> Question:
    comment = takewhile(lambda line: line.startswith("--"), text.splitlines())
    words, *rest = (line.removeprefix("--").strip() for line in comment)
    matches = [_HEADED.fullmatch(line) for line in rest]
    told = {match["head"]: match["told"] for match in matches if match}
    return Question(
        name,
        words,
        text,
        parameters_of(_parts(told.get("params", ""))),
        reads=tuple(_parts(told.get("Reads", "").removesuffix("."))),
        in_words=told.get("in words", ""),
        on_the_demo=told.get("on the demo", ""),
        notes=" ".join(line for line, match in zip(rest, matches, strict=True) if not match),
    )


def _parts(told: str) -> list[str]:
    return [part for part in (part.strip() for part in told.split(",")) if part]


def _remedy(name: str, known: list[str]) -> str:
    near = get_close_matches(name.lower().replace("-", "_"), known, n=1, cutoff=0.5)
    if near:
        return f"did you mean '{near[0]}'?"
    return "'roadworthy sql' lists them; a question of your own has the form 'select ...'"
