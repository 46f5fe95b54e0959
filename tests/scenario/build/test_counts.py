"""Counts, gaps and whole weekends in a scenario: what they become for whom, and what cannot be meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from roster.checker import count_breaches
from roster.domain.rules import Count, Counted, Gap, Handover, Per, ShiftRun, WholeWeekends, WorkBlock
from tests.scenario.helpers import changed, faults, loaded
from tests.small import dated, word

PLACE = "  free_weekends: {one_in: 4, price: 30}"


def stated(folder: Path, text: str, of: str = "ops") -> list[object]:
    """Return the counts, gaps and whole weekends of a type where the scenario's rules say this."""
    problem = loaded(folder, changed(PLACE, f"{PLACE}\n  {text}"))
    kinds = (Count, Gap, Handover, WholeWeekends)
    return [rule for rule in problem.type[of].rules if isinstance(rule, kinds)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("counts: [{of: nights, most: 3}]", Count(of=Counted.NIGHTS, per=Per.WEEK, most=3)),
        (
            "counts: [{of: [E, N], least: 1, most: 3, per: 14 days}]",
            Count(of=Counted.SHIFTS, shifts=("E", "N"), per=Per.DAYS, days=14, least=1, most=3),
        ),
        (
            "counts: [{of: hours, least: 16h, most: 24h}]",
            Count(of=Counted.HOURS, per=Per.WEEK, least=960, most=1440),
        ),
        ("counts: [{of: weekends, most: 2, per: month}]", Count(of=Counted.WEEKENDS, per=Per.MONTH, most=2)),
        (
            "counts: [{of: weekends, most: 2, per: 4 weeks}]",
            Count(of=Counted.WEEKENDS, per=Per.DAYS, days=28, most=2),
        ),
        (
            "counts: [{of: days, on: [sun, fri], most: 2, per: 4 weeks}]",
            Count(of=Counted.DAYS, per=Per.DAYS, days=28, most=2, on=frozenset({4, 6})),
        ),
        ("gaps: [{of: nights, days: 5}]", Gap(of=Counted.NIGHTS, days=5)),
        (
            "gaps: [{of: S, weeks: 3, blocks: true}]",
            Gap(of=Counted.SHIFTS, shifts=("S",), days=21, blocks=True),
        ),
        ("whole_weekends: true", WholeWeekends()),
        ("handovers: [S D]", Handover(first="S", second="D")),
    ],
)
def test_each_becomes_a_rule(tmp_path: Path, text: str, rule: object) -> None:
    assert stated(tmp_path, text) == [rule]


