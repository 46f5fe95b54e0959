"""Why something cannot be, for a page: the sums, what cannot hold together, and the ways out."""

from __future__ import annotations

from dataclasses import dataclass

from roster.output.words.conflict import Told, told
from roster.output.words.explain import untried, way_sentences
from roster.questions.explain import Explanation


@dataclass(frozen=True, slots=True)
class Why:
    """What is told, and the ways out; none where another answer tells its own."""

    told: Told
    ways: tuple[str, ...]


def _ways(answer: Explanation) -> tuple[str, ...]:
    return tuple(filter(None, [*way_sentences(answer), untried(answer)]))


def why(answer: Explanation | None, said: str = "", *, ways: bool = True) -> Why | None:
    """
    Return the view of an explanation; None where there is nothing to explain.

    Parameters
    ----------
    answer : What was explained; None for nothing.
    said : What the page says already, which is not said again.
    ways : Whether the ways out are told.
    """
    if answer is None or answer.because is None:
        return None
    return Why(told(answer.because, said), _ways(answer) if ways else ())
