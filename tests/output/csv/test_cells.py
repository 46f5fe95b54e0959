"""No cell starts a formula, and every text comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest

from roster.output.csv.cells import cell, sheet

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_never_starts_a_formula(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "shown"), [(3, "3"), (34.4, "34.4"), (None, ""), ("D", "D"), ("a=b", "a=b")]
)
def test_harmless_values_stay_as_they_are(value: object, shown: str) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize(
    "name", ["Li, Na", 'say "hi"', "two\nlines", "👩‍⚕️ Ann", "שלום", "李娜；王", "a;b", "a\tb"]
)
def test_any_name_comes_back(name: str) -> None:
    rows = list(csv.reader(io.StringIO(sheet(["person", "x"], [[name, 1]]), newline="")))
    assert rows == [["person", "x"], [name, "1"]]
