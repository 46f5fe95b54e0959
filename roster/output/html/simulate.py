"""The page of `simulate`: the years as a plot, the staffings side by side, what chance was drawn from."""

from __future__ import annotations

import random
from dataclasses import dataclass

from roster.language import tr
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts.plot import Tick, round_numbers
from roster.output.words import simulate as words
from roster.questions.simulate import AS_IS, Simulation

WIDTH, ROW, LEFT, RIGHT, FOOT = 760.0, 74.0, 16.0, 24.0, 44.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A year: where it is, and what it says when asked."""

    x: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The years of one staffing: its name, a dot a year, and the mean with its interval."""

    name: str
    top: float
    dots: tuple[Dot, ...]
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Years:
    """Everything that is drawn."""

    strips: tuple[Strip, ...]
    ticks: tuple[Tick, ...]
    width: float
    height: float
    foot: float


def simulation_page(answer: Simulation, seconds: float) -> str:
    """Return the page of an answer to "what does a year bring?"."""
    usual = answer.of(AS_IS)
    figure = (
        facts.HeadlineFigure(words.amount(usual.empty.value), tr("simulate.unit_hours")) if usual else None
    )
    status = (
        "infeasible" if answer.violations else "optimal" if usual and not usual.empty.value else "feasible"
    )
    reasons = (tr("simulate.mend_hint"),) if answer.violations else (words.drawn(answer),)
    return render(
        "simulate.html.jinja",
        title=answer.asked.problem.called,
        span=facts.span(answer.asked.problem),
        answer=facts.HeadlineAnswer(figure, words.verdict(answer), status, reasons),
        broken=facts.broken(answer.violations),
        heads=[words.called(answer, each) for each in answer.staffed],
        figures=words.figures(answer) if usual else [],
        posts=words.posts(answer) if usual else [],
        levels=words.levels(answer) if usual else [],
        years=years(answer) if usual else None,
        rates=words.rates(answer),
        notes=list(words.notes(answer)) if usual else [],
        took=tr("simulate.took", seconds=f"{seconds:.1f}", seed=answer.asked.seed),
    )


def years(answer: Simulation) -> Years:
    """Return the years as a picture: a strip a staffing, hours across."""
    most = max((hours for each in answer.staffed for hours in each.by_year), default=0) or 1.0

    def x(hours: float) -> float:
        return round(LEFT + hours / most * (WIDTH - LEFT - RIGHT), 1)

    strips = []
    for number, each in enumerate(answer.staffed):
        top = number * ROW
        scatter = random.Random(number)
        dots = tuple(
            Dot(
                x(hours),
                round(top + 34 + 26 * scatter.random(), 1),
                tr("simulate.dot", year=year + 1, hours=words.amount(hours)),
            )
            for year, hours in enumerate(each.by_year)
        )
        low = each.empty.value if each.empty.low is None else max(0.0, each.empty.low)
        high = each.empty.value if each.empty.high is None else each.empty.high
        name = words.called(answer, each)
        strips.append(Strip(name, top, dots, x(each.empty.value), x(low), min(x(high), WIDTH)))
    foot = len(strips) * ROW
    ticks = tuple(Tick(x(value), f"{value:,}") for value in round_numbers(0, most))
    return Years(tuple(strips), ticks, WIDTH, foot + FOOT, foot)
