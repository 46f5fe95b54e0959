"""Posts outside working days: the monitoring seat, evenings and weekends on site, standby lines, and campuses."""

from __future__ import annotations

from roster.language import tr
from roster.sizing.answering import answering
from roster.sizing.design import Level, PostDraft
from roster.sizing.desks import DAY_WINDOW
from roster.sizing.figures import Figure
from roster.sizing.profile import Profile

NIGHT_WINDOW, EVENING_WINDOW, ALL_DAY = "16:00-08:00", "16:00-24:00", "00:00-24:00"
REST_DAYS = ("weekends", "holidays")
ANYBODY = ("ops", "network", "application")
SEAT, CAMPUS = "monitor_seat", "campus"
SMALL = ("county", "secondary")


def seats_bought(profile: Profile, level: Level) -> int:
    """Return how many places of the monitoring seat are bought at a level: what may be, when it is lean."""
    if level is not Level.LEAN or not profile.watched:
        return 0
    return min(profile.says.outsourcing.seats, seat_people(profile))


def seat_people(profile: Profile) -> int:
    """Return how many sit at the monitoring seat at once: one, or as many as the alerts need."""
    found = answering(profile, "alerts")
    return max(1, found.people) if found is not None else 1


def seat(profile: Profile, site: str) -> list[PostDraft]:
    """Return the round-the-clock seat, where somebody must be awake."""
    if not profile.watched:
        return []
    reasons, figures = [], []
    if profile.says.continuity == "critical":
        reasons.append(tr("sizing.reason_critical"))
    emergency = profile.says.emergency
    if emergency.around_the_clock and emergency.visits >= profile.values.value("emergency_seat_visits"):
        visits = profile.stated(emergency.visits, tr("sizing.visits"), "emergency", "visits")
        limit = profile.driver("emergency_seat_visits")
        reasons.append(tr("sizing.reason_seat_visits", visits=visits, limit=limit))
        figures += [visits, limit]
    found = answering(profile, "alerts")
    if found is not None:
        reasons.append(found.sentence)
        figures += found.figures
    return [
        PostDraft(
            name=SEAT,
            title=tr("sizing.seat"),
            roles=("monitor",),
            days=("daily",),
            window=ALL_DAY,
            reason=tr("sizing.reason_seat", why=tr("sizing.semicolon").join(reasons)),
            figures=(*figures, profile.driver("seat_week_hours")),
            people=seat_people(profile),
            level=1,
            vendor=True,
            site=site,
        )
    ]


def on_site_hours(profile: Profile, level: Level, site: str) -> list[PostDraft]:
    """
    Return who is at work on rest days and in the evening, where no own people sit at a seat all night.

    Parameters
    ----------
    profile, level : The profile, and a level of service.
    site : Where they are at work.
    """
    posts = []
    own_seat = profile.watched and seats_bought(profile, level) < seat_people(profile)
    if own_seat:
        return []
    standard = profile.says.continuity != "basic"
    if profile.watched or level is Level.COMFORTABLE or (standard and level is not Level.LEAN):
        key = "reason_weekend_seat" if profile.watched else f"reason_weekend_{profile.says.continuity}"
        figures = (profile.driver("rest_day_hours"),)
        posts.append(_duty("weekend_duty", REST_DAYS, DAY_WINDOW, (tr(f"sizing.{key}"), figures), site))
    visits = profile.stated(profile.says.emergency.visits, tr("sizing.visits"), "emergency", "visits")
    limit = profile.driver("emergency_evening_visits")
    if profile.watched or level is Level.LEAN:
        return posts
    if profile.busy_evenings:
        why = tr("sizing.reason_evening_visits", visits=visits, limit=limit)
        posts.append(_duty("evening_duty", ("daily",), EVENING_WINDOW, (why, (visits, limit)), site))
    elif standard and level is Level.COMFORTABLE:
        why = tr("sizing.reason_evening")
        posts.append(_duty("evening_duty", ("weekdays",), EVENING_WINDOW, (why, ()), site))
    return posts


def _duty(
    name: str, days: tuple[str, ...], window: str, why: tuple[str, tuple[Figure, ...]], site: str
) -> PostDraft:
    return PostDraft(name, tr(f"sizing.{name}"), ANYBODY, days, window, *why, site=site)


def standby(profile: Profile, level: Level, posts: list[PostDraft]) -> list[PostDraft]:
    """
    Return the lines held from home: who looks into what the first level cannot mend.

    Parameters
    ----------
    profile, level : The profile, and a level of service.
    posts : Those at work outside working days, which take over some of it.
    """
    on_weekends = any(post.name == "weekend_duty" for post in posts)
    large = profile.tier not in SMALL
    if not large:
        return _line(profile, "call", ANYBODY, "p1", rest_days=not on_weekends)
    telemedicine = "telemedicine" in profile.modules and level is not Level.LEAN
    if not telemedicine:
        found = _line(profile, "call", ("network", "application", "ops"), "p1", rest_days=True)
    else:
        found = _line(profile, "application_call", ("application", "ops"), "p1", rest_days=True)
        found += _line(profile, "network_call", ("network",), "p2", rest_days=True)
    if level is not Level.LEAN:
        found += _line(profile, "coordinator_call", ("coordinator",), "p2", rest_days=True)
    return found


def _line(
    profile: Profile, name: str, roles: tuple[str, ...], priority: str, *, rest_days: bool
) -> list[PostDraft]:
    minutes = getattr(profile.says.response, priority)
    words = tr(f"sizing.priority_{priority}")
    response = profile.stated(minutes, words, "response", priority)
    line = PostDraft(
        name=name,
        title=tr(f"sizing.{name}"),
        roles=roles,
        days=("daily",),
        window=NIGHT_WINDOW,
        reason=tr(f"sizing.reason_{name}", minutes=minutes),
        figures=(response,),
        response=minutes,
        level=3 if name == "coordinator_call" else 2,
    )
    if not rest_days:
        return [line]
    title = tr("sizing.rest_days", title=line.title)
    return [
        line,
        PostDraft(
            name=f"{name}_rest_days",
            title=title,
            roles=roles,
            days=REST_DAYS,
            window=DAY_WINDOW,
            reason=line.reason,
            figures=line.figures,
            response=minutes,
            level=line.level,
        ),
    ]


def campus_sites(profile: Profile) -> dict[str, str]:
    """Return the sites, hub first; none where there is one campus. A group's hub is a place of its own."""
    campuses = profile.says.campuses
    if campuses == 1:
        return {}
    hub = {"hub": tr("sizing.hub") if profile.tier == "group" else tr("sizing.main_campus")}
    own = range(1, campuses + 1) if profile.tier == "group" else range(2, campuses + 1)
    return hub | {f"{CAMPUS}_{number}": tr("sizing.campus", number=number) for number in own}


def campus_posts(profile: Profile, level: Level, sites: dict[str, str]) -> list[PostDraft]:
    """
    Return a day desk at every campus but the hub: on working days where it is lean, else daily.

    Parameters
    ----------
    profile, level : The profile, and a level of service.
    sites : Titles of the campuses, by name.
    """
    number = profile.stated(profile.says.campuses, tr("sizing.campuses"), "campuses")
    days = ("weekdays",) if level is Level.LEAN else ("daily",)
    return [
        PostDraft(
            name=f"{site}_desk",
            title=tr("sizing.campus_desk", campus=title),
            roles=("campus",),
            days=days,
            window=DAY_WINDOW,
            reason=tr("sizing.reason_campus"),
            figures=(number,),
            vendor=True,
            site=site,
        )
        for site, title in list(sites.items())[1:]
    ]
