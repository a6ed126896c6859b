"""GitHub's REST: which address answers what."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from werkzeug import Request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from roadworthy.simulator.github_timeline import API, Json
from roadworthy.simulator.serving import github_payloads as payloads
from roadworthy.simulator.serving.github_accounts import account, team
from roadworthy.simulator.serving.github_asking import Asked, RefusalError, missing
from roadworthy.simulator.serving.github_listing import Listed, in_order, in_state, listed
from roadworthy.simulator.serving.github_viewing import Viewing, owner_of, stamp_of

Resource: TypeAlias = Callable[[Asked], Json | Listed]


def _user(asked: Asked) -> Json:
    access = asked.viewing.access
    if access.installation is not None:
        raise RefusalError(403, "Resource not accessible by integration")
    return {**account(access.login), "name": access.login}


def _rate_limit(asked: Asked) -> Json:
    quotas = asked.viewing.site.quotas
    told = {name: quota.told() for name, quota in quotas.items()}
    return {"resources": told, "rate": told["core"]}


def _meta(asked: Asked) -> Json:
    version = asked.viewing.site.edition.version
    told: Json = {"verifiable_password_authentication": False}
    return {**told, "installed_version": version} if version else told


def _repository(asked: Asked) -> Json:
    return asked.repository.payload


def _repositories(asked: Asked) -> Listed:
    repositories = asked.viewing.repositories(str(asked.names["owner"]))
    if not repositories and asked.names["owner"] not in asked.viewing.site.owners():
        missing()
    wanted = asked.request.args.get("type", "all")
    shown = [
        r.payload for r in repositories if wanted in ("all", "forks" if r.is_fork else "sources")
    ]
    return listed(asked.request, shown)


_PREVIEW: Final = "application/vnd.github.mockingbird-preview"
_LATEST_PULLS_FIRST: Final = frozenset({"created"})
_LATEST_ISSUES_FIRST: Final = frozenset({"created", "updated"})


def _pulls(asked: Asked) -> Listed:
    items = [payloads.in_list(item) for item in asked.repository.of("PullRequest")]
    shown = in_state(asked.request, items)
    return listed(asked.request, in_order(asked.request, shown, _LATEST_PULLS_FIRST))


def _issues(asked: Asked) -> Listed:
    if not asked.repository.has_issues:
        raise RefusalError(410, "Issues has been disabled in this repository.")
    since = stamp_of(asked.request.args.get("since"))
    items = [payloads.as_issue(item) for item in asked.repository.items.values()]
    shown = [i for i in in_state(asked.request, items) if i["updated_at"] >= since]
    return listed(asked.request, in_order(asked.request, shown, _LATEST_ISSUES_FIRST))


def _milestones(asked: Asked) -> Listed:
    """By due date, those without one last."""
    shown = in_state(asked.request, asked.repository.milestones)
    return listed(asked.request, sorted(shown, key=lambda m: (m["due_on"] or "~", m["number"])))


def _milestone(asked: Asked) -> Json:
    number = asked.names["number"]
    found = (m for m in asked.repository.milestones if m["number"] == number)
    return next(found, None) or missing()


def _pull(asked: Asked) -> Json:
    return payloads.alone(asked.pull)


def _issue(asked: Asked) -> Json:
    return payloads.as_issue(asked.item)


def _timeline(asked: Asked) -> Listed:
    is_preview = asked.viewing.site.edition.has_timelines_as_preview
    if is_preview and _PREVIEW not in asked.request.headers.get("Accept", ""):
        raise RefusalError(415, f"You must specify the media type '{_PREVIEW}' in 'Accept'.")
    events = [payloads.event(event) for event in asked.item.payload["timeline"]]
    return listed(asked.request, events)


def _reviews(asked: Asked) -> Listed:
    return listed(asked.request, asked.pull.payload["reviews"])


def _team(asked: Asked) -> str:
    """The name of the team, for those who may see it."""
    name = f"{asked.names['owner']}/{asked.names['slug']}"
    is_seen = asked.viewing.access.may("read:org")
    return name if is_seen and name in asked.viewing.site.teams else missing()


def _members(asked: Asked) -> Listed:
    people = asked.viewing.site.teams[_team(asked)]
    return listed(asked.request, sorted(people, key=lambda person: person["id"]))


def _one_team(asked: Asked) -> Json:
    organisation, _, slug = _team(asked).partition("/")
    return team(organisation, slug)


def _organisation(asked: Asked) -> Json:
    login = str(asked.names["owner"])
    if login not in asked.viewing.site.owners() or login in asked.viewing.site.users:
        missing()
    home = f"{API}/orgs/{login}"
    return {**account(login, kind="Organization"), "url": home, "repos_url": f"{home}/repos"}


def _teams(asked: Asked) -> Listed:
    organisation = str(asked.names["owner"])
    if not asked.viewing.access.may("read:org"):
        raise RefusalError(403, "Must have admin rights or the scope read:org.")
    slugs = [
        n.partition("/")[2] for n in asked.viewing.site.teams if n.startswith(f"{organisation}/")
    ]
    return listed(asked.request, [team(organisation, slug) for slug in sorted(slugs)])


def _owner(asked: Asked) -> Json:
    found = owner_of(asked.viewing, str(asked.names["owner"]))
    return found.payload if found else missing()


_OF_REPOSITORY: Final = "/repos/<owner>/<name>"
ADDRESSES: Final = Map(
    [
        Rule("/user", endpoint=_user),
        Rule("/rate_limit", endpoint=_rate_limit),
        Rule("/meta", endpoint=_meta),
        Rule("/orgs/<owner>", endpoint=_organisation),
        Rule("/orgs/<owner>/repos", endpoint=_repositories),
        Rule("/orgs/<owner>/teams", endpoint=_teams),
        Rule("/users/<owner>", endpoint=_owner),
        Rule("/users/<owner>/repos", endpoint=_repositories),
        Rule("/orgs/<owner>/teams/<slug>", endpoint=_one_team),
        Rule("/orgs/<owner>/teams/<slug>/members", endpoint=_members),
        Rule(_OF_REPOSITORY, endpoint=_repository),
        Rule(f"{_OF_REPOSITORY}/pulls", endpoint=_pulls),
        Rule(f"{_OF_REPOSITORY}/pulls/<int:number>", endpoint=_pull),
        Rule(f"{_OF_REPOSITORY}/pulls/<int:number>/reviews", endpoint=_reviews),
        Rule(f"{_OF_REPOSITORY}/issues", endpoint=_issues),
        Rule(f"{_OF_REPOSITORY}/issues/<int:number>", endpoint=_issue),
        Rule(f"{_OF_REPOSITORY}/issues/<int:number>/timeline", endpoint=_timeline),
        Rule(f"{_OF_REPOSITORY}/milestones", endpoint=_milestones),
        Rule(f"{_OF_REPOSITORY}/milestones/<int:number>", endpoint=_milestone),
    ],
    strict_slashes=False,
)


def resource(request: Request, path: str, viewing: Viewing) -> Json | Listed:
    """What stands at an address.

    Raises:
        RefusalError: nothing that this token opens.
    """
    numbered = re.fullmatch(r"/repositories/(\d+)(/.*)?", path)
    if numbered:
        by_id = {repository.id: name for name, repository in viewing.site.by_name.items()}
        path = f"/repos/{by_id.get(int(numbered[1]), '')}{numbered[2] or ''}"
    try:
        answers, names = ADDRESSES.bind("").match(path, method="GET")
    except HTTPException:
        missing()
    found: Json | Listed = answers(Asked(request, viewing, names))
    return found
