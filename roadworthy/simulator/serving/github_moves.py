"""What changes and no item tells, or tells without counting as updated; and what leaves no trace.

A milestone's new date touches the milestone alone, a board's dates only its own items, and of an
issue that was deleted or moved away nothing is left where it was.
"""

from datetime import date, datetime

from roadworthy.simulator.github_timeline import Json
from roadworthy.simulator.serving.github_boards import Board, Value
from roadworthy.simulator.serving.github_changes import happen, note
from roadworthy.simulator.serving.github_opening import addresses
from roadworthy.simulator.serving.github_site import GitHubSite
from roadworthy.simulator.serving.github_state import GitHubRepository, Item
from roadworthy.simulator.stamps import github_stamp


def delete(site: GitHubSite, item: Item) -> None:
    """An issue is deleted; nothing of it is left but that its number is not given again."""
    del item.repository.items[item.number]
    site.deleted.add((item.repository.name, item.number))


def transfer(site: GitHubSite, item: Item, to: str, *, at: datetime, by: Json | None) -> Item:
    """An issue moves to another repository, with its events and without its milestone."""
    there, place = site.by_name[to], (item.repository.name, item.number)
    del item.repository.items[item.number]
    payload = {**item.payload, **addresses(to, there.next_number(), site.next_id())}
    moved = there.add("Issue", {**payload, "milestone": None})
    site.moved[place] = (to, moved.number)
    happen(moved, "transferred", at=at, by=by, from_repository=place[0])
    return moved


def rename_repository(site: GitHubSite, name: str, new_name: str) -> None:
    """A repository gets another name; its former one leads there, its items name the new one."""
    repository = site.by_name.pop(name)
    site.by_name[new_name] = repository
    site.renamed[name.lower()] = new_name
    repository.rename(new_name)


def move_milestone(
    repository: GitHubRepository, title: str, due_on: date | None, *, at: datetime
) -> None:
    """A milestone gets another due date, which no item and no history ever tells."""
    due = f"{due_on.isoformat()}T07:00:00Z" if due_on else None
    repository.milestone(title).update(due_on=due, updated_at=github_stamp(at))


def set_values(
    board: Board, item: Item, values: dict[str, Value], *, at: datetime, by: Json | None
) -> None:
    """Fields of an item on a board get other values.

    A new status becomes an event of the item; a new date or iteration leaves no trace.
    """
    placed = board.item(item.repository.name, item.number)
    before, now = placed.values.get("Status"), values.get("Status")
    placed.values |= values
    placed.updated_at = github_stamp(at)
    if now and now != before:
        project = {"owner": board.owner, "number": board.number}
        words = {"previous_status": before or "", "status": now, "project": project}
        note(item, "project_v2_item_status_changed", at, by, words)


def join(site: GitHubSite, team: str, whom: Json) -> None:
    """Somebody becomes a member of a team, named as ``acme/engineers``."""
    site.teams[team] = [*site.teams[team], whom]


def leave(site: GitHubSite, team: str, login: str) -> None:
    """Somebody is no longer a member."""
    site.teams[team] = [member for member in site.teams[team] if member["login"] != login]
