"""The answer of `roster calendar` in sentences, as the terminal, the page and the document say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from roster.domain.fairness import HOURS, POINT, TENTHS
from roster.domain.outcome import Status
from roster.domain.problem import Problem
from roster.domain.rules import FreeWeekends, OffBlock, Rule, WorkBlock, hours
from roster.language import listed, tr
from roster.output.shares import measure_name
from roster.output.words.duties import wish_text
from roster.penalties import Term
from roster.questions.calendar import CalendarAnswer, Refused
from roster.questions.conflict import WayOut


def points_text(points: float) -> str:
    """
    Return points as short as they can be said.

    >>> points_text(12.0), points_text(12.25)
    ('12', '12.25')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")


def calendar_headline(answer: CalendarAnswer) -> str:
    """Return the answer in one sentence."""
    if answer.roster is None or answer.points is None:
        return tr("calendar.none")
    words = {
        "points": points_text(answer.points),
        "bound": points_text(answer.bound or 0.0),
        "hours": hours(answer.empty_minutes),
    }
    state = "optimal" if answer.status is Status.OPTIMAL else "feasible" if answer.bound else "open"
    if answer.empty_minutes and answer.empty_proven and state != "optimal":
        state = "proven"
    key = f"calendar.{'empty_' if answer.empty_minutes else ''}{state}"
    return tr(key, **words)


def solved_by(answer: CalendarAnswer) -> str:
    """Return how long it took and what was searched."""
    return tr("calendar.solved", seconds=f"{answer.seconds:.1f}", columns=answer.columns)


def term_rows(
    problem: Problem, terms: Iterable[Term], least: Mapping[str, int]
) -> list[tuple[str, str, str, str]]:
    """
    Return the terms of one kind together: what, how much, points, and how many at least, by the bound.

    Parameters
    ----------
    problem, terms : The scenario, and what costs points.
    least : How many of each there are at least, by the bound.
    """
    points, number = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for term in terms:
        key = (term.kind, "" if term.kind == "wish" else term.what)
        points[key] += term.parts
        number[key] += abs(term.number)
    ordered = sorted(points, key=lambda key: -points[key])
    return [
        (
            _term_name(problem, *key),
            _amount(key, number[key]),
            points_text(points[key] / POINT),
            str(least[key[1]]) if key[0] == "rule" and key[1] in least else "",
        )
        for key in ordered
    ]


def _amount(key: tuple[str, str], number: int) -> str:
    kind, what = key
    if kind in ("empty", "over", "spared") or (kind == "share" and what == HOURS):
        return f"{number / 60:.1f} h".replace(".0 h", " h")
    return f"{number / TENTHS:g}" if kind == "share" else str(number)


def _term_name(problem: Problem, kind: str, what: str) -> str:
    """Return what a term is in words."""
    if kind in ("empty", "over", "spared"):
        return tr(f"calendar.term_{kind}", post=problem.post[what].called)
    if kind == "share":
        return tr("calendar.term_share", measure=measure_name(problem, what))
    if kind == "rule":
        rules = (rule for rules in (problem.quality, *(t.rules for t in problem.types)) for rule in rules)
        return next((_rule_name(rule) for rule in rules if rule.subject == what and not rule.hard), what)
    return tr(f"calendar.term_{kind}")


def refused_text(answer: CalendarAnswer, one: Refused) -> str:
    """Return in a sentence why a request is not granted."""
    assert answer.roster is not None
    problem, wish = answer.problem, one.wish
    words = {"person": wish.person, "on": answer.roster.horizon.on(one.day), "duty": wish_text(wish)}
    if one.points is None:
        return tr("calendar.refused_rule" if one.forbidden else "calendar.refused_open", **words)
    if one.empty:
        key = "calendar.refused_empty" if one.empty_proven else "calendar.refused_empty_open"
        return tr(key, hours=hours(one.empty), **words)
    against = tr("calendar.nothing")
    if one.against is not None:
        against = _term_name(problem, one.against.kind, one.against.what)
        if one.against.person:
            against = tr("calendar.of_person", what=against, person=one.against.person)
    grown = points_text(one.against.points) if one.against is not None else "0"
    return tr(
        "calendar.refused_points", points=points_text(one.points), against=against, grown=grown, **words
    )


def _rule_name(rule: Rule) -> str:
    """Return what a soft rule counts; the usual ones have short names."""
    if isinstance(rule, FreeWeekends) and rule.one_in == 1:
        return tr("calendar.weekends_worked")
    if isinstance(rule, (WorkBlock, OffBlock)) and rule.shortest == 2 and rule.longest is None:
        return tr("calendar.single_on" if isinstance(rule, WorkBlock) else "calendar.single_off")
    return rule.sentence


def fewest_sentences(answer: CalendarAnswer) -> Iterator[str]:
    """Yield how few of the people do on these dates, where that is known."""
    fewest = answer.fewest
    if fewest is None or answer.roster is None:
        return
    words = {"bound": fewest.bound, "enough": fewest.enough, "all": len(answer.roster.people)}
    state = "proven" if fewest.bound >= fewest.enough else "open"
    yield tr(f"calendar.fewest_{state}", **words)
    if fewest.idle:
        yield tr("calendar.fewest_idle", names=listed(fewest.idle))


def leading_sentences(answer: CalendarAnswer, ways: Sequence[WayOut]) -> list[str]:
    """
    Return the answer in sentences, which lead a page.

    Points and bound, how few people do, what would fill the posts that stay empty, the requests not granted.
    """
    return [
        calendar_headline(answer),
        *fewest_sentences(answer),
        *(tr("calendar.way", way=way.sentence) for way in ways),
        *(tr("calendar.refused_one", sentence=refused_text(answer, one)) for one in answer.refused),
    ]
