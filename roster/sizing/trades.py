"""Who can be hired where the profile does not say: the trades of each tier, and the work one desk can take together."""

from __future__ import annotations

from dataclasses import dataclass

from roster.language import tr
from roster.sizing.figures import Figure
from roster.sizing.profile import Profile


@dataclass(frozen=True, slots=True)
class Trade:
    """What one person can combine, what one costs a month, and how many can be had."""

    name: str
    title: str
    skills: tuple[str, ...]
    cost: Figure
    most: Figure | None = None


_SMALL = {
    "county": {
        "network_application": ("network", "application", "interface", "security", "ops"),
        "ops_duty": ("ops", "network"),
    },
    "secondary": {
        "ops_network": ("ops", "network"),
        "ops_application": ("ops", "application", "interface"),
        "network_security": ("network", "security", "ops"),
    },
}
_LARGE = {
    "ops": ("ops", "monitor"),
    "monitor": ("monitor",),
    "network": ("network", "av", "monitor"),
    "application": ("application", "interface", "ai", "data", "monitor"),
    "security": ("security", "network"),
    "lead": ("coordinator", "ops"),
}

POOLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "county": (("application", "network", "interface", "security"),),
    "secondary": (("network", "security"), ("application", "interface")),
    "tertiary": (("network", "av"), ("application", "interface"), ("ai", "data")),
    "group": (("network", "av"), ("application", "interface"), ("ai", "data")),
}
"""Work that one desk may take together where one trade can do all of it, as the article's tiers do."""


def trades(profile: Profile) -> tuple[Trade, ...]:
    """
    Return the people who can be hired.

    Those of the profile as they are written; those of the tier with the security administrator taken out of every
    other trade at protection level 3, and with a monitor wherever somebody must watch day and night.
    """
    if profile.says.hire:
        return tuple(_stated(profile, name) for name in profile.says.hire)
    combined = dict(_SMALL.get(profile.tier, _LARGE))
    if profile.dedicated_security:
        combined = {name: tuple(s for s in skills if s != "security") for name, skills in combined.items()}
        combined["security"] = ("security",)
    if profile.watched:
        combined.setdefault("monitor", ("monitor",))
    return tuple(
        Trade(
            name,
            tr(f"sizing.trade_{name}"),
            skills,
            _dearest(profile, skills),
            _most(profile, name, combined),
        )
        for name, skills in combined.items()
    )


def _most(profile: Profile, name: str, combined: dict[str, tuple[str, ...]]) -> Figure | None:
    """Return how many only watch where others can watch as well: a seat of operators alone has nobody to mend."""
    shared = any("monitor" in skills for other, skills in combined.items() if other != name)
    return profile.driver("monitors_most") if name == "monitor" and shared else None


def _stated(profile: Profile, name: str) -> Trade:
    hire = profile.says.hire[name]
    skills = tuple(dict.fromkeys(hire.skills))
    cost = _dearest(profile, skills)
    if hire.cost is not None:
        cost = profile.stated(hire.cost, cost.what, "hire", name, "cost")
    most = None
    if hire.most is not None:
        most = profile.stated(hire.most, tr("sizing.most"), "hire", name, "most")
    return Trade(name, hire.title or name, skills, cost, most)


def _dearest(profile: Profile, skills: tuple[str, ...]) -> Figure:
    """Return what somebody costs who has all of these skills: as much as the dearest."""
    return max((profile.driver(f"cost_{skill}") for skill in skills), key=lambda figure: figure.value)
