"""Who is there, as the command line says it: a number, numbers by type, or names; all faults at once."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence

from roster.domain.problem import Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.questions.service.answer import TeamSize

MOST_PEOPLE = 100_000


def parse_team(
    problem: Problem, headcount: int | None, by_type: str | None, people: str | None, first: Sequence[str]
) -> TeamSize:
    """
    Return who is there; without any of the three, the people whom the scenario names.

    Parameters
    ----------
    problem, headcount : The scenario, and how many people in all.
    by_type : `ops=3,network=1`; types that are not named have nobody.
    people : Names of the scenario's people, separated by commas or semicolons.
    first : Posts that come before all others: only looked at for names that lead nowhere.

    Raises
    ------
    Faults
        Names that lead nowhere, numbers that cannot be, two ways of saying it at once, or none.
    """
    wrong: list[Fault] = []
    given = {"--headcount": headcount, "--by-type": by_type, "--people": people}
    said = [option for option, value in given.items() if value is not None]
    team = TeamSize(dict(Counter(person.type for person in problem.people)))
    if len(said) > 1:
        wrong.append(Fault(None, " ".join(said), tr("service.two_ways")))
    elif not said and not problem.people:
        wrong.append(Fault(None, "--headcount", tr("service.nobody", example=problem.types[0].name)))
    elif headcount is not None:
        wrong += _number("--headcount", headcount, least=1)
        team = TeamSize(total=headcount)
    elif by_type is not None:
        team = TeamSize(_by_type(problem, by_type, wrong))
    elif people is not None:
        team = TeamSize(_named(problem, people, wrong))
    for name in first:
        wrong += known("--first", name, [post.name for post in problem.posts], "unknown_post")
    if wrong:
        raise Faults(tr("service.what_was_asked"), wrong)
    return team


def _number(key: str, number: int, *, least: int) -> list[Fault]:
    if number < least:
        return [Fault(None, key, tr("service.too_few", number=number, least=least))]
    if number > MOST_PEOPLE:
        return [Fault(None, key, tr("service.too_many", number=number, most=MOST_PEOPLE))]
    return []


def known(key: str, name: str, names: Iterable[str], text: str) -> list[Fault]:
    """
    Return a fault where a name leads nowhere, with the nearest one that does.

    Parameters
    ----------
    key, text : The option that holds the name, and the key of the message.
    name, names : The name given, and those there are.
    """
    there = list(names)
    if name in there:
        return []
    close = difflib.get_close_matches(name, there, n=1)
    way_out = (
        tr("service.mean", name=close[0]) if close else tr("service.one_of", names=", ".join(there[:20]))
    )
    return [Fault(None, key, tr(f"service.{text}", value=name, way_out=way_out))]


def _split(text: str) -> list[str]:
    """Return the parts between commas, of either width, without the blanks around them."""
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]


def _by_type(problem: Problem, text: str, wrong: list[Fault]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _split(text):
        name, sign, figure = (piece.strip() for piece in part.replace("＝", "=").partition("="))
        if not sign or not name or not figure.removeprefix("-").isdecimal():
            wrong.append(Fault(None, "--by-type", tr("service.malformed", value=part)))
            continue
        wrong += known("--by-type", name, problem.type, "unknown_type")
        wrong += _number(f"--by-type {name}", int(figure), least=0)
        if name in found:
            wrong.append(Fault(None, "--by-type", tr("service.twice", value=name)))
        found[name] = int(figure)
    if not wrong and not sum(found.values()):
        wrong.append(Fault(None, "--by-type", tr("service.too_few", number=0, least=1)))
    return found


def split_names(text: str, known: Iterable[str]) -> list[str]:
    """
    Return the names between commas or semicolons, a name with commas of its own whole where it is known.

    >>> split_names("O'Connor, Seán, Bob", ["O'Connor, Seán", "Bob"])
    ["O'Connor, Seán", 'Bob']
    """
    by_parts = {tuple(_split(name)): name for name in known}
    found: list[str] = []
    for stretch in text.replace("；", ";").split(";"):
        parts = _split(stretch)
        while parts:
            most = next((n for n in range(len(parts), 1, -1) if tuple(parts[:n]) in by_parts), 1)
            found.append(by_parts.get(tuple(parts[:most]), parts[0]))
            parts = parts[most:]
    return found


def _named(problem: Problem, text: str, wrong: list[Fault]) -> dict[str, int]:
    types = {person.name: person.type for person in problem.people}
    names = split_names(text, types)
    if not types:
        wrong.append(Fault(None, "--people", tr("service.no_names")))
        return {}
    for name, number in Counter(names).items():
        wrong += known("--people", name, types, "unknown_person")
        if number > 1:
            wrong.append(Fault(None, "--people", tr("service.twice", value=name)))
    if not names:
        wrong.append(Fault(None, "--people", tr("service.too_few", number=0, least=1)))
    return dict(Counter(types[name] for name in names if name in types))
