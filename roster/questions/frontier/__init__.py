"""Make or buy: people and cost as work goes to vendors."""

from __future__ import annotations

from roster.questions.frontier.answer import BreakEven, Frontier, Point, frontier
from roster.questions.frontier.offers import TIERS, Offer, buyable
from roster.questions.frontier.request import DISPATCH_PERCENT, Wishes, parse_market
