"""
The inequalities that the average week of every lawful roster satisfies, each read off the scenario by itself.

A lawful roster goes on for ever on ordinary weeks, with the same people and seats in each; it may repeat after a week,
after many, or never. Two things carry an inequality over to its average week. What every person keeps in every week,
or in every row of days from some weekday on, the average keeps as well: an average of numbers that are at most 5 is at
most 5. And what is a limit on averages is that already. The two are added up over the people of a type: nothing here
needs to know who they are, and types may take turns. A duty that reaches from Sunday into Monday is one of the next
week; over many weeks that shift changes no average.

What is *not* carried over is that a number is whole. Nobody works 4.3 shifts in a week, but somebody may work 4 in two
weeks and 5 in the third, so hours and standby days are never rounded here to whole shifts or days.

Each kind has a sentence in the `proof` catalogue and an argument in docs/proof.md; none knows that solvers exist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from roster.domain import rules
from roster.domain.problem import WEEK, Duty
from roster.domain.rules import Rule
from roster.proof.certificate import Count, Use
from roster.proof.forbidden_successions import must_exclude
from roster.proof.quantities import Ordinary, Refused, Terms, directs
from roster.proof.week import Stretch, most_held, round_the_week

SATURDAY, SUNDAY = 5, 6
FULL_WEEK = 40 * 60
"""The week that directing a vendor takes a percentage of, in minutes."""

R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True)
class Inequality:
    """`sum of terms >= least`."""

    terms: Terms
    least: Fraction


Maker = Callable[[Ordinary, Use], Inequality]


def _rule(week: Ordinary, use: Use, kind: type[R]) -> R:
    """Return the hard rule that a type keeps; refuses where it has none."""
    for rule in week.staff(use.type).rules:
        if isinstance(rule, kind) and rule.hard and getattr(rule, "shift", use.shift) == use.shift:
            return rule
    raise Refused("no_rule", row=use.row, type=use.type)


def _for_each(use: Use, most: Fraction | int, taken: Iterable[tuple[Count, int]]) -> Inequality:
    """A person of the type has on average at most so much of something: so have all of them together."""
    terms: Terms = {("people", use.type): Fraction(most)}
    for count, amount in taken:
        if amount:
            terms[count] = terms.get(count, Fraction(0)) - amount
    return Inequality(terms, Fraction(0))


def _hours(week: Ordinary, use: Use) -> Inequality:
    """The rule is on each person's average, over the circuit or for ever. Not rounded to whole shifts."""
    _rule(week, use, rules.AverageHours)
    worked = [(count, duty.work_minutes) for count, _, duty in week.on_duty(use.type)]
    return _for_each(use, week.staff(use.type).net_minutes, worked)


def _week_hours(week: Ordinary, use: Use) -> Inequality:
    """Every week of every person is within the limit, and so is their average."""
    rule = _rule(week, use, rules.WeekHours)
    worked = [(count, duty.work_minutes) for count, _, duty in week.on_duty(use.type)]
    return _for_each(use, rule.minutes, worked)


def _standby(week: Ordinary, use: Use) -> Inequality:
    """The rule is on the share of all days of each person. Not rounded to whole days a week."""
    rule = _rule(week, use, rules.StandbyShare)
    taken = [(count, int(duty.standby is not None)) for count, _, duty in week.on_duty(use.type)]
    return _for_each(use, Fraction(7 * rule.percent, 100), taken)


def _one_duty(week: Ordinary, use: Use) -> Inequality:
    """One duty a day: on a weekday each person has one or none, in every week."""
    _weekday(use)
    taken = [(count, int(day == use.weekday)) for count, day, _ in week.on_duty(use.type)]
    return _for_each(use, 1, taken)


def _one_place(week: Ordinary, use: Use) -> Inequality:
    """Nobody is in two duties at one minute of any week, whichever week the duties began in."""
    _rule(week, use, rules.NoOverlap)
    spans = [(count, day, duty.span) for count, day, duty in week.on_duty(use.type)]
    return _for_each(use, 1, _reaching(use, spans, 0))


def _rest(week: Ordinary, use: Use) -> Inequality:
    """
    Nobody is at one minute of any week in two duties, the rest that must follow each counted in.

    A duty with its rest that is longer than a week covers the minute in more weeks than one, and counts as often.
    """
    rule = _rule(week, use, rules.MinRest)
    spans = [(count, day, duty.work_span) for count, day, duty in week.on_duty(use.type)]
    return _for_each(use, 1, _reaching(use, spans, rule.minutes))


def _reaching(
    use: Use, spans: Iterable[tuple[Count, int, tuple[int, int] | None]], rest: int
) -> Iterator[tuple[Count, int]]:
    if not 0 <= use.at < WEEK:
        raise Refused("unknown_time")
    for count, day, span in spans:
        if span is not None:
            windows = round_the_week(day, span[0], span[1] + rest)
            yield count, sum(start <= use.at < end for start, end in windows)


def _work_days(week: Ordinary, use: Use) -> Inequality:
    rule = _rule(week, use, rules.WorkBlock)
    return _at_most_in_a_row(week, use, rule.longest, lambda duty: duty.works)


def _nights(week: Ordinary, use: Use) -> Inequality:
    rule = _rule(week, use, rules.MaxNights)
    return _at_most_in_a_row(week, use, rule.nights, lambda duty: duty.night)


def _run(week: Ordinary, use: Use) -> Inequality:
    rule = _rule(week, use, rules.ShiftRun)
    return _at_most_in_a_row(
        week, use, rule.longest, lambda duty: any(part.name == use.shift for part in duty.parts)
    )


