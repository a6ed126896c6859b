"""What the verdicts, grades and caveats of an effect mean, in the words of the page."""

from typing import Any

from reports import format as words
from reports.measures import Measure, measure
from reports.reading import amount
from reports.tracker_text import readable

VERDICTS = {
    "improved": "improved",
    "worsened": "worsened",
    "shown_not_to_help": "shown not to help",
    "not_shown": "not shown",
    "not_enough_data": "not enough data",
}

GRADES = {
    "A": "drawn by lot",
    "B": "comparison teams, and long enough on either side",
    "C": "half a year before, and comparison teams or neither the season nor a bad quarter to "
    "explain it",
    "D": "a description, not evidence",
}

_CAVEATS = {
    "description_not_evidence": "this describes what followed, and is not evidence of a cause",
    "no_comparison_teams": "no team served as comparison",
    "season_not_ruled_out": "with less than two years and no comparison, the time of the year is "
    "not ruled out",
    "season_could_explain_it": "a usual swing over the year could explain it",
    "pre_trend": "the teams were drifting apart before the change",
    "placebo_dates": "the same method finds effects at dates on which nothing was changed",
    "acted_on_bad_quarter": "the change was made after an unusually bad time, and what is "
    "unusually bad gets better by itself",
    "regression_to_the_mean": "without the last eight weeks before the change the effect is "
    "a different one",
    "regression_could_explain_it": "bad weeks just before the change could explain all of it",
    "second_opinion_disagrees": "a second method, which assumes hardly anything, does not see it",
    "rests_on_one_team": "without one of the teams its sign is reversed",
    "placebo_group": "teams that were not changed show such effects too",
    "teams_disagree": "team by team it is not seen",
    "mix_of_work_changed": "a good part of the change is a change of what was worked on",
    "entry_volume_moved": "how much work begins has changed as well: it is not the same work",
    "placebo_metric_moved": "a metric that should not have moved did",
    "effects_cannot_be_separated": "it cannot be told apart from another change",
    "too_few_items_for_weeks": "too few items for weeks: months are compared",
    "too_few_items_in_a_bucket": "months of so few items have no mean to compare",
    "one_of_many_tested": "among so many metrics, one or another looks like this by chance",
    "too_few_buckets_before": "too short a time before the change",
    "too_few_buckets_after": "too short a time after it of which the outcome is known",
    "too_few_items_before": "too few items before",
    "too_few_items_after": "too few items after",
    "no_items": "nothing to measure",
    "no_team_may_be_shown": "no team has enough people to be shown",
}
_BUNDLED = "bundled_with:"


def caveat(word: str) -> str:
    """A caveat in plain words; one that is not known here, as it is written."""
    if word.startswith(_BUNDLED):
        other = readable(word.removeprefix(_BUNDLED), limit=60)
        return f"it came too close to {other} to be told apart from it"
    return _CAVEATS.get(word, word.replace("_", " "))


def caveats(effect: dict[str, Any]) -> str:
    """All caveats of an effect as one sentence; nothing where there are none."""
    told = [caveat(word) for word in effect["caveats"]]
    return f"{words.sentence('; '.join(told))}." if told else ""


def change_in_words(effect: dict[str, Any]) -> str:
    """The verdict on one metric as a sentence.

    A percentage stands in it only where the design carries it: an improvement or its opposite. What
    a description shows is in the table, where its grade stands beside it.
    """
    of = measure(effect["metric"])
    name = words.sentence(of.words)
    if effect["verdict"] in ("improved", "worsened"):
        return f"{name} {_moved(effect)}"
    if effect["verdict"] == "shown_not_to_help":
        return f"{name}: shown not to help"
    if effect["verdict"] == "not_enough_data":
        return f"{name}: not enough data"
    if effect["design_grade"] == "D":
        return f"{name}: what followed can be described, and shows no cause"
    return f"{name}: neither an effect nor its absence is shown"


