"""Answers of GitHub that are a no, and from which something follows for the next question."""

from connectors.protocol import ConnectorError


class UnknownMemberError(ConnectorError):
    """The server's schema does not have something that was asked for."""


class MissingScopeError(ConnectorError):
    """The token may not ask for something that was asked for.

    Attributes:
        scopes: those that would do, as GitHub names them.
    """

    def __init__(self, message: str, scopes: frozenset[str]) -> None:
        """Take the sentence, and the scopes."""
        super().__init__(message)
        self.scopes = scopes


class LostPlaceError(ConnectorError):
    """The server does not know the page behind which reading is to go on."""

    def __init__(self, where: str) -> None:
        """Take what was asked for."""
        super().__init__(f"{where}: the page is not known here (any more); run again")
