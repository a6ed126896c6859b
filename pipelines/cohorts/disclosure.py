"""Which groups may be shown, so that the figures of a small one are neither shown nor computable.

Groups of one kind (teams, types of item, releases) share the items out between them. Three things
may not happen, and each is prevented by withholding the smallest group that makes it possible (by
people, then by name):

* A group of too few people is shown.
* The small groups of one kind are together too few people: they are what the others leave of the
  organisation. Where there is none the same holds of the items that belong to no group.
* Either of these is a sum and difference of shown groups of several kinds: a release that is all
  that other releases leave of a team.

This is complementary suppression (Cox 1980). It holds for figures that add up, as counts do, and
all the more for those that do not. It does not hold against guesses from inequalities: a part is
never more than its whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from pipelines.statistics.indicators import indicators

Group: TypeAlias = tuple[str, str]
"""Its kind, which is the column, and its name."""
Floats = NDArray[np.float64]

_PEOPLE = pl.col("actor_id").drop_nulls().n_unique()
_ROUNDING = 1e-6
_EXACT = 1e-12


def shown_groups(acted: pl.DataFrame, *, minimum: int) -> dict[Group, bool]:
    """Say of every group whether it may be shown, in the order of the columns, then of the names.

    Args:
        acted: who acted on which items: one column per kind of group, null where an item belongs to
            none, and actor_id, null where nobody acted.
        minimum: how many people a group needs.
    """
    kinds = [name for name in acted.columns if name != "actor_id"]
    people = {
        (kind, name): count
        for kind in kinds
        for name, count in acted.drop_nulls(kind).group_by(kind).agg(_PEOPLE).sort(kind).rows()
    }
    small = [group for group, count in people.items() if count < minimum]
    by_size = sorted(people.keys() - set(small), key=lambda group: (people[group], group))
    protected = [_is_in(group) for group in small]
    for kind in kinds:
        rest = acted.filter(_rest(kind, small))
        if not rest.is_empty() and rest.select(_PEOPLE).item() < minimum:
            protected.append(_rest(kind, small))
            # One more is enough: it has enough people of its own.
            smallest = next((one for one in by_size if one[0] == kind), None)
            by_size = [one for one in by_size if one != smallest]
    view = _View.of(acted.select(kinds).unique().sort(kinds), by_size)
    for members in protected:
        view = view.hiding(members)
    return {group: group in view.shown for group in people}


def _is_in(group: Group) -> pl.Expr:
    kind, name = group
    return (pl.col(kind) == name).fill_null(value=False)


def _rest(kind: str, small: Iterable[Group]) -> pl.Expr:
    """What the groups of a kind that have enough people leave of the organisation."""
    names = [name for of, name in small if of == kind]
    return pl.col(kind).is_in(names).fill_null(value=False) if names else pl.col(kind).is_null()


@dataclass(frozen=True, slots=True)
class _View:
    """What can be told apart with the organisation and the groups that are shown."""

    areas: pl.DataFrame
    """One row per combination of groups: every group holds all items of an area, or none."""
    shown: tuple[Group, ...]
    """The smallest first."""
    look: NDArray[np.int64]
    """Which areas look alike: the number of each area's look."""
    sums: sparse.csr_array
    """Which looks the organisation and each shown group are made of."""

    @classmethod
    def of(cls, areas: pl.DataFrame, shown: Iterable[Group]) -> Self:
        """The view that these groups give."""
        groups = tuple(shown)
        places = {group: place for place, group in enumerate(groups, start=1)}
        codes = np.array(
            [[places.get((kind, name), 0) for name in areas[kind]] for kind in areas.columns],
            dtype=np.int64,
        ).T
        looks, look = np.unique(codes, axis=0, return_inverse=True)
        # Place 0 is the organisation, of which every look is a part.
        of_each = np.column_stack([np.zeros(len(looks), dtype=np.int64), looks])
        rows, columns = np.repeat(np.arange(len(looks)), of_each.shape[1]), of_each.ravel()
        shape = (len(looks), len(groups) + 1)
        return cls(areas, groups, look, indicators(rows, columns, shape))

    def without(self, taken: Group) -> Self:
        """The view without one of the groups."""
        return self.of(self.areas, [group for group in self.shown if group != taken])

    def hiding(self, members: pl.Expr) -> Self:
        """The view without what tells these members, the smallest groups given up first."""
        view = self
        while terms := view.terms(members):
            breaking = [one for one in terms if not view.without(one).terms(members)]
            view = view.without((breaking or terms)[0])
        return view

    def terms(self, members: pl.Expr) -> list[Group]:
        """The shown groups that, with the organisation, add up to the members; none if none do.

        That is so exactly if the members are a linear combination of those that are shown.
        """
        inside = self.areas.select(members).to_series().to_numpy().astype(np.float64)
        share = np.bincount(self.look, weights=inside) / np.bincount(self.look)
        if np.any((share > 0) & (share < 1)):
            return []  # they look like some of their neighbours
        weights = sparse.linalg.lsqr(self.sums, share, atol=_EXACT, btol=_EXACT)[0]
        if not np.allclose(self.sums @ weights, share, atol=_ROUNDING):
            return []
        weighed = zip(self.shown, weights[1:], strict=True)
        return [group for group, weight in weighed if abs(weight) > _ROUNDING]
