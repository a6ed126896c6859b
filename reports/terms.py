"""The terms of the page, each explained where it is met and once more at the end.

An explanation opens without any script (HTML popover); where a reader's program has none, it stands
at the end of the page, as it does on paper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Term:
    """A term, what it means, and other forms in which it is met."""

    word: str
    meaning: str
    forms: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its address within the page."""
        return "word-" + re.sub("[^a-z0-9]+", "-", self.word.lower())


TERMS = (
    Term(
        "95% interval",
        "The range that chance alone leaves open: of twenty such intervals nineteen hold the true "
        "figure. Two figures whose intervals overlap widely may be the same.",
        ("95% intervals",),
    ),
    Term(
        "normal",
        "How long a wait may be, or how often work may come back: what you declared, else the "
        "best quarter of your teams, else your own best quarters. Which of them it is stands "
        "beside the figure. Days beyond normal are those that would be spared if it were kept.",
    ),
    Term(
        "commitment",
        "An item or a release with a date, from the moment at which work on it was taken on. The "
        "date it had then is the first promise.",
        ("commitments", "committed"),
    ),
    Term(
        "constraint",
        "The one cause that costs the most days beyond normal; named only where it comes first in "
        "nine of ten draws of the weeks and under nine of ten other ideas of what is normal.",
    ),
    Term(
        "contested",
        "A change that undoes or opposes one by another role within the configured window.",
        ("opposed",),
    ),
    Term(
        "draws",
        "Two thousand times, as many weeks as each team has are drawn from its own, some twice and "
        "some not at all. A statement is as sure as the share of draws in which it holds.",
    ),
    Term(
        "grade",
        "How well a comparison supports a statement of cause, from A (drawn by lot) to D (a "
        "description, not evidence).",
        ("grades",),
    ),
    Term(
        "handoff",
        "Work that moves from a stage of one owner forward to a stage of another.",
        ("handoffs", "handed over"),
    ),
    Term(
        "horizon",
        "How long each item is followed, the same for all; what is not over then counts as open.",
    ),
    Term(
        "lead time",
        "From the start of the clock, which is the creation of the item unless configured "
        "otherwise, until it is done, in calendar days.",
    ),
    Term(
        "open",
        "Not over at the snapshot. Open work counts in every figure with the time it has lasted so "
        "far; to leave it out would flatter all of them.",
        ("open items", "open ones", "still open"),
    ),
    Term(
        "out of role",
        "Made by a role that neither holds the right nor may override it, as the rights are "
        "declared.",
    ),
    Term(
        "P50",
        "The length within which half have ended, those still open counted.",
    ),
    Term(
        "P85",
        "The length within which 85 in 100 have ended, those still open counted.",
    ),
    Term(
        "queue",
        "A stage in which nobody works on the item: it waits for hands.",
    ),
    Term(
        "readiness",
        "Whether an item met the definition of ready as it stood when it was handed over; what was "
        "filled in later is hindsight and is counted separately.",
    ),
    Term(
        "rework",
        "The time from a rejection until the work is handed over again and has made up what it had "
        "reached before.",
    ),
    Term(
        "seat",
        "A role in one team, whoever holds it. What stays when the holder changes is the seat's.",
        ("seats",),
    ),
    Term(
        "sent back",
        "Returned by somebody other than the sender before it was accepted.",
        ("rejection", "rejections"),
    ),
    Term(
        "slip",
        "A date moved later, to a later release, or cleared, after the commitment.",
        ("slipped", "slips"),
    ),
    Term(
        "in silence",
        "The date passed, the work was open, and nobody had moved the date.",
    ),
    Term(
        "snapshot",
        "The instant at which the last complete reading of a source ended. Nothing later is known.",
    ),
    Term(
        "what would have been",
        "What the same teams would have had without the change, judging by the time before it and "
        "by teams that were not changed.",
    ),
)

_BY_FORM = {form.lower(): term for term in TERMS for form in (term.word, *term.forms)}
# The longest first: of "open items" the whole is met before its part.
_MET = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(form) for form in sorted(_BY_FORM, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


def explained(text: str, met: set[str]) -> Markup:
    """The text with a way to the explanation at the first place of each term.

    Args:
        text: of the page; it is escaped.
        met: terms that were explained before in the same part; those found here are added.
    """
    return Markup("").join(_pieces(text, met))


def _pieces(text: str, met: set[str]) -> Iterator[Markup]:
    end = 0
    for found in _MET.finditer(text):
        term = _BY_FORM[found[0].lower()]
        if term.word in met:
            continue
        met.add(term.word)
        yield escape(text[end : found.start()])
        yield Markup('<button type="button" class="term" popovertarget="{}">{}</button>').format(
            term.key, found[0]
        )
        end = found.end()
    yield escape(text[end:])
