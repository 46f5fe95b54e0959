"""The answer of `roster service`: in one line and as a report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.checker import day_text, days_text
from roster.domain.horizon import ring
from roster.domain.outcome import Status
from roster.domain.problem import DAY, Problem
from roster.domain.rules import clock, hours
from roster.engine.rotation.service_levels import Level
from roster.language import counted, tr
from roster.output.terminal.console import (
    BAD,
    DOUBTFUL,
    FAINT,
    GOOD,
    STRONG,
    ReportConsole,
    one_line,
    section,
    table,
)
from roster.output.terminal.explain import explanation_sections
from roster.output.terminal.parts.cover import when
from roster.output.terminal.parts.rotation import rotation_section
from roster.output.terminal.prose import Prose, bullet
from roster.questions.explain.answer import Explanation
from roster.questions.service.answer import Hire, Service
from roster.questions.service.posts import Gap, PostService, alike, by_week

_STATES = {"held": GOOD, "partly": DOUBTFUL, "empty": BAD}


def verdict(answer: Service) -> str:
    """Return the answer in one line."""
    if answer.status is Status.UNKNOWN:
        return tr("service.verdict_unknown")
    people = counted("service.people", _there(answer))
    wanted, held = (sum(getattr(post, name) for post in answer.posts) for name in ("wanted", "held"))
    if answer.whole:
        return tr("service.verdict_whole", people=people, hours=hours(wanted))
    numbers = {state: len(answer.in_state(state)) for state in _STATES}
    share = percent(held, wanted)
    return tr("service.verdict", people=people, all=len(answer.posts), share=share, **numbers)


def percent(held: int, wanted: int) -> str:
    """Return a share in percent, never rounded up to 100."""
    share = 100.0 if held == wanted else min(99.9, round(100 * held / max(1, wanted), 1))
    return f"{share:g}"


def _there(answer: Service) -> int:
    crowd = answer.team
    return crowd.total or 0 if crowd.by_type is None else sum(crowd.by_type.values())


def proofs(answer: Service) -> list[str]:
    """Return for each level what stays empty and how far that is proven."""
    said = [_proof(answer, level) for level in answer.levels]
    if answer.weeks > 1 and not answer.whole:
        said.append(tr("service.by_turns", weeks=counted("common.weeks", answer.weeks)))
    return said


def _proof(answer: Service, level: Level) -> str:
    wish = "_wish" if level.rank[0] else ""
    words = {"priority": level.rank[1], "empty": hours(level.empty), "bound": hours(level.bound)}
    if not level.empty:
        return tr(f"service.level{wish}_held", **words)
    if not level.proven:
        length = counted("common.weeks", answer.weeks)
        return tr(f"service.level{wish}_open{'' if answer.weeks == 1 else '_weeks'}", weeks=length, **words)
    return tr(f"service.level{wish}", how=tr(f"service.how_{level.kind}"), **words)


def print_service(
    console: ReportConsole, answer: Service, files: tuple[Path, ...], why: Explanation | None = None
) -> None:
    """Print an answer: the verdict, who, which posts, what stays empty and why, the next hire, the rota."""
    console.show(_parts(answer, files, why))


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
    spare = _there(answer) - sum(answer.people.values())
    if answer.team.by_type is None:
        spare = _there(answer) - answer.used
    if spare > 0:
        yield Prose(counted("service.spare", spare, used=_there(answer) - spare, spare=spare), mark="  ")
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
    if files:
        names = ", ".join(file.name for file in files)
        yield Text(tr("plan.files_written", folder=files[0].parent, files=names), FAINT)


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


def gap_sentences(one: PostService) -> list[str]:
    """Return when a post is not held in words: gaps alike on several days once."""
    name = one.post.called
    if one.state == "empty":
        return [tr("service.gap_all", post=name)]
    return [
        _in_week(week, _gap_sentence(own, name, gap, days))
        for week, own in by_week(one)
        for gap, days in alike(own.gaps)
    ]


def _in_week(week: int | None, sentence: str) -> str:
    return sentence if week is None else tr("service.gap_week", week=week, gap=sentence)


def _gap_sentence(one: PostService, name: str, gap: Gap, days: tuple[int, ...]) -> str:
    key = "service.gap" if gap.missing == one.post.people == 1 else "service.gap_many"
    every = len(days) == 7
    return tr(
        key,
        post=name,
        days=tr("plan.daily") if every else days_text(ring(), days),
        start=_clock(gap.start),
        end=_clock(gap.end) if gap.start < DAY else clock(gap.end),
        missing=gap.missing,
        people=one.post.people,
    )


def _clock(minute: int) -> str:
    return clock(minute) if minute <= DAY else tr("service.next_day", time=clock(minute))


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


def best_hires(answer: Service) -> tuple[Hire, ...]:
    """Return the hires that gain most, those alike in every level; none where nothing is gained."""
    if not answer.hires or not any(answer.hires[0].gained):
        return ()
    return tuple(hire for hire in answer.hires if hire.gained == answer.hires[0].gained)


def hire_sentence(answer: Service) -> str:
    """Return whom to hire next in one sentence."""
    best = best_hires(answer)
    if not best:
        return tr("service.no_hire")
    types = answer.problem.type
    named = tr("service.or").join(types[hire.type].called for hire in best)
    return tr("service.best_hire", types=named, hours=hours(best[0].minutes))


def skills(problem: Problem, name: str) -> str:
    """Return the skills of a type by their titles."""
    titles = {role.name: role.called for role in problem.roles}
    return one_line(
        tr("plan.comma").join(titles.get(role, role) for role in sorted(problem.type[name].skills))
    )


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


def weekday(day: int) -> str:
    """Return a weekday of an ordinary week."""
    return day_text(ring(), day)
