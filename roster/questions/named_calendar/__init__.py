"""
The calendar of named people: the best one, how far from the best it can be, and who has what share of the load.

`shares` says what is fair, `answer` searches and checks.
"""

from roster.questions.named_calendar.answer import Answer, best_calendar

__all__ = ["Answer", "best_calendar"]