def test_percent_are_of_the_contract_of_the_type(tmp_path: Path) -> None:
    text = "counts: [{of: hours, least: 80%, most: 120%}]"
    (full,) = stated(tmp_path, text)
    (part,) = stated(tmp_path, text, of="guard")
    assert isinstance(full, Count)
    assert isinstance(part, Count)
    problem = loaded(tmp_path, changed(PLACE, f"{PLACE}\n  {text}"))
    for rule, name in ((full, "ops"), (part, "guard")):
        weekly = problem.type[name].weekly_minutes
        assert rule.contract == weekly
        assert (rule.least_in(7), rule.most_in(7)) == (-(-weekly * 80 // 100), weekly * 120 // 100)
    said = [limit.sentence for limit in problem.limits if limit.key.startswith("count")]
    assert (
        said
        == ["Between 80 % of the contract's and 120 % of the contract's hours of work from Monday to Sunday."]
        * 2
    )


def test_a_type_that_can_do_nothing_of_it_is_not_asked(tmp_path: Path) -> None:
    assert stated(tmp_path, "counts: [{of: N, least: 1}]", of="guard") == []
    assert stated(tmp_path, "counts: [{of: standby, least: 1}]", of="guard") == []
    assert len(stated(tmp_path, "counts: [{of: days, least: 1}]", of="guard")) == 1


def test_later_words_replace_and_off_drops(tmp_path: Path) -> None:
    own = "sites: [hub], rules: {counts: [{of: nights, most: 5}]}"
    text = changed("sites: [hub]", own).replace(PLACE, f"{PLACE}\n  counts: [{{of: nights, most: 3}}]")
    rules = loaded(tmp_path, text).type["ops"].rules
    assert [rule.most for rule in rules if isinstance(rule, Count)] == [5]
    text = text.replace(own, "sites: [hub], rules: {counts: off}")
    assert not [rule for rule in loaded(tmp_path, text).type["ops"].rules if isinstance(rule, Count)]


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("counts: [{of: nights}]", "counts[0].of", "no limit"),
        ("counts: [{of: nigths, most: 1}]", "counts[0].of", "did you mean 'nights'"),
        ("counts: [{of: [nights, N], most: 1}]", "counts[0].of", "stands alone"),
        ("counts: [{of: nights, most: 8h}]", "counts[0].most", "whole numbers"),
        ("counts: [{of: hours, most: 24}]", "counts[0].most", "no unit"),
        ("counts: [{of: hours, least: 20h, most: 120%}]", "counts[0].most", "alike"),
        ("counts: [{of: nights, least: 3, most: 2}]", "counts[0].most", "less than the least"),
        ("counts: [{of: nights, least: 8}]", "counts[0].least", "more than such a period has (7)"),
        ("counts: [{of: nights, most: 1, per: fortnight}]", "counts[0].per", "no period"),
        ("counts: [{of: nights, most: 1, per: 400 days}]", "counts[0].per", "366"),
        ("counts: [{of: weekends, most: 1, per: 10 days}]", "counts[0].per", "whole weeks"),
        ("counts: [{of: nights, on: sun, most: 1, per: 10 days}]", "counts[0].per", "whole weeks"),
        ("counts: [{of: nights, on: son, most: 1}]", "counts[0].on", "did you mean 'sun'"),
        ("counts: [{of: nights, on: sun, least: 2}]", "counts[0].least", "more than such a period has (1)"),
        ("counts: [{of: weekends, on: sun, most: 1}]", "counts[0].on", "leave `on` out"),
        ("counts: [{of: hours, on: sun, most: 50%}]", "counts[0].on", "leave `on` out"),
        ("counts: [{of: nights, most: 1, per: month, price: 3}]", "counts[0].price", "always hard"),
        ("gaps: [{of: weekends, days: 5}]", "gaps[0].of", "no gaps"),
        ("gaps: [{of: nights}]", "gaps[0].days", "`days` or `weeks`"),
        ("gaps: [{of: nights, days: 5, weeks: 1}]", "gaps[0].days", "`days` or `weeks`"),
        ("whole_weekends: 1", "whole_weekends", "true"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, text: str, key: str, message: str) -> None:
    found = faults(tmp_path, changed(PLACE, f"{PLACE}\n  {text}"))
    assert len(found) == 1, found
    assert key in found[0][1]
    assert message in found[0][2]


def test_limits_that_only_dates_know_are_said(tmp_path: Path) -> None:
    weekly, monthly = "counts: [{of: nights, most: 3}]", "counts: [{of: nights, most: 9, per: month}]"
    told = []
    for text in (weekly, monthly):
        problem = loaded(tmp_path, changed(PLACE, f"{PLACE}\n  {text}"))
        told.append([note for note in problem.notes if "lower bound" in note])
    assert told[0] == []
    assert len(told[1]) == 1
    assert "At most 9 nights in a month." in told[1][0]


def test_a_run_may_cost_for_each_day_that_it_lacks(tmp_path: Path) -> None:
    text = changed(PLACE, f"{PLACE}\n  work_block: {{shortest: 4, price: 5, per_day: true}}")
    problem = loaded(tmp_path, text)
    staff = problem.types[0]
    block = next(rule for rule in staff.rules if isinstance(rule, WorkBlock) and not rule.hard)
    run = next(rule for rule in staff.rules if isinstance(rule, ShiftRun))
    assert (block.per_day, run.per_day) == (True, False)
    assert block.sentence.endswith("Each day too few or too many counts.")
    line = word("-D--DD-")
    horizon = dated(7)
    assert count_breaches(block, line, horizon, problem) == 3 + 2
    assert count_breaches(replace(block, per_day=False), line, horizon, problem) == 2
