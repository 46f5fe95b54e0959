"""The answer of `roster resilience` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.documents.document import Document, took
from roster.questions.resilience import CaseAnswer, Resilience, Training, WeekOfAbsences
from roster.questions.what_if import on_day


def resilience_document(scenario: Path, answer: Resilience, options: SolveOptions, sentence: str) -> Document:
    """
    Return the answer as a document with stable keys.

    Parameters
    ----------
    scenario : Its file.
    answer, options : Every case, and the settings of the search.
    sentence : The verdict in words.
    """
    asked = answer.asked
    return {
        "scenario": str(scenario),
        "name": asked.problem.name,
        "verdict": sentence,
        "survives": answer.survives,
        "survives_up_to": answer.up_to,
        "lengths": list(asked.lengths),
        "absences": asked.together,
        "cases": len(answer.cases),
        "undecided": len(answer.undecided),
        "broken": [_broken(answer, each) for each in answer.broken],
        "map": [_row(answer, name, weeks) for name, weeks in answer.by_week.items()],
        "single_points": _single_points(answer),
        "calendar": [
            {
                "date": asked.day(day.day).isoformat(),
                "can_be_away": len(asked.published.people) - len(day.needed) - len(day.undecided),
                "needed": list(day.needed),
                "undecided": list(day.undecided),
            }
            for day in answer.spare_days
        ],
        "cross_training": [_training(one) for one in answer.training],
        "violations": [
            {"rule": each.rule, "person": each.person, "sentence": each.sentence}
            for each in answer.violations
        ],
        **took(answer.seconds, options),
    }


def _single_points(answer: Resilience) -> Document:
    return {
        "roles": [
            {"role": one.role, "person": one.person, "posts": list(one.posts)} for one in answer.only_holders
        ],
        "people": [
            {
                "person": one.person,
                "broken": one.broken,
                "cases": one.cases,
                "shortest": one.shortest,
                "posts": list(one.posts),
            }
            for one in answer.missed
        ],
    }


def _training(one: Training) -> Document:
    return {
        "role": one.skill.role,
        "type": one.type,
        "person": one.skill.person,
        "gone": one.gone,
        "of": one.of,
        "undecided": one.undecided,
    }


def _broken(answer: Resilience, each: CaseAnswer) -> Document:
    case = each.case
    return {
        "people": list(case.people),
        "from": answer.asked.day(case.first).isoformat(),
        "to": answer.asked.day(case.first + case.length - 1).isoformat(),
        "post": each.empty[0][0] if each.empty else None,
        "empty": [_place(answer, place) for place in each.empty],
        "basis": each.basis.value,
    }


def _place(answer: Resilience, place: tuple[str, int, int, int]) -> Document:
    day, start, end = on_day(place)
    date = answer.asked.day(day).isoformat()
    return {"post": place[0], "date": date, "start": start, "end": end, "people": place[3]}


def _row(answer: Resilience, name: str, weeks: tuple[WeekOfAbsences, ...]) -> Document:
    return {
        "person": name,
        "weeks": [
            {
                "week": answer.asked.day(week.first).isoformat(),
                "breaks_from": week.breaks_from,
                "most_changes": week.most_changes,
                "lengths": {
                    str(length): {"cases": one.cases, "broken": one.broken, "undecided": one.undecided}
                    for length, one in week.spells.items()
                },
            }
            for week in weeks
        ],
    }