def _at_most_in_a_row(
    week: Ordinary, use: Use, longest: int | None, counts: Callable[[Duty], bool]
) -> Inequality:
    """
    Of the `longest + 1` days from a weekday on at most `longest`, whichever week the row begins in.

    Its days may lie in two weeks or more. Averaged over all weeks in which rows begin, each of its days is that weekday
    of the average week.
    """
    _weekday(use)
    if longest is None:
        raise Refused("no_rule", row=use.row, type=use.type)
    window = Counter((use.weekday + step) % 7 for step in range(longest + 1))
    taken = [(count, window[day] * counts(duty)) for count, day, duty in week.on_duty(use.type)]
    return _for_each(use, longest, taken)


def _weekend(week: Ordinary, use: Use) -> Inequality:
    """
    Of any `one_in` weekends in a row at most `one_in - 1` are spoiled, and so many do a duty that spoils them.

    So among each person's weekends at most that share is spoiled in the long run, however long the roster is.
    """
    rule = _rule(week, use, rules.FreeWeekends)
    if use.weekday not in (SATURDAY, SUNDAY):
        raise Refused("unknown_time")
    taken = [(count, int(day == use.weekday)) for count, day, _ in week.on_duty(use.type)]
    return _for_each(use, Fraction(rule.one_in - 1, rule.one_in), taken)


def _pair(week: Ordinary, use: Use) -> Inequality:
    """
    Nobody does one of some duties on a weekday and one of others on the day after: each two break a rule.

    True of every two days running; Sunday's day after is the Monday of the next week.
    """
    _weekday(use)
    must_exclude(week, use)
    after = (use.weekday + 1) % 7
    taken = [
        (count, (day == use.weekday and duty.name in use.first) + (day == after and duty.name in use.second))
        for count, day, duty in week.on_duty(use.type)
    ]
    return _for_each(use, 1, taken)


def _control(week: Ordinary, use: Use) -> Inequality:
    """
    Directing vendors takes time off those who may do it, on average over the weeks; vendors are as many in each.
    """
    problem, terms = week.problem, Terms()
    each = Fraction(problem.control.percent * FULL_WEEK // 100)
    for staff in problem.types:
        if problem.is_vendor(staff):
            terms["people", staff.name] = -each
        elif directs(problem, staff):
            spare = _hours(week, Use("hours", type=staff.name))
            terms.update(spare.terms)
    for seat in problem.seats:
        terms["seats", seat.name] = -each
    return Inequality(terms, Fraction(0))


def _cover(week: Ordinary, use: Use) -> Inequality:
    """
    In one stretch: what the places count, against the most that whoever is there can hold of them.

    Posts want the same in every week, and are held in every week, so on average as well. How many places of a soft
    post stay empty may differ from week to week: on average that is a fraction.
    """
    if use.at not in week.starting:
        raise Refused("unknown_time")
    stretch = week.starting[use.at]
    worth = {name: Fraction(times) for name, times in use.posts}
    if not worth.keys() <= stretch.wanted.keys():
        raise Refused("unknown_post", name=min(worth.keys() - stretch.wanted.keys()))
    return _covered(week, stretch, worth, Fraction(1))


def _week(week: Ordinary, use: Use) -> Inequality:
    """All stretches of the week, each minute counted, posts at their loads."""
    names = {name for name, _ in use.posts}
    if not names <= week.problem.post.keys():
        raise Refused("unknown_post", name=min(names - week.problem.post.keys()))
    terms, least = Terms(), Fraction(0)
    for stretch in week.stretches:
        worth = {
            name: Fraction(week.problem.post[name].load, 100) for name in stretch.wanted if name in names
        }
        found = _covered(week, stretch, worth, Fraction(stretch.minutes))
        least += found.least
        for count, amount in found.terms.items():
            terms[count] = terms[count] + amount if count in terms else amount
    return Inequality(terms, least)


def _covered(week: Ordinary, stretch: Stretch, worth: dict[str, Fraction], times: Fraction) -> Inequality:
    problem = week.problem
    terms = Terms()
    for able, counts in week.able_in(stretch).items():
        posts = tuple(problem.post[name] for name in sorted(able & worth.keys()) if worth[name])
        if posts and (held := most_held(posts, worth) * times):
            for count in counts:
                terms[count] = terms[count] + held if count in terms else held
    for name, amount in worth.items():
        for seat in stretch.seats.get(name, ()):
            terms["seats", seat] = terms.get(("seats", seat), Fraction(0)) + amount * times
        if not problem.post[name].hard:
            terms["empty", name, stretch.start] = amount * times
    return Inequality(terms, sum((stretch.wanted[n] * a * times for n, a in worth.items()), Fraction(0)))


def _weekday(use: Use) -> None:
    if not 0 <= use.weekday <= SUNDAY:
        raise Refused("unknown_time")


KINDS: dict[str, Maker] = {
    "cover": _cover,
    "week": _week,
    "hours": _hours,
    "week_hours": _week_hours,
    "standby": _standby,
    "one_duty": _one_duty,
    "one_place": _one_place,
    "rest": _rest,
    "work_days": _work_days,
    "nights": _nights,
    "run": _run,
    "weekend": _weekend,
    "pair": _pair,
    "control": _control,
}
"""Every kind of inequality there is, by the name that a proof calls it."""


def inequality(week: Ordinary, use: Use) -> Inequality:
    """Return the inequality that a proof names, as the scenario has it; refuses what the scenario does not say."""
    maker = KINDS.get(use.row)
    if maker is None:
        raise Refused("unknown_row", row=use.row)
    return maker(week, use)
