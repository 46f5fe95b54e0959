"""Proof files: written and read back the same; whatever is no proof is unreadable; no change makes one prove more."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from roster.errors import FileFault
from roster.proof import (
    EVERY_ROSTER,
    WEEKLY,
    Leaf,
    Scope,
    Searched,
    Split,
    Use,
    document_of,
    proof_of,
    read_proof,
    verify,
)
from tests.proof.test_proof_verify import DESK, HOURS, SEATS, A, B, case, changed, proof, supposed

ROUND = proof(
    case(
        Leaf((HOURS, SEATS, supposed())),
        Split(
            (("shifts", "a"), ("standbys", "b"), ("duty", "a", 6, "D"), ("people", "b"), ("seats", "x")),
            7,
            Leaf((Use("pair", Fraction(1, 3), type="a", weekday=6, first=("D",), second=("E", "A")),)),
            Leaf(
                (
                    Use("cover", at=6 * 1440 + 90, posts=(("day", Fraction(5, 7)), ("late", Fraction(1)))),
                    Use("run", Fraction(2), type="a", weekday=0, shift="D"),
                    Use("rest", Fraction(2), type="a", at=0),
                    Use("control", Fraction(10**40, 3)),
                )
            ),
        ),
    ),
    changed(B, seats=("x",), searched=Searched(None, Scope(12), "HiGHS", "1", "seed=1", "Nobody.")),
    program="roster 1",
    scope=Scope(4),
)


def text(document: Any) -> str:
    return json.dumps(document)


def test_a_proof_comes_back_as_it_was() -> None:
    assert proof_of(text(document_of(ROUND))) == ROUND


def test_a_file_from_before_scopes_is_about_rotas_of_one_week() -> None:
    searched = Searched(6, EVERY_ROSTER, "HiGHS", "1", "seed=1")
    document = document_of(proof(changed(A, searched=searched), B, bound=8))
    del document["scope"], document["parts"][0]["searched"]["scope"]
    read = proof_of(text(document | {"format": "roster-proof/1"}))
    assert (read.scope, read.parts[0].searched) == (WEEKLY, replace(searched, scope=WEEKLY))
    verdict = verify(DESK, read)
    assert (verdict.refusal, verdict.bound, verdict.searched) == ("", 7, True)


DOCUMENT = document_of(proof(A, B))


def with_value(path: tuple[str | int, ...], value: object) -> str:
    document = copy.deepcopy(DOCUMENT)
    at: Any = document
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return text(document)


TIMES = ("parts", 0, "tree", "add", 0, "times")
RAW = text(DOCUMENT)

UNREADABLE = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "a number": "3",
    "another format": with_value(("format",), "roster-proof/3"),
    "no scope": text({key: value for key, value in DOCUMENT.items() if key != "scope"}),
    "a scope that is none": with_value(("scope",), "most rosters"),
    "a scope of no week": with_value(("scope",), "rotas of 0 weeks"),
    "a scope in numbers": with_value(("scope",), 4),
    "a scope in a file of before scopes": with_value(("format",), "roster-proof/1"),
    "no parts": with_value(("parts",), None),
    "a part that is text": with_value(("parts", 0), "all"),
    "an unknown key": with_value(("comment",), "trust me"),
    "an unknown key in a row": with_value(("parts", 0, "tree", "add", 0, "least"), 100),
    "a bound in text": with_value(("bound",), "7"),
    "a bound that is half": with_value(("bound",), 7.5),
    "a bound that is true": with_value(("bound",), True),
    "a multiplier in decimals": with_value(TIMES, 0.5),
    "a multiplier that is true": with_value(TIMES, True),
    "no multiplier": with_value(TIMES, None),
    "a multiplier in words": with_value(TIMES, "one half"),
    "a multiplier over nothing": with_value(TIMES, "1/0"),
    "a multiplier over less than nothing": with_value(TIMES, "1/-2"),
    "a multiplier with a blank": with_value(TIMES, "1 /2"),
    "a multiplier in other digits": with_value(TIMES, "\u0661"),
    "a huge multiplier": with_value(TIMES, 10**60),
    "a huge multiplier in text": with_value(TIMES, "9" * 61),
    "an endless multiplier": RAW.replace('"1/2040"', "9" * 5000),
    "not a number": RAW.replace('"1/2040"', "NaN"),
    "infinite": RAW.replace('"1/2040"', "-Infinity"),
    "an exponent": RAW.replace('"1/2040"', "1e400"),
    "an unknown row": with_value(("parts", 0, "tree", "add", 0, "row"), "trust"),
    "no tree": with_value(("parts", 0, "tree"), {}),
    "a day that is none": with_value(("parts", 0, "tree", "add", 0, "day"), "Montag"),
    "a time that is none": with_value(("parts", 0, "tree", "add", 0, "at"), "Mon 24:00"),
    "a key twice": RAW.replace('"bound": 7', '"bound": 7, "bound": 8'),
    "a deep tree": RAW.replace('"tree": {', '"tree": {"if_so": ' * 5000 + "{", 1),
    "another goal": with_value(("goal",), "fame"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_proof_is_unreadable_with_its_name(name: str) -> None:
    assert UNREADABLE[name] != RAW
    with pytest.raises(FileFault, match=r"mine\.json: cannot be read as a proof"):
        proof_of(UNREADABLE[name], "mine.json")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00" * 10, b"PK\x03\x04"])
def test_bytes_are_no_proof(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.json").write_bytes(content)
    with pytest.raises(FileFault):
        read_proof(tmp_path / "p.json")


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    for place in (tmp_path / "none.json", tmp_path):
        with pytest.raises(FileFault, match="cannot be read as a proof"):
            read_proof(place)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(RAW, encoding="utf-8-sig")
    assert verify(DESK, read_proof(tmp_path / "p.json")).bound == 7


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


NUMBERS = (0, 1, -1, 2, 3, 4, 5, 6, 7, 8, 10**9)
FRACTIONS = ("1/2040", "1/1020", "1/4080", "1/2", "-1/7", "3", 1, 0, -1)
TEXTS = ("a", "b", "day", "night", "office", "hours", "week", "case", "one_duty", "Mon", "Mon 08:00")


def other(value: Any, draw: random.Random) -> Any:
    """Something else of the same kind."""
    if isinstance(value, list):
        return draw.choice((value[1:], value[:-1], value + value, value[::-1]))
    if isinstance(value, str) and value.startswith("1/"):
        return draw.choice(FRACTIONS)
    return draw.choice(TEXTS if isinstance(value, str) else (*NUMBERS, None))


def test_no_change_to_a_file_proves_more_than_there_is() -> None:
    """Eight hundred files with one to three values exchanged or dropped: 7 people can do it, so none says 8."""
    tree = case(Leaf((HOURS, SEATS, supposed())), Leaf((supposed(),)))
    original = document_of(proof(tree, B))
    draw, verdicts = random.Random(7), {"unreadable": 0, "refused": 0, "verified": 0}
    for _ in range(800):
        document = copy.deepcopy(original)
        for _ in range(draw.randint(1, 3)):
            path = draw.choice(places(document)[1:])
            at: Any = document
            for key in path[:-1]:
                at = at[key]
            at[path[-1]] = other(at[path[-1]], draw)
        try:
            verdict = verify(DESK, proof_of(text(document)))
        except FileFault:
            verdicts["unreadable"] += 1
            continue
        verdicts["refused" if verdict.refused else "verified"] += 1
        assert not verdict.impossible
        assert verdict.refused or (verdict.bound is not None and verdict.bound <= 7)
    assert all(number > 10 for number in verdicts.values()), verdicts
