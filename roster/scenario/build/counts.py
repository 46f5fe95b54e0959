"""Counts and gaps: from what a file says to rules, what such a rule can be about, and what cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from roster.domain.counts import Count, Counted, Gap, Per
from roster.domain.duty import Shift
from roster.domain.rule import Rule
from roster.language import tr
from roster.readable import show
from roster.scenario.schema.rule_limits import CountRule, GapRule

WORDS = tuple(each.value for each in Counted if each is not Counted.SHIFTS)
SPACED = (Counted.NIGHTS.value, Counted.STANDBY.value)
"""What gaps may be between, beside shifts by name."""


def counted(of: list[str]) -> tuple[Counted, tuple[str, ...]]:
    """
    Return what is counted: one of the words, or shifts and standbys by name.

    >>> counted(["nights"])[0].value, counted(["E", "N"])[1]
    ('nights', ('E', 'N'))
    """
    if len(of) == 1 and of[0] in WORDS:
        return Counted(of[0]), ()
    return Counted.SHIFTS, tuple(dict.fromkeys(of))


def count_rule(limit: CountRule, common: dict[str, Any]) -> Count:
    """Return the rule of a count; percent are of a contract that `of_contract` knows."""
    of, shifts = counted(limit.of)
    word, days = limit.per
    amounts = [amount for amount in (limit.least, limit.most) if amount is not None]
    return Count(
        of=of,
        shifts=shifts,
        per=Per(word),
        days=days or 7,
        least=limit.least[1] if limit.least else 0,
        most=limit.most[1] if limit.most else None,
        contract=0 if any(kind == "percent" for kind, _ in amounts) else None,
        on=frozenset(limit.on),
        **common,
    )


def gap_rule(limit: GapRule, common: dict[str, Any]) -> Gap:
    """Return the rule of a gap."""
    of, shifts = counted(limit.of)
    days = limit.days if limit.days is not None else 7 * (limit.weeks or 1)
    return Gap(of=of, shifts=shifts, days=days, blocks=limit.blocks, **common)


def of_contract(rule: Rule, weekly: int) -> Rule:
    """Return a rule whose percent are of a contract of so many minutes a week."""
    return replace(rule, contract=weekly) if isinstance(rule, Count) and rule.contract == 0 else rule


def as_stated(rule: Rule) -> Rule:
    """Return a rule as the file states it, for whatever contract."""
    return replace(rule, contract=0) if isinstance(rule, Count) and rule.contract is not None else rule


def countable(of: Counted, shifts: tuple[str, ...], allowed: Iterable[Shift]) -> bool:
    """
    Whether people who may do these shifts and standbys can ever do what is counted.

    Parameters
    ----------
    of, shifts : What is counted, and names of the shifts where shifts are.
    allowed : Shifts and standbys that people may do.
    """
    able = list(allowed)
    if of is Counted.SHIFTS:
        return any(shift.name in shifts for shift in able)
    if of is Counted.NIGHTS:
        return any(shift.night for shift in able)
    if of is Counted.STANDBY:
        return any(not shift.on_site for shift in able)
    if of in (Counted.DAYS, Counted.DAYS_OFF):
        return any(shift.on_site for shift in able)
    return of is Counted.WEEKENDS or any(shift.work_minutes for shift in able)


def amiss(limit: CountRule | GapRule) -> Iterator[tuple[str, str]]:
    """Yield what cannot be meant of a count or a gap by itself: the key, and a sentence."""
    if len(limit.of) > 1 and (words := [word for word in limit.of if word in WORDS]):
        yield "of", tr("scenario.count_one_word", value=show(words[0]))
    if isinstance(limit, GapRule):
        if len(limit.of) == 1 and limit.of[0] in WORDS and limit.of[0] not in SPACED:
            yield "of", tr("scenario.gap_of", value=show(limit.of[0]), words=", ".join(SPACED))
        if (limit.days is None) == (limit.weeks is None):
            yield "days", tr("scenario.gap_days_or_weeks")
        return
    if limit.least is None and limit.most is None:
        yield "of", tr("scenario.count_no_limit")
    yield from _amounts(limit)
    rule = count_rule(limit, {})
    if limit.on and (rule.of is Counted.WEEKENDS or rule.contract is not None):
        yield "on", tr("scenario.count_on")
    if (rule.of is Counted.WEEKENDS or limit.on) and rule.per is Per.DAYS and rule.days % 7:
        yield "per", tr("scenario.count_whole_weeks", days=rule.days)
    if limit.price is not None and not rule.by_sequence:
        yield "price", tr("scenario.count_always_hard")


def _amounts(limit: CountRule) -> Iterator[tuple[str, str]]:
    """Yield least and most that are written as what they are not, or that cannot be kept."""
    of, _ = counted(limit.of)
    kinds = set()
    for key, amount in (("least", limit.least), ("most", limit.most)):
        if amount is None:
            continue
        kind, number = amount
        kinds.add(kind)
        if of is Counted.HOURS and kind == "number":
            yield key, tr("scenario.number_without_unit", value=number)
        elif of is not Counted.HOURS and kind != "number":
            yield key, tr("scenario.count_number", of=show(limit.of[0]))
        elif key == "least" and number > _possible(limit):
            yield key, tr("scenario.count_too_many", value=number, most=_possible(limit))
    if limit.least and limit.most and limit.least[0] == limit.most[0] and limit.least[1] > limit.most[1]:
        yield "most", tr("scenario.count_backwards")
    elif len(kinds) > 1 and "percent" in kinds:
        yield "most", tr("scenario.count_mixed")


def _possible(limit: CountRule) -> int:
    """Return more than can be of something in a period, or the most there can be."""
    of, _ = counted(limit.of)
    days = {"week": 7, "month": 31, "year": 366, "calendar": 10**4}.get(limit.per[0], limit.per[1])
    if of is Counted.HOURS:
        return 10**6
    weeks = -(-days // 7)
    if limit.on:
        return weeks * len(limit.on)
    return weeks if of is Counted.WEEKENDS else days
