"""Classical rotas held against a scenario."""

from __future__ import annotations

from roster.questions.rotas.answer import Breach, Desk, HeldRota, Judged, Rotas, best_lawful, rotas
from roster.questions.rotas.classical import MORNING, Classic, classics
from roster.questions.rotas.request import check_desks
