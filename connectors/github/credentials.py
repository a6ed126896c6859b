"""By what the connector identifies itself; no representation of it shows a secret."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Token:
    """A personal access token, classic or fine-grained."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class App:
    """A GitHub App as it is installed at one owner."""

    app_id: str
    installation: int
    private_key: str = field(repr=False)


Credentials: TypeAlias = Token | App
