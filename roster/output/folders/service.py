"""The answer of `roster service` as a document and as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.domain.outcome import Partial, SolveOptions, scope_of
from roster.engine.rotation.service_levels import Level
from roster.output.csv.cells import sheet
from roster.output.csv.grid import ROTATION_COLUMNS, WEEKDAYS, rotation_rows
from roster.output.documents.plan import Document, as_text, versions
from roster.output.examined import Examined
from roster.output.folders.roster import write_sheets
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import BOOKS, REPORT
from roster.output.terminal.service import best_hires, gap_sentences, hire_sentence, proofs, verdict
from roster.output.words.gaps import partial_sentences
from roster.questions.service.answer import Hire, Service
from roster.questions.service.posts import PostService, alike, by_week

SUMMARY = "service.json"
FILES = ("service.csv", "rotation.csv", SUMMARY)
ROSTER = ("roster.csv", "grid.csv", "coverage.csv", "hours.csv", *BOOKS, REPORT)
"""What the best roster is written as, where posts stay empty."""

SERVICE_COLUMNS = (
    "post",
    "priority",
    "hard",
    "state",
    "held_minutes",
    "wanted_minutes",
    "weekday",
    "start",
    "end",
    "missing",
    "week",
)


def service_document(
    scenario: Path, answer: Service, options: SolveOptions, files: tuple[Path, ...] = ()
) -> Document:
    """Return the answer as a document with stable keys; minutes are of an ordinary week."""
    problem, crowd = answer.problem, answer.team
    by_state = {
        state: [_post(one) for one in answer.in_state(state)] for state in ("held", "partly", "empty")
    }
    return {
        "scenario": str(scenario),
        "name": problem.name,
        "status": answer.status.value,
        "verdict": verdict(answer),
        "given": {"total": crowd.total, "by_type": None if crowd.by_type is None else dict(crowd.by_type)},
        "headcount": {
            "in_house": answer.used,
            "by_type": dict(answer.people),
            "seats": {use.seat: use.number for use in answer.seats},
        },
        **by_state,
        "rotation_weeks": answer.weeks,
        "levels": [_level(answer, level) for level in answer.levels],
        "proof": proofs(answer),
        "next_hire": {
            "best": [hire.type for hire in best_hires(answer)],
            "sentence": hire_sentence(answer) if answer.hires else "",
            "options": [_hire(answer, hire) for hire in answer.hires],
        },
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        "solver": answer.solver,
        "versions": versions(),
        "files": [str(file) for file in files],
    }


def _post(one: PostService) -> Document:
    return {
        "post": one.post.name,
        "title": one.post.title,
        "priority": one.post.priority,
        "hard": one.post.hard,
        "held_minutes": one.held,
        "wanted_minutes": one.wanted,
        "gaps": [
            {
                "week": week,
                "days": [WEEKDAYS[day] for day in days],
                "start": gap.start,
                "end": gap.end,
                "missing": gap.missing,
            }
            for week, own in by_week(one)
            for gap, days in alike(own.gaps)
        ],
        "sentences": gap_sentences(one) if one.gaps else [],
    }


def _level(answer: Service, level: Level) -> Document:
    return {
        "hard": not level.rank[0],
        "priority": level.rank[1],
        "empty_minutes": level.empty,
        "bound_minutes": level.bound,
        "scope": scope_of(answer.weeks),
        "bound_scope": scope_of(None),
        "proof": level.kind.value,
    }


def _hire(answer: Service, hire: Hire) -> Document:
    staff = answer.problem.type[hire.type]
    return {
        "type": hire.type,
        "skills": sorted(staff.skills),
        "gained_minutes": list(hire.gained),
        "cost": staff.cost,
        "allowed": hire.allowed,
        "proven": hire.proven,
    }


def write_service(
    folder: Path,
    document: Document,
    answer: Service,
    examined: Examined | None = None,
    partial: Partial | None = None,
) -> None:
    """
    Write the files of an answer together, with its best roster.

    Parameters
    ----------
    folder
        The folder, made where it is missing; what is there of an earlier answer is replaced as one.
    document
        The answer as a document.
    answer
        The answer: hours of an ordinary week, leave to come kept back.
    examined, partial
        The best roster on the dates, and how far it is proven; none where everything is held. Its page begins with what
        the answer says, for dates without leave may hold more.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    with whole_folder(folder) as new:
        if examined is not None:
            said = [verdict(answer), *(partial_sentences(examined, partial) if partial else ())]
            write_sheets(new, folder, examined, said)
        texts = {
            "service.csv": sheet(SERVICE_COLUMNS, service_rows(answer)),
            "rotation.csv": sheet(ROTATION_COLUMNS, rotation_rows(answer.rotations)),
        }
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        (new / SUMMARY).write_text(as_text(document), encoding="utf-8", errors="replace", newline="\n")


def service_rows(answer: Service) -> Iterator[tuple[object, ...]]:
    """Yield one row for each gap, and one for each post without any."""
    for one in answer.posts:
        post = one.post
        head = (post.name, post.priority, "yes" if post.hard else "no", one.state, one.held, one.wanted)
        if not one.gaps:
            yield (*head, "", "", "", "", "")
        for gap in one.gaps:
            times = _time(gap.start), _time(gap.end)
            yield (*head, WEEKDAYS[gap.day % 7], *times, gap.missing, gap.day // 7 + 1)


def _time(minute: int) -> str:
    """Return a time after the midnight of the post's day; past 24:00 on the day after."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
