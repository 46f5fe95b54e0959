"""The answer of `roster swap` as a report."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.language import counted, tr
from roster.output.terminal.console import BAD, FAINT, GOOD, STRONG, ReportConsole, section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.swap import day_words, effects, verdict, what
from roster.output.words.text import one_line
from roster.questions.swap import Option, SwapAnswer, Together

MOST_REASONS = 2


def print_swap(console: ReportConsole, problem: Problem, roster: Roster, answer: SwapAnswer) -> None:
    """
    Print who could take a duty: what is lawful with its effect, else what stands against it.

    Parameters
    ----------
    console, problem, roster : Where it is printed, the scenario, and the published roster.
    answer : What could change hands.
    """
    console.show(_parts(problem, roster, answer))


def _parts(problem: Problem, roster: Roster, answer: SwapAnswer) -> Iterator[ConsoleRenderable]:
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(verdict(answer, roster), GOOD if answer.best else BAD, mark="  ")
    lawful = [option for option in answer.options if option.lawful]
    if lawful:
        lines = [line for option in lawful for line in _lawful(option, answer, roster)]
        note = tr("swap.left_out", number=answer.more) if answer.more else ""
        yield section(tr("swap.lawful"), *lines, note=note)
    if not lawful:
        lines = [line for option in answer.options for line in _unlawful(option, answer, roster)]
        if lines:
            yield section(tr("swap.against"), *lines)
        hint = "swap.hint" if answer.request.partner is None else "swap.hint_with"
        yield Prose(tr(hint), FAINT, mark="  ")


def _lawful(option: Option, answer: SwapAnswer, roster: Roster) -> Iterator[ConsoleRenderable]:
    yield bullet(what(option, answer.request, roster))
    yield Prose(effects(option), FAINT, mark="    ")


def _unlawful(option: Option, answer: SwapAnswer, roster: Roster) -> Iterator[ConsoleRenderable]:
    yield bullet(what(option, answer.request, roster))
    for violation in option.broken[:MOST_REASONS]:
        yield Prose(violation.sentence, FAINT, mark="    ")


def print_together(console: ReportConsole, problem: Problem, roster: Roster, found: Together) -> None:
    """
    Print what becomes of each request.

    Parameters
    ----------
    console, problem, roster : Where it is printed, the scenario, and the published roster.
    found : What becomes of the requests.
    """
    console.show(_together(problem, roster, found))


def _together(problem: Problem, roster: Roster, found: Together) -> Iterator[ConsoleRenderable]:
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    number = len(found.granted)
    style = GOOD if found.number == number else BAD
    yield Prose(counted("swap.granted", found.number, asked=number), style, mark="  ")
    for request, option, answer in found.granted:
        day = day_words(roster, request.day)
        if option is not None:
            yield bullet(f"{day}  {what(option, request, roster)}")
            yield Prose(effects(option), FAINT, mark="    ")
            continue
        yield bullet(tr("swap.refused", person=request.person, day=day))
        nearest = answer.options[:1] if answer is not None else ()
        for each in nearest:
            for violation in each.broken[:MOST_REASONS]:
                yield Prose(violation.sentence, FAINT, mark="    ")
