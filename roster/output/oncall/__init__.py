"""
Who is on call when, for tools that page people: one stretch a holder, in the form that each tool takes.

`stretches` works them out, `overrides` what a changed roster changes in them; `tools` writes them.
"""

from __future__ import annotations

from roster.output.oncall.stretches import Stretch, overrides, stretches

__all__ = ["Stretch", "overrides", "stretches"]
