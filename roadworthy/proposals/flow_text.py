"""The stages and the definition of ready, as text."""

from collections.abc import Iterator

from roadworthy.config.owners import is_handed_over
from roadworthy.proposals.proposal import Proposal, RuleProposal, StageProposal
from roadworthy.proposals.toml_text import array, comment, commented_out, named, quoted


def flow(proposal: Proposal) -> str:
    """Every stage in the order of the flow."""
    opening = comment(
        "The stages, in the order in which most work flows. kind is one of: queue (waits to be\n"
        "taken), active, decision, approval, external, parked, done, dropped. owner is the role\n"
        "that must act; a handoff is a move forward from one owner to another, so without owners\n"
        "none is judged. Stages that are one may be joined: list all their statuses in one."
    )
    return "\n\n".join((opening, *map(_stage, proposal.stages)))


def _stage(stage: StageProposal) -> str:
    lines = [
        "[[stages]]",
        f"name = {quoted(stage.name)}",
        f"kind = {quoted(stage.kind)} # {named(stage.evidence)}",
        *_owner(stage),
        f"statuses = {array(stage.statuses)}",
    ]
    return "\n".join(lines)


def _owner(stage: StageProposal) -> Iterator[str]:
    if stage.owner is not None:
        yield f"owner = {quoted(stage.owner)} # {named(stage.owner_evidence)}"
    elif stage.owner_evidence:
        yield f'# owner = "..." # {named(stage.owner_evidence)}'


def readiness(proposal: Proposal) -> str:
    """The definition of ready; commented out as a whole where no rule in it is clear."""
    if proposal.guards is None:
        return _without_guard()
    opening = comment(
        "What must be true of an item when it enters the stage that is guarded, judged as it was "
        "then. It is judged at handoffs: the stages before need another owner. Proposed are fields "
        "that are usually filled there, and not always."
        + ("" if _has_two_owners(proposal) else " Commented out until the stages have owners.")
    )
    table = f"[definition_of_ready]\nguards = {quoted(proposal.guards)}"
    has_rule = _has_two_owners(proposal) and any(rule.is_clear for rule in proposal.rules)
    rules = [_rule(rule, is_open=has_rule) for rule in proposal.rules]
    if not rules:
        found = comment(
            "No field is usually, and not always, filled there; write the rules you mean."
        )
        rules = [found, commented_out(_example("description", 40))]
    return "\n\n".join((opening, table if has_rule else commented_out(table), *rules))


def _has_two_owners(proposal: Proposal) -> bool:
    """Whether the stage that is guarded can be entered from that of another owner."""
    owners = {stage.name: stage.owner for stage in proposal.stages}
    return is_handed_over(str(proposal.guards), owners)


def _without_guard() -> str:
    table = f'[definition_of_ready]\nguards = "Ready"\n\n{_example("description", 40)}'
    text = "No stage of waiting or work was found that a definition of ready could guard."
    return "\n".join((comment(text), commented_out(table)))


def _rule(rule: RuleProposal, *, is_open: bool) -> str:
    text = _example(rule.field, rule.minimum_length)
    if rule.item_types:
        text += f"\nitem_types = {array(rule.item_types)}"
    is_rule = is_open and rule.is_clear
    return "\n".join((comment(named(rule.evidence)), text if is_rule else commented_out(text)))


def _example(field: str, minimum_length: int | None) -> str:
    test = f"minimum_length = {minimum_length}" if minimum_length else "required = true"
    return "\n".join(
        (
            "[[definition_of_ready.rules]]",
            f"name = {quoted(field)}",
            f"field = {quoted(field)}",
            test,
        )
    )
