"""What tools call the columns of tickets, calls and alerts; the tables of `--as`."""

from __future__ import annotations

from dataclasses import dataclass

FIELDS = (
    "id",
    "opened",
    "answered",
    "answered_after",
    "effort",
    "resolved",
    "pending",
    "priority",
    "role",
    "parent",
    "group",
    "title",
    "channel",
)
"""
What a column may say. `answered_after` and `pending` are lengths of time, `group` is a host or fingerprint whose alerts
in a row are one event, `title` a subject of which nothing but a digest is kept, `channel` how it came in.
"""

TIMES = ("opened", "answered", "resolved")
LENGTHS = ("answered_after", "effort", "pending")
SEVERITIES = ("p1", "p2", "p3", "p4", "p5")
CALLS = ("phone", "telephone", "call", "电话")
"""Channels of which each is answered for itself, also where several are about one fault."""


@dataclass(frozen=True, slots=True)
class ToolKind:
    """
    A tool: its columns by field, the unit of its lengths of time, and how its table is laid out.

    `effort_is_hint` marks effort that is no booked work; `verified` whether columns were seen in the tool's source or
    manual, else a map may be needed. `json` files hold one document a line, or a list.
    """

    name: str
    columns: dict[str, tuple[str, ...]]
    unit: str = "min"
    json: bool = False
    effort_is_hint: bool = False
    verified: bool = True
    calls: bool = False


_COMMON: dict[str, tuple[str, ...]] = {
    "id": ("id", "number", "ticket", "ticket id", "key", "issue key", "单号", "工单号", "编号", "工单编号"),
    "opened": (
        *("opened", "opened_at", "created", "created_at", "date", "start", "clock", "startsat", "open time"),
        *(
            "创建时间",
            "报修时间",
            "受理时间",
            "开单时间",
            "提交时间",
            "发生时间",
            "来电时间",
            "start_date",
            "start time",
        ),
    ),
    "answered": (
        *(
            "answered",
            "first response",
            "firstresponse",
            "acknowledged_at",
            "acknowledged",
            "assignment_date",
        ),
        *("首次响应时间", "响应时间", "接单时间", "answered_at"),
    ),
    "effort": (
        *("effort", "accountedtime", "actiontime", "time_worked", "time spent", "time_spent", "handling"),
        *("处理工时", "工时", "实际工时", "talk time", "came_in_minutes"),
    ),
    "resolved": (
        *("resolved", "resolved_at", "closed", "closed_at", "solvedate", "resolution_date", "end", "endsat"),
        *("解决时间", "完成时间", "关闭时间", "结束时间", "ended_at"),
    ),
    "pending": ("pending", "waiting_duration", "挂起时长"),
    "priority": ("priority", "severity", "urgency", "级别", "优先级", "紧急程度"),
    "role": ("role", "assignment_group", "queue", "team", "service", "处理组", "受理组", "支持组"),
    "parent": ("parent", "parent_incident", "父单号"),
    "group": ("fingerprint", "host", "主机"),
    "title": ("subject", "title", "short_description", "summary", "标题", "主题", "name"),
    "channel": ("channel", "contact_type", "来源", "来电方式"),
}


def _kind(name: str, unit: str = "min", **columns: str) -> ToolKind:
    own = {field: tuple(heads.split("|")) for field, heads in columns.items()}
    return ToolKind(name, own, unit)


_SERVICENOW = ToolKind(
    "servicenow",
    {
        "id": ("number",),
        "opened": ("opened_at",),
        "effort": ("time_worked",),
        "resolved": ("resolved_at", "closed_at"),
        "priority": ("priority",),
        "role": ("assignment_group",),
        "channel": ("contact_type",),
        "parent": ("parent_incident",),
        "title": ("short_description",),
    },
    unit="s",
    effort_is_hint=True,
)

_ALERTMANAGER = ToolKind(
    "alertmanager",
    {
        "id": ("id",),
        "opened": ("startsat",),
        "resolved": ("endsat",),
        "priority": ("labels.severity",),
        "group": ("fingerprint",),
        "role": ("labels.team",),
    },
    json=True,
)

