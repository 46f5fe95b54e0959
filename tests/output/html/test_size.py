"""The page of `roster size`: levels beside what others have, posts with reasons, people, and the lead time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from roster.domain.outcome import SolveOptions
from roster.language import LANGUAGES, speaking
from roster.output.html.size import size_page
from roster.questions.size.answer import Sized, size
from roster.sizing import load_profile
from tests.output.pages import Element, sound
from tests.sizing.helpers import PROFILES

TODAY = date(2026, 11, 22)


@cache
def sized(name: str, language: str = "en", today: date = TODAY) -> Sized:
    """Return the answer to a shipped profile, in the words of a language."""
    with speaking(language):
        return size(load_profile(PROFILES / f"{name}.yaml"), SolveOptions(), today)


def page(found: Sized, language: str = "en") -> Element:
    with speaking(language):
        return sound(size_page(found), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_every_post_kind_and_hire(language: str) -> None:
    found = sized("secondary", language)
    root = page(found, language)
    posts = [row.one("th").text for row in root.id("posts").one("tbody").all("tr")]
    assert posts == [post.title for post in found.recommended.problem.posts]
    assert found.lead is not None
    hires, months = (table.one("tbody").all("tr") for table in root.id("lead").all("table"))
    assert [row.one("th").text for row in hires] == [hire.title for hire in found.lead.hires]
    assert [row.all("td")[2].text for row in hires] == [str(hire.decide_by) for hire in found.lead.hires]
    assert [row.all("td")[0].text for row in months] == [str(one.number) for one in found.lead.months]


def test_people_who_are_there_stand_beside_those_needed() -> None:
    # One operations and network engineer is there, one for applications, nobody for security.
    rows = page(sized("secondary")).id("who").one("tbody").all("tr")
    assert [row.all("td")[3].text for row in rows[:3]] == ["1", "1", "0"]
    # Nobody is named in the county's profile, so that column is not there.
    assert len(page(sized("county")).id("who").one("tbody").all("tr")[0].all("td")) == 4


def test_bars_of_hiring_end_at_go_live_and_begin_at_the_day_to_decide_by() -> None:
    found = sized("county")
    assert found.lead is not None
    (row,) = page(found).id("lead").all("tbody")[0].all("tr")
    first, days = TODAY, (found.lead.go_live_on - TODAY).days
    hiring, ramp, *_now = (bar for bar in row.one("svg").all("rect") if "track" not in bar.css)
    (hire,) = found.lead.hires
    left, width = (float(hiring.attributes[key]) for key in ("x", "width"))
    assert first + timedelta(days=round(left * days / 100)) == hire.decide_by
    assert first + timedelta(days=round((left + width) * days / 100)) == hire.first_day
    assert float(ramp.attributes["x"]) + float(ramp.attributes["width"]) == pytest.approx(100, abs=0.02)


def test_a_day_to_hire_by_that_has_passed_is_marked() -> None:
    cells = {
        today: page(sized("county", today=today)).id("lead").all("tbody")[0].one("tr").all("td")[2]
        for today in (TODAY, date(2027, 6, 1))
    }
    assert "bad" not in cells[TODAY].css
    assert "bad" in cells[date(2027, 6, 1)].css
    assert "past" in cells[date(2027, 6, 1)].text


def test_shares_of_posts_held_grow_until_all_are() -> None:
    bars = [row.one("svg") for row in page(sized("secondary")).id("lead").all("tbody")[1].all("tr")]
    held, partly = (
        [float(bar.one("rect", css).attributes["width"]) for bar in bars] for css in ("held", "partly")
    )
    assert held == sorted(held)
    assert 0 < held[0] + partly[0] <= 100
    assert held[0] < held[-1] == 100


def test_without_a_day_of_going_live_there_is_no_lead_time() -> None:
    root = page(replace(sized("county"), lead=None))
    assert not [each for each in root.every() if each.attributes.get("id") == "lead"]
