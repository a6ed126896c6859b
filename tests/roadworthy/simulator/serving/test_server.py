"""The server and its log, seen by a client over a real connection."""

import ssl
from pathlib import Path

import pytest
import requests
import trustme
from werkzeug import Request, Response
from werkzeug.exceptions import NotFound

from roadworthy.simulator.serving.server import Logged, served


def echo(request: Request) -> Response:
    if request.path == "/nowhere":
        raise NotFound
    return Response(f"{request.method} {request.get_data(as_text=True)}")


def test_what_was_asked_is_written_down_in_order() -> None:
    with served(echo) as site:
        requests.get(f"{site.url}/a?x=1&x=2&y=3", timeout=5)
        requests.post(f"{site.url}/b", data="text", timeout=5)
        requests.get(f"{site.url}/nowhere", timeout=5)
    assert site.log == [
        Logged(1, "GET", "/a", {"x": "1,2", "y": "3"}, "", 200),
        Logged(2, "POST", "/b", {}, "text", 200),
        Logged(3, "GET", "/nowhere", {}, "", 404),
    ]


def test_a_connection_is_kept_from_one_request_to_the_next() -> None:
    ports = set()

    def remember(request: Request) -> Response:
        ports.add(request.environ["REMOTE_PORT"])
        return Response("")

    with served(remember) as site, requests.Session() as session:
        session.post(site.url, data="a body", timeout=5)
        session.get(site.url, timeout=5)
    assert len(ports) == 1


def test_the_server_tells_the_time() -> None:
    with served(echo) as site:
        answer = requests.get(site.url, timeout=5)
    assert answer.headers["Date"].endswith("GMT")


def test_a_client_that_holds_its_connection_does_not_keep_the_server_from_ending() -> None:
    with requests.Session() as session:
        with served(echo) as site:
            session.get(site.url, timeout=5)
        with pytest.raises(requests.ConnectionError):
            session.get(site.url, timeout=5)


def test_a_site_can_stand_behind_a_private_authority(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with served(echo, tls=tls) as site:
        answer = requests.get(site.url, timeout=5, verify=str(tmp_path / "ca.pem"))
    assert site.url.startswith("https://")
    assert answer.text == "GET "
