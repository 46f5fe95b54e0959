"""
What the letters and words in the cells of a roster mean: a duty, a day off, or leave.

First what the user's own map says, then the scenario's names, letters and titles, then words that every planner writes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from roster.domain.problem import OFF, Duty, Problem, StaffType

OFF_WORDS = (
    *("off", "x", "×", "✕", "✗", ".", "-", "—", "–", "－", "/", "\\", "rest", "do", "rd", "dayoff", "free"),
    *("休", "休息", "轮休", "例休", "公休日", "周休", "补休", "调休", "歇", "下夜", "下夜班", "夜休", "frei"),
)
"""Days off as planners write them; compared without blanks, case and width."""

LEAVE_WORDS = {
    "annual": (
        *("al", "annual", "annualleave", "vacation", "vac", "pto", "hol", "urlaub"),
        *("年休", "年假", "年", "公休", "休假", "年休假"),
    ),
    "sick": ("sl", "sick", "sickleave", "ill", "krank", "病假", "病", "病休"),
    "personal": (
        *("personal", "personalleave", "cl", "casualleave"),
        *("事假", "事", "探亲假", "婚假", "婚", "丧假", "丧"),
    ),
    "parental": (
        *("ml", "maternity", "maternityleave", "paternity", "parental"),
        *("产假", "产", "陪产假", "育儿假", "护理假"),
    ),
    "other": ("leave", "loa", "lwp", "unpaidleave", "假", "请假", "工伤", "工伤假"),
}
"""Codes of leave by kind, Chinese and English."""

JOINED = "/、／&＆,，"
"""What joins the parts of a duty in a cell, beside `+`."""

OFF_TARGET = "off"
LEAVE_TARGET = "leave"
"""What a map says of a day off and of leave; leave may name its kind: `sick leave`."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A duty, or off with the kind of leave that it is."""

    duty: Duty
    leave: str = ""


def plain(text: str) -> str:
    """
    Return a cell without what makes no difference: width, blanks, case.

    >>> plain("Ｄ + s"), plain("年 休")
    ('d+s', '年休')
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


_COMMON = {
    **{plain(word): Meaning(OFF) for word in OFF_WORDS},
    **{plain(word): Meaning(OFF, kind) for kind, words in LEAVE_WORDS.items() for word in words},
}


def common(text: str) -> Meaning | None:
    """Return what a word means to every planner: a day off or leave; None where it is neither."""
    return _COMMON.get(plain(text))


def _target(problem: Problem, staff: StaffType, text: str) -> Meaning | None:
    """Return what the right side of a map means for a staff type; None where it is no duty of theirs, off or leave."""
    said = plain(text)
    if said in ("", OFF_TARGET):
        return Meaning(OFF)
    if said.endswith(LEAVE_TARGET):
        return Meaning(OFF, text.strip()[: -len(LEAVE_TARGET)].strip(" -_") or "other")
    duties = problem.duties(staff)
    found = _unique(duties, text) or _unique(duties, text, alike=plain)
    return None if found is None else Meaning(found)


def is_target(problem: Problem, text: str) -> bool:
    """Whether the right side of a map means something for anybody."""
    return any(_target(problem, staff, text) is not None for staff in problem.types)


@dataclass(slots=True)
class CellWords:
    """
    The words of a scenario, and those of a map given with the file, which go before.

    `names_first`: a name of a duty goes before another's letter, as in `roster.csv`; in a grid the letter goes first.
    """

    problem: Problem
    letters: Mapping[str, str] = field(default_factory=dict)
    names_first: bool = False
    _known: dict[tuple[str, str], Meaning | None] = field(default_factory=dict)

    def meaning(self, staff: StaffType, text: str) -> Meaning | None:
        """Return what a cell says for people of a type; None where nothing tells."""
        key = (staff.name, text)
        if key not in self._known:
            self._known[key] = self._find(staff, text)
        return self._known[key]

    def known(self, text: str) -> bool:
        """Whether a cell says something for people of any type."""
        return any(self.meaning(staff, text) is not None for staff in self.problem.types)

    def at_work(self, text: str) -> bool:
        """Whether a cell says a duty for people of any type."""
        found = (self.meaning(staff, text) for staff in self.problem.types)
        return any(meaning is not None and not meaning.duty.is_off for meaning in found)

    def _find(self, staff: StaffType, text: str) -> Meaning | None:
        said = plain(text)
        if not said:
            return Meaning(OFF)
        for own in (self.letters, dict(self.problem.letters)):
            told = own.get(text, next((own[word] for word in own if plain(word) == said), None))
            if told is not None:
                return _target(self.problem, staff, told)
        ranks = (1, 0, 2) if self.names_first else (0, 1, 2)
        duties, common = self.problem.duties(staff), _COMMON.get(said)
        exact = _unique(duties, text, ranks)
        loose = _unique(duties, text, ranks, plain) if exact is None else None
        if exact is None and loose is not None and common is not None and not loose.is_off:
            return None  # `x` beside a shift X: nobody can tell.
        found = exact or loose
        if found is None and common is None and any(sign in text for sign in JOINED):
            # A shift and a standby on one day, as `白/待` or `D、S`.
            for sign in JOINED:
                text = text.replace(sign, "+")
            found = _unique(duties, text, ranks) or _unique(duties, text, ranks, plain)
        return Meaning(found) if found is not None else common


def _unique(
    duties: Iterable[Duty], text: str, ranks: Sequence[int] = (1, 0, 2), alike: Callable[[str], str] = str
) -> Duty | None:
    """Return the only duty with this letter, name or title, looked for in the order of `ranks`."""
    bare = alike("".join(unicodedata.normalize("NFKC", text).split()))
    every = [(duty, list(_called(duty))) for duty in duties]
    for rank in ranks:
        found = [
            duty for duty, words in every if any(alike(word) == bare for at, word in words if at == rank)
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _called(duty: Duty) -> Iterator[tuple[int, str]]:
    """Yield what a duty is called, with the rank of each word: letters, then names, then titles."""
    if not duty.is_off:
        yield 0, duty.letters
    yield 1, duty.name
    titles = [part.title for part in duty.parts]
    if titles and all(titles) and duty.site is None:
        yield 2, "+".join(titles)
        short = [_short(title) for title in titles]
        if all(short):
            yield 2, "+".join(short)


def _short(title: str) -> str:
    """
    Return a title without the word for shift.

    >>> _short("大夜班"), _short("Night shift"), _short("班")
    ('大夜', 'Night', '')
    """
    for ending in (" shift", " Shift", "班"):
        title = title.removesuffix(ending)
    return title.strip()
