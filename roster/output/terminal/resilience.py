"""The answer of `roster resilience` on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.rules import clock
from roster.language import counted, listed, tr
from roster.output.terminal.console import (
    BAD,
    DOUBTFUL,
    FAINT,
    GOOD,
    MOST_PEOPLE,
    STRONG,
    ReportConsole,
    files_line,
    section,
    table,
)
from roster.output.terminal.parts.findings import verdict_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.resilience import verdict, week_mark
from roster.output.words.text import LONGEST_NAME, one_line, short_name
from roster.questions.resilience import Basis, CaseAnswer, Resilience, WeekOfAbsences
from roster.questions.what_if import on_day
from roster.questions.wording import role_names

MOST_BROKEN = 12
MOST_PLACES = 3
MOST_SKILLS = 5
WEEKS_ABREAST = 9


def print_resilience(console: ReportConsole, answer: Resilience, files: Sequence[Path]) -> None:
    """
    Print an answer: the verdict, the map, whom it hangs on, the days to spare, what to teach.

    Parameters
    ----------
    console : Where it is printed.
    answer, files : Every case, and the files written.
    """
    console.show(_parts(answer, files))


def _parts(answer: Resilience, files: Sequence[Path]) -> Iterator[ConsoleRenderable]:
    problem = answer.asked.problem
    style = {True: GOOD, False: BAD, None: DOUBTFUL}[answer.survives]
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(verdict(answer), style, mark="  ")
    if answer.violations:
        yield Prose(tr("resilience.mend_hint"), mark="  ")
        yield Text()
        yield verdict_section(answer.violations)
        return
    for sentence in _remarks(answer, files):
        yield Prose(sentence, FAINT, mark="  ")
    yield _map_section(answer)
    if answer.missed:
        yield _missed_section(answer)
    if answer.broken:
        yield _broken_section(answer)
    yield _holders_section(answer)
    yield _spare_section(answer)
    if answer.broken:
        yield _training_section(answer)
    yield Text()
    yield Text(tr("resilience.took", seconds=f"{answer.seconds:.1f}"), FAINT)
    yield from files_line(files)


def _remarks(answer: Resilience, files: Sequence[Path]) -> Iterator[str]:
    """Yield what stands below the verdict: how far it holds, what it rests on, what is open."""
    if any(each.breaks for each in answer.singles):
        yield _up_to(answer.up_to)
    decided = [each for each in answer.cases if not each.undecided]
    solved = sum(each.basis in (Basis.SOLVED, Basis.AROUND) for each in decided)
    if decided and solved == len(decided):
        yield tr("resilience.proof_all", cases=len(decided))
    elif decided:
        yield tr("resilience.proof", solved=solved, cases=len(decided), derived=len(decided) - solved)
    if unproven := sum(not each.breaks and each.changed != each.bound for each in decided):
        yield tr("resilience.proof_open", open=unproven)
    if answer.undecided:
        yield tr("resilience.continue_hint" if files else "resilience.continue_hint_out")


def _up_to(days: int) -> str:
    if not days:
        return tr("resilience.up_to_none")
    return tr("resilience.up_to_one" if days == 1 else "resilience.up_to", days=days)


def _map_section(answer: Resilience) -> Group:
    """Draw people down and weeks across, as many weeks abreast as fit the paper."""
    every = answer.by_week
    weeks = next(iter(every.values()), ())
    shown = list(every.items())[:MOST_PEOPLE]
    parts: list[ConsoleRenderable] = []
    for start in range(0, len(weeks), WEEKS_ABREAST):
        chosen = range(start, min(start + WEEKS_ABREAST, len(weeks)))
        dates = [answer.asked.day(weeks[at].first).strftime("%m-%d") for at in chosen]
        made = table(tr("resilience.person"), *dates, numbers=tuple(range(1, len(dates) + 1)))
        for name, own in shown:
            cells = (_map_cell(answer, own[at]) for at in chosen)
            made.add_row(short_name(name, LONGEST_NAME).rstrip(), *cells)
        parts += [made, Text()] if chosen[-1] + 1 < len(weeks) else [made]
    if len(every) > MOST_PEOPLE:
        left = len(every) - MOST_PEOPLE
        parts.append(Text(tr("plan.more_people", number=left, file="map.csv"), FAINT))
    lengths = tr("resilience.comma").join(map(str, answer.asked.lengths))
    mark = tr("resilience.breaks_from", days=answer.asked.lengths[-1])
    parts += [Text(), Prose(tr("resilience.map_legend", lengths=lengths, mark=mark), FAINT)]
    return section(tr("resilience.map"), *parts, note=tr("resilience.map_note"))


def _map_cell(answer: Resilience, week: WeekOfAbsences) -> Text:
    if week.breaks_from is not None:
        worst = week.breaks_from == answer.asked.lengths[0]
        return Text(week_mark(week), BAD if worst else DOUBTFUL)
    return Text(week_mark(week), FAINT if week.most_changes is None or week.undecided else GOOD)


def _missed_section(answer: Resilience) -> Group:
    heads = ("person", "broken", "shortest", "posts")
    made = table(*(tr(f"resilience.{head}") for head in heads), numbers=(1,), wrap=(3,))
    for one in answer.missed[:MOST_PEOPLE]:
        posts = (answer.asked.problem.post[post].called for post in one.posts)
        made.add_row(
            short_name(one.person, LONGEST_NAME).rstrip(),
            f"{one.broken}/{one.cases}",
            counted("common.days", one.shortest),
            one_line(tr("resilience.comma").join(posts)),
        )
    return section(tr("resilience.missed"), made, note=tr("resilience.missed_note"))


def _broken_section(answer: Resilience) -> Group:
    least = _least(answer.broken)
    made = table(
        *(tr(f"resilience.{head}") for head in ("away", "from", "length", "empty")), numbers=(2,), wrap=(0, 3)
    )
    for each in least[:MOST_BROKEN]:
        people = listed(short_name(name, LONGEST_NAME).rstrip() for name in each.case.people)
        made.add_row(people, _date(answer, each.case.first), str(each.case.length), _places(answer, each))
    parts: list[ConsoleRenderable] = [made]
    if (left := len(answer.broken) - len(least[:MOST_BROKEN])) > 0:
        parts.append(Text(tr("resilience.more", number=left), FAINT))
    return section(tr("resilience.broken_cases"), *parts, note=tr("resilience.broken_note"))


def _least(broken: Sequence[CaseAnswer]) -> list[CaseAnswer]:
    """Return the broken cases that contain no other, those found by a search of their own first."""
    own = [each for each in broken if each.basis is Basis.SOLVED]
    found: list[CaseAnswer] = []
    for each in sorted(own or broken, key=lambda each: (len(each.case.people), each.case.length)):
        if not any(other.case.within(each.case) for other in found):
            found.append(each)
    return found


def _date(answer: Resilience, day: int) -> str:
    on = answer.asked.day(day)
    return f"{on} {tr('common.day_names').split()[on.weekday()]}"


def _places(answer: Resilience, each: CaseAnswer) -> str:
    if not each.empty:
        return tr("resilience.no_roster")
    places = []
    for place in each.empty[:MOST_PLACES]:
        day, start, end = on_day(place)
        words = {"date": f"{answer.asked.day(day):%m-%d}", "start": clock(start), "end": clock(end)}
        places.append(tr("resilience.place", post=answer.asked.problem.post[place[0]].called, **words))
    text = one_line(tr("resilience.comma").join(places))
    left = len(each.empty) - MOST_PLACES
    return tr("resilience.more_places", places=text, number=left) if left > 0 else text


def _holders_section(answer: Resilience) -> Group:
    problem = answer.asked.problem
    lines = []
    for one in answer.only_holders:
        posts = tr("resilience.comma").join(problem.post[post].called for post in one.posts)
        key = "resilience.holder" if one.posts else "resilience.holder_shared"
        fields = {"posts": posts} if one.posts else {}
        lines.append(bullet(tr(key, role=role_names(problem, [one.role]), person=one.person, **fields)))
    return section(tr("resilience.holders"), *(lines or [Prose(tr("resilience.holders_none"))]))


def _spare_section(answer: Resilience) -> Group:
    """Draw the calendar: weeks down, weekdays across, in each day how many could be away."""
    people, horizon = len(answer.asked.published.people), answer.asked.published.horizon
    note = tr("resilience.spare_note", people=people)
    if not any(day.needed or day.undecided for day in answer.spare_days):
        return section(tr("resilience.spare"), Prose(tr("resilience.spare_all")), note=note)
    names = tr("common.day_names").split()
    made = table(tr("resilience.week"), *names, numbers=tuple(range(1, 8)))
    for week in horizon.weeks():
        cells = [Text()] * 7
        for day in answer.spare_days[week.first : week.last + 1]:
            free = people - len(day.needed) - len(day.undecided)
            mark = "?" if day.undecided else ""
            cells[horizon.weekday(day.day)] = Text(f"{free}{mark}", DOUBTFUL if free < people else GOOD)
        made.add_row(str(answer.asked.day(week.first)), *cells)
    legend = Prose(tr("resilience.spare_legend"), FAINT)
    return section(tr("resilience.spare"), made, Text(), legend, note=note)


def _training_section(answer: Resilience) -> Group:
    problem = answer.asked.problem
    lines = []
    for one in [each for each in answer.training if each.gone][:MOST_SKILLS]:
        words = {"role": role_names(problem, [one.skill.role]), "type": problem.type[one.type].called}
        key = "resilience.teach_open" if one.undecided else "resilience.teach"
        fields = {"open": one.undecided} if one.undecided else {}
        numbers = {"gone": one.gone, "all": one.of}
        lines.append(bullet(tr(key, person=one.skill.person, **words, **numbers, **fields)))
    if not lines:
        left = sum(each.undecided for each in answer.training)
        sentence = tr("resilience.training_open", open=left) if left else tr("resilience.training_none")
        lines.append(Prose(sentence))
    return section(tr("resilience.training"), *lines, note=tr("resilience.training_note"))
