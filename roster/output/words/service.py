"""The answer of `roster service` in sentences, as the terminal, the page and the document say it."""

from __future__ import annotations

from roster.checker import day_text, days_text
from roster.domain.horizon import ring
from roster.domain.outcome import Status
from roster.domain.problem import DAY, Problem
from roster.domain.rules import clock, hours
from roster.engine.rotation import LevelService
from roster.language import counted, tr
from roster.output.words.text import one_line
from roster.questions.service import Hire, MissingPeople, PostService, Service, alike, by_week


def verdict(answer: Service) -> str:
    """Return the answer in one line."""
    if answer.status is Status.UNKNOWN:
        return tr("service.verdict_unknown")
    people = counted("service.people", people_there(answer))
    wanted, held = (sum(getattr(post, name) for post in answer.posts) for name in ("wanted", "held"))
    if answer.whole:
        return tr("service.verdict_whole", people=people, hours=hours(wanted))
    numbers = {state: len(answer.in_state(state)) for state in ("held", "partly", "empty")}
    share = percent(held, wanted)
    return tr("service.verdict", people=people, all=len(answer.posts), share=share, **numbers)


def percent(held: int, wanted: int) -> str:
    """Return a share in percent, never rounded up to 100."""
    share = 100.0 if held == wanted else min(99.9, round(100 * held / max(1, wanted), 1))
    return f"{share:g}"


def people_there(answer: Service) -> int:
    """Return how many people the answer is about."""
    team = answer.team
    return team.total or 0 if team.by_type is None else sum(team.by_type.values())


def proofs(answer: Service) -> list[str]:
    """Return for each level what stays empty and how far that is proven."""
    said = [_proof(answer, level) for level in answer.levels]
    if answer.weeks > 1 and not answer.whole:
        said.append(tr("service.by_turns", weeks=counted("common.weeks", answer.weeks)))
    return said


def _proof(answer: Service, level: LevelService) -> str:
    wish = "_wish" if level.rank[0] else ""
    words = {"priority": level.rank[1], "empty": hours(level.empty), "bound": hours(level.bound)}
    if not level.empty:
        return tr(f"service.level{wish}_held", **words)
    if not level.proven:
        length = counted("common.weeks", answer.weeks)
        return tr(f"service.level{wish}_open{'' if answer.weeks == 1 else '_weeks'}", weeks=length, **words)
    return tr(f"service.level{wish}", how=tr(f"service.how_{level.kind}"), **words)


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


def _gap_sentence(one: PostService, name: str, gap: MissingPeople, days: tuple[int, ...]) -> str:
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


def weekday(day: int) -> str:
    """Return a weekday of an ordinary week."""
    return day_text(ring(), day)
