"""`roster calendar` on the command line: the answer, its files, the ledger, and bad input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SHOP = """
name: shop
calendar: {start: 2027-03-01, weeks: 1, time_zone: Europe/Berlin}
employers: {shop: {regime: eu_directive}}
roles: {any: {}}
shifts:
  D: {start: 08:00, length: 8h}
posts:
  wk: {role: any, days: [mon, tue, wed, thu, fri], window: 08:00-16:00, people: 2}
  sa: {role: any, days: [sat, sun], window: 08:00-16:00}
staff_types: {any: {skills: any}}
people: {A: any, B: any, C: any, D: any, E: any, F: any, G: any}
absence: gross
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    file = tmp_path / "shop.yaml"
    file.write_text(SHOP, encoding="utf-8")
    return file


def duties(folder: Path) -> dict[str, int]:
    rows = csv.DictReader((folder / "roster.csv").read_text(encoding="utf-8-sig").splitlines())
    found: dict[str, int] = dict.fromkeys("ABCDEFG", 0)
    for row in rows:
        found[row["person"]] += row["duty"] == "D"
    return found


def test_twelve_shifts_among_seven_people_are_one_or_two_each(run: Run, shop: Path, tmp_path: Path) -> None:
    result = run("calendar", shop, "--time-limit", "20", "--json", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["bound"] <= document["points"]
    assert document["empty_hours"] == 0
    assert sum(term["points"] for term in document["terms"]) == pytest.approx(document["points"])
    assert sorted(duties(tmp_path / "out").values()) == [1, 1, 2, 2, 2, 2, 2]
    assert all(Path(name).exists() for name in document["files"])
    assert run("check", shop, tmp_path / "out" / "roster.csv").exit_code == 0


def test_the_bound_is_recomputed_from_its_prices_without_a_solver(
    run: Run, shop: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run("calendar", shop, "--time-limit", "10", "--out", out).exit_code == 0
    proof = out / "proof.json"
    kept = run("check", shop, "--proof", proof, "--json")
    assert (kept.exit_code, json.loads(kept.stdout)["holds"]) == (0, True)
    document = json.loads(proof.read_text(encoding="utf-8"))
    # Any prices give a bound: with one changed it is lower, and with the claim lowered it holds again.
    at = max(range(len(document["posts"])), key=lambda row: document["posts"][row])
    document["posts"][at] //= 2
    proof.write_text(json.dumps(document), encoding="utf-8")
    changed = run("check", shop, "--proof", proof, "--json")
    shown = json.loads(changed.stdout)
    assert (changed.exit_code, shown["holds"]) == (1, False)
    assert shown["shown"] < shown["claimed"]
    document["points"] = shown["shown"]
    proof.write_text(json.dumps(document), encoding="utf-8")
    assert run("check", shop, "--proof", proof).exit_code == 0
    document["posts"].append(1)
    proof.write_text(json.dumps(document), encoding="utf-8")
    assert run("check", shop, "--proof", proof).exit_code == 2


def test_the_bound_of_a_calendar_like_a_rota_is_recomputed_too(run: Run, shop: Path, tmp_path: Path) -> None:
    first, out = tmp_path / "first", tmp_path / "out"
    run("calendar", shop, "--time-limit", "10", "--out", first)
    # Nobody needs G on Saturday as well, yet the rota has it: a certificate that forgot it would show too much.
    rota = first / "roster.csv"
    rows = list(csv.DictReader(rota.read_text(encoding="utf-8-sig").splitlines()))
    busy = next(row for row in rows if row["weekday"] == "Sat")
    other = next(
        name for name in "ABCDEFG" if name not in {r["person"] for r in rows if r["weekday"] == "Sat"}
    )
    rows.append({**busy, "person": other})
    with rota.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    shop.write_text(SHOP + "rotation: {likeness: 40}\n", encoding="utf-8")
    assert run("calendar", shop, "--from", rota, "--time-limit", "10", "--out", out).exit_code == 0
    proof = out / "proof.json"
    kept = run("check", shop, "--proof", proof, "--json")
    assert (kept.exit_code, json.loads(kept.stdout)["holds"]) == (0, True)
    answer = json.loads((out / "calendar.json").read_text(encoding="utf-8"))
    assert answer["bound"] == pytest.approx(json.loads(kept.stdout)["shown"])
    document = json.loads(proof.read_text(encoding="utf-8"))
    for change in ({"price": 400}, {"rota": {name: ["off"] for name in "ABCDEFG"}}):
        forged = {**document, "likeness": {**document["likeness"], **change}}
        proof.write_text(json.dumps(forged), encoding="utf-8")
        assert run("check", shop, "--proof", proof).exit_code == 2
    dearer = [{**share, "price": 1000} for share in document["shares"]]
    proof.write_text(json.dumps({**document, "shares": dearer}), encoding="utf-8")
    assert run("check", shop, "--proof", proof).exit_code == 2


def test_the_ledger_evens_out_the_next_period(run: Run, shop: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    # A single working day is cheaper here than half a duty more or less than a fair share.
    text = SHOP + "quality: {single_days_on: 10}\n"
    shop.write_text(text, encoding="utf-8")
    run("calendar", shop, "--time-limit", "10", "--out", first)
    later = tmp_path / "later.yaml"
    later.write_text(text.replace("2027-03-01", "2027-03-08"), encoding="utf-8")
    result = run("calendar", later, "--before", first / "roster.csv", "--time-limit", "10", "--out", second)
    assert result.exit_code == 0, result.output
    one, two = duties(first), duties(second)
    assert {one[name] + two[name] for name in one} <= {3, 4}
    text = (second / "ledger.csv").read_text(encoding="utf-8-sig")
    accounts = {row["person"]: row for row in csv.DictReader(text.splitlines())}
    assert {float(row["hours"]) / 8 for row in accounts.values()} <= {3, 4}
    assert {row["days_present"] for row in accounts.values()} == {"14"}
    assert {row["since"] for row in accounts.values()} == {"2027-03-01"}


def test_a_plan_takes_a_ledger_as_a_calendar_does(run: Run, shop: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "carried.csv"
    ledger.write_text(
        "person,since,days_present,hours\nA,2027-02-01,28,80\nB,2027-02-01,28,0\n", encoding="utf-8"
    )
    worked = {}
    for more in ((), ("--ledger", ledger)):
        out = tmp_path / str(len(more))
        result = run("plan", shop, *more, "--time-limit", "10", "--polish", "1", "--out", out)
        assert result.exit_code == 0, result.output
        worked[len(more)] = duties(out)["A"]
    assert worked[2] < worked[0]
    shop.write_text(SHOP.split("people: {A")[0] + "absence: gross\n", encoding="utf-8")
    result = run("plan", shop, "--ledger", ledger)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--ledger: a ledger is of people with names" in result.stderr


def test_a_post_that_nobody_can_hold_is_told_and_the_rest_is_planned(run: Run, shop: Path) -> None:
    shop.write_text(SHOP.replace("people: 2}", "people: 9}"), encoding="utf-8")
    result = run("calendar", shop, "--time-limit", "5", "--lang", "en", "-q")
    assert result.exit_code == 1
    assert "stay empty" in result.stdout


def test_a_scenario_without_people_says_what_to_do(run: Run, shop: Path) -> None:
    shop.write_text(SHOP.split("people: {A")[0] + "absence: gross\n", encoding="utf-8")
    result = run("calendar", shop)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "roster plan" in result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("person,nights\nA,3\n", "days_present"),
        ("person,since,days_present,hours\nA,2027-02-01,28,many\n", "'many'"),
        ("person,since,days_present,hours\nA,,28,8\nA,,28,8\n", "already"),
    ],
)
def test_bad_ledgers_get_one_clear_message(
    run: Run, shop: Path, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "ledger.csv"
    file.write_text(text, encoding="utf-8")
    result = run("calendar", shop, "--ledger", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_a_measure_that_is_none_is_refused(run: Run, shop: Path) -> None:
    shop.write_text(SHOP + "fairness: [{of: nigths}]\n", encoding="utf-8")
    result = run("calendar", shop)
    assert (result.exit_code, "nigths" in result.stderr) == (2, True)


def test_a_request_that_is_not_granted_says_what_it_would_cost(run: Run, shop: Path) -> None:
    people = ", ".join(
        f"{name}: {{type: any, wishes: [{{dates: 2027-03-02, price: 7}}]}}" for name in "ABCDEFG"
    )
    shop.write_text(
        SHOP.replace(SHOP[SHOP.index("people: {A") :], "") + f"people: {{{people}}}\nabsence: gross\n"
    )
    document = json.loads(run("calendar", shop, "--time-limit", "15", "--json").stdout)
    assert sum(wish["granted"] for wish in document["wishes"]) == 5
    assert [one["date"] for one in document["refused"]] == ["2027-03-02"] * 2
    # Somebody else has to be there instead: granting one takes it from another.
    assert all(one["points"] is None or one["points"] + one["empty_hours"] > 0 for one in document["refused"])
    assert "Requests not granted" in run("calendar", shop, "--time-limit", "8", "--lang", "en").stdout
