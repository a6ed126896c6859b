"""How to read the page, and what it refuses to say."""

from dataclasses import dataclass

from reports import format as words
from reports.data import ReportData
from reports.reading import FEWEST
from reports.tracker_text import readable


@dataclass(frozen=True)
class Note:
    """A heading and its sentences."""

    heading: str
    sentences: tuple[str, ...]


def method(data: ReportData) -> tuple[Note, ...]:
    """The notes at the end of the page."""
    return (_HOW_TO_READ, _LIMITS, _refusals(data), _provenance(data))


_HOW_TO_READ = Note(
    "How to read it",
    (
        (
            "Open work counts. A stay, an attempt or an item that has not ended is known to have "
            "lasted at least until the snapshot; leaving it out would flatter every number."
        ),
        (
            "A 95% interval is the range that chance alone leaves open. Two numbers whose "
            "intervals overlap widely may be the same."
        ),
        (
            "P50 is the length within which half have ended, P85 the one within which 85 in 100 "
            "have. The mean is taken within a horizon up to which all have been followed."
        ),
        (
            "Every fact about an item is read as it was at the time, from its history. What it "
            "says today is shown only where it is called hindsight."
        ),
    ),
)

_LIMITS = Note(
    "What a tracker cannot know",
    (
        (
            "It records moves, not decisions: a refusal in a meeting before the ticket exists is "
            "invisible here."
        ),
        "A field that is filled in need not be right: rules see the first, not the second.",
        "A rule that makes refusing work easier to record raises the refusals measured.",
        (
            "Release dates have no history in any tracker; before the first snapshot of them, "
            "slips are a lower bound."
        ),
    ),
)


def _refusals(data: ReportData) -> Note:
    return Note(
        "What this page refuses to say",
        (
            (
                "Who. No person is named, counted or ranked; the unit is a rule, a stage or a "
                f"handoff. Groups of fewer than {data.facts.minimum_group} people are merged or "
                "left out."
            ),
            (
                "Why, without a comparison. That a series moves after a declared change does not "
                "show that the change moved it; an effect of grade D is a description."
            ),
            f"Percentages of fewer than {FEWEST}. The count is given instead.",
            "Comparisons with other companies: they are in no tracker.",
            "Money. Where [costs] are declared, the table cost_of_delay has what delay costs.",
        ),
    )


def _provenance(data: ReportData) -> Note:
    facts = data.facts
    return Note(
        "Where it comes from",
        (
            (
                f"Snapshot of {words.instant(facts.as_of, facts.timezone)}; days and weeks are "
                f"those of {facts.timezone}."
            ),
            (
                f"{words.sentence(words.counted(data.work_items.height, 'work item'))} of "
                f"{words.counted(len(facts.sources), 'source')}."
            ),
            (
                f"Roadworthy {readable(facts.version)}, configuration "
                f"{readable(facts.config_hash)}: another code means another configuration."
            ),
        ),
    )
