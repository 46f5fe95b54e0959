"""How good a rota is at its headcount: its points by kind, counted again from the rota, beside what was proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roster.domain import rules
from roster.domain.outcome import Outcome
from roster.domain.problem import Problem
from roster.domain.rules import Rule
from roster.language import counted, tr
from roster.scores import QualityScore, score_rotation


@dataclass(frozen=True, slots=True)
class KindPoints:
    """A wish, by its name in the scenario's `quality` or `rules`: how often it is not granted, and the points."""

    name: str
    sentence: str
    breaches: int
    points: int


@dataclass(frozen=True, slots=True)
class RotaQuality:
    """
    The points of a rota over the weeks after which its team repeats, the dearest wish first.

    `bound`: no rota of these people and this length has fewer; None where none was looked for. `proven`: nothing is
    better.
    """

    weeks: int
    kinds: tuple[KindPoints, ...]
    bound: int | None
    seconds: float | None

    @property
    def points(self) -> int:
        """Points of all wishes."""
        return sum(kind.points for kind in self.kinds)

    @property
    def proven(self) -> bool:
        """Whether the bound is reached."""
        return self.bound is not None and self.points <= self.bound


def quality_of(problem: Problem, outcome: Outcome) -> RotaQuality | None:
    """Return the quality of a plan's rota; None without a plan, or where the scenario wishes for nothing."""
    if outcome.plan is None:
        return None
    scored = score_rotation(problem, outcome.plan.rotations, outcome.plan.headcount.seats).rotations
    scores = [score for rotation in scored for score in rotation.quality]
    if not scores:
        return None
    found: dict[tuple[str, str], KindPoints] = {}
    for score in scores:
        name, sentence = _called(problem, score)
        before = found.get((name, sentence), KindPoints(name, sentence, 0, 0))
        sums = before.breaches + score.breaches, before.points + score.points
        found[name, sentence] = KindPoints(name, sentence, *sums)
    ordered = sorted(found.values(), key=lambda kind: -kind.points)
    weeks = max(rotation.weeks for rotation in outcome.plan.rotations)
    ranked = outcome.ranked
    return RotaQuality(
        weeks, tuple(ordered), ranked.bound if ranked else None, ranked.seconds if ranked else None
    )


def quality_sentences(problem: Problem, outcome: Outcome) -> list[str]:
    """Return how good the rota is: all points and what is proven of them, then each wish that is not granted."""
    found = quality_of(problem, outcome)
    return [] if found is None else [_verdict(found), *_kinds_in_words(found), *_cheaper(problem, outcome)]


def _cheaper(problem: Problem, outcome: Outcome) -> Iterator[str]:
    """Yield that a longer rota of as many people may cost less, where the bound on every roster leaves that open."""
    if outcome.plan is None or outcome.least_cost is None:
        return
    weeks = max(rotation.weeks for rotation in outcome.plan.rotations)
    money = {
        "cost": f"{outcome.plan.cost:,}",
        "least": f"{outcome.least_cost:,}",
        "currency": problem.currency,
    }
    yield tr("quality.cheaper", **money, weeks=counted("common.weeks", weeks), longer=weeks + 1)


def _verdict(found: RotaQuality) -> str:
    """Return all points and what is proven of them in one sentence."""
    points = counted("quality.points", found.points)
    if found.bound is None:
        return tr("quality.gone_on", points=points)
    if found.proven:
        return tr("quality.proven", points=points)
    words = {"points": points, "bound": found.bound, "seconds": f"{found.seconds or 0:.0f}"}
    return tr("quality.open" if found.bound else "quality.unbounded", **words)


def _kinds_in_words(found: RotaQuality) -> Iterator[str]:
    """Yield the wishes that cost points, then those that are granted throughout."""
    for kind in found.kinds:
        if kind.points:
            yield tr("quality.kind", what=kind.sentence, number=kind.breaches, points=kind.points)
    granted = [kind.sentence for kind in found.kinds if not kind.points]
    if granted:
        yield tr("quality.granted", what=tr("quality.and").join(granted))


def _called(problem: Problem, score: QualityScore) -> tuple[str, str]:
    """Return what a wish is called in the scenario, and in words."""
    rule = score.rule
    if rule in problem.quality or (isinstance(rule, rules.Count) and _is_even(problem, rule)):
        name = _name(rule)
        return name, tr(f"quality.{name}")
    return f"rules.{rule.key}", rule.sentence.rstrip(".。")


def _is_even(problem: Problem, rule: Rule) -> bool:
    return all(rule not in staff.rules for staff in problem.types)


def _name(rule: Rule) -> str:
    if isinstance(rule, rules.OffBlock):
        return "single_days_off" if rule.longest is None else "long_breaks"
    return _NAMES[type(rule)]


_NAMES: dict[type[Rule], str] = {
    rules.FreeWeekends: "free_weekends",
    rules.WorkBlock: "single_days_on",
    rules.MinRest: "quick_returns",
    rules.WeekHours: "long_weeks",
    rules.Succession: "forward_rotation",
    rules.Count: "even_weeks",
}
"""Wishes by the keys of `quality` in a scenario."""
