"""What is asked fits the server, and how much of it what the server bears."""

import ssl
from pathlib import Path

import pytest
import trustme
from graphql import parse, print_ast

from connectors.github import questions
from connectors.github.payloads import ISSUES, PULLS
from connectors.github.questions import without_unknown
from connectors.github.steps import Step, halving
from connectors.protocol import ConnectorError, Resource
from tests.connectors.github_world import web, world


def test_members_that_a_type_does_not_have_are_not_asked_for() -> None:
    known = {"ClosedEvent.id", "ClosedEvent.actor"}
    asked = without_unknown(
        "id actor { ...account } state_reason: stateReason", "ClosedEvent", known
    )
    assert " ".join(asked.split()) == "id actor { ...account }"


def test_a_type_of_which_nothing_is_known_is_asked_for_everything() -> None:
    assert (
        without_unknown("id at: createdAt", "ClosedEvent", {"OtherEvent.id"}) == "id at: createdAt"
    )


@pytest.mark.parametrize("resource", [PULLS, ISSUES], ids=lambda one: one.name)
def test_a_question_of_a_server_that_knows_no_optional_thing_is_still_one(
    resource: Resource,
) -> None:
    known = frozenset({"LabeledEvent"})
    for text in (
        questions.page(resource, known, is_newest_first=True),
        questions.numbered(resource, known, (1, 2)),
        questions.more_events(resource, known, 2),
    ):
        assert "LABELED_EVENT" in print_ast(parse(text))
        assert "ProjectV2" not in text
        assert "slug" not in text


def test_the_least_is_one_item_with_few_of_its_events() -> None:
    assert halving(5) == (Step(5), Step(2), Step(1), Step(1, events=20))


def test_a_server_with_a_private_certificate_is_read_with_its_authority_alone(
    tmp_path: Path,
) -> None:
    authority, bundle = trustme.CA(), tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(bundle)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with world(web(3, 0), tls=tls) as github:
        assert len(github.read(ca_bundle=bundle).keys("pulls")) == 3
        with pytest.raises(ConnectorError, match="certificate of the tracker could not be verif"):
            github.read()
