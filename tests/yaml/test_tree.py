"""Files as they come: missing, huge, not text, YAML with surprises."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.errors import Faults, FileFault
from roster.scenario import load
from roster.yaml import tree as source


def plain(text: str) -> object:
    return source.parse(text, "x.yaml").plain()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("22:00", "22:00"),
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("2026-02-30", "2026-02-30"),
        ("1_000", "1_000"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("12345678901234567890", "12345678901234567890"),
        ("1e999", "1e999"),
        ("'5'", "5"),
        ("5", 5),
        ("-0.5", -0.5),
        ("true", True),
        ("True", "True"),
        ("", None),
        ("~", None),
        ("张伟", "张伟"),
    ],
)
def test_scalars_stay_what_they_look_like(written: str, meant: object) -> None:
    found = plain(f"key: {written}\n")
    assert found == {"key": meant}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(meant)


def test_keys_are_texts_whatever_they_look_like() -> None:
    assert plain("1: a\nno: b\n22:00: c\n") == {"1": "a", "no": "b", "22:00": "c"}


def test_every_value_knows_its_line_and_a_mapped_value_that_of_its_key() -> None:
    root = source.parse("a:\n  b: 1\n  c:\n    - x\n    - y\n", "x.yaml")
    lines = {path: root.nearest(path)[0].line for path in [("a",), ("a", "b"), ("a", "c"), ("a", "c", 1)]}
    assert lines == {("a",): 1, ("a", "b"): 2, ("a", "c"): 3, ("a", "c", 1): 5}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "already on line 1"),
        ("a: 1\n<<: {b: 1}\n", 2, "merge keys"),
        ("a: !!python/name:os.system x\n", 1, "tag"),
        ("a: !!int 5\n", 1, "tag"),
        ("a: *nowhere\n", 1, "stands for nothing"),
        ("a: &a [*a]\n", 1, "stands for nothing"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("? [1, 2]\n: 3\n", 1, "key must be a plain text"),
        ("b: &b {c: 1}\n*b : 3\n", 2, "key must be a plain text"),
        ("a:\n\tb: 1\n", 2, "not valid YAML"),
        ("a: [1, 2\n", 2, "not valid YAML"),
        ("- a\n- b\n", 1, "keys with values"),
        ("just words\n", 1, "keys with values"),
        ("a: " + "[" * 50 + "]" * 50, 1, "levels deep"),
        ("a: " + "[" * 200_000, 1, "levels deep"),
        ("- " * 100_000 + "a", 1, "levels deep"),
    ],
)
def test_what_is_not_a_plain_tree_of_texts_is_a_fault_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(Faults) as caught:
        source.parse(text, "x.yaml")
    assert (caught.value.faults[0].line, says in caught.value.faults[0].message) == (line, True)


def test_all_duplicate_keys_are_named_at_once() -> None:
    with pytest.raises(Faults) as caught:
        source.parse("a: {x: 1, x: 2}\nb: 1\nb: 2\n", "x.yaml")
    assert [(fault.line, fault.key) for fault in caught.value.faults] == [(1, "a.x"), (3, "b")]


def test_aliases_stand_for_what_they_name() -> None:
    assert plain("a: &day {start: 1}\nb: *day\n") == {"a": {"start": 1}, "b": {"start": 1}}


def test_aliases_that_multiply_are_refused_quickly() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    with pytest.raises(Faults, match="more than 200000 values"):
        source.parse(bomb, "x.yaml")


def test_a_nesting_that_people_write_is_read() -> None:
    assert plain("a: " + "[" * 30 + "]" * 30)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"# only a comment\n", "empty"),
        (b"\x7fELF\0\0\1", "not a text file"),
        ("name: 诊所".encode("gb18030"), "not UTF-8"),
        (b"name: clinic\nx: \xff\n", "line 2 is not UTF-8"),
    ],
)
def test_a_file_that_is_no_utf8_text_is_one_clear_fault(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(content)
    with pytest.raises(FileFault, match=says):
        load(file)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbfname: clinic\n")
    assert source.read(file).plain() == {"name": "clinic"}


def test_fifty_megabytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    with file.open("wb") as handle:
        handle.truncate(50_000_000)
    with pytest.raises(FileFault, match="larger than 5 MB"):
        load(file)


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="no such file"):
        load(tmp_path / "nothing.yaml")
    with pytest.raises(FileFault, match="directory"):
        load(tmp_path)
    with pytest.raises(FileFault):
        load("bad\0name.yaml")


def test_control_characters_are_a_fault_not_a_crash() -> None:
    with pytest.raises(Faults, match="not valid YAML"):
        source.parse("a: \x07b", "x.yaml")
