"""Boards kept in memory: the state of each branch, and what is shown of it, worked out once for each revision."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from roster.board.away import Found, mark
from roster.board.log import Entry, State, apply, fold, to_redo, to_undo
from roster.board.program import Assembled, assembled
from roster.board.store import Store
from roster.board.view import View, draw
from roster.language import language

KEPT = 12
"""Views kept for a branch: languages times the latest revisions."""


@dataclass(slots=True)
class Live:
    """One branch of a board: its entries, the state they lead to, and views by revision and language."""

    entries: list[Entry] = field(default_factory=list)
    state: State = field(default_factory=dict)
    found: dict[str, Assembled | None] = field(default_factory=dict)
    views: dict[tuple[int, str], View | None] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    checking: threading.Lock = field(default_factory=threading.Lock)

    @property
    def rev(self) -> int:
        """The latest revision."""
        return self.entries[-1].rev if self.entries else 0


class Boards:
    """Every branch that was asked for, brought up to date from the store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._live: dict[tuple[str, str], Live] = {}
        self._lock = threading.Lock()

    def live(self, board: str, branch: str = "main") -> Live:
        """Return a branch as it stands now."""
        with self._lock:
            one = self._live.setdefault((board, branch), Live())
        with one.lock:
            for entry in self.store.entries(board, branch, after=one.rev):
                one.entries.append(entry)
                one.state = apply(one.state, entry.changes)
                one.found.clear()
        return one

    def state(self, board: str, branch: str = "main", rev: int | None = None) -> State:
        """
        Return the state of a branch, now or after a revision.

        Parameters
        ----------
        board, branch : Their names.
        rev : The revision; None for the last.
        """
        one = self.live(board, branch)
        with one.lock:
            if rev is None or rev >= one.rev:
                return one.state
            return fold(entry for entry in one.entries if entry.rev <= rev)

    def assembled(self, board: str, branch: str = "main") -> tuple[int, State, Assembled | None]:
        """Return a branch's revision, state, and problem and roster; raises Faults where its scenario has some."""
        one = self.live(board, branch)
        with one.lock:
            key = language()
            if key not in one.found:
                one.found[key] = assembled(one.state)
            return one.rev, one.state, one.found[key]

    def view(self, board: str, branch: str = "main") -> tuple[int, View | None]:
        """
        Return what is shown of a branch, and its revision; None where it has no roster yet.

        One check at a time: while one runs, edits go on, and whoever waited for it finds the latest state checked.
        """
        one = self.live(board, branch)
        with one.checking:
            rev, state, found = self.assembled(board, branch)
            key = (rev, language())
            if key not in one.views:
                while len(one.views) >= KEPT:
                    del one.views[next(iter(one.views))]
                one.views[key] = None if found is None else draw(state, found)
            return rev, one.views[key]

    def away(self, board: str, found: list[Found]) -> list[Any]:
        """Return how absences look on the page: who, the first day, the mark, its sentence."""
        titles = self.post_titles(board)
        return [[one["who"], one["first"], *mark(one, titles)] for one in found]

    def post_titles(self, board: str) -> dict[str, str]:
        """Return what the posts of a board are called."""
        _, _, found = self.assembled(board)
        return {} if found is None else {post.name: post.called for post in found.problem.posts}

    def can(self, board: str, branch: str, account: int) -> dict[str, str]:
        """
        Return which of undo and redo an account has, each with the sort of change it would be about.

        Parameters
        ----------
        board, branch : Their names.
        account : Whose changes are meant.
        """
        one = self.live(board, branch)
        with one.lock:
            back, forth = to_undo(one.entries, account), to_redo(one.entries, account)
        found = {}
        if back is not None:
            found["undo"] = back.kind
        if forth is not None:
            undone = next((entry for entry in one.entries if entry.rev == forth.undoes), forth)
            found["redo"] = undone.kind
        return found
