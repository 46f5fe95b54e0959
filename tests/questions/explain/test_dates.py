"""An ordinary week can be held and the dates cannot: explaining says so whatever it is of them, as planning does."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.domain.outcome import Status
from roster.language import speaking
from roster.questions.explain.answer import ExplainRequest, explain
from roster.questions.plan import plan_headcount
from roster.scenario import load
from tests.small import ONE_WORKER

FIRE = """
name: engine
calendar: {start: 2027-01-04, weeks: 4, time_zone: Asia/Tokyo}
employers: {dept: {regime: eu_directive}}
roles: {ff: {}}
shifts: {T: {start: 07:00, length: 24h, night: false}}
posts: {engine: {role: ff, window: 07:00+24h}}
staff_types: {ff: {skills: ff, weekly_hours: 56}}
people: {Ann: ff, Bob: ff, Cid: ff}
absence: gross
rules: {shift_length: 24h, min_rest: 48h, rest_after_nights: off, max_nights: off, weekly_rest: off}
"""

DESK = """
name: desk
calendar: {start: 2027-03-01, weeks: 2, time_zone: Asia/Tokyo}
employers: {firm: {regime: eu_directive}}
roles: {op: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts: {desk: {role: op, days: [sat, sun], window: 08:00-16:00}}
staff_types: {op: {skills: op}}
people: {Ann: op}
absence: gross
rules: {}
"""

WORKED = """date,weekday,person,type,employer,duty,presence,start,end,posts
2027-03-01,,Ann,op,firm,D,on_site,,,desk
2027-03-02,,Ann,op,firm,D,on_site,,,desk
2027-03-03,,Ann,op,firm,D,on_site,,,desk
2027-03-04,,Ann,op,firm,D,on_site,,,desk
2027-03-05,,Ann,op,firm,D,on_site,,,desk
"""

LATER = DESK.replace("start: 2027-03-01, weeks: 2", "start: 2027-03-06, weeks: 1").replace(
    "rules: {}", "before: before.csv\nrules: {week_hours: 40h, work_block: {longest: 7}, weekly_rest: off}"
)

CASES = {
    "days carried in": (LATER, "40 h of work from Monday to Sunday", "56 h of work from Monday to Sunday"),
    "an average that the calendar cuts": (FIRE, "on average at most 56 h", "Average hours over 17 weeks"),
    "a count over many days": (
        DESK.replace("{}\n", "{counts: [{of: days, most: 3, per: 2 weeks}]}\n"),
        "At most 3 working days in any 2 weeks",
        "At most 4 working days in any 2 weeks",
    ),
    "people who never work together": (
        DESK.replace("08:00-16:00}", "08:00-16:00, people: 2}").replace("Ann: op", "Ann: op, Bob: op")
        + "apart: [[Ann, Bob]]\n",
        "Never at work at the same time: Ann, Bob",
        None,
    ),
}


@pytest.mark.parametrize(("text", "why", "way"), CASES.values(), ids=list(CASES))
def test_what_the_dates_lack_is_explained_with_a_way_out(
    tmp_path: Path, text: str, why: str, way: str | None
) -> None:
    (tmp_path / "before.csv").write_text(WORKED, encoding="utf-8")
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    with speaking("en"):
        problem = load(path)
        answer = explain(problem, ExplainRequest(), ONE_WORKER)
        ways = [one.sentence for one in answer.ways]
    assert (answer.status, answer.about) == (Status.INFEASIBLE, "dates")
    assert plan_headcount(problem, ONE_WORKER).plan is None
    assert answer.because is not None
    assert answer.because.conflict is not None
    assert [one for one in answer.because.conflict.conditions if why in one.sentence]
    assert way is None or [one for one in ways if way in one]
