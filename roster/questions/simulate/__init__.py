"""Chance, not only the worst case: years of sickness, leave and resignations, replanned day by day."""

from __future__ import annotations

from roster.questions.simulate.answer import (
    AS_IS,
    FEWER,
    MORE,
    Simulation,
    SimulationRequest,
    Staffed,
    TellYears,
    UnansweredLevel,
    simulate,
)
from roster.questions.simulate.rates import Rates
from roster.questions.simulate.rates_file import read_rates
from roster.questions.simulate.request import must_come_round, parse_means
from roster.questions.simulate.statistics import Mean
