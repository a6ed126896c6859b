"""Accounts and teams as GitHub's answers embed them, made of their names alone."""

import hashlib
from typing import Literal

from roadworthy.simulator.github_timeline import API, SITE, Json, node_id


def account(login: str, *, kind: Literal["User", "Bot", "Organization"] = "User") -> Json:
    """An account, in the form in which items and events carry it."""
    number = number_of(login)
    return {
        "login": login,
        "id": number,
        "node_id": node_id(kind[0], number),
        "avatar_url": f"https://avatars.githubusercontent.com/u/{number}?v=4",
        "gravatar_id": "",
        "url": f"{API}/users/{login}",
        "html_url": f"{SITE}/{login}",
        "type": kind,
        "site_admin": False,
    }


def team(organisation: str, slug: str) -> Json:
    """A team."""
    number = number_of(f"{organisation}/{slug}")
    return {
        "id": number,
        "node_id": node_id("T", number),
        "slug": slug,
        "name": slug,
        "description": "",
        "privacy": "closed",
        "permission": "pull",
        "url": f"{API}/orgs/{organisation}/teams/{slug}",
        "html_url": f"{SITE}/orgs/{organisation}/teams/{slug}",
        "created_at": "2020-01-01T00:00:00Z",
        "updated_at": "2020-01-01T00:00:00Z",
    }


def number_of(name: str) -> int:
    """A number that stands for a name, always the same, and small enough for GraphQL's Int."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:7], 16)
