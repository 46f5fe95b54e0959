"""
The shape of a profile file: every key, its type, its default and what it means.

docs/profile.md is made from these descriptions. What no single value can show to be wrong is found in `checks`.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field

from roster.scenario.schema.rule_limits import Also, Model, as_written
from roster.scenario.schema.types import Day, Duration, Money, Name, NeededDays, Share, Window

CORE = ("his", "emr", "lis", "pacs", "insurance")
"""Modules that are core where the profile does not say which are: a hospital cannot work an hour without them."""

Title = Annotated[str, Field(max_length=200)]
ModuleName = Literal[
    "his",
    "emr",
    "lis",
    "pacs",
    "mobile_nursing",
    "appointment",
    "internet_hospital",
    "insurance",
    "telemedicine",
    "ai",
    "data_platform",
]
MODULES = get_args(ModuleName)
Skill = Literal[
    "ops", "network", "application", "interface", "av", "ai", "data", "security", "coordinator", "monitor"
]
SKILLS = get_args(Skill)


class Telemedicine(Model):
    """The telemedicine platform. A single number means the sessions a week."""

    short_for: ClassVar[str] = "sessions"
    sessions: int = Field(0, ge=0, le=2000, description="Sessions a week that somebody must attend.")


class InUse(Model):
    """A module in use; nothing else is asked of it."""


def _listed(value: Any) -> Any:
    """Read a list of modules, and modules with nothing behind the colon, as a mapping."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = dict.fromkeys(value)
    if isinstance(value, dict):
        return {key: {} if each in (None, True) else each for key, each in value.items()}
    return value


class Modules(Model):
    """The systems in use. A list of names will do: `[his, emr]`."""

    his: InUse | None = Field(None, description="Hospital information system.")
    emr: InUse | None = Field(None, description="Electronic medical records.")
    lis: InUse | None = Field(None, description="Laboratory.")
    pacs: InUse | None = Field(None, description="Images.")
    mobile_nursing: InUse | None = Field(None, description="Mobile nursing.")
    appointment: InUse | None = Field(None, description="Appointment and registration.")
    internet_hospital: InUse | None = Field(None, description="Internet hospital.")
    insurance: InUse | None = Field(None, description="Link to medical insurance.")
    telemedicine: Telemedicine | None = Field(None, description="Telemedicine, with `sessions` a week.")
    ai: InUse | None = Field(None, description="AI diagnosis: image reading, record checks, triage.")
    data_platform: InUse | None = Field(None, description="Unified data platform.")


class Emergency(Model):
    """The emergency department."""

    visits: int = Field(0, ge=0, le=100_000, description="Visits a day.")
    around_the_clock: bool = Field(False, description="Whether it is open day and night.")


class Response(Model):
    """Within what time the first answer comes, by priority of the fault; day and night for P1 and P2."""

    p1: Duration = Field(description="P1: care stops.")
    p2: Duration = Field(description="P2: a department stops.")
    p3: Duration | None = Field(None, description="P3: one workplace; on working days.")
    p4: Duration | None = Field(None, description="P4: a wish; on working days.")


class Queue(Model):
    """What comes in at a desk and how fast it is to be answered."""

    per_hour: float | int = Field(description="Arrivals in a busy hour.")
    handling: Duration = Field(description="How long one takes on average.")
    answered: Share = Field(description="Share to be answered in time.")
    within: Duration = Field(description="The time.")
    patience: Duration | None = Field(
        None,
        description="How long callers wait on average before they give up (Erlang A); without it, for ever.",
    )


class Desk(Queue):
    """The service desk: user calls."""

    window: Window = as_written("08:00-16:00", "When calls are answered.")
    days: NeededDays = as_written("weekdays", "On which days.")


class Answering(Model):
    """Answering times; each part only where its figures are known."""

    alerts: Queue | None = Field(None, description="Alerts at the monitoring seat.")
    desk: Desk | None = Field(None, description="Calls at the service desk.")


class Hire(Model):
    """People one can hire: what one person can combine."""

    short_for: ClassVar[str] = "skills"
    title: Title = Field("", description="Name for people.")
    skills: list[Skill] = Field(min_length=1, description="What one person can do.")
    cost: Money | None = Field(None, description="Cost a month; by default the dearest of the skills.")
    most: int | None = Field(None, ge=0, le=1000, description="Most that can be had.")


class Outsourcing(Model):
    """What may be bought."""

    seats: int = Field(
        0,
        ge=0,
        le=1000,
        description="Vendor seats that may be bought: the monitoring seat first, then campuses.",
    )
    desktop: bool = Field(False, description="Whether desktop support is bought at every level of service.")
    security_operations: bool = Field(
        False, description="Whether security operations are bought; the administrator never is."
    )


class ProfileFile(Model):
    """A hospital and its systems, from which posts, roles and numbers follow."""

    name: Name = Field(description="Short name, used for files.")
    title: Title = Field("", description="Name for people.")
    tier: Literal["county", "secondary", "tertiary", "group"] = Field(
        description="Kind of hospital: county hospital or health centre, secondary, tertiary, group of hospitals."
    )
    beds: int = Field(ge=1, le=100_000, description="Beds; for comparison with surveys only.")
    users: int = Field(ge=1, le=1_000_000, description="People who use the systems.")
    campuses: int = Field(
        1, ge=1, le=12, description="Campuses, each with a desk of its own where there are several."
    )
    start: Day = Field(description="First date of the rosters to be planned, best a Monday.")
    regime: str = Field("cn_public_institution", description="Working-time regime of the hospital.")
    modules: Annotated[
        Modules, BeforeValidator(_listed), Also({"type": "array", "items": {"enum": list(MODULES)}})
    ] = Field(description="Systems in use: a list, or a mapping with their figures.")
    core: list[ModuleName] | None = Field(
        None, description=f"Modules that are core; by default those of {', '.join(CORE)} that are in use."
    )
    interfaces: int = Field(0, ge=0, le=5000, description="External interfaces.")
    continuity: Literal["basic", "standard", "critical"] = Field(
        description="How much nights matter: `basic` standby from home; `standard` also somebody on site at weekends; "
        "`critical` somebody awake day and night."
    )
    emergency: Emergency = as_written({}, "The emergency department.")
    response: Response = Field(description="Response targets by priority.")
    protection: int = Field(ge=1, le=3, description="Security protection level (等保) of the core systems.")
    answering: Answering = as_written({}, "Answering times at desk and seat.")
    posts: dict[Skill, Annotated[int, Field(ge=1, le=70)]] = Field(
        {}, description="Days a week for which a role is at its desk at least, whatever the drivers say."
    )
    hire: dict[Name, Hire] = Field(
        {}, description="People one can hire, by name; by default those of the tier."
    )
    people: dict[Name, str] = Field({}, description="People there are: name and kind, one of `hire`.")
    outsourcing: Outsourcing = as_written({}, "What may be bought.")
    budget: Money | None = Field(None, description="What there is a month.")
    currency: str = Field("CNY", pattern=r"^[A-Z]{3}$", description="Currency of budget and costs.")
    go_live: Day | None = Field(
        None, description="When the systems go live; hire-by dates count back from it."
    )
    recruiting: Literal["permanent", "contract"] = Field("permanent", description="How people are hired.")
    knowledge_base: bool = Field(False, description="Whether a kept knowledge base shortens the ramp-up.")
    drivers: dict[str, float | int] = Field(
        {}, description="Drivers to use instead of the shipped ones, by key."
    )
