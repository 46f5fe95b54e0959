"""
Hospitals made up from a seed: system profiles of all sizes of a county, each a scenario as `roster size` makes it.

They are for measuring: alike enough to be a region, different enough that no two need be answered alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from roster.sizing.build import design
from roster.sizing.design import Level
from roster.sizing.loader import from_node
from roster.sizing.write import scenario_text
from roster.yaml import tree as source

MODULES = ("emr", "lis", "pacs", "appointment", "mobile_nursing")
NIGHTS = (("15min", "30min"), ("30min", "60min"))


def hospitals(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield so many hospitals: what each is called, and its scenario."""
    for at in range(number):
        yield _hospital(f"hospital-{at + 1:04}", random.Random(f"{seed}/{at}"))


def _hospital(name: str, numbers: random.Random) -> tuple[str, str]:
    beds = 10 * numbers.randint(8, 50)
    first, second = numbers.choice(NIGHTS)
    modules = ["his", *(module for module in MODULES if numbers.random() < 0.5)]
    says = {
        "name": name,
        "title": f"{name}, {beds} beds",
        "tier": "county",
        "beds": beds,
        "users": beds + 10 * numbers.randint(0, 60),
        "start": "2027-01-04",
        "modules": modules,
        "interfaces": numbers.randint(2, 12),
        "continuity": "basic",
        "response": {"p1": first, "p2": second},
        "protection": numbers.choice((1, 2)),
    }
    profile = from_node(source.parse(json.dumps(says), f"{name}.yaml"), f"{name}.yaml")
    return name, scenario_text(profile, design(profile, Level.RECOMMENDED))
