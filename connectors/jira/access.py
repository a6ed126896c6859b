"""Who asks, and how the line to the server is secured."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Access:
    """What a Jira needs to know of whoever asks; the secret shows in no representation."""

    email: str | None
    """Cloud: the account's address. None: the token is a personal one of a Data Center."""
    token: str = field(repr=False)
    ca_bundle: Path | None = None
    """Certificates of a private authority; proxies come from the environment, as everywhere."""
