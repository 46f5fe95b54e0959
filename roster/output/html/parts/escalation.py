"""Who answers: the levels of each escalation chain, and who holds them from minute to minute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roster.checker import PostHeld
from roster.domain.horizon import SATURDAY, Horizon
from roster.domain.problem import DAY, Problem
from roster.domain.rules import clock
from roster.language import listed, tr
from roster.output.examined_roster import Examined
from roster.output.words.text import one_line

THREE = 3 * 60
"""The hour that is shown first: three in the morning."""


@dataclass(frozen=True, slots=True)
class OnCallEntry:
    """Somebody at a level from one minute of the calendar to another."""

    start: int
    end: int
    names: str
    post: str
    on_site: bool
    response: int | None

    @property
    def where(self) -> str:
        """At work, or on call and how fast."""
        if self.on_site:
            return tr("page.at_work")
        if self.response is None:
            return tr("page.on_call")
        return tr("page.on_call_within", minutes=self.response)

    def goes_on(self, after: OnCallEntry) -> bool:
        """Whether the turn after is the same person's, in the same way, without a pause."""
        return self.end == after.start and (self.names, self.on_site) == (after.names, after.on_site)


@dataclass(frozen=True, slots=True)
class TurnPiece:
    """A turn as drawn on a day's lane: left edge and width in percent; `still`: the one before it goes on."""

    turn: OnCallEntry
    left: float
    width: float
    still: bool = False


@dataclass(frozen=True, slots=True)
class ChainLevel:
    """One level of a chain with all its turns."""

    number: int
    turns: tuple[OnCallEntry, ...]

    def at(self, minute: int) -> tuple[OnCallEntry, ...]:
        """Return who is there at a minute."""
        return tuple(turn for turn in self.turns if turn.start <= minute < turn.end)

    def on(self, day: int) -> tuple[TurnPiece, ...]:
        """Return the turns of one day, cut at its midnights."""
        first, last = day * DAY, (day + 1) * DAY
        shown = [turn for turn in self.turns if turn.start < last and first < turn.end]
        return tuple(
            TurnPiece(
                turn,
                round((max(turn.start, first) - first) / DAY * 100, 3),
                round((min(turn.end, last) - max(turn.start, first)) / DAY * 100, 3),
                still=before is not None and before.goes_on(turn),
            )
            for before, turn in zip((None, *shown), shown, strict=False)
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """An escalation chain."""

    name: str
    levels: tuple[ChainLevel, ...]


@dataclass(frozen=True, slots=True)
class Escalation:
    """All chains, and the moment shown first."""

    chains: tuple[Chain, ...]
    day: int
    minute: int
    first: str
    last: str
    shown: str
    data: dict[str, object]

    @property
    def now(self) -> int:
        """The minute of the calendar shown first."""
        return self.day * DAY + self.minute

    @property
    def clock(self) -> str:
        """Its time of day."""
        return clock(self.minute)


def escalation(examined: Examined) -> Escalation | None:
    """Return the chains of a roster; None where its posts have no second level."""
    problem, horizon = examined.problem, examined.roster.horizon
    chains = tuple(_chains(problem, examined.cover))
    if not chains or not horizon.days:
        return None
    day = next((at for at in range(horizon.days) if horizon.weekday(at) == SATURDAY), horizon.days - 1)
    return Escalation(
        chains,
        day,
        THREE,
        horizon.on(0).isoformat(),
        horizon.on(horizon.days - 1).isoformat(),
        horizon.on(day).isoformat(),
        _data(chains, horizon),
    )


def seat_titles(problem: Problem, names: Iterable[str]) -> Iterable[str]:
    """Yield names of holders, those of vendor seats by the seat's title."""
    titles = {seat.name: seat.called for seat in problem.seats}
    for name in names:
        seat, mark, number = name.rpartition(" #")
        yield f"{titles[seat]}{mark}{number}" if seat in titles else name


def _chains(problem: Problem, rows: Iterable[PostHeld]) -> Iterable[Chain]:
    turns: dict[str, dict[int, list[OnCallEntry]]] = {}
    for row in rows:
        post = problem.post[row.post]
        if post.chain is None or not row.by:
            continue
        turn = OnCallEntry(
            row.day * DAY + row.start,
            row.day * DAY + row.end,
            listed(one_line(name) for name in seat_titles(problem, row.by)),
            one_line(post.called),
            post.on_site,
            post.response,
        )
        turns.setdefault(post.chain, {}).setdefault(post.level, []).append(turn)
    for name, levels in turns.items():
        if len(levels) > 1:
            ordered = sorted(levels.items())
            yield Chain(
                name,
                tuple(
                    ChainLevel(number, tuple(sorted(held, key=lambda turn: turn.start)))
                    for number, held in ordered
                ),
            )


def _data(chains: Iterable[Chain], horizon: Horizon) -> dict[str, object]:
    """Return what the script needs to show another moment: each text once, turns as numbers."""
    texts: dict[str, int] = {}

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    turns = [
        [
            [
                [turn.start, turn.end, number(turn.names), number(turn.post), number(turn.where)]
                + ([1] if turn.on_site else [0])
                for turn in level.turns
            ]
            for level in chain.levels
        ]
        for chain in chains
    ]
    return {
        "first": horizon.on(0).isoformat(),
        "days": horizon.days,
        "turns": turns,
        "texts": list(texts),
        "nobody": tr("page.nobody"),
    }
