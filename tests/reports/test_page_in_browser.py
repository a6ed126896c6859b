"""The page in a real browser: that its charts are drawn, and that nothing leaves or breaks out."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships none
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

from reports.data import ReportData
from reports.page import Page
from tests.reports import factories as f
from tests.reports.hostile import hostile
from tests.reports.organisation import organisation

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "ROADWORTHY_NO_BROWSER" in os.environ,
        reason="ROADWORTHY_NO_BROWSER is set: the page was not tried in a browser",
    ),
]

BAR = "#date-moves .live svg path[aria-roledescription=bar]"
CHROMIUM = Path("/usr/bin/chromium")

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@dataclass
class Visit:
    """A page that was opened, and all that it said and asked for."""

    page: Tab
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(
            f"{CHROMIUM} is missing: install chromium, or set ROADWORTHY_NO_BROWSER to go without"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def visit(context: BrowserContext, folder: Path, data: ReportData) -> Visit:
    file = folder / "report.html"
    file.write_text(Page(data).html(), encoding="utf-8")
    seen = Visit(context.new_page())
    seen.page.add_init_script(WATCH)
    seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
    seen.page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
    seen.page.on("request", lambda request: seen.asked.append(request.url))
    seen.page.goto(file.as_uri())
    seen.page.wait_for_selector("html[data-charts=drawn]", state="attached", timeout=60_000)
    return seen


def count(page: Tab, selector: str) -> int:
    return page.locator(selector).count()


def test_every_chart_is_drawn_without_a_word_a_request_or_a_violation(
    context: BrowserContext, tmp_path: Path
) -> None:
    seen = visit(context, tmp_path, organisation())
    assert count(seen.page, ".live svg") == count(seen.page, ".chart") == 24
    assert count(seen.page, ".drawing svg:visible") == 0
    assert seen.said == []
    assert seen.asked == [(tmp_path / "report.html").as_uri()]
    assert seen.page.evaluate("window.violations") == []


def test_the_policy_stops_a_script_that_it_does_not_name(
    context: BrowserContext, tmp_path: Path
) -> None:
    page = visit(context, tmp_path, f.acme()).page
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'pwned=1'}))"
    )
    page.wait_for_function("window.violations.length > 0")
    assert page.evaluate("typeof window.pwned") == "undefined"


def test_hostile_text_is_drawn_and_does_not_run(context: BrowserContext, tmp_path: Path) -> None:
    seen = visit(context, tmp_path, hostile())
    seen.page.locator(BAR).first.hover()
    assert seen.page.evaluate("typeof window.pwned") == "undefined"
    assert count(seen.page, ".live svg") == count(seen.page, ".chart")
    assert seen.page.evaluate("window.violations") == []
    assert seen.said == []


def test_numbers_that_cannot_be_told_yet_are_left_out_in_silence(
    context: BrowserContext, tmp_path: Path
) -> None:
    untold = dict.fromkeys(("p50_days", "p85_days", "mean_days", "mean_low", "mean_high"))
    data = f.report_data(
        stage_durations=[f.stage("Ready for Dev", 0, "queue", **untold)],
        handoff_rates=[f.handoff_rate("A", "B", attempts=3, rejected=0, late_returns=0)],
        readiness_rules=[f.rule("criteria", 1, passes=0, fails=0, passes_now=0)],
        metric_summaries=[f.summary("on_time_rate", None)],
        weekly_metrics=[f.week("lead_time_days", "2026-03-02", 4.0, low=None, high=None)],
        commitments=[f.commitment("PAY-1", "2026-01-05", "2026-05-18")],
    )
    seen = visit(context, tmp_path, data)
    assert count(seen.page, ".live svg") == 8
    assert seen.said == []


def test_a_tooltip_tells_the_number_under_the_pointer(
    context: BrowserContext, tmp_path: Path
) -> None:
    page = visit(context, tmp_path, f.acme()).page
    bar = page.locator(BAR).first
    bar.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    told = page.locator("#vg-tooltip-element").inner_text()
    assert told.endswith(" the commitment")
    assert told in (bar.get_attribute("aria-label") or "")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_narrow_page_does_not_scroll_sideways_even_with_all_folds_open(
    context: BrowserContext, tmp_path: Path, width: int
) -> None:
    page = visit(context, tmp_path, hostile()).page
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_scripts_every_chart_is_still_a_drawing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(Page(f.acme()).html(), encoding="utf-8")
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = plain.new_page()
    page.goto(file.as_uri())
    assert count(page, ".drawing svg:visible") == count(page, ".chart") == 10
    plain.close()


def test_paper_shows_the_numbers_and_the_drawings(context: BrowserContext, tmp_path: Path) -> None:
    page = visit(context, tmp_path, f.acme()).page
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert count(page, "details[open]") == count(page, "details:not(.long, .sql)") > 0
    assert count(page, ".drawing svg:visible") == count(page, ".chart")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert count(page, "details[open]") == 0


def test_paper_has_no_seventy_weeks_and_no_sql(context: BrowserContext, tmp_path: Path) -> None:
    page = visit(context, tmp_path, organisation()).page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert count(page, "details.long") > 0
    assert count(page, "details.long:visible, details.sql:visible, .skip:visible") == 0


def test_the_page_follows_the_reader_into_the_dark(context: BrowserContext, tmp_path: Path) -> None:
    page = visit(context, tmp_path, f.acme()).page
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    fill = "getComputedStyle(document.querySelector('#time-in-stage .live text')).fill"
    assert page.evaluate(fill) != "rgb(27, 31, 35)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_whoever_cannot_see_the_page_meets_no_hurdle_that_axe_knows(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    # The policy of the page lets no script in, so not that of the test either.
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 844}
    )
    page = visit(context, tmp_path, organisation()).page
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_term_explains_itself_by_keyboard_and_without_scripts(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(Page(f.acme()).html(), encoding="utf-8")
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(file.as_uri())
    term = page.locator(".term").first
    term.focus()
    page.keyboard.press("Enter")
    opened = page.locator(".meaning:popover-open")
    assert opened.count() == 1
    assert (term.text_content() or "")[:4].lower() in opened.inner_text().lower()
    page.keyboard.press("Escape")
    assert opened.count() == 0
    plain.close()


def test_every_way_within_the_page_leads_somewhere(context: BrowserContext, tmp_path: Path) -> None:
    page = visit(context, tmp_path, organisation()).page
    missing = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map((link) => link.hash.slice(1))"
        ".concat([...document.querySelectorAll('[popovertarget]')]"
        ".map((button) => button.getAttribute('popovertarget')))"
        ".filter((id) => !document.getElementById(id))"
    )
    assert missing == []
