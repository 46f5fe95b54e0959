"""
Which kinds of shift there are to be, chosen together with how many people.

`week` says what each moment of an ordinary week asks for, `shift_program` writes it as an integer program, `pool`
narrows the candidates down, `choose` solves it.
"""

from __future__ import annotations

from roster.engine.design.choose import Bound, Choice, bound, least_idle, roomy, simplest
from roster.engine.design.pool import fitting
