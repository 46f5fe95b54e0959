"""Regimes as shipped: what each says, in both languages, with a source on every limit."""

from __future__ import annotations

import pytest

from roster.domain.rules import MinRest, Origin, Rule, ShiftLength, StandbyShare, WeekHours, WeeklyRest
from roster.language import LANGUAGES, speaking
from roster.scenario import regimes
from roster.scenario.build.regimes import Regime, regime

NAMES = ["cn_comprehensive", "cn_enterprise_standard", "cn_public_institution", "eu_directive"]

LAW = {
    # Only what facts.md tags as seen ([V], [V2]) may be called law.
    "cn_public_institution": {WeeklyRest: 24, ShiftLength: 8, WeekHours: 40},
    "cn_enterprise_standard": {WeeklyRest: 24, ShiftLength: 8, WeekHours: 40},
    "cn_comprehensive": {WeeklyRest: 24},
    "eu_directive": {WeeklyRest: 35, MinRest: 11},
}


def minutes(rule: Rule) -> int:
    assert isinstance(rule, MinRest | ShiftLength | WeekHours | WeeklyRest)
    return rule.minutes


def test_all_four_are_shipped_and_listed() -> None:
    assert [each.name for each in regimes()] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_only_verified_limits_are_called_law(name: str) -> None:
    called_law = {
        type(rule): minutes(rule) // 60 for rule in regime(name).limits if rule.origin is Origin.LAW
    }
    assert called_law == LAW[name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_source_in_every_language(name: str, language: str) -> None:
    with speaking(language):
        each = regime(name)
    figures = [each.annual, each.weekly, each.daily, each.most_weekly, each.overtime_week, each.leave_days]
    assert all(figure.source and figure.value > 0 for figure in figures)
    assert all(rule.source and rule.hard for rule in each.limits)
    assert each.title
    assert each.note


def test_languages_say_the_same_limits() -> None:
    def bare(each: Regime) -> list[tuple[str, Origin]]:
        return [(rule.subject, rule.origin) for rule in each.limits]

    for name in NAMES:
        with speaking("zh"):
            chinese = regime(name)
        with speaking("en"):
            english = regime(name)
        assert bare(chinese) == bare(english)
        assert chinese.title != english.title


@pytest.mark.parametrize(
    ("name", "annual", "weekly", "most"),
    [
        ("cn_public_institution", 1984, 40, 40),
        ("cn_enterprise_standard", 1984, 40, 48),
        ("cn_comprehensive", 1984, 40, 48),
        ("eu_directive", 2086, 40, 48),
    ],
)
def test_hours(name: str, annual: int, weekly: int, most: int) -> None:
    each = regime(name)
    assert [each.annual.value, each.weekly.value, each.most_weekly.value] == [
        annual * 60,
        weekly * 60,
        most * 60,
    ]


def test_policy_limits_are_there_too() -> None:
    shares = [rule.percent for each in regimes() for rule in each.limits if isinstance(rule, StandbyShare)]
    assert shares == [25] * 4
    comprehensive = [rule for rule in regime("cn_comprehensive").limits if isinstance(rule, ShiftLength)]
    assert [(rule.minutes, rule.origin) for rule in comprehensive] == [(720, Origin.POLICY)]


def test_a_regime_that_is_not_shipped() -> None:
    with pytest.raises(KeyError):
        regime("../secret")
