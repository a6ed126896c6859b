"""A proxy that knows the names in the documents: it leads each to a server on loopback.

So the commands run as they are written, with the addresses that a reader sees, and nothing leaves
the machine: what has another name is refused.
"""

import select
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

_CHUNK: Final = 1 << 16


@contextmanager
def proxy(ports: Mapping[str, int]) -> Iterator[str]:
    """Answer on loopback while the block lasts; yields the address of the proxy.

    Args:
        ports: by name of a host, where on loopback it answers.
    """

    class Handler(BaseHTTPRequestHandler):
        """Joins whoever asks with the server that a name stands for."""

        def do_CONNECT(self) -> None:
            port = ports.get(self.path.partition(":")[0])
            if port is None:
                self.send_error(502, f"the documents know no {self.path}")
                return
            with socket.create_connection(("127.0.0.1", port)) as behind:
                self.send_response(200)
                self.end_headers()
                _join(self.connection, behind)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _join(one: socket.socket, other: socket.socket) -> None:
    """Carry what each says to the other until one of them hangs up."""
    beyond = {one: other, other: one}
    while True:
        for speaking in select.select([one, other], [], [])[0]:
            said = speaking.recv(_CHUNK)
            if not said:
                return
            beyond[speaking].sendall(said)
