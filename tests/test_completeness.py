"""Every rule is whole: words in both languages, a breach defined, an engine side, a checker side, a key, an example."""

from __future__ import annotations

import inspect
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

import roster
from roster.checker import check_roster, check_rotation, count_breaches, find
from roster.domain import rules
from roster.domain.horizon import ring
from roster.domain.loosening import chain, ladders
from roster.domain.outcome import Rotation
from roster.domain.rules import AVERAGES, RULES, Counted, Per, Rule, limit_fields
from roster.engine.automata.alphabet import _MISSED
from roster.engine.automata.product import compile_rules
from roster.engine.automata.rules import rule_automaton
from roster.engine.calendar.model import build as build_calendar
from roster.engine.rotation.average_cuts import broken_parts
from roster.engine.rotation.model import build
from roster.language import LANGUAGES, catalogue, speaking
from roster.questions.conflict.conditions import ERGONOMIC, LEGAL
from roster.scenario.build.rules import layer_of
from roster.scenario.schema.rule_limits import Limit, Rules
from tests.engine.calendar.test_calendar import accepts
from tests.engine.rotation.test_agreement import laid
from tests.small import H, Word, dated, numbered, post, staff, word, world
from tests.small import roster as roster_of
from tests.test_agreement import CASES

KEYS = {
    rules.ShiftRun: ("shift_runs", {"D": {"longest": 2}}),
    rules.Succession: ("forbidden", ["N D"]),
    rules.WorkBlock: ("work_block", {"longest": 5}),
    rules.OffBlock: ("off_block", {"shortest": 2}),
    rules.MaxNights: ("max_nights", 2),
    rules.FreeWeekends: ("free_weekends", 3),
    rules.StandbyShare: ("standby_share", "25%"),
    rules.Count: ("counts", [{"of": "nights", "most": 2}]),
    rules.Handover: ("handovers", ["Q P"]),
    rules.AverageHours: ("average", "17 weeks"),
    rules.Gap: ("gaps", [{"of": "nights", "days": 5}]),
    rules.WholeWeekends: ("whole_weekends", True),
    rules.NoStandbyBefore: ("no_standby_before", "08:00"),
    rules.NoStandbyAfterNights: ("no_standby_after_nights", True),
    **{
        kind: (kind.key, "11h")
        for kind in (
            rules.MinRest,
            rules.RestAfterNights,
            rules.WeekHours,
            rules.WeeklyRest,
            rules.ShiftLength,
        )
    },
}
"""The key of each rule in a scenario's `rules` section, with a value."""

ALWAYS = (rules.NoOverlap, rules.AverageHours)
"""In force without being asked for."""

EXAMPLES: dict[type[Rule], tuple[Rule, str, str]] = {
    rules.NoOverlap: (rules.NoOverlap(), "XD-----", "XM-----"),
    rules.MinRest: (rules.MinRest(minutes=11 * H), "DN-D---", "AD-----"),
    rules.RestAfterNights: (rules.RestAfterNights(minutes=48 * H), "NN--A--", "NN-A---"),
    rules.MaxNights: (rules.MaxNights(nights=2), "NN-N---", "NNN----"),
    rules.WorkBlock: (rules.WorkBlock(shortest=2, longest=4), "-DDDD--", "-D-DDD-"),
    rules.OffBlock: (rules.OffBlock(shortest=2), "D--DD--", "D-DDD--"),
    rules.ShiftRun: (rules.ShiftRun(shift="A", shortest=2), "DAAD---", "DAD----"),
    rules.Succession: (rules.Succession(first="N", second="D", days_off=1), "N--D---", "N-D----"),
    rules.Handover: (rules.Handover(first="A", second="D"), "AADD---", "AA-D---"),
    rules.FreeWeekends: (rules.FreeWeekends(one_in=1), "DDDD---", "----N--"),
    rules.WeekHours: (rules.WeekHours(minutes=24 * H), "DDD----", "DDDD---"),
    rules.WeeklyRest: (rules.WeeklyRest(minutes=36 * H), "DDDDD--", "DDDDDDD"),
    rules.NoStandbyBefore: (rules.NoStandbyBefore(start=8 * H), "- t D - - - -", "- t M - - - -"),
    rules.NoStandbyAfterNights: (rules.NoStandbyAfterNights(), "- N - s - - -", "- N s - - - -"),
    rules.ShiftLength: (rules.ShiftLength(minutes=11 * H), "DN-----", "X------"),
    rules.Count: (rules.Count(of=Counted.NIGHTS, per=Per.DAYS, least=1, most=2), "NDDN---", "NN-N---"),
    rules.Gap: (rules.Gap(of=Counted.NIGHTS, days=2), "N--N---", "N-N----"),
    rules.WholeWeekends: (rules.WholeWeekends(), "DD---DD", "DD---D-"),
    rules.AverageHours: (rules.AverageHours(), "DDDDD--", "DDDDDD-"),
    rules.StandbyShare: (rules.StandbyShare(percent=15), "- s - - - - -", "- s - s s - -"),
}
"""A limit, a week that keeps it and one that breaks it, on dates and on the ring alike."""

