"""
Fewest people to hold a round-the-clock service: proven headcount, rotating rota, independent check.

    import roster

    scenario = roster.read("scenarios/county_hospital.yaml")
    answer = scenario.plan(time_limit=60)
    print(answer.people, answer.proven, answer.why)

Importing this package costs next to nothing: pandas and the solvers are imported by the first question that needs them.
"""

from roster.version import __version__

TYPE_CHECKING = False
"""As in `typing`, which alone would cost as much as all the rest."""

if TYPE_CHECKING:
    from roster.api.calendar import Calendar
    from roster.api.diff import Difference
    from roster.api.explain import Explanation
    from roster.api.frontier import Frontier
    from roster.api.plan import Answer
    from roster.api.resilience import Resilience
    from roster.api.roster import Change, Roster, Swap
    from roster.api.rotas import Rotas
    from roster.api.scenario import Scenario, read
    from roster.api.service import Service
    from roster.api.simulate import Simulation
    from roster.api.size import Sizes, size
    from roster.errors import Fault, RosterError
    from roster.language import speaking

__all__ = [
    "Answer",
    "Calendar",
    "Change",
    "Difference",
    "Explanation",
    "Fault",
    "Frontier",
    "Resilience",
    "Roster",
    "RosterError",
    "Rotas",
    "Scenario",
    "Service",
    "Simulation",
    "Sizes",
    "Swap",
    "__version__",
    "read",
    "size",
    "speaking",
]

_HOME = {
    "Answer": "roster.api.plan",
    "Calendar": "roster.api.calendar",
    "Change": "roster.api.roster",
    "Difference": "roster.api.diff",
    "Explanation": "roster.api.explain",
    "Fault": "roster.errors",
    "Frontier": "roster.api.frontier",
    "Resilience": "roster.api.resilience",
    "Roster": "roster.api.roster",
    "RosterError": "roster.errors",
    "Rotas": "roster.api.rotas",
    "Scenario": "roster.api.scenario",
    "Service": "roster.api.service",
    "Simulation": "roster.api.simulate",
    "Sizes": "roster.api.size",
    "Swap": "roster.api.roster",
    "read": "roster.api.scenario",
    "size": "roster.api.size",
    "speaking": "roster.language",
}
"""The module of each name, imported when the name is first asked for (PEP 562)."""


def __getattr__(name: str) -> object:
    """Import what is asked for; raises AttributeError for what there is not."""
    if name not in _HOME:
        raise AttributeError(f"module 'roster' has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found


def __dir__() -> list[str]:
    """Return the names that are there, imported or not."""
    return sorted({*globals(), *__all__})
