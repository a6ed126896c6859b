"""Terms explain themselves where they are met."""

import re

from reports.terms import TERMS, explained


def terms(text: str) -> list[str]:
    return re.findall('popovertarget="([^"]*)"', explained(text, set()))


def test_a_term_is_explained_at_its_first_place_in_a_part() -> None:
    met: set[str] = set()
    assert explained("A handoff.", met) == (
        'A <button type="button" class="term" popovertarget="word-handoff">handoff</button>.'
    )
    assert explained("Another handoff, and two handoffs.", met) == (
        "Another handoff, and two handoffs."
    )


def test_the_longest_form_is_met_and_a_part_of_a_word_is_not() -> None:
    assert terms("133 open items") == ["word-open"]
    assert terms("opened, reopen, seated, sub-queue") == []


def test_text_around_a_term_is_escaped() -> None:
    assert explained("<b> of a <i>queue</i>", set()).startswith("&lt;b&gt; of a &lt;i&gt;<button")


def test_no_term_hides_behind_a_form_of_another() -> None:
    forms = [form.lower() for one in TERMS for form in (one.word, *one.forms)]
    assert len(forms) == len(set(forms))
    assert len({one.key for one in TERMS}) == len(TERMS)


def test_every_form_leads_to_its_term() -> None:
    for one in TERMS:
        for form in (one.word, *one.forms):
            assert terms(f"of {form}, too") == [one.key], form
