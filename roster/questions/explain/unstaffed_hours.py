"""Posts that could stay empty at times: which, when, and the fewest hours."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace

from roster.domain.problem import DAY, WEEK
from roster.domain.rules import hours
from roster.engine.rotation import Emptying
from roster.engine.solvers.search import Search
from roster.language import tr
from roster.questions.conflict import Conflict, WayOut, changed
from roster.questions.explain.trial import Trials
from roster.questions.wording import listed, post_names, weekday_clock, window_text

MOST_STRETCHES = 7


def least_empty(conflict: Conflict, search: Search, threads: Executor) -> dict[str, int]:
    """
    Return least minutes a week that each post of a conflict would have to stay empty, where that helps at all.

    Parameters
    ----------
    conflict : The smallest conflict, over an ordinary week.
    search : Deadline and settings.
    threads : In which posts are tried side by side.
    """
    one = Emptying(conflict.question.problem, conflict.question.cap, search)
    posts = [condition.names[0] for condition in conflict.conditions if condition.kind == "post"]
    bounds = zip(posts, threads.map(one.at_least, posts), strict=True)
    return {post: least for post, least in bounds if least is not None}


def softer(trials: Trials) -> Iterator[WayOut]:
    """Yield the post that could stay empty at times so that all else is held: least important, then fewest hours."""
    question, problem = trials.question, trials.problem
    whole = Emptying(problem, question.cap, trials.search)
    order = sorted((-problem.post[name].priority, least, name) for name, least in trials.empty.items())
    for _, _, name in order:
        gaps = whole.least(name)
        if not gaps:
            trials.undecided |= trials.search.seconds_left <= 0
            continue
        minutes = sum((end - start) * people for _, start, end, people in gaps)
        stretches = _stretches(_joined(gaps))
        more = tr("explain.and_more", number=len(stretches) - MOST_STRETCHES)
        when = listed([*stretches[:MOST_STRETCHES], *([more] if len(stretches) > MOST_STRETCHES else [])])
        words = {"post": post_names(problem, [name]), "hours": hours(minutes), "when": when}
        soft = tuple(replace(p, hard=False, price=1) if p.name == name else p for p in problem.posts)
        other = replace(question, problem=changed(problem, posts=soft))
        yield WayOut("soft", tr("explain.way_soft", **words), None, trials.headcount, other)
        return


def _joined(gaps: list[tuple[str, int, int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for _, start, end, _ in sorted(gaps, key=lambda gap: gap[1]):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _stretches(stretches: list[tuple[int, int]]) -> list[str]:
    """Return stretches of the week in words: the same hours of several days once, both ends where it is long."""
    days = tr("common.day_names").split()
    alike: dict[tuple[int, int], list[str]] = {}
    for start, end in stretches:
        alike.setdefault((start % DAY, end - start), []).append(days[start % WEEK // DAY])
    found = []
    for (start, length), on in alike.items():
        if length <= DAY:
            found.append(f"{listed(on)} {window_text(start, start + length)}")
    return found + [f"{weekday_clock(a)}-{weekday_clock(b)}" for a, b in stretches if b - a > DAY]
