"""A scenario split into problems that share nobody: each is solved apart, and their answers add up."""

from __future__ import annotations

from dataclasses import replace

from roster.domain.problem import Problem


def split(problem: Problem) -> list[Problem]:
    """
    Return the parts of a problem that have no staff type, post or seat in common, in the order of their types.

    Types hang together through posts they can both hold, people bound to one another, and vendors with those who direct
    them. A post that nobody
    can hold makes a part of its own, without types.
    """
    links: dict[str, set[str]] = {f"type {staff.name}": set() for staff in problem.types}
    for post in problem.posts:
        node = f"post {post.name}"
        links[node] = {f"type {staff.name}" for staff in problem.types if problem.is_eligible(staff, post)}
    for seat in problem.seats:
        links[f"seat {seat.name}"] = {f"post {seat.post}"}
    vendors = [f"type {staff.name}" for staff in problem.types if problem.is_vendor(staff)]
    vendors += [f"seat {seat.name}" for seat in problem.seats]
    if vendors and problem.control.percent:
        links["control"] = {
            *vendors,
            *(f"type {staff.name}" for staff in problem.types if problem.may_direct(staff)),
        }
    types = {person.name: person.type for person in problem.people}
    for number, pairing in enumerate(problem.pairings):
        named = {types[name] for name in (*pairing.who, *pairing.by) if name in types}
        able = {s.name for s in problem.types if not s.skills.isdisjoint((*pairing.who, *pairing.by))}
        links[f"pairing {number}"] = {f"type {name}" for name in named | able}
    return [_part(problem, nodes) for nodes in _connected(links)]


def _connected(links: dict[str, set[str]]) -> list[set[str]]:
    both: dict[str, set[str]] = {node: set() for node in links}
    for node, others in links.items():
        for other in others:
            both[node].add(other)
            both[other].add(node)
    found: list[set[str]] = []
    seen: set[str] = set()
    for node in links:
        if node in seen:
            continue
        part, todo = {node}, [node]
        while todo:
            fresh = both[todo.pop()] - part
            part |= fresh
            todo += fresh
        seen |= part
        found.append(part)
    return found


def _part(problem: Problem, nodes: set[str]) -> Problem:
    return replace(
        problem,
        types=tuple(staff for staff in problem.types if f"type {staff.name}" in nodes),
        pairings=tuple(
            pairing for number, pairing in enumerate(problem.pairings) if f"pairing {number}" in nodes
        ),
        posts=tuple(post for post in problem.posts if f"post {post.name}" in nodes),
        seats=tuple(seat for seat in problem.seats if f"seat {seat.name}" in nodes),
    )
