"""The page of `roster diff`: what differs, who gains and loses, findings that came and went."""

from __future__ import annotations

from roster.domain.problem import Problem
from roster.language import counted, tr
from roster.output.html.page import render
from roster.output.html.parts import facts
from roster.output.html.parts.grid import grid
from roster.output.html.parts.tiles import Tints
from roster.output.words.diff import FIGURES, change_text, gains, seat_sentences, verdict
from roster.questions.diff import RosterDiff


def diff_page(problem: Problem, found: RosterDiff) -> str:
    """Return the page, with the later roster and its changed cells marked."""
    tints, names = Tints(problem), tr("common.day_names").split()
    places = {person.name: index for index, person in enumerate(found.after.people)}
    on = found.after.horizon.on
    changed = {
        (places[cell.person], cell.day): tr("diff.was", duty=cell.before.name)
        for cell in found.cells
        if cell.person in places
    }
    number = len(found.cells)
    steps = [
        (f"{on(c.day)} {names[on(c.day).weekday()]}", c.person, tints.cell(c.before), tints.cell(c.after))
        for c in sorted(found.cells, key=lambda cell: cell.day)
    ]
    return render(
        "diff.html.jinja",
        title=problem.called,
        span=facts.span(problem),
        answer=facts.HeadlineAnswer(
            facts.HeadlineFigure(str(number), counted("diff.unit", number)),
            verdict(found),
            "broken" if found.came else "optimal",
        ),
        steps=steps,
        heads=[tr(f"diff.{figure}") for figure in FIGURES],
        people=[(change.person, gains(change), change_text(change)) for change in found.people],
        seats=seat_sentences(found),
        came=facts.broken(found.came),
        went=facts.broken(found.went),
        grid=grid(problem, found.after, changed),
    )
