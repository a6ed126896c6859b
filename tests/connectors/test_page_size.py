"""How much is asked for at once: what the server bears today."""

import pytest

from connectors.page_size import GOOD_ANSWERS, PageSize, halves
from connectors.trouble import TooHeavyError


def test_a_page_is_halved_while_it_is_too_heavy_and_grows_again() -> None:
    page, asked, bearable = PageSize(halves(40)), list[int](), [10]

    def ask(size: int) -> int:
        asked.append(size)
        if size > bearable[0]:
            raise TooHeavyError
        return size

    assert page.carry(ask) == 10
    assert asked == [40, 20, 10]
    bearable[0] = 40
    assert [page.carry(ask) for _ in range(GOOD_ANSWERS)] == [10] * (GOOD_ANSWERS - 1) + [20]


def test_halves_end_with_the_least() -> None:
    assert halves(100, 10) == (100, 50, 25, 12, 10)
    assert halves(5) == (5, 2, 1)
    assert halves(3, 10) == (10,)


def test_less_than_the_least_is_not_asked_for() -> None:
    page = PageSize(halves(2))
    assert not page.is_least
    page.shrink()
    page.shrink()
    assert (page.size, page.is_least) == (1, True)


def test_what_is_too_heavy_at_its_least_is_for_whoever_asked() -> None:
    def ask(_: int) -> int:
        raise TooHeavyError

    with pytest.raises(TooHeavyError):
        PageSize(halves(4)).carry(ask)


def test_it_does_not_grow_beyond_the_largest() -> None:
    page = PageSize(halves(4))
    for _ in range(2 * GOOD_ANSWERS):
        page.grow()
    assert page.size == 4
