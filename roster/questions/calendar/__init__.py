"""
The calendar of named people: the best one, how far from the best it can be, and who has what share of the load.

`fair_shares` says what is fair, `answer` searches and checks, `next_ledger` carries everybody's sums into the next
period.
"""

from __future__ import annotations

from roster.questions.calendar.answer import CalendarAnswer, FewestPeople, Longer, best_calendar, shares_of
from roster.questions.calendar.certificate import Verified, is_certificate, verify_file
from roster.questions.calendar.fewest import fewest_needed, with_fewest
from roster.questions.calendar.next_ledger import next_ledger
from roster.questions.calendar.people import must_name_people, skeleton
from roster.questions.calendar.requests import Refused
