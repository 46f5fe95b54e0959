"""
Colours of duties, by what a terminal can show.

The hue says the part of the day, its variants tell shifts apart.
"""

from __future__ import annotations

import os

from rich.theme import Theme

VARIANTS = 4

_RICH: dict[str, tuple[str, ...]] = {
    "day": ("black on #f0c75e", "black on #f5dd9d", "black on #d9a53a", "black on #e8e0c0"),
    "evening": ("black on #e58f72", "black on #efb8a3", "black on #c9745a", "black on #d6a58f"),
    "night": ("white on #3f5f93", "white on #5b7fb8", "white on #2c4066", "white on #6a6fa8"),
    "standby": ("#2fa39a underline", "#4f9fd0 underline", "#7fa650 underline", "#b284c4 underline"),
}

_SIXTEEN: dict[str, tuple[str, ...]] = {
    "day": ("black on yellow", "black on bright_yellow", "black on green", "black on white"),
    "evening": ("black on magenta", "black on bright_magenta", "black on red", "black on bright_red"),
    "night": ("bright_white on blue", "black on bright_blue", "black on cyan", "black on bright_cyan"),
    "standby": ("cyan underline", "green underline", "magenta underline", "yellow underline"),
}


def name(part_of_day: str, variant: int) -> str:
    """
    Return the name of a style in the theme.

    >>> name("night", 5)
    'duty.night.1'
    """
    return f"duty.{part_of_day}.{variant % VARIANTS}"


OFF = "duty.off"
WEEKEND_OFF = "duty.weekend"


def theme(color_system: str | None) -> Theme:
    """Return the styles of duties for a terminal of so many colours."""
    rich = color_system in ("256", "truecolor")
    hues = _RICH if rich else _SIXTEEN
    styles = {
        name(part, variant): f"{hue} bold"
        for part, all_of in hues.items()
        for variant, hue in enumerate(all_of)
    }
    styles[OFF] = "dim"
    styles[WEEKEND_OFF] = _weekend() if rich else "white on bright_black"
    return Theme(styles)


def _weekend() -> str:
    """Return a shade close to the terminal's ground, dark or light."""
    light = os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    return "#6a6a6a on #e4e4e4" if light else "#8a8a8a on #2b2b2b"
