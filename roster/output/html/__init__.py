"""
`report.html`: one file that people print, send and show; it fetches nothing and runs nothing that it does not carry.

Every figure on it is counted again from the roster. Pages are put together from views, plain data worked out in the
modules beside this one, and drawn by the templates.
"""

from __future__ import annotations

from roster.output.html.answers import page_of_plan as plan_page
from roster.output.html.answers import page_of_roster as roster_page
from roster.output.html.changes import page_of_what_if as what_if_page

REPORT = "report.html"
"""The page's file name beside the other results."""

__all__ = ["REPORT", "plan_page", "roster_page", "what_if_page"]
