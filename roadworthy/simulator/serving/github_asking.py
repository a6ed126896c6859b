"""A request to REST: whose it is, what its address names, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from werkzeug import Request

from roadworthy.simulator.github_timeline import API
from roadworthy.simulator.serving.github_state import GitHubRepository, Item
from roadworthy.simulator.serving.github_viewing import Viewing


class RefusalError(Exception):
    """An answer that is none: a status and a message in GitHub's words."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Take what is answered."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


@dataclass(frozen=True)
class Asked:
    """A request, what its address names, and what its token opens."""

    request: Request
    viewing: Viewing
    names: Mapping[str, str | int]

    @property
    def repository(self) -> GitHubRepository:
        """The repository of the address."""
        name = f"{self.names['owner']}/{self.names['name']}"
        found = self.viewing.repository(name) or missing()
        if found.name.lower() != name.lower():
            rest = self.request.full_path.rstrip("?").partition(f"/{name}")[2]
            raise _moved(f"{API}/repositories/{found.id}{rest}")
        return found

    @property
    def item(self) -> Item:
        """The item of the address; refuses in another way what was moved, and what was deleted."""
        repository, number = self.repository, int(self.names["number"])
        site, place = self.viewing.site, (repository.name, number)
        if place in site.moved:
            there, new_number = site.moved[place]
            if not self.viewing.access.sees(there):
                missing()
            raise _moved(f"{API}/repositories/{site.by_name[there].id}/issues/{new_number}")
        if place in site.deleted:
            raise RefusalError(410, "This issue was deleted")
        return repository.items.get(number) or missing()

    @property
    def pull(self) -> Item:
        """The pull request of the address."""
        return self.item if self.item.kind == "PullRequest" else missing()


def _moved(address: str) -> RefusalError:
    return RefusalError(301, "Moved Permanently", {"Location": address})


def missing() -> NoReturn:
    """Refuse as GitHub does what is not there, and what this token may not know of."""
    raise RefusalError(404, "Not Found")
