"""Single edits: the checker's verdict on a roster with a cell changed, against a plain model of the same cells."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from random import Random

from roster.benchmark.attack.differences import OPEN, Difference
from roster.benchmark.attack.plain import Plain
from roster.benchmark.attack.planned import planned
from roster.checker import check_roster

KIND = "edits"
CASES = 50
"""How many edits are made of one planned roster."""

EACH_S = 2.0


@lru_cache(maxsize=1)
def _plain(seed: int) -> Plain | None:
    """Return the plain model of a planned roster's people, its cells open."""
    start = planned(seed)
    if start is None:
        return None
    plain = Plain(start.problem, start.roster.horizon, start.roster.people, all_used=True)
    plain.cover()
    return plain


def attack(seed: int) -> Difference | str:
    """Change one cell of a planned roster, sometimes a few, and ask the checker and the plain model about it."""
    start, random = planned(seed // CASES), Random(f"edit {seed}")
    plain = _plain(seed // CASES)
    if start is None or plain is None:
        return "no roster"
    problem, roster = start.problem, start.roster
    rows = [list(row) for row in roster.duties]
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        index, day = random.randrange(len(rows)), random.randrange(roster.horizon.days)
        rows[index][day] = random.choice(problem.duties(problem.type_of(roster.people[index])))
    edited = replace(roster, duties=tuple(map(tuple, rows)))
    accepted = not check_roster(problem, edited)
    plain.suppose(edited.duties)
    lawful, _ = plain.solve(EACH_S)
    if lawful is None:
        return OPEN
    if lawful is accepted:
        return "accepted" if accepted else "refused"
    shown = "\n".join(
        f"{person.name},{','.join(duty.name for duty in row)}"
        for person, row in zip(edited.people, edited.duties, strict=True)
    )
    verdict = "accepts" if accepted else "refuses"
    sentence = f"the checker {verdict} what the plain model does not judge so"
    return Difference(KIND, seed, sentence, {f"{KIND}{seed}.yaml": start.text, f"{KIND}{seed}.csv": shown})
