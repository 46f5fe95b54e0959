"""Result files are written whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from roster.errors import FileFault
from roster.output.folders.whole_folder import whole_folder
from roster.whole_files import WORK, write_text


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_files_move_into_a_new_folder_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "result"
    with whole_folder(folder) as new:
        (new / "a.csv").write_text("1")
        (new / "b.csv").write_text("2")
    assert contents(folder) == {"a.csv": "1", "b.csv": "2"}
    assert [path.name for path in folder.parent.iterdir()] == ["result"]


def test_other_files_stay_and_older_results_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "a.csv").write_text("old")
    with whole_folder(tmp_path) as new:
        (new / "a.csv").write_text("new")
    assert contents(tmp_path) == {"notes.txt": "mine", "a.csv": "new"}


def test_a_failure_while_writing_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")

    def disk_full(new: Path) -> None:
        (new / "a.csv").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(FileFault, match="No space left"), whole_folder(tmp_path) as new:
        disk_full(new)
    assert contents(tmp_path) == {"a.csv": "old"}


def test_a_failure_while_moving_puts_the_older_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("old a")
    (tmp_path / "c.csv").write_text("old c")
    replace = os.replace

    def locked(source: Path, target: Path) -> None:
        if Path(target).name == "c.csv" and Path(source).parent.name == "new":
            raise PermissionError(13, "c.csv is open in another program")
        replace(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(FileFault, match="Permission denied"), whole_folder(tmp_path) as new:
        _ = [(new / f"{name}.csv").write_text("new") for name in "abc"]
    assert contents(tmp_path) == {"a.csv": "old a", "c.csv": "old c"}


def test_a_folder_named_like_a_result_is_never_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    (tmp_path / "a.csv" / "precious").write_text("mine")
    with pytest.raises(FileFault), whole_folder(tmp_path) as new:
        (new / "a.csv").write_text("new")
    assert (tmp_path / "a.csv" / "precious").read_text() == "mine"


def test_a_file_in_place_of_the_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "result").write_text("mine")
    with pytest.raises(FileFault, match="result"), whole_folder(tmp_path / "result"):
        pytest.fail("there is no folder to write into")
    assert (tmp_path / "result").read_text() == "mine"


def test_a_failure_leaves_no_empty_folders(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileFault), whole_folder(tmp_path / "a" / "b") as new:
        (new / "x" / "y").write_text("no such folder")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_one_text_is_written_with_or_without_a_mark(tmp_path: Path) -> None:
    write_text(tmp_path / "a.yaml", "名: 1\n")
    write_text(tmp_path / "a.csv", "名\n", mark=True)
    assert (tmp_path / "a.yaml").read_bytes() == "名: 1\n".encode()
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + "名\n".encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.yaml"]


def test_one_text_that_cannot_be_written_is_a_fault_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FileFault, match="No space left"):
        write_text(file, "new")
    assert contents(tmp_path) == {"a.yaml": "old"}


def test_a_linked_folder_inside_the_folder_is_never_written_through(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "result"
    for made in (elsewhere, folder):
        made.mkdir()
    (folder / "calendars").symlink_to(elsewhere)
    (folder / "a.csv").write_text("old", encoding="utf-8")

    def write() -> None:
        with whole_folder(folder) as new:
            (new / "a.csv").write_text("new", encoding="utf-8")
            (new / "calendars").mkdir()
            (new / "calendars" / "Li.ics").write_text("", encoding="utf-8")

    with pytest.raises(FileFault, match="link to another folder"):
        write()
    assert list(elsewhere.iterdir()) == []
    assert (folder / "a.csv").read_text(encoding="utf-8") == "old"


def write_a_folder(folder: Path) -> None:
    with whole_folder(folder / "result") as new:
        for name in ("a.csv", "b.csv"):
            (new / name).write_text("new")


def write_a_file(folder: Path) -> None:
    write_text(folder / "result" / "a.csv", "new")


def stop_at_line(number: int, sent: signal.Signals, write: Callable[[Path], None], folder: Path) -> None:
    """Send a signal to this process before one line of the code that writes; 9: there is no such line."""
    lines = 0

    def count(frame: FrameType, event: str, _: object) -> object:
        nonlocal lines
        if Path(frame.f_code.co_filename).name not in ("whole_folder.py", "whole_files.py"):
            return None
        if event == "line":
            lines += 1
            if lines == number:
                signal.raise_signal(sent)
        return count

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        write(folder)
    finally:
        sys.settrace(None)
        if lines < number:
            os._exit(9)


@pytest.mark.parametrize("write", [write_a_folder, write_a_file])
def test_a_signal_at_any_line_leaves_the_old_or_the_new_files_and_nothing_else(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    context = multiprocessing.get_context("fork")
    wholes, number, code = 0, 0, None
    while code != 9:
        number += 1
        folder = tmp_path / str(number)
        (folder / "result").mkdir(parents=True)
        (folder / "result" / "a.csv").write_text("old")
        sent = (signal.SIGTERM, signal.SIGINT)[number % 2]
        process = context.Process(target=stop_at_line, args=(number, sent, write, folder))
        process.start()
        process.join()
        code = process.exitcode
        left = contents(folder / "result")
        assert not [name for name in left if name.startswith(WORK)], f"line {number} of the code that writes"
        assert left in ({"a.csv": "old"}, {"a.csv": "new"}, {"a.csv": "new", "b.csv": "new"}), number
        wholes += left["a.csv"] == "new"
    assert 0 < wholes < number
