"""Mutated proofs: none may be accepted for more people than the scenario needs, and none may end in an error."""

from __future__ import annotations

import json
from functools import lru_cache
from random import Random

from roster.benchmark.attack import damage
from roster.benchmark.attack.differences import Difference
from roster.benchmark.attack.planned import planned
from roster.domain.outcome import SolveOptions, Status
from roster.errors import InputError
from roster.output.documents.document import as_text
from roster.proof import document_of, proof_of, verify
from roster.questions.plan import prove

KIND = "proofs"
CASES = 200
"""How many mutations are made of one proof."""


@lru_cache(maxsize=2)
def _proof(seed: int) -> str:
    start = planned(seed)
    if start is None or start.outcome.status is not Status.OPTIMAL:
        return ""
    return as_text(document_of(prove(start.problem, start.outcome, SolveOptions(5.0, 1, 1))))


def attack(seed: int) -> Difference | str:
    """Change a proof of a planned scenario in a few places, and verify it."""
    start, random, text = planned(seed // CASES), Random(f"proof {seed}"), _proof(seed // CASES)
    if start is None or not text:
        return "no proof"
    if random.random() < 0.25:
        mutated = damage.text(random, text)
    else:
        mutated = json.dumps(damage.document(random, json.loads(text)), ensure_ascii=False)
    files = {f"{KIND}{seed}.yaml": start.text, f"{KIND}{seed}.json": mutated}
    try:
        verdict = verify(start.problem, proof_of(mutated))
    except InputError:
        return "unreadable"
    except Exception as error:  # whatever it is, it is what is looked for
        return Difference(KIND, seed, f"reading or verifying ends in {error!r}", files)
    if verdict.refused:
        return "refused"
    value = start.outcome.bound or 0
    if verdict.impossible or (verdict.bound is not None and verdict.bound > value):
        said = "impossible" if verdict.impossible else verdict.bound
        return Difference(KIND, seed, f"a mutated proof shows {said}; {value} is enough", files)
    return "accepted"
