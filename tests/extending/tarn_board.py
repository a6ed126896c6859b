"""A Tarn on loopback: thirty cards that six people move, some of them back again."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from werkzeug import Request, Response

TOKEN = "not-a-secret"  # noqa: S105 - of a board that does not exist
_COLUMNS = {"Inbox": "waiting", "Doing": "working", "Done": "finished"}
_PEOPLE = ("Ada", "Ben", "Cat", "Dan", "Eve", "Fay")
_BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_PAGE = 8
#: Every third card is opened again, every fifth was never begun.
_LIVES = {
    "held": ("Inbox", "Doing", "Done"),
    "reopened": ("Inbox", "Doing", "Done", "Doing", "Done"),
    "waiting": ("Inbox",),
}


def _life(number: int) -> tuple[str, ...]:
    if number % 5 == 0:
        return _LIVES["waiting"]
    return _LIVES["reopened" if number % 3 == 0 else "held"]


def _column(name: str) -> dict[str, str]:
    return {"id": f"c{list(_COLUMNS).index(name)}", "name": name}


def _card(number: int) -> dict[str, Any]:
    opened = _BEGAN + timedelta(days=number)
    mover = {"id": f"u{number % 6}", "name": _PEOPLE[number % 6], "mail": "nobody@tarn.example"}
    moves = [
        {
            "by": mover,
            "from": _column(left),
            "to": _column(entered),
            "at": (opened + timedelta(days=2 * place)).isoformat(),
        }
        for place, (left, entered) in enumerate(pairwise(_life(number)), start=1)
    ]
    return {
        "id": number,
        "title": f"Card {number}",
        "board": "Boats",
        "address": f"https://tarn.example/{number}",
        "column": _column(_life(number)[-1]),
        "opened": opened.isoformat(),
        "changed": moves[-1]["at"] if moves else opened.isoformat(),
        "moves": moves,
        "move_count": len(moves),
    }


@dataclass
class TarnBoard:
    """What is on the board now; a test may change it."""

    cards: dict[int, dict[str, Any]] = field(
        default_factory=lambda: {number: _card(number) for number in range(1, 31)}
    )

    def app(self, request: Request) -> Response:
        """Answer one request as Tarn does."""
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Response("{}", 401)
        return Response(json.dumps(self._answer(request)), content_type="application/json")

    def _answer(self, request: Request) -> dict[str, Any]:
        match request.path:
            case "/columns":
                listed = [{**_column(name), "phase": _COLUMNS[name]} for name in _COLUMNS]
                return {"columns": listed}
            case "/cards/ids":
                return {"ids": [str(number) for number in self.cards]}
            case _:
                return self._cards(request)

    def _cards(self, request: Request) -> dict[str, Any]:
        if wanted := request.args.get("ids"):
            return {"cards": [self.cards[int(one)] for one in wanted.split(",")]}
        since, start = self._place(request)
        listed = sorted(self.cards.values(), key=lambda card: (card["changed"], card["id"]))
        due = [card for card in listed if card["changed"] >= since]
        page = due[start : start + _PAGE]
        more = f"{since}|{start + _PAGE}" if len(due) > start + _PAGE else None
        return {"cards": page, "reached": page[-1]["changed"] if page else None, "next": more}

    def _place(self, request: Request) -> tuple[str, int]:
        since, _, start = request.args.get("page", "").partition("|")
        return request.args.get("since", since), int(start or 0)
