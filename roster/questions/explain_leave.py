"""Ways out where dates cannot be held: other leave, one person more, or a limit of the conflict made looser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roster.engine.solver import Search
from roster.language import tr
from roster.questions import ways_out as leave
from roster.questions.conflict import Conflict
from roster.questions.explain_elements import Element
from roster.questions.explain_limits import first_that, ladders
from roster.questions.explain_ways import WayOut
from roster.questions.explain_words import type_names
from roster.questions.explain_world import World, holds, with_rule
from roster.rules import Rule


def leave_ways(world: World, conflict: Conflict | None, search: Search) -> tuple[WayOut, ...]:
    """Return the ways out of a question about dates that were found in time, what costs nothing first."""
    case = world.dated
    if case is None or conflict is None:
        return ()
    posts = {one.names[0] for one in conflict.elements if one.kind == "post"}
    found = []
    for way in leave.ways_out(case, posts or set(world.problem.post), search):
        cost = None
        if way.kind == "hire":
            staff = next(s for s in world.problem.types if way.person.startswith(f"{s.name}-"))
            cost = staff.cost
        absences = tuple(
            way.absence if way.absence and one.person == way.person else one for one in case.absences
        )
        other = replace(world, case=replace(case, absences=absences))
        found.append(WayOut(way.kind, way.sentence, cost, None, other))
    found += [*_without(world, conflict, search), *_limits(world, conflict, search)]
    return tuple(sorted(found, key=lambda way: (way.law, way.cost or 0)))


def _without(world: World, conflict: Conflict, search: Search) -> Iterator[WayOut]:
    """Yield a leave or a restriction of the scenario that would have to be dropped."""
    for one in conflict.elements:
        if one.kind in ("leave", "restriction") and one.where != "--leave":
            other = one.without(world)
            if search.seconds_left > 0 and holds(other, search) is True:
                yield WayOut(
                    "leave", tr("explain.way_without", what=one.sentence), None, None, other, where=one.where
                )


def _limits(world: World, conflict: Conflict, search: Search) -> Iterator[WayOut]:
    for one in conflict.elements:
        for ladder in ladders(one.rule) if one.rule is not None else ():

            def works(rule: Rule, one: Element = one) -> bool:
                assert one.rule is not None
                other = with_rule(one.rule, rule, one.names)(world)
                return search.seconds_left > 0 and holds(other, search) is True

            enough = first_that(ladder, works)
            if enough is not None and one.rule is not None:
                key = "explain.way_limit_of" + ("_law" if one.law else "")
                words = {"before": one.rule.sentence, "after": enough.sentence, "source": one.rule.source}
                sentence = tr(key, types=type_names(world.problem, one.names), **words)
                other = with_rule(one.rule, enough, one.names)(world)
                yield WayOut("limit", sentence, 0, None, other, one.law, one.where)
