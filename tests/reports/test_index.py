"""The first page of the folder of reports."""

import re
from datetime import date

from reports.index import Earlier, Entry, index

LATEST = Entry("Acme", "roadworthy-2026-05-03.html", "It is the system.")


def test_the_latest_report_comes_first_with_its_verdict() -> None:
    page = index("3 May 2026", LATEST, [], [])
    assert '<a href="roadworthy-2026-05-03.html">It is the system.</a>' in page
    assert "Team by team" not in page
    assert "Earlier nights" not in page


def test_every_team_has_its_page_and_every_earlier_night() -> None:
    teams = [Entry("PAY", "team-PAY.html", "No verdict."), Entry("Web", "team-Web.html", "Slow.")]
    nights = [Earlier(date(2026, 5, 2), "roadworthy-2026-05-02.html")]
    page = index("3 May 2026", LATEST, teams, nights)
    assert re.findall('href="([^"]*html)"', page) == [
        *("roadworthy-2026-05-03.html", "team-PAY.html", "team-Web.html"),
        "roadworthy-2026-05-02.html",
    ]
    assert "2 May 2026" in page


def test_the_name_of_a_team_is_text() -> None:
    page = index("3 May 2026", LATEST, [Entry("<b>\u202eteam</b>", "team-b.html", "<i>")], [])
    assert "<b>" not in page
    assert "<i>" not in page
    assert "\u202e" not in page


def test_no_script_runs_there() -> None:
    assert "script-src 'none'" in index("today", LATEST, [], []).replace("&#39;", "'")
