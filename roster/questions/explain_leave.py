"""Ways out where dates cannot be held: those of what-if, and the absences of the scenario that would have to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roster.engine.solver import Search
from roster.language import tr
from roster.questions import ways_out as leave
from roster.questions.conflict import Conflict
from roster.questions.explain_ways import WayOut
from roster.questions.explain_world import World, holds


def leave_ways(world: World, conflict: Conflict | None, search: Search) -> tuple[WayOut, ...]:
    """Return the ways out of a question about dates that were found in time, what costs nothing first."""
    case = world.dated
    if case is None or conflict is None:
        return ()
    posts = {one.names[0] for one in conflict.elements if one.kind == "post"}
    found = list(_without(world, conflict, search))
    for way in leave.ways_out(case, posts or set(world.problem.post), search):
        other = None
        if way.absence is not None:
            moved = tuple(way.absence if one.person == way.person else one for one in case.absences)
            other = replace(world, case=replace(case, absences=moved))
        found.append(WayOut(way.kind, way.sentence, way.cost, None, other, way.law))
    return tuple(sorted(found, key=lambda way: (way.law, way.cost or 0)))


def _without(world: World, conflict: Conflict, search: Search) -> Iterator[WayOut]:
    """Yield a leave or a restriction of the scenario that would have to be dropped."""
    for one in conflict.elements:
        if one.kind in ("leave", "restriction") and one.where != "--leave":
            other = one.without(world)
            if search.seconds_left > 0 and holds(other, search) is True:
                sentence = tr("explain.way_without", what=one.sentence)
                yield WayOut("leave", sentence, None, None, other, where=one.where)
