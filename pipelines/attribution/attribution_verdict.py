"""What may be said of a delay: one of six words, and one word why.

* *structural*: a rule costs time, or a seat does whoever sits in it.
* *individual*: it follows a person, at nine to one against seats and against chance, borne out by
  scrambled spells, large enough to matter, of somebody who can be told from his seats.
* *mixed*: both.
* *not_identifiable*: something is there, at seven to three at least, but these data cannot say
  what.
* *none*: nothing that goes beyond the usual.
* *insufficient_data*: fewer than twenty items, fewer than five people, so many moves by people of
  unknown role that nobody can say who sits where, or one team alone in which nobody held a seat for
  long enough to be asked about.

That all are slow together is no person's doing and does not make a verdict individual.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipelines.attribution.class_excess import ClassExcess
from pipelines.attribution.identification import Identification
from pipelines.attribution.spike_scan import Scan
from pipelines.attribution.within_cells import RuleEffect
from pipelines.histories.actor_roles import MOST_UNKNOWN
from pipelines.statistics.estimate import FEWEST_TOLD, Estimate

Verdict: TypeAlias = Literal[
    "structural", "individual", "mixed", "none", "not_identifiable", "insufficient_data"
]
Reason: TypeAlias = Literal[
    "rule",
    "seat",
    "rule_and_seat",
    "person",
    "usual",
    "same_cells",
    "never_replaced",
    "confounded",
    "undecided",
    "scrambled",
    "unsure",
    "items",
    "people",
    "roles",
    "seats",
]
"""*unsure*: which of all it is, or whether anything, is not known well enough to name one; *seats*:
no rule costs time, and there is no seat and nobody to ask about."""

_PROBABLY_SOMETHING = 0.7
_CHANCE = 0.05
_OF_ALL = 0.25


@dataclass(frozen=True, slots=True)
class Attribution:
    """What is said of one edge. It holds no person and nothing told of one."""

    verdict: Verdict
    reason: Reason
    items: int
    """Handed over and used."""
    even_verdict: Verdict | None = None
    """The verdict where seats and people were held equally likely before the data."""
    classes: tuple[ClassExcess, ...] = ()
    rules: tuple[RuleEffect, ...] = ()
    found_rules: tuple[str, ...] = ()
    """Those that cost what is worth a word."""
    seats: tuple[str, ...] = ()
    """Teams whose seat was found."""
    withheld_seats: int = 0
    """Seats that were found in teams of too few people to be named."""
    people: str | None = None
    """How many people an individual part is concentrated in; None where there is no such part."""
    p_value: float | None = None
    """Of scrambled spells, for the people who stood out."""
    identification: Identification | None = None


def insufficient(items: int, people: int, *, minimum: int, unknown_share: float) -> Reason | None:
    """What there is too little of to say anything; None if there is enough."""
    if items < FEWEST_TOLD:
        return "items"
    if people < minimum:
        return "people"
    return "roles" if unknown_share > MOST_UNKNOWN else None


def costs(rule: RuleEffect, together: Estimate, useful: float) -> bool:
    """Whether a rule costs time or yield, for sure, and enough of it.

    Enough for an item that meets it; or, where all rules together are, for the average item.
    """
    one = rule.coefficient
    if one.value is None or one.low is None or rule.p_value is None:
        return False
    is_sure = one.low > 0 and rule.p_value < _CHANCE
    return is_sure and (one.value >= useful or is_material(together, useful))


def is_material(together: Estimate, useful: float) -> bool:
    """Whether all rules together cost the average item a quarter of what is worth a word of one."""
    if together.value is None or together.low is None:
        return False
    return together.low > 0 and together.value >= useful * _OF_ALL


def verdict(seen: Scan, *, is_rule: bool, is_asked: bool = True) -> tuple[Verdict, Reason]:
    """The verdict and its reason, from what was found.

    Args:
        seen: what was found of seats and people.
        is_rule: whether any rule costs time.
        is_asked: whether there is any seat or person to ask about.
    """
    labels = {one.label for one in seen.found}
    if is_rule or "seat" in labels:
        both = is_rule and "seat" in labels
        reason: Reason = "rule_and_seat" if both else "rule" if is_rule else "seat"
        return ("mixed" if "person" in labels else "structural"), reason
    if "person" in labels:
        return "individual", "person"
    for one in seen.found:
        if one.why != "told_apart":
            return "not_identifiable", one.why
    if seen.none < 1 - _PROBABLY_SOMETHING:
        return "not_identifiable", "unsure"
    return ("none", "usual") if is_asked else ("insufficient_data", "seats")
