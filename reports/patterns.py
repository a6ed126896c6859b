"""The patterns of a system that delays, and how each stands here, in the words of the page."""

from reports.tracker_text import readable

PATTERNS = {
    "undefined_readiness": "What ready means is not defined, or not held to",
    "joint_decision_right": "A decision that several hold",
    "approvals_in_series": "Approvals in a row",
    "capacity_queue": "More work than hands",
    "scope_churn": "What is wanted keeps changing",
    "intake_bypass": "Work by the side door",
    "dependency": "Waiting for others outside",
    "committees_grew": "More committees, no more clarity",
    "holder_replaced_pattern_stayed": "Somebody was replaced, and it stayed",
    "one_person": "One person",
}

STANDINGS = {
    "shown": "shown",
    "hinted": "hinted at",
    "not_shown": "not shown",
    "cannot_tell": "these data cannot tell",
}


def evidence(sentence: str, *, limit: int) -> str:
    """A sentence for or against a pattern; in it stages are named as everywhere on the page."""
    return readable(sentence.replace("->", " → "), limit=limit)
