"""The sentences and rows of `roster swap`."""

from __future__ import annotations

from roster.domain.outcome import Roster
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.words.duties import named
from roster.questions.swap import Option, SwapAnswer, SwapRequest


def day_words(roster: Roster, day: int) -> str:
    """Return a date with its weekday."""
    on = roster.horizon.on(day)
    return f"{on} {tr('common.day_names').split()[on.weekday()]}"


def verdict(answer: SwapAnswer, roster: Roster) -> str:
    """Return in one line whether a duty can change hands, and with whom best."""
    request = answer.request
    index = [person.name for person in roster.people].index(request.person)
    words = {
        "person": request.person,
        "day": day_words(roster, request.day),
        "duty": named(roster.duties[index][request.day]),
    }
    best = answer.best
    if best is None:
        return tr("swap.none" if answer.tried else "swap.nothing", tried=answer.tried, **words)
    number = sum(option.lawful for option in answer.options)
    key = "swap.found_least" if answer.more else "swap.found"
    return counted(key, number, best=what(best, request, roster), **words)


def what(option: Option, request: SwapRequest, roster: Roster) -> str:
    """
    Return what changes hands, in words.

    Parameters
    ----------
    option, request : What could change hands, and what was asked.
    roster : The published one.
    """
    partner = roster.people[option.move.partner].name
    index = [person.name for person in roster.people].index(request.person)
    words = {"partner": partner, "person": request.person, "duty": named(roster.duties[index][request.day])}
    back = option.move.partner_day
    both_work = any(not (before.is_off or after.is_off) for *_, before, after in option.move.cells)
    if option.move.chain or (both_work and back != request.day):
        return tr("swap.chain", changes=tr("swap.and").join(changes(option, roster)))
    if back is None:
        return tr("swap.take", **words)
    theirs = named(roster.duties[option.move.partner][back])
    key = "exchange" if back == request.day else "exchange_days"
    return tr(f"swap.{key}", theirs=theirs, back=day_words(roster, back), **words)


def changes(option: Option, roster: Roster) -> list[str]:
    """Return the cells that change, person by person."""
    return [
        tr(
            "swap.cell",
            person=roster.people[at].name,
            day=day_words(roster, day),
            before=named(before),
            after=named(after),
        )
        for at, day, before, after in option.move.cells
    ]


def effects(option: Option) -> str:
    """Return what it does to the hours and nights of both, and to the spread of hours."""
    parts = []
    for before, after in option.figures:
        minutes, nights = after.minutes - before.minutes, after.nights - before.nights
        if minutes or nights:
            change = f"{'+' if minutes >= 0 else '-'}{hours(abs(minutes))}"
            parts.append(tr("swap.effect", person=after.name, hours=change, nights=f"{nights:+d}"))
    before_spread, after_spread = option.spread
    if before_spread != after_spread:
        parts.append(tr("swap.spread", before=hours(before_spread), after=hours(after_spread)))
    return tr("swap.and").join(parts) or tr("swap.no_effect")
