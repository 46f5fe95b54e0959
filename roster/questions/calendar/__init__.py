"""
The calendar of named people: the best one, how far from the best it can be, and who has what share of the load.

`shares` says what is fair, `answer` searches and checks, `ledger` carries everybody's sums into the next period.
"""

from roster.questions.calendar.answer import Answer, best_calendar, shares_of
from roster.questions.calendar.ledger import next_ledger

__all__ = ["Answer", "best_calendar", "next_ledger", "shares_of"]
