"""Duties as coloured letters: what is at work, on call and off must show without the colour too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from roster.domain.problem import Duty, Problem, Shift
from roster.language import tr
from roster.output.terminal import colours
from roster.output.terminal.console import FAINT
from roster.output.words.duties import OFF_LETTER, letters, part_of_day


def palette(shifts: Iterable[Shift]) -> dict[str, str]:
    """Return the name of a style for each shift by name."""
    seen: Counter[str] = Counter()
    styles = {}
    for shift in sorted(shifts, key=lambda shift: (shift.start, shift.length, shift.name)):
        part = part_of_day(shift)
        styles[shift.name] = colours.name(part, seen[part])
        seen[part] += 1
    return styles


def tile(duty: Duty, styles: dict[str, str], width: int, *, weekend: bool = False) -> Text:
    """
    Return a duty as a tile of so many columns: a filled block at work, underlined on call, a dot when off.

    Parameters
    ----------
    duty, styles : The duty, and the style of each shift and standby, by name.
    width : Columns.
    weekend : Whether the day is one of a weekend.
    """
    made = Text(no_wrap=True, end="")
    if duty.is_off:
        return made.append(OFF_LETTER.ljust(width), colours.WEEKEND_OFF if weekend else colours.OFF)
    room = width - cell_len(letters(duty))
    if duty.shift is not None:
        made.append(duty.shift.letter, styles[duty.shift.name])
    if duty.standby is not None:
        made.append(duty.standby.letter, styles[duty.standby.name])
    if duty.site:
        made.append(f"@{duty.site_letter}", styles[duty.parts[0].name])
    filled = duty.shift is not None and duty.standby is None
    return made.append(" " * max(0, room), styles[duty.parts[0].name] if filled else None)


def legend(problem: Problem, used: Iterable[Duty]) -> list[Text]:
    """Return one line for shifts at work and one for standby, of those that occur, with their times."""
    names = {part.name for duty in used for part in duty.parts}
    styles = palette(problem.shifts)
    lines = []
    for on_site, key in ((True, "at_work"), (False, "on_call")):
        shifts = [shift for shift in problem.shifts if shift.name in names and shift.on_site is on_site]
        if not shifts:
            continue
        line = Text().append(tr(f"plan.{key}") + "  ", FAINT)
        for shift in sorted(shifts, key=lambda shift: shift.start):
            line.append(f"{shift.letter} " if on_site else shift.letter, styles[shift.name])
            line.append(f" {shift.called} {shift.times}   ")
        lines.append(line)
    if lines:
        lines[-1].append(f"{OFF_LETTER} {tr('common.off')}", FAINT)
    return lines
