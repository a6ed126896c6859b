"""A site answers on loopback until a block is left, and everything asked of it is written down.

Connections are kept alive as real servers keep them, so that what a client asks in a row costs
what it would cost there; a connection still open when the block ends is hung up on.
"""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from socket import SHUT_RDWR, socket
from typing import TYPE_CHECKING, Any, TypeAlias

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from roadworthy.simulator.serving.faults import CLOSING, BrokenOffError, Faults

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

App: TypeAlias = Callable[[Request], Response]
"""A site, as far as a server knows."""

SECONDS_TO_CLOSE = 0.02
"""How late the server notices that it is to end."""


@dataclass
class Logged:
    """One request, as it came, and how it went."""

    number: int
    """From 1, in the order of arrival."""
    method: str
    path: str
    query: dict[str, str]
    """By name; a name given several times has its values joined by commas."""
    body: str
    status: int = 0
    """0 while unanswered, and for good where the connection was broken on purpose."""


@dataclass
class Served:
    """A site that answers, and what it was asked."""

    url: str
    """Its root, without a slash at the end."""
    log: list[Logged] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, request: Request) -> Logged:
        """Write a request down; the caller fills in the status."""
        query = {name: ",".join(values) for name, values in request.args.lists()}
        body = request.get_data(as_text=True)
        with self._lock:
            entry = Logged(len(self.log) + 1, request.method, request.path, query, body)
            self.log.append(entry)
        return entry


@contextmanager
def served(
    app: App, *, faults: Faults | None = None, port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[Served]:
    """Let a site answer on loopback while the block lasts.

    Args:
        app: answers a request.
        faults: what goes wrong when.
        port: where; 0 for any that is free.
        tls: the server's certificate and key, for a site that is spoken to by https.
    """
    wsgi = _Wsgi(app, faults or Faults())
    server = _Server(port, wsgi, tls)
    wsgi.served.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, args=(SECONDS_TO_CLOSE,), daemon=True)
    thread.start()
    try:
        yield wsgi.served
    finally:
        server.closing.set()
        server.shutdown()
        server.hang_up()
        thread.join()


@dataclass
class _Wsgi:
    """A site behind its faults, with a log, in the form that a server calls."""

    app: App
    faults: Faults
    served: Served = field(default_factory=lambda: Served(""))

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        request = Request(environ)
        entry = self.served.note(request)
        response = self.faults(request, self._answer)
        response.headers.setdefault("Date", http_date())
        entry.status = response.status_code
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        try:
            return self.app(request)
        except HTTPException as error:
            return Response.force_type(error.get_response(request.environ), request.environ)


class _Server(ThreadedWSGIServer):
    """Knows its open connections, so that it can end while clients hold them."""

    daemon_threads = False  # so that closing waits for the threads of the connections

    def __init__(self, port: int, wsgi: _Wsgi, tls: ssl.SSLContext | None) -> None:
        super().__init__("127.0.0.1", port, wsgi, _Handler, ssl_context=tls)
        self.closing = threading.Event()
        self._open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as typed there
        self._open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:  # noqa: ANN401 - as typed there
        self._open.discard(request)
        super().close_request(request)

    def hang_up(self) -> None:
        """End the connections that are still open; nobody new comes once the server is shut."""
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)


class _Handler(WSGIRequestHandler):
    """Answers one request after the other, where werkzeug's own hangs up after the first."""

    disable_nagle_algorithm = True
    server: _Server
    connection: socket

    def run_wsgi(self) -> None:
        """Answer one request, its body read whole first, so that the next begins behind it."""
        length = int(self.headers.get("Content-Length") or 0)
        environ = self.make_environ()
        environ["wsgi.input"] = BytesIO(self.rfile.read(length))
        environ[CLOSING] = self.server.closing
        try:
            body = b"".join(self.server.app(environ, self._start))
        except BrokenOffError:
            self.close_connection = True
            return
        self.end_headers()
        self.wfile.write(body)
        self.close_connection |= len(body) != self._announced

    def _start(
        self, status: str, headers: list[tuple[str, str]], _: object = None
    ) -> Callable[[bytes], object]:
        code, _space, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        self._announced = int(dict(headers).get("Content-Length", 0))
        return self.wfile.write

    def log(self, *_: object) -> None:
        """Say nothing: the log that counts is the one that is asked for."""
