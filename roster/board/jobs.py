"""Questions that need a search: each a child process, two at once, one a board; the rest waits its turn."""

from __future__ import annotations

import csv
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from roster.board.away import JOURNAL, Found, Journal
from roster.board.database import DatabaseRow
from roster.board.files import Files
from roster.board.log import State
from roster.board.program import write_state
from roster.board.store import Store, now
from roster.child_environment import child_environment
from roster.errors import InputError
from roster.language import language, speaking, tr

AT_ONCE = 2
TOLD_EVERY = 0.25
"""Seconds between two signs of life that are passed on."""

WAITING, RUNNING, DONE, FAILED, STOPPED, INTERRUPTED = (
    "waiting",
    "running",
    "done",
    "failed",
    "stopped",
    "interrupted",
)
OVER = (DONE, FAILED, STOPPED, INTERRUPTED)

ANSWER = "answer.json"
TEXT = "answer.txt"
OUT = "out"
GIVEN = "given"
LEAVES = "leaves.csv"

MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a board: the command, its options, and what it is about beside."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, bytes] = field(default_factory=dict)
    """Files that it is about, by name; they are not kept."""

    @property
    def seconds(self) -> int:
        """How long it may search."""
        return max(1, min(MOST_SECONDS, int(self.options.get("seconds", 60))))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a question: the exit code, the files by name, the document, what was said on the way."""

    code: int
    files: dict[str, bytes]
    document: dict[str, Any]
    said: str


Ended = Callable[[DatabaseRow, Result | None], None]
"""Takes a job that is over, and its result where it has one."""


def _arguments(question: Question, scenario: Path, roster_file: Path | None) -> list[str]:
    """Return the words of the command line that ask a question."""
    options, name = question.options, question.name
    if name == "size":
        return [
            name,
            f"{GIVEN}/profile.yaml",
            "--out",
            f"{OUT}/size.yaml",
            "--time-limit",
            str(question.seconds),
        ]
    if name == "demand":
        return _of_demand(options, scenario)
    words = [name, str(scenario)]
    needs_roster = name in ("what-if", "resilience")
    if needs_roster:
        words.append(str(roster_file))
    if options.get("leaves"):
        words += ["--leave-file", LEAVES]
    if name == "what-if" and options.get("freeze"):
        words += ["--freeze-until", options["freeze"]]
    if name == "resilience":
        words += ["--days", str(int(options.get("days", 1)))]
    if name in ("explain", "service") and options.get("headcount") is not None:
        words += ["--headcount", str(int(options["headcount"]))]
    if name in ("plan", "what-if", "resilience", "frontier", "service"):
        words += ["--out", OUT]
    if name in ("plan", "what-if", "resilience"):
        words.append("--json")
    if name != "rotas":
        words += ["--time-limit", str(question.seconds)]
    return words


def _of_demand(options: Mapping[str, Any], scenario: Path) -> list[str]:
    words = [
        "demand",
        f"{GIVEN}/{options['export']}",
        "--as",
        options["kind"],
        "--scenario",
        str(scenario),
        "--out",
        OUT,
    ]
    words += ["--map", f"{GIVEN}/map.yaml"] if options["map"] else []
    for text in options["targets"]:
        words += ["--target", text]
    return words + (["--role", options["role"]] if options["role"] else [])


class Jobs:
    """Every question asked, from the time it is asked until its answer is kept."""

    def __init__(
        self, store: Store, tell: Callable[[DatabaseRow], None], found: Callable[[str, list[Found]], None]
    ) -> None:
        self._store = store
        self._tell = tell
        self._found = found
        self.partly: dict[str, list[Found]] = {}
        self._lock = threading.RLock()
        self._waiting: list[tuple[DatabaseRow, State, Question, Ended | None]] = []
        self._running: dict[str, subprocess.Popen[bytes] | None] = {}
        self._boards: set[str] = set()
        self._stopped: set[str] = set()
        self._closed = False
        for row in store.rows("select id from job where state in (?, ?)", WAITING, RUNNING):
            # Another server's goes on; its claim ends with it.
            if store.claim(f"job/{row['id']}"):
                store.write(
                    "update job set state = ?, ended_at = ? where id = ?", INTERRUPTED, now(), row["id"]
                )
                store.release(f"job/{row['id']}")

    def ask(self, board: str, state: State, question: Question, ended: Ended | None = None) -> str:
        """
        Put a question; return the job's name at once. `ended` is called on a thread when it is over.

        Parameters
        ----------
        board, state : Its name, and what it holds.
        question, ended : What is asked, and what is called on a thread when it is over.
        """
        job = {
            "id": secrets.token_hex(8),
            "board": board,
            "question": question.name,
            "body": json.dumps(dict(question.options), ensure_ascii=False),
            "state": WAITING,
            "progress": None,
            "result": None,
            "at": now(),
            "ended_at": None,
        }
        self._store.claim(f"job/{job['id']}")
        self._store.write("insert into job values (?, ?, ?, ?, ?, ?, ?, ?, ?)", *job.values())
        with self._lock:
            self._waiting.append((job, state, question, ended))
        self._tell(job)
        self._next()
        return str(job["id"])

    def get(self, name: str) -> DatabaseRow | None:
        """Return a job; None where there is none."""
        return next(iter(self._store.rows("select * from job where id = ?", name)), None)

    def of(self, board: str) -> list[DatabaseRow]:
        """Return a board's latest jobs."""
        return self._store.rows("select * from job where board = ? order by at desc limit 60", board)

    def stop(self, name: str) -> None:
        """Stop a job, waiting or running."""
        with self._lock:
            dropped = [one for one in self._waiting if one[0]["id"] == name]
            self._waiting = [one for one in self._waiting if one[0]["id"] != name]
            self._stopped.add(name)
            process = self._running.get(name)
        if process is not None:
            _kill(process)
        for job, _, _, ended in dropped:
            self._over(job, STOPPED, None, ended)

    def left(self, board: str) -> None:
        """Stop what was asked by a page of a board that nobody looks at any more."""
        for job in self.of(board):
            if job["state"] not in OVER and json.loads(job["body"]).get("watched"):
                self.stop(job["id"])
                self._store.tell({"stop": job["id"]})

    def close(self) -> None:
        """Stop everything; what ran is marked as interrupted when the board is opened again."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            processes = [one for one in self._running.values() if one is not None]
        for process in processes:
            _kill(process)

    def _next(self) -> None:
        with self._lock:
            if self._closed:
                return
            for one in list(self._waiting):
                job = one[0]
                if len(self._running) >= AT_ONCE or job["board"] in self._boards:
                    continue
                self._waiting.remove(one)
                self._running[job["id"]] = None
                self._boards.add(job["board"])
                arguments_ = (*one, language())
                threading.Thread(target=self._run, args=arguments_, daemon=True).start()

    def _run(
        self, job: DatabaseRow, state: State, question: Question, ended: Ended | None, tongue: str
    ) -> None:
        outcome, result = FAILED, None
        try:
            with speaking(tongue):
                result = self._answer(job, state, question)
            outcome = DONE if result.code in (0, 1, 3) else FAILED
        except InputError as error:
            result = Result(2, {}, {}, str(error))
        finally:
            with self._lock:
                self._running.pop(job["id"], None)
                self._boards.discard(job["board"])
                self.partly.pop(job["id"], None)
                stopped = job["id"] in self._stopped
            if not self._closed:
                with speaking(tongue):
                    self._over(job, STOPPED if stopped else outcome, None if stopped else result, ended)
            self._next()

    def _over(self, job: DatabaseRow, outcome: str, result: Result | None, ended: Ended | None) -> None:
        if result is not None:
            self._store.keep(f"job/{job['id']}", result.files.items())
        said = json.dumps(
            {"code": result.code, "said": result.said, "files": sorted(result.files)} if result else {},
            ensure_ascii=False,
        )
        job.update(state=outcome, result=said, ended_at=now())
        if ended is not None:
            try:
                ended(job, result if outcome == DONE else None)
            except Exception as error:  # the answer came, but what it was for cannot be done any more
                job["state"] = FAILED
                job["result"] = json.dumps(
                    {"said": str(error), "files": sorted(result.files) if result else []}
                )
        self._store.write(
            "update job set state = ?, result = ?, ended_at = ? where id = ?",
            job["state"],
            job["result"],
            job["ended_at"],
            job["id"],
        )
        self._store.release(f"job/{job['id']}")
        self._tell(job)

    def _answer(self, job: DatabaseRow, state: State, question: Question) -> Result:
        self._store.write("update job set state = ? where id = ?", RUNNING, job["id"])
        self._tell({**job, "state": RUNNING})
        with tempfile.TemporaryDirectory(prefix="roster-board-") as work:
            folder = Path(work)
            scenario, roster_file = _laid_out(state, question, folder)
            words = ["--lang", language(), *_arguments(question, scenario, roster_file)]
            with _started(words, folder) as process:
                with self._lock:
                    self._running[job["id"]] = process
                    if job["id"] in self._stopped or self._closed:
                        _kill(process)
                said = self._listen(job, process, _journal(question, folder))
                process.wait()
            return _result(process.returncode, folder, said)

    def _listen(self, job: DatabaseRow, process: subprocess.Popen[bytes], journal: Journal | None) -> str:
        """Pass on the signs of life; return what else was said."""
        assert process.stderr is not None
        lines, last = [], 0.0
        for raw in process.stderr:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            progress = _progress(line)
            if progress is None:
                lines.append(line)
            elif time.monotonic() - last > TOLD_EVERY:
                last = time.monotonic()
                if journal is not None and (new := journal.more()):
                    self.partly.setdefault(job["id"], []).extend(new)
                    self._found(job["board"], new)
                self._tell({**job, "state": RUNNING, "progress": json.dumps(progress, ensure_ascii=False)})
        return "\n".join(lines)[-4000:]


def _journal(question: Question, folder: Path) -> Journal | None:
    """Return what reads the answers of a question about absences as they come."""
    if question.name != "resilience" or "start" not in question.options:
        return None
    days = int(question.options.get("days", 1))
    return Journal(folder / OUT / JOURNAL, question.options["start"], days)


def _laid_out(state: State, question: Question, folder: Path) -> tuple[Path, Path | None]:
    """Write what a question is about; a plan is made of the scenario alone, whatever roster there is."""
    if question.name in ("what-if", "resilience"):
        scenario, roster_file = write_state(state, folder)
    else:
        scenario, roster_file = Files.of(state["files"]).write(folder), None
    (folder / OUT).mkdir(exist_ok=True)
    (folder / GIVEN).mkdir(exist_ok=True)
    for name, content in question.given.items():
        (folder / GIVEN / name).write_bytes(content)
    if question.options.get("leaves"):
        with (folder / LEAVES).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("person", "from", "to"), *question.options["leaves"]])
    return scenario.relative_to(folder), roster_file and roster_file.relative_to(folder)


def _started(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    environment = child_environment() | {"ROSTER_PROGRESS": "lines", "COLUMNS": "110"}
    environment |= {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    out: IO[bytes]
    with (folder / TEXT).open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "roster.board.child_process", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Stop a process with all it has started."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        return


def _progress(line: str) -> dict[str, Any] | None:
    if not line.startswith('{"stage"'):
        return None
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return found


def _result(code: int, folder: Path, said: str) -> Result:
    text = (folder / TEXT).read_bytes()
    files = {}
    for path in sorted((folder / OUT).rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[path.relative_to(folder / OUT).as_posix()] = path.read_bytes()
    document: dict[str, Any] = {}
    if text.startswith(b"{"):
        try:
            document = json.loads(text)
        except ValueError:
            document = {}
    files[ANSWER if document else TEXT] = text
    if code not in (0, 1, 3) and not said:
        said = tr("board.job_died")
    return Result(code, files, document, said)
