"""The loop closed: measured hours in the place of drivers, plans without editing, and what their rosters reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.cli import main
from roster.errors import FileFault
from roster.sizing.measured import read_measured
from tests.demand.made_up import Truth, as_csv, rows, tickets

ROOT = Path(__file__).parents[2]
MAP = "role: {column: 处理组, values: {网络组: network}}\n"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `roster demand` writes of a quarter of tickets by day."""
    folder = tmp_path_factory.mktemp("measured")
    truth = Truth(
        peak=5,
        weekend=0.0,
        weeks=13,
        profile=(*[0.0] * 8, *[1.0] * 8, *[0.0] * 8),
        priorities=(("p1", 0.3), ("p2", 0.7)),
    )
    (folder / "t.csv").write_bytes(as_csv(rows(tickets(truth))))
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    args = ["demand", str(folder / "t.csv"), "--as", "columns", "--map", str(folder / "map.yaml")]
    result = CliRunner().invoke(main, [*args, "--target", "80% in 15min", "--out", str(folder / "out")])
    assert result.exit_code == 0, result.output
    return folder / "out"


def test_hours_of_a_role_are_those_of_the_tickets(out: Path) -> None:
    role = read_measured(out / "demand.json").roles["network"]
    # 5 an hour over 40 hours a week, 20 minutes each.
    assert role.hours == pytest.approx(5 * 40 / 3, rel=0.05)
    assert role.awake["workday", 10] >= 2
    assert role.awake["restday", 10] == 0


def test_size_takes_measured_hours_and_says_for_which_drivers(out: Path) -> None:
    profile = ROOT / "scenarios" / "profiles" / "county.yaml"
    args = ["size", str(profile), "--measured", str(out / "demand.json"), "--json", "--time-limit", "20"]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0, result.output
    document = json.loads(result.output)
    (one,) = document["measured"]
    assert one["role"] == "network"
    assert not [driver for driver in document["drivers"] if driver["key"] == "network_hours"]
    spoken = CliRunner().invoke(main, [*args[:-3], "--time-limit", "20", "--lang", "en"]).output
    words = " ".join(spoken.split())
    assert "Measured, demand.json (2026-01-05 to 2026-04-0" in words
    assert "in the place of" in words
    assert "network_hours" in words


def test_a_plan_of_it_needs_no_editing_and_reaches_the_target_in_every_hour(
    out: Path, tmp_path: Path
) -> None:
    plan = CliRunner().invoke(
        main, ["plan", str(out / "demand.yaml"), "--out", str(tmp_path), "--polish", "0.1"]
    )
    assert plan.exit_code == 0, plan.output
    args = [
        "check",
        str(out / "demand.yaml"),
        str(tmp_path / "roster.csv"),
        "--measured",
        str(out / "demand.json"),
    ]
    result = CliRunner().invoke(main, [*args, "--json"])
    assert result.exit_code == 0, result.output
    (said,) = json.loads(result.output)["answered"]
    assert said["hours"]
    assert all(hour["level"] >= 0.8 and hour["dates_below"] == 0 for hour in said["hours"])
    spoken = CliRunner().invoke(main, [*args, "--lang", "en"]).output
    assert "network: every hour reaches 80 % in 15 min" in " ".join(spoken.split())

    # With one duty less on one day, that day's hours fall below.
    lines = (tmp_path / "roster.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if ",D," in line and "08:00" in line)
    lines[at] = lines[at].replace(",D,", ",off,", 1)
    fewer = "".join(line for n, line in enumerate(lines) if n != at)
    (tmp_path / "fewer.csv").write_text(fewer, encoding="utf-8-sig")
    args[2] = str(tmp_path / "fewer.csv")
    result = CliRunner().invoke(main, [*args, "--json"])
    (said,) = json.loads(result.output)["answered"]
    assert any(hour["dates_below"] for hour in said["hours"])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"measured": 2}', '{"measured": 1, "roles": [{"role": "a"}]}']
)
def test_another_file_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(FileFault, match=r"x.json is no demand.json"):
        read_measured(tmp_path / "x.json")
    with pytest.raises(FileFault, match="cannot be read"):
        read_measured(tmp_path / "none.json")
