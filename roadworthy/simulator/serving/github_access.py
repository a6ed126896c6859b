"""Who may see what: tokens, and GitHub Apps that earn theirs with a signed claim."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import jwt

TOKEN: Final = "simulated"  # noqa: S105 - opens a simulation and nothing else
"""The token that sees everything, where a site is given no other."""
_LIFETIME: Final = timedelta(hours=1)
_ORGANISATION: Final = ("read:org", "read:discussion")
_PROJECT: Final = ("read:project",)
SCOPES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Team": _ORGANISATION,
        "Organization.team": _ORGANISATION,
        "Organization.teams": _ORGANISATION,
        "Organization.projectV2": _PROJECT,
        "Organization.projectsV2": _PROJECT,
        "ProjectV2": _PROJECT,
        "ProjectV2Owner.projectV2": _PROJECT,
        "ProjectV2Owner.projectsV2": _PROJECT,
        "User.projectV2": _PROJECT,
        "User.projectsV2": _PROJECT,
    }
)
"""What a token needs, one of each, to ask GraphQL for any member of a type or for one member."""


@dataclass(frozen=True)
class Access:
    """What a token opens."""

    login: str = "octocat"
    repositories: frozenset[str] | None = None
    """None: all of them."""
    scopes: tuple[str, ...] | None = ("repo", "read:org", "read:project")
    """None for a token that has permissions instead: fine-grained, or an App's."""
    installation: int | None = None
    """The installation of an App that the token was made for."""
    expires_at: datetime | None = None

    def sees(self, repository: str) -> bool:
        """Whether the token opens a repository."""
        return self.repositories is None or repository in self.repositories

    def may(self, *scopes: str) -> bool:
        """Whether one of the scopes was granted."""
        return self.scopes is None or any(scope in self.scopes for scope in scopes)


@dataclass(frozen=True)
class App:
    """A GitHub App, installed once."""

    id: str
    public_key: str
    """In PEM; the private half stays with the client."""
    installation: int
    slug: str = "roadworthy"
    repositories: frozenset[str] | None = None


@dataclass
class Doorkeeper:
    """Reads the Authorization header of a request."""

    tokens: dict[str, Access]
    apps: tuple[App, ...] = ()
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    minted: int = 0
    """How many tokens of Apps were made."""

    def admit(self, authorization: str) -> Access | None:
        """What the header opens; None where it opens nothing."""
        access = self.tokens.get(_credential(authorization))
        if access and access.expires_at and access.expires_at <= self.now():
            return None
        return access

    def app_of(self, authorization: str) -> App | None:
        """The App whose private key signed the header's claim."""
        claim = _credential(authorization)
        return next((app for app in self.apps if self._is_signed_by(app, claim)), None)

    def mint(self, app: App) -> tuple[str, datetime]:
        """A token for the App's installation, and until when it opens."""
        self.minted += 1
        token, until = f"installation-{app.installation}-{self.minted}", self.now() + _LIFETIME
        self.tokens[token] = Access(
            login=f"{app.slug}[bot]",
            repositories=app.repositories,
            scopes=None,
            installation=app.installation,
            expires_at=until.replace(microsecond=0),
        )
        return token, until

    @staticmethod
    def _is_signed_by(app: App, claim: str) -> bool:
        try:
            jwt.decode(
                claim,
                app.public_key,
                algorithms=["RS256"],
                issuer=app.id,
                options={"require": ["iss", "iat", "exp"]},
            )
        except jwt.InvalidTokenError:
            return False
        return True


def _credential(authorization: str) -> str:
    """What follows the word ``token`` or ``Bearer``."""
    word, _space, credential = authorization.partition(" ")
    return credential.strip() if word.lower() in ("token", "bearer") else ""