def _moved(effect: dict[str, Any]) -> str:
    direction = "fell" if effect["estimate"] < 0 else "rose"
    relative = effect["ratio"]
    if relative is None:
        return f"{direction} by {_size(effect)}"
    ends = sorted(abs(effect[name] - 1) for name in ("ratio_low", "ratio_high"))
    return (
        f"{direction} by {words.share(abs(relative - 1))} "
        f"({words.share_interval(*ends)}) against what would have been"
    )


def _size(effect: dict[str, Any]) -> str:
    if effect["unit"] == "share":
        return _points(effect["estimate"] * 100)
    return words.days(abs(effect["estimate"]))


def effect_cell(effect: dict[str, Any]) -> str:
    """One effect for the overview: how much, between what, which verdict and grade."""
    verdict = VERDICTS[effect["verdict"]]
    if effect["estimate"] is None:
        return verdict
    low, high = signed(effect["low"], effect), signed(effect["high"], effect)
    return (
        f"{signed(effect['estimate'], effect)} ({low} to {high}), {verdict}, "
        f"grade {effect['design_grade']}"
    )


def signed(value: float, effect: dict[str, Any]) -> str:
    """A difference with its sign, in points or in days; what rounds to nothing has none."""
    is_share = effect["unit"] == "share"
    size = round(value * 100) if is_share else round(value, 1)
    sign = "" if not size else "+" if size > 0 else "\N{MINUS SIGN}"
    return f"{sign}{_points(size) if is_share else f'{abs(size):.1f} days'}"


def _points(size: float) -> str:
    """A difference of shares without its sign."""
    return words.counted(abs(round(size)), "point") if round(size) else "0 points"


def dashboard(effect: dict[str, Any]) -> str:
    """What a dashboard would have said, and why that is another thing."""
    naive = effect["naive_ratio"]
    if naive is None:
        return ""
    direction = "less" if naive < 1 else "more"
    of = measure(effect["metric"])
    return (
        f"A dashboard that compares what was begun and ended since the change with what had been "
        f"before would say {words.share(abs(naive - 1))} {direction}: it leaves out "
        f"{of.subjects} that are still open, what happened to others at the time, and chance."
    )


def visible(effect: dict[str, Any]) -> str:
    """What these data could have shown."""
    if effect["smallest_visible_effect"] is None:
        return ""
    of = measure(effect["metric"])
    return (
        "The smallest improvement that these data would show in four of five cases is "
        f"{_amount(effect['smallest_visible_effect'], of)}."
    )


def level(effect: dict[str, Any]) -> str:
    """What would have been, and the interval of the effect in the unit of the metric."""
    if effect["estimate"] is None:
        return ""
    of = measure(effect["metric"])
    return f"Without the change it would have been {amount(effect['counterfactual_level'], of)}."


def lost_again(row: dict[str, Any]) -> str:
    """When an improvement was half lost; nothing where there was none to lose."""
    if row["relapsed_on"]:
        return words.calendar_day(row["relapsed_on"])
    return "no" if row["verdict"] == "improved" else ""


def _amount(value: float, of: Measure) -> str:
    if of.unit == "share":
        return _points(value * 100)
    return words.days(value)


def improved_in_words(verdicts: list[str]) -> str:
    """How many changes improved the metric declared for them, and how many cannot be judged."""
    judged = [verdict for verdict in verdicts if verdict != "not_enough_data"]
    others = len(verdicts) - len(judged)
    if not judged:
        none = "The change cannot" if others == 1 else f"None of {others} changes can"
        return f"{none} be judged by the metric declared for it"
    improved = judged.count("improved")
    if len(judged) == 1:
        what = "The one change that can be judged" if others else "The change"
        told = f"{what} {'improved' if improved else 'is not shown to have improved'}"
    else:
        count = words.whole(improved) if improved else "None"
        told = f"{count} of {len(judged)} changes improved"
    rest = f"; {words.whole(others)} more cannot be judged by it" if others else ""
    return f"{told} the metric declared for it{rest}"
