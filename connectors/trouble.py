"""One policy for trouble, whatever the tracker: what passes is waited for, what does not is told.

A request either brings a value, or meets *trouble that passes* (a limit, an overloaded server, a
line that broke, an answer that broke off), or is *refused*. Trouble that passes is tried again: as
late as the tracker asked for, else after a random part of a time that doubles (full jitter, so that
clients which fell over together do not come back together). How long one trouble may take in all
is the source's *patience*; beyond it the sync of the source ends cleanly, with what was fetched
kept.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

import requests
import tenacity

from connectors.answers import Answer, PassingError
from connectors.protocol import ConnectorError

Value = TypeVar("Value")

FIRST_WAIT: Final = 1.0
"""Seconds within which the first repetition comes; the bound doubles with each."""
LONGEST_WAIT: Final = 60.0
LONGEST_UNANNOUNCED: Final = 300.0
"""Seconds waited in all for trouble whose end nobody announced."""
WORTH_TELLING: Final = 5.0
"""Seconds of a wait from which on it is told."""
_TWO_MINUTES: Final = 120
_DOUBLINGS: Final = 10
TRIES_BEFORE_ANY_ANSWER: Final = 3
"""A server that never answered once is most likely misnamed or not there."""

_BREAKS: Final = (
    requests.ConnectionError,  # refused, reset, no such host, and a time-out while connecting
    requests.ReadTimeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


class TooHeavyError(Exception):
    """The request asked for too much at once; for whoever can ask for less."""


@dataclass(slots=True)
class Patience:
    """How long one source waits, and the state of its line to the tracker."""

    seconds: float
    """Waited in all for one request, announced waits included."""
    sleep: Callable[[float], None] = time.sleep
    tell: Callable[[str], None] = lambda _: None
    """Hears of every wait long enough for somebody to wonder what happens."""
    address: str = ""
    """Where the tracker is, as the configuration has it: told where nothing ever answers there."""
    has_answered: bool = field(default=False, init=False)
    requests: int = field(default=0, init=False)
    """Requests sent, those that failed included."""

    def silence(self, longest: float) -> float:
        """Seconds to wait for a server that says nothing: no longer than the patience lasts."""
        return min(longest, self.seconds)

    def ask(
        self,
        where: str,
        send: Callable[[], Answer],
        read: Callable[[Answer], Value],
        *,
        can_ask_for_less: bool = False,
    ) -> Value:
        """Send until the answer can be read, or the patience is at its end.

        Args:
            where: source and thing asked for, with which the sentence of a fault begins.
            send: sends one request; may raise what ``requests`` raises.
            read: makes the value of an answer; raises PassingError or a ConnectorError.
            can_ask_for_less: whether an overload is to be told at once instead of tried again.

        Raises:
            TooHeavyError: an overload, where less can be asked for.
            ConnectorError: the answer was no, or the patience is at its end.
        """
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(PassingError),
            wait=_wait,
            stop=self._is_exhausted,
            sleep=self.sleep,
            before_sleep=lambda state: self._tell(where, state),
            reraise=True,
        )
        try:
            value: Value = retrying(self._once, send, read, can_ask_for_less=can_ask_for_less)
        except PassingError as error:
            # Without its cause: that one holds the address and may hold more.
            raise ConnectorError(self._given_up(where, error)) from None
        return value

    def _once(
        self,
        send: Callable[[], Answer],
        read: Callable[[Answer], Value],
        *,
        can_ask_for_less: bool,
    ) -> Value:
        self.requests += 1
        try:
            return read(self._answer(send))
        except PassingError as error:
            # Who says when to come back is busy, and would be with a smaller question too.
            if error.is_overload and can_ask_for_less and error.wait is None:
                raise TooHeavyError(error.reason) from None
            raise

    def _answer(self, send: Callable[[], Answer]) -> Answer:
        try:
            answer = send()
        except _BREAKS as error:
            is_overload = isinstance(error, requests.ReadTimeout)
            raise PassingError(_break_in_words(error), is_overload=is_overload) from error
        self.has_answered = True
        return answer

    def _tell(self, where: str, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if state.upcoming_sleep >= WORTH_TELLING and isinstance(error, PassingError):
            wait = _duration(state.upcoming_sleep)
            self.tell(f"{where}: {error.reason}; waiting {wait} before it is asked again")

    def _given_up(self, where: str, error: PassingError) -> str:
        if not self.has_answered:
            at = f" at {self.address}" if self.address else ""
            return f"{where}: {error.reason}{at}; see to the address and the network, and run again"
        if error.wait is None:
            told = f"{error.reason}, and again for {_duration(self._unannounced)}"
        else:
            asked = f"asked to wait {_duration(error.wait)}"
            told = f"{error.reason} and {asked}, beyond the patience of {_duration(self.seconds)}"
        return f"{where}: {told} (patience_minutes); what was fetched is kept, run again later"

    @property
    def _unannounced(self) -> float:
        return min(self.seconds, LONGEST_UNANNOUNCED)

    def _is_exhausted(self, state: tenacity.RetryCallState) -> bool:
        waited = _passed(state) + state.upcoming_sleep
        if _announced(state) is not None:
            return waited > self.seconds
        if not self.has_answered and state.attempt_number >= TRIES_BEFORE_ANY_ANSWER:
            return True
        return waited > self._unannounced


def _announced(state: tenacity.RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.wait if isinstance(error, PassingError) else None


def _wait(state: tenacity.RetryCallState) -> float:
    """Never before the time asked for, and never at once: who asks for no wait may say it again."""
    bound = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(state.attempt_number - 1, _DOUBLINGS))
    own = random.uniform(0.0, bound)  # noqa: S311 - spreads clients, guards nothing
    announced = _announced(state)
    if announced is None:
        return own
    return max(announced + min(own, 1.0), own)


def _passed(state: tenacity.RetryCallState) -> float:
    """Seconds since the first try: those slept, and those for which no answer came."""
    return max(state.idle_for, state.seconds_since_start or 0.0)


_BREAKS_IN_WORDS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (
        requests.exceptions.ProxyError,
        "the proxy did not let the request through (see HTTPS_PROXY and NO_PROXY)",
    ),
    (requests.ConnectTimeout, "the tracker could not be reached in time"),
    (requests.Timeout, "the tracker did not answer in time"),
    (requests.ConnectionError, "the tracker cannot be reached, or the connection broke"),
    (requests.RequestException, "the connection broke in the middle of an answer"),
)


_NEVER_BEGUN: Final = {
    "Failed to resolve": "there is no such host",
    "Connection refused": "the connection was refused",
    "Network is unreachable": "there is no way to that network",
}


def _break_in_words(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return _insecure(error)
    if isinstance(error, requests.ConnectionError):
        said = str(error)
        causes = (told for words, told in _NEVER_BEGUN.items() if words in said)
        if not isinstance(error, requests.exceptions.ProxyError) and (told := next(causes, "")):
            return told
    return next(words for kind, words in _BREAKS_IN_WORDS if isinstance(error, kind))


def _insecure(error: requests.exceptions.SSLError) -> str:
    if "CERTIFICATE_VERIFY" in str(error):
        return (
            "the certificate of the tracker could not be verified (a private authority belongs "
            "into the source's 'ca_bundle')"
        )
    return "no secure connection could be made (is it https at this address?)"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < _TWO_MINUTES else f"{seconds / 60:.0f} minutes"
