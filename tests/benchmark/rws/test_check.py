"""The definition-only checker: a kept and a broken rota for every rule, drawn by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.benchmark.rws.check import free_weekends, violations
from roster.benchmark.rws.format import Instance, Limits, RwsShift
from roster.language import speaking

WIDE = Limits(1, 14)


def instance(*rows: str, **others: object) -> Instance:
    """Return an instance without limits whose demand is what the rows hold."""
    shifts = tuple(RwsShift(name, 0, 480, WIDE) for name in "DN")
    demand = tuple(tuple(sum(row[day] == name for row in rows) for day in range(7)) for name in "DN")
    made = Instance("drawn", len(rows), shifts, demand, WIDE, WIDE)
    return replace(made, **others)  # type: ignore[arg-type]


def run(name: str, shortest: int, longest: int) -> dict[str, object]:
    limits = Limits(shortest, longest)
    return {"shifts": tuple(RwsShift(n, 0, 480, limits if n == name else WIDE) for n in "DN")}


@pytest.mark.parametrize(
    ("rows", "limits", "kept"),
    [
        (("DD--NN-", "DD--NN-"), {"work": Limits(2, 2)}, True),
        (("DD--NN-", "D---NN-"), {"work": Limits(2, 2)}, False),
        (("DDD-NN-",), {"work": Limits(2, 2)}, False),
        # The run of Sunday and Monday closes the word.
        (("D--NN-D",), {"work": Limits(2, 2)}, True),
        (("D--NN--",), {"work": Limits(2, 2)}, False),
        (("-DD-DD-",), {"off": Limits(1, 2)}, True),
        (("-DD-D--",), {"off": Limits(1, 2)}, False),
        (("DDNNN--", "DDNNN--"), run("N", 3, 3), True),
        (("DDNNN--", "DDDNN--"), run("N", 3, 3), False),
        (("DDDDDDD",), {"work": Limits(1, 6)}, False),
        (("DDDDDDD", "DDDDDDD"), run("D", 1, 14), True),
        (("DDNN---",), {"not_after": (("N", "D"),)}, True),
        (("NNDD---",), {"not_after": (("N", "D"),)}, False),
        (("D-----N",), {"not_after": (("N", "D"),)}, False),
        (("NN--DD-",), {"not_after_off": (("N", "D"),)}, True),
        (("NN-DD--",), {"not_after_off": (("N", "D"),)}, False),
        (("-DD--NN",), {"not_after_off": (("N", "D"),)}, False),
        (("-DD-NN-",), {"not_after_off": (("N", "D"),)}, True),
    ],
)
def test_each_rule_is_judged_round_the_end_of_the_word(
    rows: tuple[str, ...], limits: dict[str, object], kept: bool
) -> None:
    assert (not violations(instance(*rows, **limits), rows)) is kept


def test_demand_is_exact() -> None:
    wanted = instance("DD-----")
    assert not violations(wanted, ["DD-----"])
    assert violations(wanted, ["DDD----"])
    assert violations(wanted, ["D------"])
    assert violations(wanted, ["NN-----"])


@pytest.mark.parametrize("rows", [["DD----"], ["DD-----", "-------"], ["DX-----"]])
def test_a_rota_of_the_wrong_shape_is_told_first(rows: list[str]) -> None:
    assert violations(instance("DD-----"), rows)


def test_sentences_come_in_the_language_spoken() -> None:
    with speaking("zh"):
        assert "需要 1 人，实际 0 人" in violations(instance("DD-----"), ["D------"])[0]


def test_a_weekend_is_free_when_both_days_are() -> None:
    assert free_weekends(["DDDDD--", "-DDDDD-", "--DDD--"]) == 2
