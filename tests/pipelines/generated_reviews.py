"""Generated pull requests: opened, asked about, reviewed, pushed to, and now and then merged.

What cannot happen does not: nobody marks as ready what is no draft, and nothing follows a merge.
The rows that follow from a life are those of :mod:`tests.pipelines.told_reviews`.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.pipelines.generated_tickets import MINUTES

TEAM = "team:web"
_REVIEWERS = ("eva", "max", "stranger", "dan")
_AUTHORS = ("ben", "ben", "stranger", "bot", None)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did with a pull request, some minutes after the act before."""

    minutes: int
    person: str | None
    word: str
    """``ask`` and ``unask`` go with a name behind them, as in ``ask eva``."""


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request: who opened it when, for which ticket, and what was done with it."""

    born_minute: int
    author: str | None
    is_draft: bool
    ticket: int | None
    steps: tuple[Act, ...]


_ASKED = st.builds(
    Act,
    MINUTES,
    st.just("ben"),
    st.sampled_from([f"ask {who}" for who in (*_REVIEWERS, TEAM, "bot")]),
)
_ANSWERED = st.builds(
    Act,
    MINUTES,
    st.sampled_from((*_REVIEWERS, *_REVIEWERS, "ben", "bot", None)),
    st.sampled_from(
        ("approve", "approve", "approve with words", "request changes", "review", "comment")
    ),
)
_MOVED = st.builds(
    Act,
    MINUTES,
    st.sampled_from(("ben", "ben", "eva")),
    st.sampled_from(
        (
            *("push", "push", "ready", "ready", "draft", "dismiss", "close", "reopen"),
            *(f"unask {who}" for who in (*_REVIEWERS, TEAM)),
        )
    ),
)
_LAST = st.sampled_from(((), (), (Act(1440, "max", "merge"),)))
_STEPS = st.tuples(
    st.lists(st.one_of(_ASKED, _ANSWERED, _MOVED), min_size=5, max_size=16).map(tuple), _LAST
).map(lambda parts: (*parts[0], *parts[1]))
PULLS = st.builds(
    Pull,
    st.integers(0, 60 * 24 * 60),
    st.sampled_from(_AUTHORS),
    st.booleans(),
    st.sampled_from((None, None, 2, 3)),
    _STEPS,
)
