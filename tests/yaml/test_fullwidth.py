"""Full-width punctuation is named, with its line and the plain sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from roster.errors import Faults
from roster.notation.timespans import time_span
from roster.notation.values import count_range, day, duration, span
from roster.yaml.tree import parse
from tests.scenario.helpers import changed, faults


@pytest.mark.parametrize(
    ("text", "line", "sign"),
    [
        ("name: x\ntitle：y\ncalendar:\n  start: z\n", 2, "：”"),
        ("name：x\n", 1, "：”"),
        ("name: {a：1}\n", 1, "：”"),
        ("name: {a: 1，b: 2}\n", 1, "，”"),
        ("name: x\ncalendar: ｛weeks: 2｝\nposts:\n", None, ""),
        ("name: x\ncalendar: [a, b］\n", 2, "］”"),
        ("# 说明：正确\nname: '值班：十月'\ntitle: 值班：十月\nposts: [a\n", None, ""),
    ],
)
def test_a_full_width_sign_is_said(text: str, line: int | None, sign: str) -> None:
    if line is None:
        told = ""
        try:
            parse(text, "x.yaml")
        except Faults as error:
            told = str(error)
        assert "：" not in told
        return
    with pytest.raises(Faults) as raised:
        parse(text, "x.yaml")
    fault = raised.value.faults[0]
    assert fault.line == line
    assert sign in fault.message


def test_values_with_full_width_signs_get_a_hint(tmp_path: Path) -> None:
    text = changed("calendar: {start: 2026-09-14, weeks: 4, country: CN}", "calendar: {start: 2026－09}")
    ((_, key, message),) = faults(tmp_path, text)
    assert key == "calendar.start"
    assert "“－”" in message


@pytest.mark.parametrize(
    "text",
    [
        "2027年3月14日",
        "２０２７－０３－１４",
        "2027/3/14",
        "2027.3.14",
        "14.03.2027",
        "14.3.2027",
        "3/14/2027",
        "14/3/2027",
    ],
)
def test_a_date_is_read_where_only_one_can_be_meant(text: str) -> None:
    assert day(text) == date(2027, 3, 14)
    assert span(f"{text}..{text}") == (date(2027, 3, 14), date(2027, 3, 14))
    assert time_span(f"{text} 08:00..12:00").start == 8 * 60


@pytest.mark.parametrize(
    "text", ["3/4/2027", "14/15/2027", "31.02.2027", "14.03.27", "14-03/2027", "2027年3月"]
)
def test_a_date_that_may_be_another_or_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text.split("年")[0]):
        day(text)


def test_numbers_in_quotes_and_full_width_are_numbers() -> None:
    assert (duration("８ｈ"), count_range("2"), count_range(" 2 ")) == (480, *[{"min": 2, "max": 2}] * 2)
