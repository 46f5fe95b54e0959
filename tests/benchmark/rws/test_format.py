"""Reading the published format: whatever is written is read back, and every fault names its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from roster.benchmark.rws.format import Instance, dumps, parse, read
from roster.benchmark.rws.generate import LARGE, PUBLISHED, SMALL, generate, walked
from roster.errors import Faults, FileFault
from tests.benchmark.small import instances

TEXT = """#Length of the schedule
7
2

2
1 1 1 1 1 1 1
0 0 1 1 0 0 0
D 360 480 2 5
N 1320 480 1 2
1 3
2 6
1 1
N D
N - D
"""


@given(instances())
def test_what_is_written_is_read_back(instance: Instance) -> None:
    assert parse(dumps(instance), instance.name) == instance


def test_comments_blank_lines_windows_line_ends_and_a_byte_order_mark_are_read_over(tmp_path: Path) -> None:
    plain, windows = tmp_path / "a.txt", tmp_path / "b" / "a.txt"
    windows.parent.mkdir()
    plain.write_text(TEXT, encoding="utf-8")
    windows.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert read(plain) == read(windows)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("7\n", "5\n", 2, "5 days"),
        ("7\n2\n", "7\ntwo\n", 3, "'two'"),
        ("7\n2\n", "7\n0\n", 3, "0 is outside"),
        ("7\n2\n", "7\n2 3\n", 3, "1 values"),
        ("1 1 1 1 1 1 1", "1 1 1 1 1 1", 6, "6 found"),
        ("0 0 1 1", "0 -1 1 1", 7, "-1 is outside"),
        ("D 360 480 2 5", "D 360 480 5 2", 8, "shortest (5)"),
        ("D 360 480 2 5", "- 360 480 2 5", 8, "cannot name a shift"),
        ("N 1320", "D 1320", 9, "taken"),
        ("1 3\n", "0 3\n", 10, "0 is outside"),
        ("N D\n", "N X\n", 13, "'X'"),
        ("N - D", "N D", 14, "3 values"),
        ("N - D", "N + D", 14, "'+'"),
        ("N - D\n", "N - D\nN - N\n", 15, "follows after"),
    ],
)
def test_each_fault_is_told_with_its_line(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(Faults) as caught:
        parse(TEXT.replace(old, new, 1), "broken.txt")
    assert [fault.line for fault in caught.value.faults] == [line]
    assert said in str(caught.value)


@pytest.mark.parametrize("kept", range(len(TEXT.splitlines())))
def test_a_truncated_file_is_told_at_its_last_line(kept: int) -> None:
    text = "".join(TEXT.splitlines(keepends=True)[:kept])
    with pytest.raises(Faults, match="ends before") as caught:
        parse(text, "short.txt")
    assert [fault.line for fault in caught.value.faults] == [max(1, kept)]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b" " * 2_000_000])
def test_a_file_that_is_no_text_is_one_fault(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "odd.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FileFault, match=r"odd\.txt"):
        read(file)


@pytest.mark.parametrize("people", [SMALL, PUBLISHED, LARGE])
def test_generated_instances_are_of_the_size_asked_for_and_repeat(people: tuple[int, int]) -> None:
    drawn = [generate(seed, people) for seed in range(30)]
    assert drawn == [generate(seed, people) for seed in range(30)]
    assert all(people[0] <= instance.employees <= people[1] for instance in drawn)
    assert all(parse(dumps(instance), instance.name) == instance for instance in drawn)


def test_walked_instances_repeat() -> None:
    assert walked(3, SMALL) == walked(3, SMALL) != walked(4, SMALL)
