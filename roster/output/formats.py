"""Names of the files and folders that results are written as; imports nothing, so that a help page can read it."""

from __future__ import annotations

REPORT = "report.html"
"""The page."""

BOOK = "roster.xlsx"
"""The workbook."""

CALENDAR = "roster.ics"
"""Everybody's duties."""

PEOPLE = "calendars"
"""The folder with one calendar a person."""

ON_CALL = "oncall"
"""The folder with one calendar for each chain and level, or post without a chain."""

DOCUMENT = "roster.json"

DINGTALK = "dingtalk.xlsx"
"""The workbook that DingTalk reads shifts from."""

BOOKS = (BOOK, CALENDAR, PEOPLE, ON_CALL)
"""What every answer with a roster has beside its sheets."""

USUAL = ("csv", "grid", "xlsx", "ics", "html", "json")
"""Formats that a roster is written in where none is named."""

FORMATS = (*USUAL, "pagerduty", "opsgenie", "grafana", "terraform", "dingtalk")
"""All of them; `folders/roster` says how each is written, and a test keeps the two alike."""

IN_FOLDERS = ("pagerduty", "opsgenie", "grafana")
"""Formats with a file for each schedule: they need a folder to be written into."""

MAIN = {
    "csv": "roster.csv",
    "grid": "grid.csv",
    "xlsx": BOOK,
    "ics": CALENDAR,
    "html": REPORT,
    "json": DOCUMENT,
    "terraform": "oncall.tf.json",
    "dingtalk": DINGTALK,
}
"""The file of each format that stands for it where only one can be had."""
