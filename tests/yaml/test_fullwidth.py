"""Full-width punctuation is named, with its line and the plain sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.errors import Faults
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
    text = changed("calendar: {start: 2026-09-14, weeks: 4, country: CN}", "calendar: {start: 2026－09－14}")
    ((_, key, message),) = faults(tmp_path, text)
    assert key == "calendar.start"
    assert "“－”" in message
