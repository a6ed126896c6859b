"""How work flows: teams, stages, and what must be true of an item that is handed over."""

from typing import Annotated, Literal, Self

import polars as pl
from pydantic import AfterValidator, Field, model_validator

from roadworthy.config.bounds import Count, Day
from roadworthy.config.section import Section

StageKind = Literal[
    "queue", "active", "decision", "approval", "external", "parked", "done", "dropped"
]


def _compilable(pattern: str) -> str:
    """Tried on the engine that will use it, which knows no look-around."""
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        message = (
            f"no regular expression: {_reason(error)}; write one without look-around, as in "
            "Given.*Then"
        )
        raise ValueError(message) from error
    return pattern


def _reason(error: pl.exceptions.ComputeError) -> str:
    """What the engine has against a pattern, without the drawing of it and the expression."""
    *_, told = str(error).partition("\n\n")[0].splitlines()
    return told.removeprefix("regex error: ").removeprefix("error: ").removesuffix(".")


Pattern = Annotated[str, AfterValidator(_compilable)]
Names = Annotated[list[str], Field(min_length=1)]


class Team(Section):
    """What belongs to a team; an item belongs to the first team that claims it."""

    projects: list[str] = []
    """Keys of projects of a Jira."""
    repositories: list[str] = []
    """Repositories of a GitHub, as ``owner/name``."""
    components: list[str] = []
    """Components of a Jira."""
    labels: list[str] = []
    """Labels of either tracker."""


class Stage(Section):
    """One stage of the flow; the order in the file is the order of the flow."""

    name: str
    """What the report calls it."""
    kind: StageKind
    """What goes on in it: somebody works (``active``), decides, approves, or nobody does."""
    owner: str | None = None
    """The role whose turn it is; work that passes to another owner is handed over."""
    statuses: Names
    """Names or ids of statuses; ``label:NAME`` puts an item here while it has the label.

    ``ticket:closed`` and ``pull_request:closed`` mean one kind of item where both know the status.
    """
    projects: list[str] = []
    """Only items of these projects; without it, of all."""


class Rule(Section):
    """One rule of the definition of ready: a field, and what it must hold."""

    name: str
    """What the report calls it."""
    field: str | None = None
    """Name or id of the field it looks at; ``description``, ``labels``, ``links`` are some."""
    required: Literal[True] | None = None
    """It holds anything."""
    minimum_length: Annotated[Count, Field(ge=1)] | None = None
    """It holds a text of so many characters at least."""
    matches: Pattern | None = None
    """A regular expression is found in it; one without look-around."""
    any_of: Names | None = None
    """It holds one of these values."""
    link_type: str | None = None
    """The item has a link of this type, as Jira names it."""
    has_attachment: Literal[True] | None = None
    """The item has an attachment."""
    item_types: list[str] = []
    """Only items of these types; without it, all."""
    since: Day | None = None
    """The day from which it is in force; what came before is judged too, as hindsight."""

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        tests = ("required", "minimum_length", "matches", "any_of", "link_type", "has_attachment")
        given = [test for test in tests if getattr(self, test) is not None]
        if len(given) != 1:
            message = f"give exactly one of {', '.join(tests)}; found {given or 'none'}"
            raise ValueError(message)
        if self.field is None and given[0] not in ("link_type", "has_attachment"):
            message = f"'{given[0]}' needs 'field': the name or id of the field it looks at"
            raise ValueError(message)
        return self


class DefinitionOfReady(Section):
    """What must be true of an item when it is handed over."""

    guards: str
    """The stage whose entry is the handoff that is checked."""
    rules: Annotated[list[Rule], Field(min_length=1)]
    """The rules; each makes one test."""
