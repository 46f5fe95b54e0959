"""The answer of `roster simulate` in sentences and in rows of text, as the screen and the page both show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from roster.language import counted, tr
from roster.questions.simulate import AS_IS, Mean, Rates, Simulation, Staffed, UnansweredLevel

NEVER = 0.5e-6
"""A share below which nothing was seen at all, to the digits shown."""


def verdict(answer: Simulation) -> str:
    """Return the answer in one line."""
    if answer.violations:
        return counted("simulate.violations", len(answer.violations))
    usual = answer.of(AS_IS)
    assert usual is not None
    words = {"people": usual.people, "hours": amount(usual.empty.value), "range": between(usual.empty)}
    return tr("simulate.verdict", years=answer.asked.years, **words)


def amount(value: float) -> str:
    """
    Return a number with as many digits as it is worth.

    >>> amount(1234.4), amount(12.34), amount(0.05), amount(0)
    ('1,234', '12.3', '0.05', '0')
    """
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def between(found: Mean) -> str:
    """Return a confidence interval; of a single year there is none."""
    if found.low is None or found.high is None:
        return tr("simulate.no_interval")
    return tr("simulate.interval", low=amount(max(0.0, found.low)), high=amount(found.high))


def with_interval(found: Mean) -> str:
    """Return a mean with its interval."""
    return f"{amount(found.value)} ({between(found)})" if found.value else "0"


def called(answer: Simulation, staffed: Staffed) -> str:
    """Return what a staffing is called: how many people, and of which type one fewer or more."""
    if staffed.type is None:
        return tr("simulate.as_is", people=staffed.people)
    kind = answer.asked.problem.type[staffed.type].called
    key = "simulate.fewer" if staffed.people < len(answer.asked.published.people) else "simulate.more"
    return tr(key, people=staffed.people, type=kind)


def level_title(level: UnansweredLevel) -> str:
    """Return a level of a chain in words."""
    return tr("simulate.level", chain=level.chain, level=level.level)


def level_words(level: UnansweredLevel) -> str:
    """Return how often a level is unanswered, and in how many years at all."""
    if level.share.value < NEVER:
        return tr("simulate.never")
    share = f"{100 * level.share.value:.3g}"
    return tr("simulate.unanswered", share=share, years=f"{100 * level.years:.0f}")


def figures(answer: Simulation) -> list[tuple[str, list[str]]]:
    """Return the rows of the comparison: what it is, and for each staffing its figure."""
    rows: tuple[tuple[str, Callable[[Staffed], Mean]], ...] = (
        ("empty", lambda each: each.empty),
        ("overtime", lambda each: each.overtime),
        ("vendor", lambda each: each.vendor),
        ("changes", lambda each: each.changes),
        ("called_in", lambda each: each.called_in),
    )
    return [(tr(f"simulate.{key}"), [with_interval(of(each)) for each in answer.staffed]) for key, of in rows]


def posts(answer: Simulation) -> list[tuple[str, list[str]]]:
    """Return for each post the hours that it stays empty with each staffing."""
    return [
        (post.called, [with_interval(each.by_post[post.name]) for each in answer.staffed])
        for post in answer.asked.problem.posts
    ]


def levels(answer: Simulation) -> list[tuple[str, list[str]]]:
    """Return for each level of a chain how often nobody answers with each staffing."""
    usual = answer.staffed[0].levels if answer.staffed else ()
    return [
        (level_title(level), [level_words(each.levels[at]) for each in answer.staffed])
        for at, level in enumerate(usual)
    ]


def notes(answer: Simulation) -> Iterator[str]:
    """Yield how the figures are to be read: the local rule, the check, the calendar, who is added or left out."""
    yield tr("simulate.note_rule")
    yield tr("simulate.note_checked", checked=answer.checked, years=answer.asked.years)
    yield tr("simulate.note_same")
    if any(each.type is not None for each in answer.staffed):
        yield tr("simulate.note_chosen")
    yield tr("simulate.note_calendar", days=answer.asked.published.horizon.days // 7 * 7)
    if answer.seams:
        yield counted("simulate.note_seams", answer.seams)
    if not answer.asked.allowed:
        yield tr("simulate.note_plain")


def rates(answer: Simulation) -> list[tuple[str, str, str]]:
    """Return what chance was drawn from: what, how much, and where that comes from."""
    given, usual = answer.asked.rates, Rates()
    plan = answer.asked.problem.types[0].absence
    own = tr("simulate.from_file")
    scenario = tr("simulate.from_scenario")
    kinds = tr("simulate.comma").join(
        tr("simulate.spell", share=amount(one.percent), first=one.first, last=one.last)
        for one in given.lengths
    )
    sick = (
        tr("simulate.spells", number=amount(given.spells_a_year)) if given.spells_a_year is not None else None
    )
    planned = tr("simulate.planned_sick", hours=amount(plan.sick_minutes / 60))
    leave = plan.leave_days if given.leave_days is None else given.leave_days
    training = plan.training_minutes / 480 if given.training_days is None else given.training_days
    resign, vacancy = _turnover(given)
    return [
        (tr("simulate.sick"), sick or planned, own if sick else scenario),
        (
            tr("simulate.lengths"),
            kinds,
            tr("simulate.source_lengths") if given.lengths == usual.lengths else own,
        ),
        (
            tr("simulate.leave"),
            tr("simulate.leave_figures", days=amount(leave), block=given.leave_block),
            scenario if given.leave_days is None else own,
        ),
        (
            tr("simulate.training"),
            tr("simulate.training_figures", days=amount(training)),
            scenario if given.training_days is None else own,
        ),
        (
            tr("simulate.resign"),
            resign,
            tr("simulate.source_resign")
            if (given.resign_in_house, given.resign_vendor) == (usual.resign_in_house, usual.resign_vendor)
            else own,
        ),
        (
            tr("simulate.vacancy"),
            vacancy,
            tr("simulate.source_vacancy") if given.vacancy == usual.vacancy else own,
        ),
    ]


def _turnover(given: Rates) -> tuple[str, str]:
    """Return how many resign, and how long their places stay empty, in words."""
    own, vendor = amount(given.resign_in_house), amount(given.resign_vendor)
    vacancy = tr(
        "simulate.vacancy_figures",
        notice=given.notice_days,
        hire=given.hire_days,
        ramp=given.ramp_days,
        days=given.vacancy,
    )
    return tr("simulate.resign_figures", own=own, vendor=vendor), vacancy


def drawn(answer: Simulation) -> str:
    """Say what one person was away for, on average, in the years drawn."""
    usual = answer.of(AS_IS)
    assert usual is not None
    days = {why: amount(number) for why, number in usual.away.items()}
    return tr("simulate.drawn", **days)
