"""What is wrong with a file is said in the language people read."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from roster.errors import Fault, Faults, FileFault, reason
from roster.language import speaking
from roster.output.folders.whole_folder import whole_folder


def test_faults_speak_the_language() -> None:
    given = [Fault(2, "posts", "a"), Fault(None, "", "b", file="base.yaml")]
    assert str(Faults("x.yaml", given)) == "x.yaml: 2 faults\n  line 2  posts: a\n  base.yaml  b"
    with speaking("zh"):
        assert str(Faults("x.yaml", given)) == "x.yaml：2 处错误\n  第 2 行  posts：a\n  base.yaml  b"
        assert str(Faults("x.yaml", given[:1])).startswith("x.yaml：1 处错误\n")
    assert str(Faults("x.yaml", given[:1])).startswith("x.yaml: 1 fault\n")


def test_the_systems_reasons_speak_the_language(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with speaking("zh"):
        assert reason(OSError(errno.ENOSPC, "No space left on device")) == "磁盘空间不足"
        assert reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
        assert reason(OSError("no number")) == "no number"
        with (
            pytest.raises(FileFault, match="无法写入：同名文件占用了文件夹的位置"),
            whole_folder(tmp_path / "file"),
        ):
            pytest.fail("there is no folder to write into")
