"""The proxy of the documents: it leads to what they name, and to nothing else."""

import pytest
import requests

from roadworthy.simulator.serving.jira_site import JiraSite
from roadworthy.simulator.serving.server import served
from tests.documents.proxy import proxy


def through(address: str) -> dict[str, str]:
    return {"https": address}


def test_a_name_that_no_document_has_is_refused() -> None:
    with proxy({}) as address, pytest.raises(requests.exceptions.ProxyError, match="502"):
        requests.get("https://elsewhere.example", proxies=through(address), timeout=10)


def test_a_name_leads_to_the_server_that_stands_for_it() -> None:
    with served(JiraSite("Server").app) as server:
        port = int(server.url.rpartition(":")[2])
        # It speaks no TLS, which only something that was reached can answer.
        with (
            proxy({"jira.acme.example": port}) as address,
            pytest.raises(requests.exceptions.SSLError),
        ):
            requests.get("https://jira.acme.example", proxies=through(address), timeout=10)
