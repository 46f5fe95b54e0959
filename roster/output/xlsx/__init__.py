"""
`roster.xlsx`: the grid to print and edit, hours that follow edits by formulas, cover, changes, and the duties' letters.

Equal rosters make equal files, byte for byte. `roster check` and `roster what-if` read the grid back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path

from roster.language import tr
from roster.output.examined_roster import Examined
from roster.output.xlsx.lists import Changed

__all__ = ["Changed", "write_book"]


def write_book(path: Path, examined: Examined, changes: Iterable[Changed] = ()) -> None:
    """
    Write a workbook of a roster.

    Parameters
    ----------
    path, examined : The file, and the roster with what is said of it.
    changes : What changed against an earlier roster.

    Raises
    ------
    OSError
        It cannot be written.
    """
    # Imported here: whoever writes no workbook need not wait for it.
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    book = Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    _fill(book, examined, tuple(changes))
    try:
        book.close()
    except FileCreateError as error:
        raise (
            error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error))
        ) from error


def _fill(book: object, examined: Examined, changes: tuple[Changed, ...]) -> None:
    from xlsxwriter.workbook import Workbook

    from roster.output.xlsx import lists
    from roster.output.xlsx.duties import add_duties
    from roster.output.xlsx.grid import draw_grid
    from roster.output.xlsx.hours import add_hours
    from roster.output.xlsx.looks import Looks, plain
    from roster.output.xlsx.place import GridSheet

    assert isinstance(book, Workbook)
    problem, roster = examined.problem, examined.roster
    looks = Looks(book)
    # The day on which the file was made would make equal rosters differ.
    made = datetime.combine(problem.dates.start, time(), UTC)
    title = plain(problem.called)[:200]
    book.set_properties({"title": title, "created": made})
    name = tr("export.sheet_roster")
    grid = book.add_worksheet(name)
    hours = book.add_worksheet(tr("export.sheet_hours"))
    cover = book.add_worksheet(tr("export.sheet_cover"))
    holders = book.add_worksheet(tr("export.sheet_holders"))
    if examined.shares is not None:
        lists.add_shares(book.add_worksheet(tr("export.sheet_shares")), looks, examined.shares)
    if changes:
        lists.add_changes(book.add_worksheet(tr("export.sheet_changes")), looks, roster.horizon, changes)
    if examined.violations:
        lists.add_findings(book.add_worksheet(tr("export.sheet_findings")), looks, examined)
    letters = add_duties(book, looks, problem, tr("export.sheet_duties"))
    changed = frozenset((one.person, one.day) for one in changes)
    place = draw_grid(GridSheet(grid, looks, examined, letters, name, changed))
    add_hours(hours, looks, examined, place, letters)
    lists.add_cover(cover, looks, examined)
    lists.add_holders(holders, looks, examined)
    grid.activate()
