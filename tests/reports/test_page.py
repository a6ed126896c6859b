import json
import re
from html.parser import HTMLParser

import pytest

from reports.page import Page
from tests.reports import factories as f
from tests.reports.hostile import hostile
from tests.reports.organisation import organisation


class Elements(HTMLParser):
    """Start tags with their attributes, and the text of each script block."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script":
            self.scripts[-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def acme() -> str:
    return Page(f.acme()).html()


def visible(page: str) -> str:
    """The page without scripts and styles, its white space folded."""
    return " ".join(re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL).split())


def read(page: str) -> str:
    """What a reader sees: no tags."""
    return re.sub("<[^>]*>", "", visible(page))


def test_the_same_data_give_the_same_bytes(acme: str) -> None:
    assert Page(f.acme()).html() == acme


def test_an_empty_tracker_gets_an_honest_page() -> None:
    page = Page(f.report_data()).html()
    text = read(page)
    # The eleven figures, and the first screen, which has no constraint and tells one of them.
    assert text.count("not measured") == 12
    assert "No work was seen in a stage before its end" in text
    assert "Nothing was promised by a date." in text
    assert "%" not in re.sub(r"95%|Percentages", "", text)
    assert "<figure" not in page


def test_without_a_definition_of_ready_the_page_says_what_it_would_need() -> None:
    text = read(Page(f.report_data(f.facts(has_readiness=False))).html())
    assert "No definition of ready is declared" in text


def test_proposed_stages_are_called_proposed() -> None:
    data = f.report_data(f.facts(has_stages=False), stage_durations=[f.stage("Open", 0, "queue")])
    assert "names no stages" in visible(Page(data).html())


def test_headlines_come_with_interval_and_count(acme: str) -> None:
    assert '<dd class="value">35%</dd>' in visible(acme)
    text = read(acme)
    assert "95% interval 30 to 39%; of 412 attempts, 9 still undecided" in text
    assert "too few to say (18)" in text
    assert "cannot be told yet" in text


def test_the_figures_say_which_handoffs_they_count() -> None:
    guarded = "These figures count the handoffs that the definition of ready guards."
    told = [f.report_data(f.facts(has_readiness=declared)) for declared in (True, False)]
    assert [guarded in read(Page(data).html()) for data in told] == [True, False]


def test_a_part_with_nothing_to_tell_says_so_at_the_head_of_the_page() -> None:
    assert '<span class="nothing">Nothing to tell yet</span>' in Page(f.report_data()).html()


def test_the_snapshot_is_told_in_the_zone_of_the_configuration(acme: str) -> None:
    assert "As of 3 May 2026, 02:00 (Europe/Berlin), from acme, code" in visible(acme)


def test_the_trust_of_the_first_screen_leads_to_the_audit(acme: str) -> None:
    text = visible(acme)
    assert '<h3><a href="#audit">May I trust it?</a></h3>' in text
    assert "The audit found no error; its warnings say" in text
    assert "2 of 412 histories are shorter than the tracker says" in text


def test_errors_of_the_audit_are_said_on_the_first_screen() -> None:
    lost = f.audit_row("lost", "error", "One history is lost.")
    data = f.report_data(None, [f.source_read("acme")], data_audit=[lost])
    text = visible(Page(data).html())
    assert text.index("some numbers here are wrong or incomplete") < text.index("In short")
    assert '<p class="answer">1 error, no warnings</p>' in text


def test_every_chart_has_its_numbers_its_paragraph_and_its_drawing(acme: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", acme, re.DOTALL)
    assert len(figures) == 10
    for figure in figures:
        assert "<table" in figure
        assert "<svg " in figure
        assert 'scope="col"' in figure
        assert 'scope="row"' in figure
        assert "<caption" in figure
    assert "Every stay of a work item in a stage counts here" in acme
    assert "Every point is a week of entry" in acme


def test_the_page_asks_nothing_of_any_server(acme: str) -> None:
    elements = Elements(acme)
    assert not [a for tag in ("script", "img", "iframe") for a in elements.all(tag) if a.get("src")]
    assert elements.all("link") == [{"rel": "icon", "href": "data:,"}]
    assert "@import" not in acme
    assert "url(" not in re.sub(r"<script.*?</script>", "", acme, flags=re.DOTALL)


def test_the_policy_comes_first_and_allows_two_scripts_and_no_eval(acme: str) -> None:
    head = acme[acme.index("<head>") :].split("\n", 2)[1]
    assert head.startswith('<meta http-equiv="Content-Security-Policy"')
    assert "default-src &#39;none&#39;" in head
    assert head.count("sha256-") == 3
    assert "unsafe" not in head


def test_there_is_one_chart_bundle_for_all_charts(acme: str) -> None:
    types = [block.get("type") for block in Elements(acme).all("script")]
    assert types.count("application/gzip") == 1
    # The script of the page is the only one that runs by itself.
    assert types.count(None) == 1
    assert "vegaEmbed=" not in acme


def test_specifications_are_data_that_reads_back(acme: str) -> None:
    blocks = re.findall(r'<script type="application/json">(.*?)</script>', acme, re.DOTALL)
    assert len(blocks) == 10
    assert all(json.loads(block)["$schema"].endswith(".json") for block in blocks)
    assert not re.search(r"[<>&\u2028\u2029]", "".join(blocks))


def test_links_lead_to_the_tracker_and_tell_it_nothing(acme: str) -> None:
    links = [a for a in Elements(acme).all("a") if not (a["href"] or "").startswith("#")]
    assert {a["href"] for a in links} == {
        "https://acme.example/browse/PAY-12",
        "https://acme.example/browse/PAY-31",
    }
    assert all(a["rel"] == "noreferrer noopener" for a in links)


def test_hostile_text_is_shown_and_does_nothing() -> None:
    page = Page(hostile()).html()
    elements = Elements(page)
    for shown in ("Team by team", "Who in fact decides", "What became of promises"):
        assert shown in page
    assert not elements.all("img")
    assert not elements.all("i")
    assert len([block for block in elements.all("script") if "type" not in block]) == 1
    handlers = [name for _, attributes in elements.tags for name in attributes if name[:2] == "on"]
    assert handlers == []
    assert not [a for a in elements.all("a") if "javascript" in (a["href"] or "")]
    assert "&lt;/script&gt;" in page
    assert not re.search(
        "[\u202e\u2066\u0007\x1b]", re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    )


@pytest.mark.slow
def test_a_title_of_a_megabyte_weighs_next_to_nothing() -> None:
    assert len(Page(hostile()).html().encode()) < 750_000


@pytest.mark.slow
def test_sixteen_months_of_an_organisation_fit_a_mail() -> None:
    assert len(Page(organisation()).html().encode()) < 1_150_000


def test_no_chart_claims_that_a_change_had_an_effect(acme: str) -> None:
    text = visible(acme).lower()
    assert not re.search(r"\b(caused|thanks to|because of the protocol|led to)\b", text)
    assert "does not show that the change moved it" in text


def test_another_scope_shows_its_own_rows_only() -> None:
    data = f.report_data(
        f.facts(scope="team:PAY"),
        stage_durations=[
            f.stage("Shaping", 0, "active"),
            f.stage("Ready for Dev", 1, "queue", scope="team:PAY"),
        ],
    )
    text = visible(Page(data).html())
    assert "Ready for Dev is where most time is spent waiting" in text
    assert "Shaping" not in text
