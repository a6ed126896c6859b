"""Whether landing keeps up with a tracker, and with a store of any size.

``python -m benchmarks.landing FOLDER``. The folder is given a landing file of a million issues,
once; it may be used again, and deleted at any time. Compared are seconds of the processor, for what
else a machine has to do changes only those of the wall, which stand beside them.

*Rate.* Parsing and landing is to take a tenth of the time in which a tracker delivers, at best:

* Jira Cloud gives at most 100 issues a page with their histories, and the next page only to whoever
  has the token of the last one. A page takes from half a second to two: 200 issues a second.
* GitHub's GraphQL gives the 40 pull requests we ask for at once in a second or more: 40 a second.

That is what those who read these trackers see; no vendor promises anything. *As Cloud sends them*
are issues whose people carry what they carry there, four addresses of pictures each, which is more
than all the rest, and slower to deliver as well.

*Store.* 5,000 changed issues are landed into an empty file and into the large one, a page here, a
page there, so that whatever else goes on meets both.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import click
import requests
from requests.adapters import BaseAdapter

from benchmarks import landing_sizes, landing_store, organisations
from benchmarks.landing_store import PAGE, PSEUDONYMS, clocks, elapsed, envelope
from connectors.files import FilesConnector
from connectors.github import payloads as github
from connectors.jira import payloads
from connectors.jira.access import Access
from connectors.jira.connector import JiraConnector
from connectors.jira.scope import Scope
from connectors.protocol import Connector, Resource
from connectors.trouble import Patience
from roadworthy.stages.landing import land
from roadworthy.warehouse import open_landing

DELIVERED: Final = {"jira": 200, "github": 40}
"""Issues, or pull requests, a second."""
TEN_TIMES: Final = 10
COUNT: Final = 5000
_PERSON: Final = {
    "self": "https://acme.example/rest/api/2/user?accountId=557058:1",
    "avatarUrls": {
        f"{size}x{size}": f"https://acme.example/avatar/0123456789abcdef?d=initials&size={size}"
        for size in (48, 24, 16, 32)
    },
    "active": True,
    "timeZone": "Europe/Berlin",
    "accountType": "atlassian",
}


class Recorded(BaseAdapter):
    """Answers as they were recorded, in the place of a line to a server."""

    def __init__(self, pages: list[str]) -> None:
        """Take the pages of one search."""
        super().__init__()
        self.pages = iter(pages)

    def send(
        self, request: requests.PreparedRequest, *_: object, **__: object
    ) -> requests.Response:
        """Answer whatever page is next to a search, and little to all else."""
        response = requests.Response()
        response.status_code, response.request, response.url = 200, request, str(request.url)
        response.encoding = "utf-8"
        is_search = urlsplit(str(request.url)).path.endswith("/search/jql")
        told = next(self.pages) if is_search else json.dumps({"deploymentType": "Cloud"})
        response._content = told.encode()  # noqa: SLF001 - an answer that came over no line
        return response

    def close(self) -> None:
        """Nothing is open."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--size", default=1_000_000, help="Issues in the large store.")
@click.option("--part", type=click.Choice(["rate", "store"]), default=None)
def main(folder: Path, size: int, part: str | None) -> None:
    """Print a row for every figure."""
    if part != "store":
        _rates()
    if part != "rate":
        landing_sizes.compare(landing_store.filled(folder, size), size)


def _rates() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        _rate(
            "Jira Cloud: pages through the connector",
            _jira(landing_store.issues(COUNT)),
            payloads.ISSUES,
        )
        _rate("the same, as Cloud sends them", _jira(_as_cloud_sends(COUNT)), payloads.ISSUES)
        issues, pulls = place / "issues.ndjson", place / "pulls.ndjson"
        _write(issues, landing_store.issues(COUNT))
        _rate("Jira: a recording, read twice", _files(issues, "jira"), payloads.ISSUES)
        _write(pulls, organisations.pull_requests(COUNT))
        _rate("GitHub: a recording, read twice", _files(pulls, "github"), github.PULLS)


def _rate(what: str, connector: Connector, resource: Resource) -> None:
    told, count = envelope(), 0
    with tempfile.TemporaryDirectory() as folder, open_landing(Path(folder, "r.duckdb")) as landing:
        begun = clocks()
        for page in connector.fetch(resource, None):
            land(landing, page, told, PSEUDONYMS)
            count += len(page.records)
        wall, cpu = elapsed(begun)
        length = landing.frame("select avg(strlen(payload)) from raw.records").item()
    delivered = DELIVERED[connector.tracker]
    click.echo(
        f"{what:<42}{length / 1000:>6.1f} KB each {count / cpu:>7,.0f} a second"
        f" ({count / wall:,.0f} on the wall):{count / cpu / delivered:>6.1f} times as fast as it"
        f" comes, >= {TEN_TIMES}"
    )


def _jira(issues: Iterator[dict[str, Any]]) -> JiraConnector:
    """A connector whose line answers with these issues, a page at a time."""
    pages: list[str] = []
    # As texts, for values that are kept would cost whoever makes and drops others beside them.
    while some := list(islice(issues, PAGE)):
        pages.append(json.dumps({"issues": some, "nextPageToken": str(len(pages))}))
    pages.append(json.dumps({"issues": [], "isLast": True}))
    connector = JiraConnector(
        "acme",
        "https://acme.example",
        Access("ada@acme.example", "a token"),
        Patience(1),
        scope=Scope(("PAY", "WEB"), None, None),
    )
    connector.client._http.mount("https://", Recorded(pages))  # noqa: SLF001 - it has no other way
    return connector


def _as_cloud_sends(count: int) -> Iterator[dict[str, Any]]:
    """Issues whose people are told as Cloud tells them."""
    for issue in landing_store.issues(count):
        for history in issue["changelog"]["histories"]:
            history["author"] |= _PERSON
        yield issue


def _files(path: Path, tracker: Literal["jira", "github"]) -> FilesConnector:
    return FilesConnector(path, tracker=tracker, name="archive", as_of=None)


def _write(path: Path, things: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(one) + "\n" for one in things), encoding="utf-8")


if __name__ == "__main__":
    main()