KINDS: dict[str, ToolKind] = {
    kind.name: kind
    for kind in (
        ToolKind("columns", _COMMON, verified=False),
        _SERVICENOW,
        _kind(
            "otrs",
            id="ticketnumber|tn|number",
            opened="created",
            answered="firstresponse|firstlock",
            answered_after="firstresponseinmin",
            effort="accountedtime",
            resolved="closed|close time",
            priority="priority",
            role="queue",
            title="title|subject",
        ),
        _kind(
            "glpi",
            unit="s",
            id="id",
            opened="date|opening date|open date",
            answered_after="takeintoaccount_delay_stat",
            effort="actiontime",
            resolved="solvedate|resolution date",
            pending="waiting_duration",
            priority="priority",
            role="itilcategories_id|assigned group|technician group",
            title="name|title",
        ),
        ToolKind(
            "itop",
            {
                "id": ("ref", "id"),
                "opened": ("start_date", "start date"),
                "answered": ("assignment_date", "assignment date"),
                "effort": ("time_spent",),
                "resolved": ("resolution_date", "resolution date"),
                "priority": ("priority",),
                "role": ("team", "team_name"),
                "title": ("title",),
            },
            unit="s",
            verified=False,
        ),
        ToolKind(
            "jira",
            {
                "id": ("issue key",),
                "opened": ("created",),
                "effort": ("time spent",),
                "resolved": ("resolved",),
                "priority": ("priority",),
                "role": ("custom field (team)", "component/s"),
                "parent": ("parent", "parent id"),
                "title": ("summary",),
            },
            unit="s",
            verified=False,
        ),
        ToolKind(
            "zabbix",
            {
                "id": ("eventid",),
                "opened": ("clock",),
                "resolved": ("recovered",),
                "priority": ("severity",),
                "group": ("hosts.0.host", "hosts.0.name"),
                "role": ("groups.0",),
                "title": ("name",),
            },
            json=True,
        ),
        _ALERTMANAGER,
        ToolKind("grafana", _ALERTMANAGER.columns, json=True),
        ToolKind(
            "pagerduty",
            {
                "id": ("id", "incident_number"),
                "opened": ("created_on", "created_at"),
                "answered": ("first_acknowledged_on", "acknowledged_at"),
                "answered_after": ("seconds_to_first_ack",),
                "resolved": ("resolved_on", "resolved_at"),
                "priority": ("urgency",),
                "role": ("service_name", "service"),
                "title": ("description", "title"),
            },
            unit="s",
            verified=False,
        ),
        ToolKind(
            "opsgenie",
            {
                "id": ("id", "tinyid"),
                "opened": ("createdat",),
                "answered": ("acknowledgedat",),
                "resolved": ("closedat", "updatedat"),
                "priority": ("priority",),
                "role": ("ownerteam", "team"),
                "group": ("alias",),
                "title": ("message",),
            },
            verified=False,
        ),
        ToolKind(
            "telephone",
            {
                **_COMMON,
                "opened": ("start", "start of call", "call start", *_COMMON["opened"]),
                "effort": ("handling", "talk time", "talk", "billsec", "通话时长", *_COMMON["effort"]),
            },
            unit="s",
            verified=False,
            calls=True,
        ),
        _kind("oncall", opened="start", resolved="end", priority="level", effort="came_in_minutes|came in"),
    )
}

UNITS = {"s": 1, "min": 60, "h": 3600}
"""Seconds of a unit of time."""

PRIORITIES: dict[str, str] = {
    **{f"p{number}": f"p{number}" for number in range(1, 6)},
    **{str(number): f"p{number}" for number in range(1, 6)},
    **dict.fromkeys(
        ("critical", "very high", "highest", "disaster", "emergency", "紧急", "特急", "非常高"), "p1"
    ),
    **dict.fromkeys(("high", "major", "error", "高", "重要"), "p2"),
    **dict.fromkeys(("medium", "moderate", "normal", "average", "warning", "中", "一般", "普通"), "p3"),
    **dict.fromkeys(("low", "minor", "information", "info", "低"), "p4"),
    **dict.fromkeys(("planning", "lowest", "very low", "not classified", "很低"), "p5"),
}
"""Words of priorities in the tools above and in Chinese ones."""

ZABBIX_SEVERITIES = {"5": "p1", "4": "p2", "3": "p3", "2": "p4", "1": "p5", "0": "p5"}
"""Zabbix manual, "Newline-delimited JSON export protocol": 0 not classified to 5 disaster."""


def severity(kind: str, said: str) -> str:
    """
    Return the priority that a cell names, `p1` to `p5`; empty where it names none.

    >>> severity("servicenow", "1 - Critical"), severity("zabbix", "5"), severity("otrs", "3 normal")
    ('p1', 'p1', 'p3')
    """
    text = said.strip().lower()
    if kind == "zabbix":
        return ZABBIX_SEVERITIES.get(text, "")
    if text in PRIORITIES:
        return PRIORITIES[text]
    head, _, tail = text.replace("-", " ").partition(" ")
    return PRIORITIES.get(head) or PRIORITIES.get(tail.strip(), "")
