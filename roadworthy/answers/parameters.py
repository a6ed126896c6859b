"""What the parameters of the ready-made questions mean: one name has one meaning everywhere."""

from collections.abc import Mapping
from types import MappingProxyType

PARAMETERS: Mapping[str, str] = MappingProxyType(
    {
        "scope": "whose: organisation, or as in team:PAY, item_type:Story, release:2.0 "
        "(a group of too few people has none, and not every table has types and releases)",
        "team": "one team; * for all",
        "channel": "how it is asked for: as decisions.channel says; * for any",
        "kind": "release, sprint or epic; * for all",
        "metric": "as in weekly_metrics; * for all where the question can have all",
        "rows": "so many at most",
        "bots": "yes lists what bots opened, too",
        "starts_on": "the first day of the change, as in 2026-01-01",
        "washout_days": "days after it in which neither the old nor the new state holds",
        "severity": "error, warning or info: that and worse",
    }
)

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "channel": ("*", "stage", "flag", "review", "approval"),
        "kind": ("*", "release", "sprint", "epic"),
        "bots": ("yes", "no"),
        "severity": ("error", "warning", "info"),
    }
)
"""All that may be given for a parameter, where that does not hang on the data."""
