"""The program as a whole: its help, its languages, its exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster import __version__
from roster.cli import COMMANDS, main
from roster.errors import EngineError, Fault, Faults, FileFault
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
HEAVY = ("ortools", "pandas", "numpy", "rich", "pydantic", "yaml", "holidays")


def test_the_help_lists_every_command_with_a_line(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, entry in COMMANDS.items():
        assert f"  {name}" in result.output
        assert entry.help in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Usage: main {name}" in result.output


def test_the_help_imports_nothing_heavy() -> None:
    code = f"""
import sys
from roster.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
print("imported:", *(name for name in {HEAVY} if name in sys.modules))
"""
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout.splitlines()[-1:] == ["imported:"], found.stderr


def test_importing_a_command_imports_nothing_heavy() -> None:
    own = [entry.module for name, entry in COMMANDS.items() if name != "bench"]
    code = f"""
import sys, importlib
for module in {own}: importlib.import_module(module)
print("imported:", *(name for name in {HEAVY} if name in sys.modules))
"""
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout.splitlines()[-1:] == ["imported:"], found.stderr


def test_the_version_is_the_package_s(run: Run) -> None:
    assert __version__ in run("--version").output


def test_an_unknown_command_is_bad_input_and_gets_a_hint(run: Run) -> None:
    result = run("paln")
    assert result.exit_code == 2
    assert "Did you mean 'plan'?" in result.output
    assert "Commands: plan, " in run("xyzzy").output


@pytest.mark.parametrize(
    "args",
    [
        ("plan",),
        ("plan", "a.yaml", "--time-limit", "0"),
        ("plan", "a.yaml", "--workers", "0"),
        ("plan", "a.yaml", "--seed", "x"),
        ("check", "a.yaml"),
        ("init", "--tier", "village"),
        ("--lang", "fr", "plan"),
    ],
)
def test_wrong_use_is_bad_input(run: Run, args: tuple[str, ...]) -> None:
    assert run(*args).exit_code == 2


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (FileFault("a.yaml: no such file"), 2, "a.yaml: no such file"),
        (Faults("a.yaml", [Fault(3, "posts", "none"), Fault(7, "staff", "none")]), 2, "line 7  staff: none"),
        (EngineError("OPS-1 works twice"), 70, "A defect of the program"),
        (ZeroDivisionError("oops"), 70, "ZeroDivisionError: oops"),
        (KeyboardInterrupt(), 130, "Interrupted"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
    ],
)
def test_errors_become_a_message_and_a_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr("roster.scenario.load", fail)
    result = run("check", "a.yaml", "b.csv", "--json")
    assert result.exit_code == code
    assert words in result.stderr
    assert result.stdout == ""
    assert ("Traceback" in result.stderr) == isinstance(error, ZeroDivisionError)


@pytest.mark.parametrize(
    "args", [("--lang", "zh", "check", "a.yaml", "b"), ("check", "a.yaml", "b", "--lang", "zh")]
)
def test_the_language_may_be_chosen_before_or_after_the_command(
    monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    def fail(_: object) -> None:
        raise EngineError("x")

    monkeypatch.setattr("roster.scenario.load", fail)
    assert "程序自身的缺陷" in CliRunner().invoke(main, args).stderr


@pytest.mark.parametrize(("locale", "words"), [("zh_CN.UTF-8", "已中断"), ("de_DE.UTF-8", "Interrupted")])
def test_the_environment_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, locale: str, words: str
) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("roster.scenario.load", stop)
    monkeypatch.setenv("LC_ALL", locale)
    assert words in CliRunner().invoke(main, ["check", "a.yaml", "b.csv"]).stderr


@pytest.mark.parametrize("code", [0, 1])
def test_a_reader_who_leaves_early_is_no_error(code: int) -> None:
    program = f"""
import click, roster.cli as cli
@click.command()
@click.pass_context
def speak(ctx):
    click.echo("x" * 10)
    ctx.exit({code})
cli.COMMANDS["speak"] = cli.Entry("__main__", "speak", "")
cli.main(["speak"])
"""
    reader, writer = os.pipe()
    os.close(reader)
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (found.returncode, found.stderr) == (141, b"")


def test_the_shell_completes_commands() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from roster.cli import main; main(prog_name='roster')"],
        cwd=ROOT,
        env={"_ROSTER_COMPLETE": "bash_complete", "COMP_WORDS": "roster p", "COMP_CWORD": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.split() == ["plain,plan"]
