"""The answer of `roster service` on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Partial, Status
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.examined_roster import Examined
from roster.output.terminal.console import (
    BAD,
    DOUBTFUL,
    FAINT,
    GOOD,
    STRONG,
    ReportConsole,
    files_line,
    section,
    table,
)
from roster.output.terminal.explain import explanation_sections
from roster.output.terminal.parts.rotation import rotation_section
from roster.output.terminal.plan import partial_sections
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.cover import when
from roster.output.words.service import (
    gap_sentences,
    hire_sentence,
    people_there,
    percent,
    proofs,
    skills,
    verdict,
)
from roster.output.words.text import one_line
from roster.questions.explain import Explanation
from roster.questions.service import Hire, Service

_STATES = {"held": GOOD, "partly": DOUBTFUL, "empty": BAD}


def print_service(
    console: ReportConsole,
    answer: Service,
    files: tuple[Path, ...],
    why: Explanation | None = None,
    best: tuple[Examined, Partial] | None = None,
) -> None:
    """
    Print an answer: the verdict, who, which posts, what stays empty and why, the next hire, the rota.

    Parameters
    ----------
    console, answer : Where it is printed, and the best service.
    files : What was written, none where nothing was.
    why : Why these people cannot hold everything.
    best : Their best roster on the dates, where they cannot.
    """
    console.show(_parts(answer, files, why))
    if best is not None:
        console.show(partial_sections(*best))


def _parts(answer: Service, files: tuple[Path, ...], why: Explanation | None) -> Iterator[ConsoleRenderable]:
    problem = answer.problem
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    whole = answer.whole and answer.status is Status.OPTIMAL
    yield Prose(verdict(answer), GOOD if whole else DOUBTFUL, mark="  ")
    if answer.status is Status.UNKNOWN:
        return
    if not answer.whole:
        for sentence in proofs(answer):
            yield Prose(sentence, mark="  ")
    spare = people_there(answer) - sum(answer.people.values())
    if answer.team.by_type is None:
        spare = people_there(answer) - answer.used
    if spare > 0:
        yield Prose(
            counted("service.spare", spare, used=people_there(answer) - spare, spare=spare), mark="  "
        )
    if vendors := _vendors(answer):
        yield Prose(vendors, mark="  ")
    if not answer.whole and len({post.priority for post in problem.posts}) == 1:
        yield Prose(tr("service.one_priority"), FAINT, mark="  ")
    yield _posts_section(answer)
    if not answer.whole:
        yield _gaps_section(answer)
        if why is not None:
            yield from explanation_sections(why)
        yield _hire_section(answer)
    yield _staff_section(answer)
    if answer.rotations:
        yield rotation_section(problem, answer.rotations)
    yield Text()
    yield Prose(tr("service.counted"), FAINT)
    yield Text(tr("service.took", seconds=f"{answer.seconds:.1f}"), FAINT)
    yield from files_line(files)


def _vendors(answer: Service) -> str:
    """Return what vendors add, where the people given are the in-house ones; empty where nothing."""
    people = sum(answer.people.values()) - answer.used if answer.team.by_type is None else 0
    seats = sum(use.number for use in answer.seats)
    said = [counted("service.people", people)] if people else []
    said += [counted("service.seats", seats)] if seats else []
    return tr("service.vendors", what=tr("plan.list_comma").join(said)) if said else ""


def _posts_section(answer: Service) -> Group:
    names = ("priority", "post", "when", "held", "wanted", "share", "state")
    heads = [tr("plan.when") if name == "when" else tr(f"service.{name}") for name in names]
    made = table(*heads, numbers=(3, 4, 5))
    for one in answer.posts:
        state = tr(f"service.state_{one.state}")
        made.add_row(
            tr("service.wish") if not one.post.hard else str(one.post.priority),
            one_line(one.post.called),
            when(one.post),
            hours(one.held),
            hours(one.wanted),
            f"{percent(one.held, one.wanted)} %",
            Text(state, _STATES[one.state]),
        )
    return section(tr("service.posts"), made, note=tr("service.posts_note"))


def _gaps_section(answer: Service) -> Group:
    lines = [bullet(sentence) for post in answer.posts for sentence in gap_sentences(post)]
    return section(tr("service.gaps"), *lines)


def _hire_section(answer: Service) -> Group:
    """Show what one more of each type gains; levels below the first that is not whole share a column."""
    top = next((at for at, level in enumerate(answer.levels) if level.empty), 0)
    rest = len(answer.levels) > top + 1
    names = ["type", "skills", "gain", *(["gain_rest"] if rest else []), "cost", "remark"]
    numbers = (2, 3, 4) if rest else (2, 3)
    made = table(*(tr(f"service.{name}") for name in names), numbers=numbers, wrap=(1,))
    for hire in answer.hires:
        staff = answer.problem.type[hire.type]
        more = [_plus(sum(hire.gained[top + 1 :]))] if rest else []
        made.add_row(
            one_line(staff.called),
            skills(answer.problem, hire.type),
            _plus(sum(hire.gained[: top + 1])),
            *more,
            f"{staff.cost:,}",
            _remark(hire),
        )
    return section(
        tr("service.next_hire"), Prose(hire_sentence(answer)), made, note=tr("service.next_hire_note")
    )


def _plus(minutes: int) -> str:
    return f"+{hours(minutes)}" if minutes > 0 else f"-{hours(-minutes)}" if minutes < 0 else "0"


def _remark(hire: Hire) -> str:
    said = [] if hire.allowed else [tr("service.over_maximum")]
    said += [] if hire.proven else [tr("service.not_proven")]
    return tr("service.list_and").join(said)


def _staff_section(answer: Service) -> Group:
    problem, by_type = answer.problem, answer.team.by_type
    names = ["type", "skills", "used", *(["given"] if by_type is not None else [])]
    made = table(
        *(tr(f"service.{name}") for name in names), numbers=(2, 3) if by_type is not None else (2,), wrap=(1,)
    )
    for staff in problem.types:
        used, there = answer.people.get(staff.name, 0), 0 if by_type is None else by_type.get(staff.name, 0)
        if used or there:
            more = [str(there)] if by_type is not None else []
            made.add_row(one_line(staff.called), skills(problem, staff.name), str(used), *more)
    for use in answer.seats:
        seat = next(seat for seat in problem.seats if seat.name == use.seat)
        title = one_line(seat.called)
        made.add_row(
            tr("service.seat", name=title), "", str(use.number), *([""] if by_type is not None else [])
        )
    note = "service.staff_note_chosen" if by_type is None else "service.staff_note"
    return section(tr("service.staff"), made, note=tr(note))
