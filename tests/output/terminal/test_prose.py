"""Sentences wrapped in two languages."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from roster.output.terminal.prose import wrapped

ENGLISH = "At least 24 h of unbroken rest in every week, Monday to Sunday (Labour Law, art. 38)."
CHINESE = (
    "标准工时制下 12 小时班即使计加班也超过每日上限（《劳动法》第四十一条每日至多延长 3 小时），须取得批准。"
)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
@pytest.mark.parametrize("width", [8, 13, 20, 47, 100, 200])
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_breaks_between_characters_but_not_before_a_comma() -> None:
    assert wrapped("白班八小时，夜班", 10) == ["白班八小", "时，夜班"]


def test_chinese_breaks_not_after_an_opening_bracket() -> None:
    assert wrapped("白班八小（共十二天）", 10) == ["白班八小", "（共十二", "天）"]


def test_english_breaks_between_words() -> None:
    assert wrapped("At least 24 h of rest", 12) == ["At least 24", "h of rest"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrapped("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]


def test_nothing_makes_one_empty_line() -> None:
    assert wrapped("", 10) == [""]


def test_no_blank_follows_a_full_width_full_stop() -> None:
    assert wrapped("需 11 人。 合计 13 人。", 40) == ["需 11 人。合计 13 人。"]
    assert wrapped("11 people. 13 in all.", 40) == ["11 people. 13 in all."]
