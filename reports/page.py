"""The report as one HTML file that asks nothing of any server.

Everything but the charts is plain HTML; each chart is there as a drawing first and is made live by
two scripts, which a policy names by their hashes. The same data give the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from reports import format as words
from reports import scripts, theme
from reports.data import ReportData
from reports.figure import Figure
from reports.section import Section
from reports.sections import audit, front, next_steps
from reports.sections.changes import changes
from reports.sections.deciding import deciding
from reports.sections.handing_over import handing_over
from reports.sections.headline import headlines
from reports.sections.method import method
from reports.sections.readiness import readiness
from reports.sections.recent import recent
from reports.sections.said_before import said_before
from reports.sections.slips import slips
from reports.sections.system_or_people import system_or_people
from reports.sections.teams import teams
from reports.sections.time_lost import time_lost
from reports.sections.weekly import weekly
from reports.slide import Slide, slide
from reports.static_chart import static_chart
from reports.table import Link, Tracker
from reports.terms import TERMS, explained
from reports.tracker_text import readable

#: Widths in pixels of the drawings: a column of prose, a telephone, and between the two.
_WIDE, _NARROW, _SMALL = 760, 340, 420
#: Parts that come after what to do next: whoever reads on wants the same again in detail.
_AFTER_WHAT_TO_DO = ("teams", "weeks")
#: Rows of a folded table that are still printed: nobody reads seventy weeks of 24 metrics on paper.
_MOST_ON_PAPER = 30


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A chart ready to be printed into the page: its data as JSON, and its drawings.

    `narrow` is null for a small chart: one drawing serves every reader.
    """

    data: Markup
    wide: Markup
    narrow: Markup | None


@dataclass(frozen=True)
class Page:
    """What there is to say of the data, as a page and as pictures; it is made out once for both."""

    data: ReportData

    def html(self) -> str:
        """The text of an HTML file in UTF-8."""
        style = theme.stylesheet() + scripts.asset("page.css")
        allowed = (scripts.chart_bundle(), scripts.page_script())
        return template("page.html.j2").render(
            policy=scripts.policy(scripts=allowed, styles=(style,)),
            style=Markup(style),  # noqa: S704 - written by us, no data in it
            library=scripts.packed_bundle(),
            script=Markup(scripts.page_script()),  # noqa: S704 - checked in scripts.py
            sections=self._sections,
            **_around_the_sections(self.data),
        )

    def slides(self) -> Iterator[Slide]:
        """The charts one by one, each as a picture that stands alone."""
        facts = self.data.facts
        sources = ", ".join(readable(source) for source in facts.sources)
        read = f" from {sources}" if sources else ""
        source = f"Roadworthy, as of {words.instant(facts.as_of, facts.timezone)}{read}"
        for figure in self.figures():
            drawn = slide(figure, source)
            if drawn is not None:
                yield drawn

    def figures(self) -> Iterator[Figure]:
        """All figures, in their order, each with its key."""
        for section in self._sections:
            for figure in section.figures:
                yield _keyed(figure, section)

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        return _story(self.data)


def _keyed(figure: Figure, section: Section) -> Figure:
    """The figure with the key that stands at the head of its section."""
    return figure if figure.keys else replace(figure, keys=section.keys)


def _around_the_sections(data: ReportData) -> dict[str, Any]:
    facts = data.facts
    return {
        "title": readable(facts.title),
        "snapshot": words.instant(facts.as_of, facts.timezone),
        "sources": [readable(source) for source in facts.sources],
        "is_past": facts.is_past,
        "verdict": front.headline(data),
        "scale": front.scale(data),
        "moved": front.moved(data),
        "cards": front.cards(data),
        "recent": recent(data),
        "said_before": said_before(data),
        "headlines": headlines(data),
        "details": _AFTER_WHAT_TO_DO,
        "steps": next_steps.next_steps(data),
        "steps_lead": next_steps.lead(data),
        "to_be_known": next_steps.to_be_known(data),
        "audit": audit.audit(data),
        "trust": audit.trust(data.data_audit) if len(data.sources) else "",
        "notes": method(data),
        "terms": TERMS,
    }


def _story(data: ReportData) -> tuple[Section, ...]:
    """The story in its order: where time goes, why, what was promised, who decides, what helped."""
    told = (
        time_lost(data),
        handing_over(data),
        readiness(data),
        slips(data),
        deciding(data),
        changes(data),
        system_or_people(data),
        teams(data),
        weekly(data),
    )
    return tuple(one for one in told if one is not None)


def _drawing(figure: Figure) -> Drawing | None:
    if figure.spec is None:
        return None
    width = _SMALL if figure.is_small else _WIDE
    narrow = None if figure.is_small else _markup(static_chart(figure.spec, _NARROW))
    return Drawing(
        data=_markup(scripts.as_data(figure.spec)),
        wide=_markup(static_chart(figure.spec, width)),
        narrow=narrow,
    )


def _markup(text: str) -> Markup:
    """Text that its maker has escaped: `as_data` for JSON, the XML serialiser for a drawing."""
    return Markup(text)  # noqa: S704 - see above


@cache
def template(name: str) -> Template:
    """A template that lies beside this module, with the filters and tests of all pages."""
    environment = Environment(
        loader=FunctionLoader(scripts.asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["drawing"] = _drawing
    environment.globals["most_on_paper"] = _MOST_ON_PAPER
    environment.globals["part_of_page"] = set[str]
    environment.filters["explained"] = explained
    environment.tests["a_link"] = lambda cell: isinstance(cell, Link)
    environment.tests["of_a_tracker"] = lambda cell: isinstance(cell, Tracker)
    return environment.get_template(name)
