"""The line to a Jira: the ``jira`` library's session, one question at a time, through one policy.

Questions go through the library's session and its addresses, and not through its methods: those
hold all pages in memory, try again on terms of their own, and know no changelog.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import requests
from jira import JIRA
from jira.exceptions import JIRAError

from connectors.answers import Answer, PassingError, RefusedError, decoded, refuse_passing
from connectors.excerpts import excerpt
from connectors.jira.access import Access
from connectors.protocol import NotVisibleError
from connectors.trouble import Patience

Json: TypeAlias = dict[str, Any]
Parameters: TypeAlias = Mapping[str, str | int]

CONNECTED_WITHIN: Final = 10.0
"""Seconds; the library's own is without end, as is that of an answer."""
ANSWERED_WITHIN: Final = 90.0
"""Seconds between two pieces of an answer."""
_PLATFORM: Final = JIRA.JIRA_BASE_URL
AGILE: Final = JIRA.AGILE_BASE_URL
_VALUES_AT_ONCE: Final = 50
_LONGEST_REASON: Final = 200

# What the library has to say, addresses of requests among it, is nothing for a user's screen.
_LIBRARY_LOG: Final = logging.getLogger("jira")
_LIBRARY_LOG.addHandler(logging.NullHandler())
_LIBRARY_LOG.propagate = False


@dataclass(slots=True)
class JiraClient:
    """Answers of one Jira, as Python values; the first question opens the line."""

    name: str
    """The source's name in the configuration, with which every fault begins."""
    server: str
    access: Access
    patience: Patience
    _opened: JIRA | None = field(default=None, init=False, repr=False)

    def get(
        self,
        what: str,
        path: str,
        parameters: Parameters | None = None,
        *,
        base: str = _PLATFORM,
        holds: str | None = None,
        can_ask_for_less: bool = False,
    ) -> Any:  # noqa: ANN401 - JSON
        """The JSON at a path of the interface.

        Args:
            what: the thing asked for, in words for the reader of a fault.
            path: below ``/rest/api/2`` or the base given.
            parameters: of the query.
            base: the interface, :data:`AGILE` for boards.
            holds: the member in which a list must come; what came without it came from something
                else than a Jira, which a gateway may put in its place for a while.
            can_ask_for_less: see :meth:`connectors.trouble.Patience.ask`.

        Raises:
            NotVisibleError: 403, 404 or 410.
            RefusedError: another answer that is no.
            ConnectorError: the patience came to its end.
        """
        url = self._url(path, base)
        return self._ask(
            what,
            lambda: self._http.get(url, params=parameters),
            lambda told: _is_page(told, holds),
            can_ask_for_less=can_ask_for_less,
        )

    def all(self, what: str, path: str) -> list[Any]:
        """The JSON list at a path of the interface, which has no pages; errors as for ``get``."""
        url = self._url(path, _PLATFORM)
        listed: list[Any] = self._ask(
            what, lambda: self._http.get(url), lambda told: isinstance(told, list)
        )
        return listed

    def post(self, what: str, path: str, body: Json) -> Any:  # noqa: ANN401 - JSON
        """The JSON that answers a body; errors as for ``get``."""
        url = self._url(path, _PLATFORM)
        return self._ask(
            what, lambda: self._http.post(url, json=body), lambda told: _is_page(told, None)
        )

    def values(
        self, what: str, path: str, parameters: Parameters | None = None, *, base: str = _PLATFORM
    ) -> Iterator[Json]:
        """Yield the values of a list, page after page; errors as for ``get``.

        A server that gives the same page for ever is left after its second.
        """
        start, first = 0, set[str]()
        while True:
            place = {"maxResults": _VALUES_AT_ONCE, **(parameters or {}), "startAt": start}
            page = self.get(what, path, place, base=base, holds="values")
            values = page["values"]
            if not values or (identity := json.dumps(values[0], sort_keys=True)) in first:
                return
            first.add(identity)
            yield from values
            start += len(values)
            if page.get("isLast", True):
                return

    def close(self) -> None:
        """Let go of the connections."""
        if self._opened is not None:
            self._opened.close()  # type: ignore[no-untyped-call]  # the library has no types here
            self._opened = None

    def _url(self, path: str, base: str) -> str:
        return str(self._library()._get_url(path, base))  # noqa: SLF001 - it has no other way

    @property
    def _http(self) -> requests.Session:
        session: requests.Session = self._library()._session  # noqa: SLF001 - the same
        return session

    def _library(self) -> JIRA:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> JIRA:
        """The library's client, which sends nothing yet."""
        access, silence = self.access, self.patience.silence
        options: Json = {"verify": str(access.ca_bundle) if access.ca_bundle else True}
        known = (
            {"basic_auth": (access.email, access.token)}
            if access.email
            else {"token_auth": access.token}
        )
        return JIRA(
            self.server,
            options=options,
            get_server_info=False,
            max_retries=0,  # trying again is Patience's business alone
            timeout=(silence(CONNECTED_WITHIN), silence(ANSWERED_WITHIN)),
            **known,
        )

    def _ask(
        self,
        what: str,
        send: Callable[[], requests.Response],
        is_told: Callable[[object], bool],
        *,
        can_ask_for_less: bool = False,
    ) -> Any:  # noqa: ANN401 - JSON
        where = f"{self.name}: {what}"

        def read(answer: Answer) -> object:
            told = _judged(where, answer)
            if not is_told(told):
                raise PassingError("something answered that is no Jira")
            return told

        return self.patience.ask(
            where, lambda: _answer(send), read, can_ask_for_less=can_ask_for_less
        )


