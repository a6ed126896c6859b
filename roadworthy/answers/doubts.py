"""Why an answer has no rows: a value that nothing is called by, or that the question lacks."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from roadworthy.answers.questions import Question, ready_made
from roadworthy.warehouse import open_published

#: Every value there is for a parameter.
_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "scope": "select distinct scope as value from metric_summaries order by value",
        "team": "select distinct substr(scope, 6) as value from metric_summaries "
        "where scope like 'team:%' order by value",
        "metric": "select distinct metric as value from weekly_metrics "
        "union select distinct metric from metric_summaries order by value",
    }
)
#: A table has some scopes and metrics; of a team without rows, nothing is the answer.
_NOT_IN_EVERY_TABLE = frozenset(("scope", "metric"))
_EVERYTHING = "*"
_MOST_LISTED = 12


def doubts(published: Path, question: Question) -> Iterator[str]:
    """One sentence for each value that a ready-made question may have no rows for."""
    asked = {key: question.parameters[key] for key in _KNOWN if key in question.parameters}
    if question.name is None or not asked:
        return
    usual = ready_made()[question.name].parameters
    with open_published(published) as warehouse:
        for key, value in asked.items():
            known = [str(one) for one in warehouse.frame(_KNOWN[key])["value"]]
            if known and value not in {_EVERYTHING, *known}:
                yield f"no rows: no {key} '{value}' is shown; {_remedy(value, known)}"
            elif key in _NOT_IN_EVERY_TABLE and value != usual[key]:
                yield f"no rows: the tables of '{question.name}' have nothing of {key} '{value}'"


def _remedy(value: str, known: list[str]) -> str:
    near = get_close_matches(value, known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    more = ", ..." if len(known) > _MOST_LISTED else ""
    return f"there are: {', '.join(known[:_MOST_LISTED])}{more}"
