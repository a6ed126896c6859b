"""Who asks the simulated Jira, and what that account may see."""

import base64
from dataclasses import dataclass, field
from typing import Any

from werkzeug import Request

ME = {
    "accountId": "557058:00000000-0000-4000-8000-000000000001",
    "emailAddress": "reader@acme.example",
    "displayName": "Roadworthy Reader",
    "active": True,
    "timeZone": "Europe/Berlin",
    "locale": "en_GB",
    "accountType": "atlassian",
}
"""An account that reads. Its zone is the one in which its queries' dates are read."""


@dataclass
class Access:
    """One account with its credential. What it may see can be changed while the site serves."""

    email: str = "reader@acme.example"
    """With the token the credential on Cloud; Data Center knows only the token."""
    token: str = "simulated-token"  # noqa: S105 - opens nothing but the simulation
    me: dict[str, Any] = field(default_factory=lambda: dict(ME))
    hidden_issues: set[str] = field(default_factory=set)
    """Ids of issues that a security level keeps from the account."""
    hidden_projects: set[str] = field(default_factory=set)
    """Keys of projects without Browse permission."""
    sees_boards: bool = True
    sees_groups: bool = True
    """Whether the account has the global permission to browse users and groups."""

    def admits(self, request: Request, *, is_cloud: bool) -> bool:
        """Whether the request shows the right credential."""
        return request.headers.get("Authorization") == self._credential(is_cloud=is_cloud)

    def _credential(self, *, is_cloud: bool) -> str:
        if not is_cloud:
            return f"Bearer {self.token}"
        pair = f"{self.email}:{self.token}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"
