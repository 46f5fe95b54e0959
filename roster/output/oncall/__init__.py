"""
Who is on call when, for tools that page people: one stretch a holder, in the form that each tool takes.

`stretches` works them out, `overrides` what a changed roster changes in them; `tools` and `terraform` write them.
"""

from __future__ import annotations

from roster.output.oncall.stretches import Stretch, overrides, stretches
from roster.output.oncall.tools import write_tool

__all__ = ["Stretch", "overrides", "stretches", "write_tool"]