every_rule = pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.key)


def test_every_rule_there_is_stands_in_the_tables() -> None:
    named = [each for name, each in vars(rules).items() if not name.startswith("_")]
    written = {each for each in named if isinstance(each, type) and issubclass(each, Rule)}
    assert set(RULES) == written - {Rule}
    assert set(EXAMPLES) == set(RULES)
    assert set(KEYS) | set(ALWAYS) == set(RULES)
    assert len({kind.key for kind in RULES}) == len(RULES)
    assert {key for key, _ in KEYS.values()} == set(Rules.model_fields)


@every_rule
def test_its_docstring_says_what_a_breach_is(kind: type[Rule]) -> None:
    text = inspect.getdoc(kind) or ""
    assert "Breach" in text
    assert kind.__dict__.get("__doc__")


@every_rule
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_sentence_names_its_limits(kind: type[Rule], language: str) -> None:
    rule = EXAMPLES[kind][0]
    with speaking(language):
        said = rule.sentence
        assert said
        assert "{" not in said
        for name, value in limit_fields(rule).items():
            if isinstance(value, int) and name not in ("minutes", "start", "days_off"):
                other = replace(rule, **{name: value + 1})  # type: ignore[arg-type]
                assert other.sentence != said, name
            elif name in ("minutes", "start"):
                other = replace(rule, **{name: int(str(value)) + 60})  # type: ignore[arg-type]
                assert other.sentence != said, name


def test_sentences_are_translated() -> None:
    texts = Path(roster.__file__).parent / "text"
    english, chinese = (
        tomllib.loads((texts / language / "rules.toml").read_text(encoding="utf-8")) for language in LANGUAGES
    )
    for kind in RULES:
        names = [name for name in english if name == kind.key or name.startswith(f"{kind.key}_")]
        assert names, kind
        assert all(any("\u4e00" <= sign <= "\u9fff" for sign in chinese[name]) for name in names), kind


@every_rule
def test_it_has_a_source_and_a_price(kind: type[Rule]) -> None:
    assert {"price", "origin", "source"} <= {each.name for each in fields(kind)}


@every_rule
def test_it_has_an_engine_side_and_a_checker_side(kind: type[Rule]) -> None:
    assert (rule_automaton(EXAMPLES[kind][0], {}) is None) == (kind in AVERAGES)
    assert kind in find.registry


@pytest.mark.parametrize("kind", KEYS, ids=lambda kind: kind.key)
def test_a_scenario_can_ask_for_it_with_price_and_source(kind: type[Rule]) -> None:
    key, value = KEYS[kind]
    made = layer_of(Rules.model_validate({key: value})).rules
    assert [type(rule) for rule in made] == [kind]
    section = Rules.model_fields[key]
    assert section.description
    for limit in limits_in(section.annotation):
        assert {"price", "source"} <= set(limit.model_fields)


