"""The texts of the tracker: titles, concepts and acceptance criteria that read like real ones."""

from roadworthy.simulator.agenda import Dice

VERBS = (
    "Show",
    "Allow",
    "Export",
    "Retry",
    "Limit",
    "Archive",
    "Explain",
    "Reconcile",
    "Validate",
    "Speed up",
)
THINGS = {
    "PAY": (
        "partial refunds",
        "card expiry notices",
        "instalment plans",
        "chargeback evidence",
        "payout schedule",
        "ledger corrections",
        "bank transfer matching",
        "invoice numbering",
    ),
    "WEB": (
        "saved baskets",
        "address book",
        "search suggestions",
        "size guide",
        "consent banner",
        "guest checkout",
        "wish list sharing",
        "product comparison",
    ),
    "DATA": (
        "late arriving events",
        "daily revenue cube",
        "customer merge rules",
        "schema changes",
        "backfill of clicks",
        "retention windows",
        "currency table",
        "consent filters",
    ),
    "OPS": (
        "courier handover",
        "damaged parcel claims",
        "shift planning",
        "support macros",
        "stock discrepancies",
        "route changes",
        "escalation rota",
        "return labels",
    ),
}
ENDINGS = (
    "for business customers",
    "in the back office",
    "per market",
    "on small screens",
    "after midnight",
    "by region",
    "for repeat buyers",
    "during peak load",
    "without a new login",
    "with an audit trail",
)
LOOSE = (
    "As discussed.",
    "Customers keep asking for this.",
    "See the steering deck.",
    "Needed for the quarter.",
    "Details to follow.",
)
SENTENCES = (
    "Support handles about forty contacts a week because the present screen does not say why.",
    "The current behaviour was built for one market and gives a wrong total in the others.",
    "We want the person at the desk to finish this without asking a second team.",
    "Finance signs off the figures on the second working day and needs them to be final.",
    "The old path stays available until the last partner has moved over.",
    "Out of scope: migration of records from before the last price change.",
)
CRITERIA = (
    "Given an order in part delivered, when the agent opens it, then the open amount is shown.",
    "Given no connection, when the form is sent, then the entry is kept and sent once later.",
    "Given two edits at once, when the second is saved, then its author sees the first.",
    "Given a closed period, when a correction is posted, then it lands in the open period.",
)
VAGUE_CRITERIA = ("tbd", "Works as expected.", "See mock-up.")


def summary(dice: Dice, project: str) -> str:
    """A title for an item of a project."""
    return f"{dice.pick(VERBS)} {dice.pick(THINGS[project])} {dice.pick(ENDINGS)}"


def loose_description(dice: Dice) -> str | None:
    """What stands in the description before anybody shaped the idea: little or nothing."""
    return dice.pick(LOOSE) if dice.happens(0.6) else None


def full_description(dice: Dice) -> str:
    """Two or three sentences; always longer than the rule of readiness asks for."""
    first = dice.pick(SENTENCES[:3])
    return "\r\n\r\n".join((first, *SENTENCES[3 : 3 + dice.whole(1, 3)]))


def acceptance_criteria(dice: Dice) -> str:
    """One to three criteria; always longer than the rule of readiness asks for."""
    start = dice.whole(0, 2)
    return "\r\n".join(f"* {line}" for line in CRITERIA[start : start + dice.whole(1, 3)])
