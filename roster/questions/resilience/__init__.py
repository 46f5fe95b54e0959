"""Every absence tried: who is missed, when, and what helps."""

from __future__ import annotations

from roster.questions.resilience.answer import Resilience, ResilienceRun, TellCase, resilience
from roster.questions.resilience.cases import Basis, CaseAnswer, ResilienceRequest
from roster.questions.resilience.cross_training import Training
from roster.questions.resilience.findings import WeekOfAbsences
from roster.questions.resilience.journal import State
from roster.questions.resilience.request import parse_lengths