def _is_page(told: object, holds: str | None) -> bool:
    if not isinstance(told, dict) or holds is None:
        return isinstance(told, dict)
    return isinstance(told.get(holds), list)


def _answer(send: Callable[[], requests.Response]) -> Answer:
    """What came back, good or bad: the library raises for what is bad, with the answer inside."""
    try:
        response = send()
    except JIRAError as error:
        if error.response is None:
            raise requests.ConnectionError(error.text) from None
        response = error.response
    except requests.RequestException:
        raise  # some of these are a ValueError, too
    except (TypeError, AttributeError, KeyError, ValueError):
        # The library reads what stands in a refusal, which may be any JSON, as an object of Jira's.
        raise PassingError("something answered that is no Jira") from None
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.text)


def _judged(where: str, answer: Answer) -> object:
    refuse_passing(answer)
    match answer.status:
        case 200 | 201:
            return decoded(answer)
        case 401:
            raise RefusedError(f"{where}: {_unknown(answer)}", 401)
        case 403 if _wants_a_captcha(answer):
            raise RefusedError(f"{where}: {_unknown(answer)}", 403)
        case 403 | 404 | 410:
            raise NotVisibleError(
                f"{where}: not there, or not for this account to see ({answer.status}); give it "
                "the permission to browse"
            )
        case _:
            said = _reason(answer)
            raise RefusedError(
                f"{where}: the tracker refused the request ({answer.status}): {said}",
                answer.status,
                said,
            )


def _wants_a_captcha(answer: Answer) -> bool:
    return "captcha" in answer.headers.get("x-authentication-denied-reason", "").lower()


def _unknown(answer: Answer) -> str:
    if _wants_a_captcha(answer):
        return "the tracker wants a captcha solved; sign in with a browser once, then run again"
    return (
        "the tracker did not accept the credentials (401); renew the token, and on Cloud see that "
        "the e-mail is that of its account"
    )


def _reason(answer: Answer) -> str:
    """What the tracker itself says is wrong, as it speaks of the query in the configuration."""
    try:
        told = decoded(answer)
    except PassingError:  # a page for people in the place of an answer: nothing to quote
        return "it gave no reason"
    messages = told.get("errorMessages") if isinstance(told, dict) else None
    texts = [str(one) for one in messages or () if one]
    return excerpt("; ".join(texts))[:_LONGEST_REASON] or "it gave no reason"
