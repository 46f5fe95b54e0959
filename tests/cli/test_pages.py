"""Every help page is there in every language that has help pages: each sentence, and none that nobody asks for."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import roster
from roster.cli import COMMANDS, main
from roster.cli.help_pages import DOMAIN

TEXTS = Path(roster.__file__).parent / "text"
TRANSLATED = sorted(file.parent.name for file in TEXTS.glob(f"*/{DOMAIN}.toml"))
OF_CLICK = {
    "Usage: ",
    "Options",
    "Commands",
    "Show this message and exit.",
    "Show the version and exit.",
    "default",
    "required",
    "[OPTIONS]",
    "COMMAND [ARGS]...",
}


def sentences(command: click.Command) -> Iterator[str]:
    """Yield the texts of a command's page, and of those below it."""
    yield from inspect.cleandoc(command.help or "").partition("\f")[0].split("\n\n")
    yield from (each.help for each in command.params if isinstance(each, click.Option) and each.help)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            if command is not main:
                yield below.get_short_help_str(200)
            yield from sentences(below)


def asked() -> set[str]:
    every = [*sentences(main), *(entry.help for entry in COMMANDS.values())]
    return {" ".join(text.split()) for text in every if text} | OF_CLICK


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_every_page_is_there(language: str) -> None:
    there = set(tomllib.loads((TEXTS / language / f"{DOMAIN}.toml").read_text(encoding="utf-8")))
    assert not asked() - there, "to be translated"
    assert not there - asked(), "asked for by nobody"


def test_pages_are_chinese_by_option_and_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner().invoke
    assert "选项:" in run(main, ["--lang", "zh", "plan", "--help"]).stdout
    assert "选项:" in run(main, ["plan", "--lang", "zh", "--help"]).stdout
    assert "Options:" in run(main, ["--lang", "en", "plan", "--help"]).stdout
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    page = run(main, ["plan", "--help"]).stdout
    assert "[默认：60.0; x>0]" in page
    assert "用法：" in page
    assert "Seconds" not in page
    assert "命令:" in run(main, ["--help"]).stdout
