"""What a GitHub App asks with a signed claim, before it has a token: who it is, and for a token."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from werkzeug import Request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from roadworthy.simulator.github_timeline import API, SITE, Json
from roadworthy.simulator.serving.github_access import App
from roadworthy.simulator.serving.github_accounts import account
from roadworthy.simulator.serving.github_asking import RefusalError
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import FOUNDED
from roadworthy.simulator.stamps import github_stamp

Claimed: TypeAlias = Callable[[GitHubSite, App, Mapping[str, str | int]], Json | list[Json]]
_PERMISSIONS: Final = {
    "issues": "read",
    "members": "read",
    "metadata": "read",
    "pull_requests": "read",
}


def _app(site: GitHubSite, app: App, _names: Mapping[str, str | int]) -> Json:  # noqa: ARG001
    """Who the App is."""
    return {
        "id": int(app.id),
        "slug": app.slug,
        "name": app.slug,
        "owner": account("acme", kind="Organization"),
        "html_url": f"{SITE}/apps/{app.slug}",
        "created_at": FOUNDED,
        "updated_at": FOUNDED,
        "permissions": _PERMISSIONS,
        "events": [],
    }


def _installation(site: GitHubSite, app: App, names: Mapping[str, str | int]) -> Json:
    """Where the App is installed, by number or by one of its repositories."""
    if names.get("number", app.installation) != app.installation:
        raise RefusalError(404, "Not Found")
    repository = f"{names.get('owner')}/{names.get('name')}"
    if "owner" in names and not _reaches(site, app, repository):
        raise RefusalError(404, "Not Found")
    home = f"{API}/app/installations/{app.installation}"
    return {
        "id": app.installation,
        "app_id": int(app.id),
        "app_slug": app.slug,
        "account": account("acme", kind="Organization"),
        "target_type": "Organization",
        "access_tokens_url": f"{home}/access_tokens",
        "repositories_url": f"{API}/installation/repositories",
        "html_url": f"{SITE}/organizations/acme/settings/installations/{app.installation}",
        "repository_selection": "all" if app.repositories is None else "selected",
        "permissions": _PERMISSIONS,
        "events": [],
        "created_at": FOUNDED,
        "updated_at": FOUNDED,
    }


def _reaches(site: GitHubSite, app: App, repository: str) -> bool:
    return repository in site.by_name and (
        app.repositories is None or repository in app.repositories
    )


def _installations(site: GitHubSite, app: App, _names: Mapping[str, str | int]) -> list[Json]:
    """All places where the App is installed: the one."""
    return [_installation(site, app, {})]


def _token(site: GitHubSite, app: App, names: Mapping[str, str | int]) -> Json:
    """A token that opens what the App may see, for an hour."""
    if names["number"] != app.installation:
        raise RefusalError(404, "Not Found")
    token, until = site.door.mint(app)
    return {
        "token": token,
        "expires_at": github_stamp(until),
        "permissions": _PERMISSIONS,
        "repository_selection": "all" if app.repositories is None else "selected",
    }


ADDRESSES: Final = Map(
    [
        Rule("/app", endpoint=_app, methods=["GET"]),
        Rule("/app/installations", endpoint=_installations, methods=["GET"]),
        Rule("/app/installations/<int:number>", endpoint=_installation, methods=["GET"]),
        Rule("/app/installations/<int:number>/access_tokens", endpoint=_token, methods=["POST"]),
        Rule("/repos/<owner>/<name>/installation", endpoint=_installation, methods=["GET"]),
    ],
    strict_slashes=False,
)


def claimed(site: GitHubSite, request: Request, path: str) -> Json | list[Json] | None:
    """What an App is answered; None for an address that no App asks with its claim.

    Raises:
        RefusalError: the claim is not signed by an App that is known here.
    """
    try:
        answers, names = ADDRESSES.bind("").match(path, method=request.method)
    except HTTPException:
        return None
    app = site.door.app_of(request.headers.get("Authorization", ""))
    if app is None:
        raise RefusalError(401, "A JSON web token could not be decoded")
    told: Json | list[Json] = answers(site, app, names)
    return told
