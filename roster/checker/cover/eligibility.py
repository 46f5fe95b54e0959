"""Who may hold a post, and on which part of a duty: the checker's own reading, apart from the engine's."""

from __future__ import annotations

from roster.domain.problem import Duty, Post, Problem, Shift, StaffType


def unskilled(staff: StaffType, post: Post) -> bool:
    """Whether people of a type have none of the roles that a post asks for."""
    return all(role not in staff.skills for role in post.roles)


def barred(problem: Problem, staff: StaffType, post: Post) -> bool:
    """
    Whether people of a type, whatever their roles, may not hold a post: by where they serve or by who employs them.

    A post at a site is for those who serve that site, or any site; it is held by its own site's clock, which must be
    theirs. People of a vendor hold posts that are open to vendors only.

    Parameters
    ----------
    problem : The scenario, for sites, clocks and vendors.
    staff, post : The type of who would hold it, and the post.
    """
    zones = {site.name: site.time_zone or problem.dates.time_zone for site in problem.sites}
    home = problem.dates.time_zone
    theirs = {zones.get(name, home) for name in staff.sites} or {home}
    if post.site is not None and staff.sites and post.site not in staff.sites:
        return True
    if zones.get(post.site or "", home) not in theirs:
        return True
    vendors = {employer.name for employer in problem.employers if employer.vendor}
    return staff.employer in vendors and not post.vendor


def fits(duty: Duty, part: Shift, post: Post) -> bool:
    """
    Whether whoever is on a part of a duty is where a post wants somebody, and as what.

    A post on site wants somebody at work, at its own site where the duty names one. One on standby takes whoever is at
    work as well, and from home whoever answers soon enough.

    Parameters
    ----------
    duty, part : The whole duty, and the shift of it that is meant.
    post : What somebody is wanted for.
    """
    named = not post.shifts or part.name in post.shifts
    if part.on_site:
        elsewhere = bool(post.on_site and post.site and duty.site) and duty.site != post.site
        return named and not elsewhere
    late = post.response is not None and (part.response is None or part.response > post.response)
    return named and not post.on_site and not late


def may_hold(problem: Problem, staff: StaffType, worked: tuple[Duty, Shift], post: Post) -> bool:
    """
    Whether people of a type may hold a post on a part of a duty.

    Parameters
    ----------
    problem : The scenario, for sites, clocks and vendors.
    staff, post : The type of who would hold it, and the post.
    worked : The whole duty, and the shift of it that is meant.
    """
    return not unskilled(staff, post) and not barred(problem, staff, post) and fits(*worked, post)
