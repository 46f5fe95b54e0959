"""From what a file says about rules to rules: layers that add, replace and drop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from roster.domain.rules import (
    AverageHours,
    Count,
    FreeWeekends,
    Gap,
    Handover,
    MaxNights,
    MinRest,
    NoStandbyAfterNights,
    NoStandbyBefore,
    OffBlock,
    Origin,
    RestAfterNights,
    Rule,
    ShiftLength,
    ShiftRun,
    StandbyShare,
    Succession,
    WeekHours,
    WeeklyRest,
    WholeWeekends,
    WorkBlock,
    merged,
)
from roster.scenario.build.counts import count_rule, gap_rule
from roster.scenario.schema.rule_limits import HoldsLimit, Limit, Rules, RunLimit, ShiftRunLimit


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place says: the subjects it drops (`succession`, `shift_run`: all of the kind), then its rules."""

    drops: frozenset[str]
    rules: tuple[Rule, ...]


_SINGLE: dict[str, Callable[..., Rule]] = {
    "min_rest": lambda limit, **kw: MinRest(minutes=limit.value, **kw),
    "rest_after_nights": lambda limit, **kw: RestAfterNights(minutes=limit.value, **kw),
    "max_nights": lambda limit, **kw: MaxNights(nights=limit.value, **kw),
    "work_block": lambda limit, **kw: WorkBlock(**_run(limit), **kw),
    "off_block": lambda limit, **kw: OffBlock(**_run(limit), **kw),
    "free_weekends": lambda limit, **kw: FreeWeekends(one_in=limit.one_in, **kw),
    "average": lambda limit, **kw: AverageHours(over=limit.days, **kw),
    "week_hours": lambda limit, **kw: WeekHours(minutes=limit.value, rolling=limit.rolling, **kw),
    "weekly_rest": lambda limit, **kw: WeeklyRest(minutes=limit.value, **kw),
    "shift_length": lambda limit, **kw: ShiftLength(minutes=limit.value, **kw),
    "whole_weekends": lambda limit, **kw: WholeWeekends(**kw),
    "standby_share": lambda limit, **kw: StandbyShare(percent=limit.value, **kw),
    "no_standby_before": lambda limit, **kw: NoStandbyBefore(start=limit.value, **kw),
    "no_standby_after_nights": lambda limit, **kw: NoStandbyAfterNights(**kw),
}
"""How each key that means one rule becomes it. `shift_runs`, `forbidden`, `counts` and `gaps` mean several."""


def layer_of(rules: Rules, origin: Origin = Origin.SCENARIO) -> Layer:
    """
    Return what a `rules` section says.

    >>> layer = layer_of(Rules.model_validate({"min_rest": "10h", "max_nights": "off"}))
    >>> layer.rules[0].sentence, layer.drops
    ('At least 10 h of rest between two duties.', frozenset({'max_nights'}))
    """
    said = rules.model_fields_set
    drops: set[str] = set()
    made: list[Rule] = []
    for key, make in _SINGLE.items():
        limit = getattr(rules, key)
        if isinstance(limit, HoldsLimit) and not limit.value:
            limit = None
        if limit is not None:
            made.append(make(limit, **_common(limit, origin)))
        elif key in said:
            drops.add(key)
    if rules.shift_runs is not None:
        for shift, run in rules.shift_runs.items():
            if run is None:
                drops.add(f"{ShiftRun.key}.{shift}")
            else:
                made.append(_shift_run(shift, run, origin))
    elif "shift_runs" in said:
        drops.add(ShiftRun.key)
    for limit in rules.forbidden or ():
        first, second, days_off = limit.pair
        made.append(Succession(first=first, second=second, days_off=days_off, **_common(limit, origin)))
    if rules.forbidden is None and "forbidden" in said:
        drops.add(Succession.key)
    made += [
        Handover(first=handed.pair[0], second=handed.pair[1], **_common(handed, origin))
        for handed in rules.handovers or ()
    ]
    if rules.handovers is None and "handovers" in said:
        drops.add(Handover.key)
    for key, kind, make_one in (("counts", Count, count_rule), ("gaps", Gap, gap_rule)):
        stated = getattr(rules, key)
        made += [make_one(limit, _common(limit, origin)) for limit in stated or ()]
        if stated is None and key in said:
            drops.add(kind.key)
    return Layer(frozenset(drops), tuple(made))


def stacked(layers: Iterable[Layer]) -> tuple[Rule, ...]:
    """Return the rules in force after all layers, the later word holding."""
    rules: tuple[Rule, ...] = ()
    for layer in layers:
        kept = tuple(
            rule for rule in rules if rule.key not in layer.drops and rule.subject not in layer.drops
        )
        rules = merged(kept, layer.rules)
    return rules


def _shift_run(shift: str, run: ShiftRunLimit, origin: Origin) -> Rule:
    return ShiftRun(shift=shift, starts=tuple(run.starts), **_run(run), **_common(run, origin))


def _run(limit: RunLimit) -> dict[str, Any]:
    return {"shortest": limit.shortest, "longest": limit.longest, "per_day": limit.per_day}


def _common(limit: Limit, origin: Origin) -> dict[str, Any]:
    return {"price": limit.price, "origin": origin, "source": limit.source}