def limits_in(annotation: object) -> list[type[Limit]]:
    if isinstance(annotation, type) and issubclass(annotation, Limit):
        return [annotation]
    parts = getattr(annotation, "__args__", ())
    return [found for part in parts for found in limits_in(part)]


@every_rule
def test_the_kept_week_is_kept_and_the_broken_one_broken_on_both_sides(kind: type[Rule]) -> None:
    rule, kept, broken = EXAMPLES[kind]
    good, bad = (word(text if " " in text else " ".join(text)) for text in (kept, broken))
    asked = () if kind in ALWAYS else (rule,)
    hours = 40 * H if kind is rules.AverageHours else 168 * H
    one = staff("a", "MDANXst", *asked, weekly_minutes=hours, net_minutes=hours)
    problem = world(one)
    for week, lawful in ((good, True), (bad, False)):
        assert (count_breaches(rule, week, ring(), problem, staff=one) == 0) == lawful
        assert (count_breaches(rule, week, dated(7), problem, staff=one) == 0) == lawful
        on_dates = {violation.rule for violation in check_roster(problem, roster_of(problem, [week]))}
        on_ring = {violation.rule for violation in check_rotation(problem, [Rotation("a", (week,))])}
        assert on_dates == on_ring == (set() if lawful else {rule.key})
        assert engine_accepts(rule, week) == lawful


def engine_accepts(rule: Rule, week: Word) -> bool:
    """Whether the engine takes a week, by the rule alone: on the ring and, the same, on dates."""
    if type(rule) not in AVERAGES:
        alphabet = tuple(dict.fromkeys(week))
        graph = compile_rules(alphabet, [rule], {}, range(7))
        state = graph.start[0]
        assert state is not None
        found = graph.read_round(numbered(alphabet, week)) is not None
        assert found == (graph.read(numbered(alphabet, week), 0, state) is not None)
        return found
    one = staff("a", "Ds", rule, weekly_minutes=40 * H, net_minutes=40 * H)
    easy = [post("p", 8, 8, hard=False, price=1), post("q", 16, 8, presence="standby", hard=False, price=1)]
    problem = world(one, posts=easy)
    flow = build(problem).flows["a"]
    amounts = laid(flow, [Rotation("a", (week,))])
    assert amounts is not None
    found = not list(broken_parts(flow, amounts))
    model = build_calendar(problem, roster_of(problem, [week]), elastic=False, free=None)
    assert found == accepts(model, [week])
    return found


PLACES: dict[str, tuple[set[str], set[str]]] = {
    "roster/engine/automata/alphabet.py: _MISSED (whether leaving a part of a duty out can break it)": (
        {kind.key for kind in _MISSED},
        {"whole_weekends"},  # taken to miss every part
    ),
    "roster/questions/conflict/conditions.py: ERGONOMIC or LEGAL (when it is left out to explain)": (
        {*ERGONOMIC, *LEGAL},
        {"no_overlap", "average_hours", "standby_share"},  # left out last
    ),
    "roster/domain/loosening.py (how it is made looser)": (
        {kind.key for kind in RULES if ladders(EXAMPLES[kind][0]) or chain(EXAMPLES[kind][0], 1)},
        {"no_overlap", "average_hours"},  # never made looser
    ),
    "tests/test_agreement.py: CASES (both readings on every small roster)": (
        {case.rule.key for case in CASES},
        {kind.key for kind in AVERAGES},
    ),
    **{
        f"roster/text/{language}/plan.toml: rule_<key> (its title)": (
            {key.removeprefix("rule_") for key in catalogue(language, "plan")},
            set(),
        )
        for language in LANGUAGES
    },
}
"""Each place that knows every rule: the keys it has, and those that it leaves out on purpose."""


@every_rule
@pytest.mark.parametrize("place", PLACES)
def test_it_stands_in_every_place_that_knows_all_rules(kind: type[Rule], place: str) -> None:
    known, left_out = PLACES[place]
    assert (kind.key in known) != (kind.key in left_out), f"{kind.__name__} is missing in {place}"
