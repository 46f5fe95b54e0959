"""A small profile, changed in one place."""

from __future__ import annotations

from pathlib import Path

from roster.errors import Faults
from roster.sizing import load_profile
from roster.sizing.profile import Profile

PROFILES = Path(__file__).parents[2] / "scenarios" / "profiles"
NAMES = ("county", "secondary", "tertiary", "group", "connected")

GOOD = """\
name: clinic
title: 诊所
tier: county
beds: 300
users: 500
start: 2027-01-04
modules: [his, emr, insurance]
interfaces: 5
continuity: basic
response: {p1: 15min, p2: 30min}
protection: 2
"""


def changed(old: str, new: str) -> str:
    """Return the good profile with one place changed; the place must be there once."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def profiled(folder: Path, text: str) -> Profile:
    """Return the profile of a text."""
    file = folder / "clinic.yaml"
    file.write_text(text, encoding="utf-8")
    return load_profile(file)


def faults(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    """Return the faults of a profile's text, none where it loads."""
    try:
        profiled(folder, text)
    except Faults as error:
        return [(fault.line, fault.key, fault.message) for fault in error.faults]
    return []
