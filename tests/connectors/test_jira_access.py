"""Who asks: credentials, certificates and proxies, and what is said where they do not do."""

import json
import ssl
from pathlib import Path

import pytest
import trustme
from werkzeug import Request, Response

from connectors.answers import RefusedError
from connectors.jira import payloads
from connectors.jira.access import Access
from connectors.jira.connector import JiraConnector
from connectors.jira.scope import Scope
from connectors.protocol import ConnectorError, NotVisibleError
from connectors.trouble import Patience
from roadworthy.simulator.serving.faults import Planned, Status
from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import served
from tests.connectors.live_jira import Deployment, issue, reading


def connector(url: str, access: Access) -> JiraConnector:
    patience = Patience(60, sleep=lambda _seconds: None)
    return JiraConnector("acme", url, access, patience, scope=Scope(("PAY",), None, None))


def issues(url: str, access: Access) -> int:
    reader = connector(url, access)
    try:
        return sum(len(page.records) for page in reader.fetch(payloads.ISSUES, None))
    finally:
        reader.close()


@pytest.mark.parametrize("deployment", ["Cloud", "Server"])
def test_cloud_takes_an_email_and_a_token_and_a_data_center_a_token(deployment: Deployment) -> None:
    with reading(JiraSite(deployment, issues=[issue(1)])) as jira:
        assert len(jira.issues()) == 1


def test_a_token_that_is_not_accepted_is_told_with_what_to_do() -> None:
    with (
        served(JiraSite("Server", issues=[issue(1)]).app) as server,
        pytest.raises(ConnectorError) as refused,
    ):
        issues(server.url, Access(None, "expired"))
    assert str(refused.value) == (
        "acme: signing in: the tracker did not accept the credentials (401); renew the "
        "token, and on Cloud see that the e-mail is that of its account"
    )


def test_a_captcha_is_told_as_what_it_is() -> None:
    headers = {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=https://acme"}
    denied = Planned("serverInfo", None, Status(401, headers=headers))
    with (
        reading(JiraSite("Server", issues=[issue(1)]), denied) as jira,
        pytest.raises(ConnectorError, match="wants a captcha solved"),
    ):
        jira.issues()


def test_a_captcha_may_come_as_a_403() -> None:
    headers = {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=https://acme"}
    denied = Planned("/search", None, Status(403, headers=headers))
    with (
        reading(JiraSite("Server", issues=[issue(1)]), denied) as jira,
        pytest.raises(RefusedError, match="wants a captcha solved"),
    ):
        jira.issues()


def test_an_address_without_a_jira_is_told() -> None:
    with (
        reading(JiraSite("Server", issues=[]), Planned("serverInfo", None, Status(404))) as jira,
        pytest.raises(
            ConnectorError, match="acme: no Jira answers at this address; see to 'server'"
        ),
    ):
        jira.issues()


def test_an_address_in_what_jira_says_is_masked() -> None:
    said = json.dumps({"errorMessages": ["The value 'ada@acme.example' does not exist."]})
    with (
        reading(JiraSite("Server", issues=[]), Planned("/search", None, Status(400, said))) as jira,
        pytest.raises(ConnectorError, match=r"The value '\(e-mail\)' does not exist"),
    ):
        jira.issues()


def test_a_search_that_is_forbidden_is_told() -> None:
    with (
        reading(JiraSite("Server", issues=[]), Planned("/search", None, Status(403))) as jira,
        pytest.raises(NotVisibleError, match=r"\(403\); give it the permission to browse"),
    ):
        jira.issues()


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(ConnectorError, match=r"connection was refused.*see to the address"):
        issues("http://127.0.0.1:9", Access(None, "token"))


def test_a_private_authority_is_trusted_where_it_is_named(tmp_path: Path) -> None:
    authority = trustme.CA()
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    site = JiraSite("Server", issues=[issue(1)])
    with served(site.app, tls=context) as server:
        assert issues(server.url, Access(None, site.access.token, bundle)) == 1
        with pytest.raises(ConnectorError, match="certificate of the tracker could not be"):
            issues(server.url, Access(None, site.access.token))


def test_https_where_there_is_none_is_told() -> None:
    with served(JiraSite("Server", issues=[issue(1)]).app) as server:
        address = server.url.replace("http://", "https://")
        with pytest.raises(ConnectorError, match="no secure connection could be made"):
            issues(address, Access(None, "token"))


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    site = JiraSite("Server", issues=[issue(1)])
    with served(site.app) as proxy:
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", proxy.url)
        # Nobody is there by that name: only the proxy can have answered.
        assert issues("http://jira.acme.invalid", Access(None, site.access.token)) == 1


def test_the_token_shows_in_no_representation() -> None:
    reader = connector("http://127.0.0.1:9", Access("a@acme.example", "canary"))
    assert "canary" not in repr(reader)


@pytest.mark.parametrize("deployment", ["Cloud", "Server"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_server_that_sends_elsewhere_is_followed_without_the_token(
    deployment: Deployment, status: int
) -> None:
    heard: list[dict[str, str]] = []

    def elsewhere(request: Request) -> Response:
        heard.append({name.lower(): value for name, value in request.headers})
        return Response("{}", 200, content_type="application/json")

    with served(elsewhere) as other:
        away = Status(status, headers={"Location": f"{other.url}/rest/api/2/serverInfo"})
        with (
            reading(JiraSite(deployment, issues=[issue(1)]), Planned("", None, away)) as jira,
            pytest.raises(ConnectorError, match="no Jira answers at this address"),
        ):
            jira.issues()
    assert heard
    assert not [one for one in heard if {"authorization", "cookie"} & one.keys()]
