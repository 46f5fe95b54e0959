"""
The documentation as a site: `sphinx-build -W docs build/docs`, without network.

The reference of commands is made from their help pages, that of Python from its docstrings, each time it is built.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import click
from sphinx.application import Sphinx

from roster.cli import COMMANDS, main
from roster.version import __version__

project, author, release = "roster", "roster contributors", __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.doctest", "sphinx.ext.napoleon"]
html_theme, html_title = "furo", "roster"
exclude_patterns = ["_build", "examples", "pictures"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_google_docstring = False
HERE = Path(__file__).parent


def pages_of(command: click.Command, path: tuple[str, ...], context: click.Context) -> list[str]:
    """Return the help page of a command and of those below it, in Markdown."""
    shown = click.Context(command, info_name=path[-1], parent=context)
    parts = [f"{'#' * min(len(path), 4)} {' '.join(path)}", f"```text\n{command.get_help(shown)}\n```"]
    if isinstance(command, click.Group):
        for name in command.list_commands(shown):
            below = command.get_command(shown, name)
            assert below is not None
            parts += pages_of(below, (*path, name), shown)
    return parts


def write_commands(_app: Sphinx) -> None:
    """Write the reference of the command line."""
    root = click.Context(main, info_name="roster", max_content_width=100, terminal_width=100)
    parts = ["# Command line", inspect.cleandoc(main.help or "")]
    for name in COMMANDS:
        command = main.get_command(root, name)
        assert command is not None
        parts += pages_of(command, ("roster", name), root)
    target = HERE / "reference" / "commands.md"
    target.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Have the reference of commands made before anything is read."""
    app.connect("builder-inited", write_commands)
