"""A level of service written as a scenario file: complete, commented, and accepted as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from roster.language import tr
from roster.sizing.design import Design, PostDraft, SeatDraft, TypeDraft
from roster.sizing.figures import Figure, plain
from roster.sizing.profile import Profile

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff ./()（）、，；。–-]*")
_WORDS = frozenset({"true", "false", "null", "off", "no", "yes", "on"})
_UNLIMITED = 1000
_SITES_LETTERS = "abcdefgijklm"


def scenario_name(profile: Profile, design: Design) -> str:
    """Return the short name of the scenario of a level."""
    return f"{profile.says.name}_{design.level}"[:60]


def scenario_text(profile: Profile, design: Design) -> str:
    """Return the scenario of one level of service as YAML with comments."""
    sections = (_head, _calendar, _employers, _sites, _roles, _shifts, _posts, _types, _seats, _people, _rest)
    return "\n".join(line for section in sections for line in section(profile, design)) + "\n"


def text(value: str) -> str:
    """
    Return a text as a YAML value, in quotes where it needs them.

    >>> text("运维岗"), text("a: b"), text("no")
    ('运维岗', '"a: b"', '"no"')
    """
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and value == value.strip():
        return value
    return json.dumps(value, ensure_ascii=False)


def _list(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _head(profile: Profile, design: Design) -> Iterator[str]:
    level = tr(f"sizing.level_{design.level}")
    yield f"# {tr('sizing.file_head', title=profile.title, level=level)}"
    yield f"# {tr('sizing.file_made', profile=profile.says.name)}"
    yield f"# {tr('sizing.file_level', about=tr(f'sizing.about_{design.level}'))}"
    for bought in design.bought:
        yield f"# {tr('sizing.file_bought', what=bought)}"
    yield f"# {tr('sizing.file_origin')}"
    yield f"name: {text(scenario_name(profile, design))}"
    yield f"title: {text(tr('sizing.scenario_title', title=profile.title, level=level))}"


def _calendar(profile: Profile, _design: Design) -> Iterator[str]:
    yield from ("", "calendar:", f"  start: {profile.says.start.isoformat()}", "  weeks: 4")
    if profile.says.regime.startswith("cn_"):
        yield f"  country: CN  # {tr('sizing.file_holidays')}"


def _employers(profile: Profile, design: Design) -> Iterator[str]:
    yield from ("", f"employers:  # {tr('sizing.file_employers')}")
    yield f"  hospital: {{title: {text(profile.title)}, regime: {profile.says.regime}}}"
    if design.seats:
        yield f"  vendor: {{title: {text(tr('sizing.vendor'))}, regime: cn_comprehensive, vendor: true}}"


def _sites(_profile: Profile, design: Design) -> Iterator[str]:
    if not design.sites:
        return
    yield from ("", "sites:")
    for (name, title), letter in zip(design.sites.items(), "h" + _SITES_LETTERS, strict=False):
        yield f"  {name}: {{title: {text(title)}, letter: {letter}}}"


def _roles(profile: Profile, design: Design) -> Iterator[str]:
    yield from ("", "roles:")
    for role, title in design.roles.items():
        more = ""
        if role == "security":
            exclusive = ", exclusive: true" if profile.dedicated_security else ""
            more = f"{exclusive}, in_house: required"
        elif role == "coordinator":
            more = ", in_house: required"
        note = f"  # {tr('sizing.file_level3')}" if "exclusive" in more else ""
        yield f"  {role}: {{title: {text(title)}{more}}}{note}"


def _shifts(profile: Profile, design: Design) -> Iterator[str]:
    used = {shift for staff in design.types for shift in staff.shifts}
    at_work = {"D": "08:00", "E": "16:00", "N": "00:00"}
    yield from ("", "shifts:")
    for name, start in at_work.items():
        if name in used:
            yield f"  {name}: {{title: {text(tr(f'sizing.shift_{name}'))}, start: {start}, length: 8h}}"
    if not used & {"S", "W"}:
        return
    fastest = min(post.response for post in design.posts if post.response is not None)
    yield from ("", f"standbys:  # {tr('sizing.file_standby')}")
    for name, start, length in (("S", "16:00", 16), ("W", "08:00", 24)):
        words = text(tr(f"sizing.shift_{name}"))
        yield f"  {name}: {{title: {words}, start: {start}, length: {length}h, response: {fastest}min}}"


def origins(figures: tuple[Figure, ...]) -> str:
    """Return the lines of files that figures rest on, each once: `drivers.yaml:6, 8; clinic.yaml:12`."""
    lines: dict[str, list[int]] = {}
    for figure in figures:
        for leaf in figure.leaves():
            file, _, line = leaf.where.rpartition(":")
            if int(line) not in lines.setdefault(_base(file), []):
                lines[_base(file)].append(int(line))
    return "; ".join(f"{file}:{', '.join(map(str, sorted(at)))}" for file, at in sorted(lines.items()))


def _base(file: str) -> str:
    return re.split(r"[\\/]", file)[-1]


def _posts(_profile: Profile, design: Design) -> Iterator[str]:
    yield from ("", "posts:")
    for post in design.posts:
        yield from _post(post)


def _post(post: PostDraft) -> Iterator[str]:
    yield f"  {post.name}:" + (f"  # {origins(post.figures)}" if post.figures else "")
    yield f"    title: {text(post.title)}"
    yield f"    role: {_list(post.roles)}"
    if post.people > 1:
        yield f"    people: {post.people}"
    yield f"    days: {_list(post.days)}"
    yield f"    window: {post.window}"
    if post.standby:
        yield "    presence: standby"
        yield f"    response: {post.response}min"
    if post.level is not None:
        yield "    chain: incident"
        yield f"    level: {post.level}"
    if post.vendor:
        yield "    vendor: true"
    if post.site:
        yield f"    site: {post.site}"
    yield f"    priority: {post.priority}"
    yield f"    reason: {text(post.reason)}"


def _types(profile: Profile, design: Design) -> Iterator[str]:
    yield from ("", f"staff_types:  # {tr('sizing.file_types')}")
    for staff in design.types:
        yield from _type(profile, staff)


def _type(profile: Profile, staff: TypeDraft) -> Iterator[str]:
    named = sum(kind == staff.name for kind in profile.says.people.values())
    yield f"  {text(staff.name)}:"
    yield f"    title: {text(staff.title)}"
    yield f"    skills: [{', '.join(staff.skills)}]"
    yield "    employer: hospital"
    yield f"    cost: {plain(staff.cost.value)}  # {origins((staff.cost,))}"
    if named:
        yield f"    hire: {_UNLIMITED if staff.most is None else round(staff.most.value) - named}"
    elif staff.most is not None:
        yield f"    count: {{max: {staff.most}}}  # {origins((staff.most,))}"
    yield f"    shifts: [{', '.join(staff.shifts)}]"
    if staff.sites:
        yield f"    sites: [{', '.join(staff.sites)}]"
    if "N" not in staff.shifts and staff.standby_share is None:
        return
    yield "    rules:"
    if staff.standby_share is not None:
        share = staff.standby_share
        yield f"      standby_share: {{value: {share}, source: {text(share.what)}}}  # {origins((share,))}"
    if "N" in staff.shifts:
        source = text(tr("sizing.hse"))
        yield f"      shift_runs: {{N: {{shortest: 2, longest: 3, source: {source}}}}}"


def _seats(_profile: Profile, design: Design) -> Iterator[str]:
    if not design.seats:
        return
    yield from ("", f"vendor_seats:  # {tr('sizing.file_seats')}")
    for seat in design.seats:
        yield from _seat(seat)


def _seat(seat: SeatDraft) -> Iterator[str]:
    yield f"  {seat.name}:"
    yield f"    title: {text(seat.title)}"
    yield f"    post: {seat.post}"
    yield "    employer: vendor"
    yield f"    cost: {plain(seat.cost.value)}  # {origins((seat.cost,))}"
    yield f"    count: {seat.count}"


def _people(profile: Profile, _design: Design) -> Iterator[str]:
    if profile.says.people:
        yield from ("", "people:")
        for person, kind in profile.says.people.items():
            yield f"  {text(person)}: {text(kind)}"


def _rest(profile: Profile, design: Design) -> Iterator[str]:
    share = design.standby_share
    if any(post.standby for post in design.posts):
        yield from ("", "rules:", f"  standby_share:  # {origins((share,))}")
        yield f"    value: {share}"
        yield f"    source: {text(share.what)}"
    if design.seats:
        role = ", role: coordinator" if "coordinator" in design.roles else ""
        control = design.control_share
        yield from ("", f"control: {{share: {control}{role}}}  # {origins((control,))}")
    sick, training = design.absence
    hours = f"absence: {{sick_hours: {sick}, training_hours: {training}}}"
    yield from ("", f"{hours}  # {origins(design.absence)}", "", "objective: in_house")
    yield f"currency: {profile.says.currency}"
