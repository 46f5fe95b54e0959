"""Hours a week by role: what each module, the interfaces, the network, the users and security ask for."""

from __future__ import annotations

from collections import defaultdict

from roster.language import tr
from roster.sizing.answering import idle_hours
from roster.sizing.design import Level
from roster.sizing.figures import Figure, difference, further, per_hundred, product, total
from roster.sizing.profile import Profile
from roster.sizing.schema import SKILLS

Parts = defaultdict[str, list[Figure]]


def work(profile: Profile, level: Level) -> dict[str, Figure]:
    """Return the hours a week of every role that has any, at a level of service."""
    parts: Parts = defaultdict(list)
    _modules(profile, level, parts)
    _rest(profile, parts)
    _security(profile, level, parts)
    if in_house(profile, level, "desktop"):
        parts["ops"].append(_desktop(profile))
    found = {}
    for role in SKILLS:
        hours = total(tr("sizing.hours_of", role=tr(f"sizing.role_{role}")), parts[role])
        measured = None if profile.measured is None else profile.measured.hours(role)
        if profile.measured is not None and measured is not None:
            words = tr("sizing.hours_measured", role=tr(f"sizing.role_{role}"))
            hours = Figure(measured, words, f"{profile.measured.file}:1", f"measured.{role}")
        if hours.value > 0:
            found[role] = _with_reserve(profile, level, role, hours)
    return found


def in_house(profile: Profile, level: Level, kind: str) -> bool:
    """
    Whether `desktop` support or `security_operations` are the hospital's own at a level of service.

    Parameters
    ----------
    profile, level : The profile, and a level of service.
    kind : `desktop` or `security_operations`.
    """
    return not getattr(profile.says.outsourcing, kind) and profile.driver(f"noncore_share_{level}").value > 0


def _modules(profile: Profile, level: Level, parts: Parts) -> None:
    spread = campus_factor(profile)
    share = profile.driver(f"noncore_share_{level}")
    for module in profile.modules:
        factors = [*spread, *([] if module in profile.core or share.value == 1 else [share])]
        for role in SKILLS:
            key = f"{module}_{role}_hours"
            if profile.values.has(key):
                hours = profile.driver(key)
                parts[role].append(product(_module(module), hours, *factors))
        if module == "telemedicine" and (telemedicine := profile.says.modules.telemedicine):
            sessions = profile.stated(
                telemedicine.sessions, tr("sizing.sessions"), "modules", module, "sessions"
            )
            attended = product(tr("sizing.sessions"), sessions, profile.driver("session_hours"))
            own = share.value == 1 or module in profile.core
            parts["av"].append(attended if own else product(attended.what, attended, share))


def campus_factor(profile: Profile) -> list[Figure]:
    """Return the factor on the modules' hours for several campuses; none for one."""
    campuses = profile.says.campuses
    if campuses == 1:
        return []
    number = profile.stated(campuses, tr("sizing.campuses"), "campuses")
    return [further(tr("sizing.campus_factor"), number, profile.driver("campus_share"))]


def _module(module: str) -> str:
    return tr(f"sizing.module_{module}")


def _rest(profile: Profile, parts: Parts) -> None:
    parts["network"].append(_named(profile.driver("network_hours"), tr("sizing.network_itself")))
    if profile.says.interfaces:
        number = profile.stated(profile.says.interfaces, tr("sizing.interfaces"), "interfaces")
        words = tr("sizing.some_interfaces", number=number)
        parts["interface"].append(product(words, number, profile.driver("interface_hours")))
    parts["coordinator"].append(_named(profile.driver("coordinator_hours"), tr("sizing.coordination")))


def _security(profile: Profile, level: Level, parts: Parts) -> None:
    """Split security from level 3 on: the administrator's own hours, and operations that others may do or sell."""
    hours = profile.driver("security_hours")
    if not profile.dedicated_security:
        parts["security"].append(_named(hours, tr("sizing.security")))
        return
    own = profile.driver("security_admin_hours")
    parts["security"].append(_named(own, tr("sizing.security_admin")))
    if in_house(profile, level, "security_operations"):
        parts["network"].append(difference(tr("sizing.security_operations"), hours, own))


def _desktop(profile: Profile) -> Figure:
    users = profile.stated(profile.says.users, tr("sizing.users"), "users")
    words = tr("sizing.desktop", users=users)
    hours = per_hundred(words, users, profile.driver("desktop_hours_per_100_users"))
    idle = idle_hours(profile)
    return hours if idle is None else difference(words, hours, idle)


def _named(figure: Figure, what: str) -> Figure:
    return total(what, [figure])


def _with_reserve(profile: Profile, level: Level, role: str, hours: Figure) -> Figure:
    """Apply the level's reserve; the dedicated administrator's post is what the standard asks for, not more."""
    reserve = profile.driver(f"reserve_{level}")
    if reserve.value == 1 or (role == "security" and profile.dedicated_security):
        return hours
    return product(hours.what, hours, reserve)
