"""Hours on site that posts want against those that people supply: by groups, and over groups that share nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor

from roster.domain.problem import Post, Problem, StaffType
from roster.domain.rules import hours
from roster.engine.rotation import MANY_GROUPS, seat_minutes, supply, weekly_minutes, work_in
from roster.language import tr
from roster.questions.sums.supply import SupplyLimits, SupplyRow
from roster.questions.wording import role_names, type_names

MANY_TYPES = 12

Group = tuple[frozenset[str], SupplyRow]
"""A sum, and the types whose people it is about."""


def wanted_minutes(problem: Problem, posts: Iterable[Post]) -> int:
    """Return the minutes of one person's attention that on-site posts want a week, vendor seats taken off."""
    total = 0
    for post in posts:
        seats = (seat for seat in problem.seats if seat.post == post.name)
        total += weekly_minutes(post) - sum(seat.maximum * seat_minutes(problem, seat.name) for seat in seats)
    return max(0, total)


def hours_rows(books: SupplyLimits) -> Iterator[Group]:
    """Yield the sum of every set of posts."""
    problem = books.problem
    for able, posts in books.sets():
        on_site = [post for post in posts if post.on_site]
        rates = {name: supply(problem, problem.type[name]) for name in sorted(able)}
        known = {name: rate for name, rate in rates.items() if rate is not None}
        wanted = wanted_minutes(problem, on_site)
        if not wanted or len(known) < len(rates) or not any(known.values()):
            continue
        best = max(known.values())
        allowed, needed, most = books.allowed(able), ceil(wanted / best), books.supply(known)
        words = {
            "roles": role_names(problem, roles_of(on_site)),
            "hours": hours(wanted),
            "each": hours(floor(best)),
            "work": work_in((problem.type[name] for name in known if known[name] == best), best),
            "needed": needed,
        }
        sentence = tr("explain.sum_hours", **words)
        if allowed is not None and most is not None and most < wanted:
            missing = wanted - most
            words |= {"people": allowed, "supply": hours(floor(most)), "missing": hours(ceil(missing))}
            words["share"] = f"{float(missing / best):.1f}"
            alike = len(set(known.values())) == 1
            sentence = tr("explain.sum_hours_short" if alike else "explain.sum_hours_mixed", **words)
        names = tuple(post.name for post in on_site)
        yield (
            able,
            SupplyRow(
                "hours",
                role_names(problem, roles_of(on_site)),
                wanted,
                None if most is None else floor(most),
                needed,
                allowed,
                sentence,
                names,
            ),
        )


def roles_of(posts: Sequence[Post]) -> list[str]:
    """Return the roles that posts ask for, each once."""
    return list(dict.fromkeys(role for post in posts for role in post.roles))


def packed(books: SupplyLimits, rows: Sequence[Group]) -> Iterator[SupplyRow]:
    """Yield the sum over groups that share nobody, against a limit on all people."""
    if books.most is None:
        return
    types = {staff.name: staff for staff in books.problem.types if books.counted(staff)}
    usable = [(able, row) for able, row in rows if able <= types.keys()]
    best, chosen = _best_packing(types, usable)
    if not chosen and best <= books.most:
        return
    taken = frozenset().union(*(able for able, _ in chosen))
    sentences = [row.sentence for _, row in chosen if row.fails]
    sentences = sentences or [row.sentence for _, row in chosen]
    for name, staff in types.items():
        if name not in taken and staff.minimum:
            names = type_names(books.problem, [name])
            sentences.append(tr("explain.sum_minimum", type=names, people=staff.minimum))
    sentences.append(tr("explain.sum_together", people=best, most=books.most))
    posts = tuple(post for _, row in chosen for post in row.posts)
    what = tr("explain.everybody")
    yield SupplyRow("people", what, best, books.most, best, books.most, " ".join(sentences), posts)


def _best_packing(types: dict[str, StaffType], rows: Sequence[Group]) -> tuple[int, list[Group]]:
    """Return the most people that groups without anybody in common need, and the groups; a minimum counts too."""
    names = sorted(types)
    usable = sorted(rows, key=lambda pair: -pair[1].needed)
    best: tuple[int, list[Group]] = (0, [])

    def grow(at: int, left: frozenset[str], chosen: list[Group], total: int) -> None:
        nonlocal best
        whole = total + sum(types[name].minimum for name in left)
        if whole > best[0] or (whole == best[0] and len(chosen) < len(best[1])):
            best = (whole, list(chosen))
        for number in range(at, len(usable)):
            able, row = usable[number]
            if able <= left:
                need = max(row.needed, sum(types[name].minimum for name in able))
                grow(number + 1, left - able, [*chosen, (able, row)], total + need)

    if len(names) <= MANY_TYPES and len(usable) <= 2**MANY_GROUPS:
        grow(0, frozenset(names), [], 0)
    return best
