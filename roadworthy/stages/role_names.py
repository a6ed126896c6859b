"""The role that a group or a team probably holds, by the words in its name."""

import re
from collections.abc import Iterable
from typing import Final

_ROLES: Final = {
    "product": r"product|pm|pms|po",
    "engineering": r"engineer\w*|dev|devs|develop\w*|programmers?|crew|entwickl\w*",
    "design": r"design\w*|ux|ui",
    "quality": r"qa|quality|test\w*",
    "operations": r"ops|operations|sre|infra\w*|platform",
    "support": r"support|helpdesk|service[- ]?desk",
    "management": r"management|managers?|leads?|leadership|executives?|cto|ceo",
}


def roles_of(entries: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Entries for ``[roles]`` by role: groups whose names mean the same hold one together."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        role = role_of(entry)
        found[role] = (*found.get(role, ()), entry)
    return found


def role_of(entry: str) -> str:
    """The role of ``group:NAME`` or ``team:OWNER/SLUG``; its own name where no word is known."""
    name = entry.partition(":")[2].rpartition("/")[2]
    words = re.sub(r"[-_.]+", " ", name.casefold())
    for role, meant in _ROLES.items():
        if re.search(rf"\b(?:{meant})\b", words):
            return role
    return name
