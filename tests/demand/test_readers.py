"""One small file a kind; what is wrong is told with line, column and a map to fill in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from roster.demand.cleaning import cleaned, too_little
from roster.demand.kinds import KINDS
from roster.demand.mapping import read_map
from roster.demand.tickets import NeedsMap, Read, Ticket, read_tickets
from roster.demand.times import DAY_S, length
from roster.errors import Faults
from tests.demand.made_up import COLUMNS, Truth, as_csv, rows, tickets

ZONE = "Asia/Shanghai"
Reader = Callable[..., Read]

SMALL: dict[str, str] = {
    "columns": "id,opened,effort,priority\nA,2026-01-15 08:30,12,high\n",
    "servicenow": "number,opened_at,time_worked,priority\nA,15/1/2016 08:30,720,2 - High\n",
    "otrs": "Number;Created;AccountedTime;Priority\nA;2026-01-15 08:30:00;12;2 high\n",
    "glpi": "id,date,actiontime,priority\nA,2026-01-15 08:30:00,720,4\n",
    "itop": "ref,start_date,time_spent,priority\nA,2026-01-15 08:30:00,720,2\n",
    "jira": "Issue key,Created,Time Spent,Priority\nA,15/Jan/26 8:30 AM,720,High\n",
    "zabbix": '{"eventid":1,"clock":1768437000,"value":1,"severity":4,"hosts":[{"host":"a"}]}\n'
    '{"eventid":2,"clock":1768437600,"value":0,"p_eventid":1}\n',
    "alertmanager": '{"alerts":[{"fingerprint":"f","startsAt":"2026-01-15T00:30:00Z",'
    '"endsAt":"0001-01-01T00:00:00Z","labels":{"severity":"critical"}}]}\n',
    "grafana": '{"alerts":[{"fingerprint":"f","startsAt":"2026-01-15T08:30:00+08:00",'
    '"endsAt":"2026-01-15T08:40:00.5+08:00","labels":{"severity":"warning"}}]}\n',
    "pagerduty": "id,created_on,urgency,seconds_to_first_ack\nA,2026-01-15T08:30:00+08:00,high,60\n",
    "opsgenie": '[{"id":"A","createdAt":"2026-01-15T00:30:00Z","priority":"P2"}]\n',
    "telephone": "Start,Talk time\n2026-01-15 08:30:00,00:12:00\n",
    "oncall": "start,end,level\n2026-01-15 08:30,2026-01-15 09:30,1\n",
}


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(content: str | bytes, kind: str = "columns", given: str = "", name: str = "t.csv") -> Read:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        node = None
        if given:
            (tmp_path / "map.yaml").write_text(given, encoding="utf-8")
            node = read_map(tmp_path / "map.yaml")
        return read_tickets(file, kind, node, ZONE)

    return reader


def test_every_kind_has_a_small_file() -> None:
    assert set(SMALL) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read(read: Reader, kind: str) -> None:
    text = SMALL[kind]
    found = read(text, kind, name="t.ndjson" if text[0] in "{[" else "t.csv")
    (one,) = found.tickets
    assert one.opened % DAY_S == 8 * 3600 + 30 * 60
    assert date.fromordinal(one.opened // DAY_S).timetuple()[1:3] == (1, 15)
    if "effort" in found.mapping.columns and kind != "oncall":
        assert one.effort == 720
    if kind not in ("telephone", "oncall"):
        assert one.priority in ("p1", "p2", "p3", "p4")
    assert (one.resolved - one.opened) in (
        (600,) if kind in ("zabbix", "grafana") else (-1 - one.opened, 3600)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_encodings_and_title_rows(read: Reader, encoding: str) -> None:
    table = rows(tickets(Truth(weeks=1)))
    text = ("信息科工单导出,,,\n\n" + as_csv(table, encoding="utf-8").decode()).encode(encoding)
    found = read(text)
    assert len(found.tickets) == len(table)
    assert {one.priority for one in found.tickets} == {"p1", "p2", "p3", "p4"}


def test_a_workbook_is_read(read: Reader, tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    sheet = book.add_worksheet("tickets")
    for at, row in enumerate([COLUMNS, *rows(tickets(Truth(weeks=1)))]):
        sheet.write_row(at, 0, row)
    book.close()
    found = read_tickets(tmp_path / "t.xlsx", "columns", None, ZONE)
    assert len(found.tickets) == len(tickets(Truth(weeks=1)))


def test_day_first_is_known_by_one_date_and_asked_for_where_both_fit(read: Reader) -> None:
    text = "id,opened\nA,3/4/2026 10:00\n"
    with pytest.raises(
        NeedsMap, match=r"line 1  opened: '3/4/2026 10:00' in the column 'opened' can be read"
    ):
        read(text)
    for form, month in (("day first", 4), ("month first", 3), ("'%d/%m/%Y %H:%M'", 4)):
        (one,) = read(text, given=f"opened: {{column: opened, format: {form}}}").tickets
        assert date.fromordinal(one.opened // DAY_S).month == month
    assert date.fromordinal(read("id,opened\nA,3.4.2026 10:00\n").tickets[0].opened // DAY_S).month == 4
    assert date.fromordinal(read(text + "B,29/4/2026 10:00\n").tickets[0].opened // DAY_S).month == 4


def test_faults_name_line_and_column_and_come_at_once(read: Reader) -> None:
    with pytest.raises(NeedsMap) as needed:
        read("id,opened,effort\nA,2026-01-15 08:30,12\nB,soon,12\nC,2026-02-30 08:00,much\n")
    said = str(needed.value)
    assert "t.csv: 3 faults" in said
    assert "line 3  opened: 'soon'" in said
    assert "line 4  opened: '2026-02-30 08:00'" in said
    assert "line 4  effort: 'much'" in said


def test_a_table_without_arrivals_names_its_columns(read: Reader) -> None:
    with pytest.raises(NeedsMap, match=r"line 1  opened: no column says when.*: key, when, who"):
        read("key,when,who\n1,2026-01-15,x\n")


def test_below_a_title_row_the_head_is_found_even_where_no_name_is_known(read: Reader) -> None:
    text = "Export;;\n\nTicketnummer;Erstellt;Aufwand\n1;15.01.2026 08:30;12\n".encode("utf-16")
    with pytest.raises(
        NeedsMap, match=r"line 3  opened: no column says when.*: Ticketnummer, Erstellt, Aufwand"
    ):
        read(text)
    assert read(text, given="opened: Erstellt").tickets[0].opened % DAY_S == 8 * 3600 + 1800


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("opend: Start", r"line 1  opend: 'opend' is no field of a map; did you mean 'opened'"),
        ("opened: Begin\nid: id", r"line 1  opened: 'Begin' is no column of .*t.csv; line 1 has: id, Start"),
        ("opened: {column: Start, format: later}", r"'later' does not say which comes first"),
        ("opened: Start\neffort: {column: id, unit: days}", r"line 2  effort.unit: 'days' is no unit"),
        ("opened: Start\npriority: {column: id, values: {a: urgent}}", r"'urgent' is no priority"),
        ("opened: Start\ntime_zone: Moon/Crater", r"'Moon/Crater' is no time zone"),
        ("opened: {column: Start, colour: red}", r"opened.colour: 'colour' is not known here"),
    ],
)
def test_a_wrong_map_is_told(read: Reader, given: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        read("id,Start\nA,2026-01-15 08:30\n", given=given)


def test_broken_json_is_told_by_line(read: Reader) -> None:
    with pytest.raises(Faults, match=r"line 2  .*not JSON"):
        read('{"startsAt":"2026-01-15T00:30:00Z"}\n{"startsAt":\n', "alertmanager", name="a.ndjson")


def test_times_of_utc_become_local_and_offsets_are_kept(read: Reader) -> None:
    (one,) = read("opened\n2026-01-15 00:30\n", given="opened: opened\ntime_zone: UTC").tickets
    assert one.opened % DAY_S == 8 * 3600 + 1800


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("1.5", "h", 5400),
        ("90 min", "s", 5400),
        ("1,5", "min", 90),
        ("2天", "s", 172800),
        ("1小时30分", "min", 5400),
    ],
)
def test_lengths(text: str, unit: str, seconds: float) -> None:
    assert length(text, unit) == seconds


def one(line: int, minutes: float, **more: int | str | float | bool) -> Ticket:
    base = Ticket(line, 0, 739_000 * DAY_S + int(60 * minutes), -1, -1.0, -1, "", "", 0, 0, 0, False)
    return base._replace(**more)


def steps(found: list[Ticket]) -> dict[str, tuple[int, ...]]:
    return {step.name: step.lines for step in cleaned(found).steps}


def test_event_logs_become_tickets_by_their_first_arrival() -> None:
    log = [one(2, 60, key=7), one(3, 0, key=7, effort=60.0, resolved=739_001 * DAY_S), one(4, 5, key=8)]
    (first, second) = cleaned(log).tickets
    assert (first.opened % DAY_S, first.effort) == (0, 60.0)
    assert second.key == 8
    assert steps(log)["events"] == (3,)


def test_bursts_are_one_event_and_calls_are_not() -> None:
    alerts = [one(n, 10 * n, group=5) for n in range(4)] + [one(9, 60, group=5)]
    assert steps(alerts)["bursts"] == (1, 2, 3)
    assert steps([each._replace(call=True) for each in alerts])["bursts"] == ()
    family = [
        one(1, 0, key=1),
        one(2, 1, key=2, parent=1),
        one(3, 2, key=3, parent=99),
        one(4, 3, key=4, parent=99),
    ]
    assert steps(family)["bursts"] == (2, 4)


def test_planned_jobs_go_and_weekly_habits_stay() -> None:
    nightly = [one(n, 1440 * n + 120, title=3) for n in range(20)]
    now_and_then = [one(100 + n, 1440 * 7 * n + 121, title=3) for n in range(12)]
    assert steps(nightly + now_and_then)["machines"] == tuple(range(20))
    assert steps([each._replace(title=0) for each in nightly])["machines"] == ()


def test_ends_set_by_a_clock_are_no_ends() -> None:
    hourly = [one(n, 7 * n, resolved=739_001 * DAY_S + 3600 * n) for n in range(10)]
    found = cleaned(hourly)
    assert found.clocked
    assert found.elapsed is None
    honest = [one(n, 7 * n, resolved=739_001 * DAY_S + 3607 * n) for n in range(1, 10)]
    assert not cleaned(honest).clocked


def test_too_little_is_said() -> None:
    assert [key for key, _ in too_little([one(1, 0), one(2, 1440 * 20)])] == ["few_weeks", "quiet_days"]
    assert too_little([one(n, 1440 * n) for n in range(40)]) == []
