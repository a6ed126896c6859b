"""The kind of a stage by the words in its name, within what its category allows.

A category knows three kinds (to do, in progress, done); a flow has eight. Where a name says more
than the category does, it decides; where it says nothing, or nothing we know, the category stands.
Known are the words that English and German teams use; a wrong guess is one word to correct in a
file that a person reads.
"""

import re
from typing import Final

_WAITING: Final = r"ready|waiting|awaits?|awaiting|pending|queued?|bereit|wartet|warten"
_WORDS: Final = {
    "parked": r"block\w*|on hold|hold|paused?|parked|deferred|postponed|stalled|pausiert"
    r"|zurückgestellt",
    "external": r"customers?|vendors?|suppliers?|third[- ]party|extern\w*|kunden?|lieferanten?"
    r"|(?:more|needs?) (?:info\w*|details)|info\w* needed|rückfrage",
    "queue": rf"{_WAITING}|to do|todo|backlog|selected|next|open|reopened|inbox|new",
    "approval": r"review\w*|approv\w*|sign[- ]?off|acceptance|uat|freigabe|abnahme|prüfung",
    "decision": r"decisions?|decide|triage|prioriti[sz]\w*|entscheidung\w*|sichtung",
    "active": r"shaping|refin\w*|discovery|analy\w+|design\w*|grooming|specification|progress"
    r"|develop\w*|implement\w*|coding|building|test\w*|qa|arbeit|entwicklung|umsetzung",
}
_NOT_DONE: Final = (
    r"won['\u2019]?t|cancel\w*|reject\w*|declin\w*|abandon\w*|dropped|discard\w*|duplicate|invalid"
    r"|obsolete|withdrawn|incomplete|not planned|cannot reproduce|not a bug|verworfen|abgelehnt"
    r"|abgebrochen|storniert"
)


def kind_by_name(name: str, kind: str) -> str:
    """The kind of a stage of this name; ``kind`` is what is known without the name."""
    if kind in {"done", "dropped"}:
        return "dropped" if means_not_done(name) else kind
    if _has(name, _WAITING) and not _has(name, _WORDS["external"]):
        return "queue"
    return next((one for one, words in _WORDS.items() if _has(name, words)), kind)


def means_not_done(name: str) -> bool:
    """Whether a status or a resolution of this name says that the work was given up."""
    return _has(name, _NOT_DONE)


def _has(name: str, words: str) -> bool:
    return re.search(rf"\b(?:{words})\b", name.casefold()) is not None
