"""The answer of `roster what-if` on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import ConsoleRenderable, Group
from rich.text import Text

from roster.domain.outcome import Roster, Status
from roster.domain.rules import hours
from roster.language import tr
from roster.output.examined_roster import examine
from roster.output.terminal.console import (
    FAINT,
    GOOD,
    STATUS_STYLES,
    STRONG,
    ReportConsole,
    files_line,
    section,
    table,
)
from roster.output.terminal.explain import explanation_sections
from roster.output.terminal.parts.calendar import CalendarGrid
from roster.output.terminal.parts.findings import verdict_section
from roster.output.terminal.prose import Prose, bullet
from roster.output.words.duties import named
from roster.output.words.findings import forgiven_sentences
from roster.output.words.gaps import empty_days, lawful_sentence
from roster.output.words.text import LONGEST_NAME, one_line, short_name
from roster.output.words.what_if import away_texts, effects, empty_texts, proof, slack, verdict, way_sentences
from roster.questions.explain import Explanation
from roster.questions.what_if import WhatIf
from roster.scores import PersonScore

MOST_CHANGES = 60

_STYLES = {**STATUS_STYLES, Status.FEASIBLE: GOOD}


def print_what_if(
    console: ReportConsole, answer: WhatIf, files: Sequence[Path], why: Explanation | None = None
) -> None:
    """
    Print an answer: the verdict, what changes or why not, what it does to people, what it rests on.

    Parameters
    ----------
    console : Where it is printed.
    answer, why : The roster found or why there is none, and that explained.
    files : Those written.
    """
    console.show(_parts(answer, files, why))


def _parts(answer: WhatIf, files: Sequence[Path], why: Explanation | None) -> Iterator[ConsoleRenderable]:
    problem = answer.case.problem
    yield Text(one_line(problem.called), STRONG)
    yield Text()
    yield Prose(verdict(answer), _STYLES[answer.status], mark="  ")
    for said in away_texts(answer.case):
        yield Prose(said, FAINT, mark="  ")
    if answer.broken:
        yield Prose(tr("what_if.repair_hint"), mark="  ")
        yield Text()
        yield verdict_section(answer.broken)
        return
    if (sentence := proof(answer)) and answer.roster is not None:
        yield Prose(sentence, FAINT, mark="  ")
    for sentence in forgiven_sentences(answer.case.published):
        yield Prose(sentence, mark="  ")
    if answer.case.frozen_until is not None:
        frozen = answer.case.published.horizon.on(answer.case.frozen_until)
        yield Prose(tr("what_if.frozen", date=frozen), FAINT, mark="  ")
    if answer.empty:
        yield _empty_section(answer)
    if answer.ways or answer.status is Status.INFEASIBLE:
        yield _ways_section(answer)
    if why is not None:
        yield from explanation_sections(why, ways=False)
    if answer.roster is not None and answer.changed:
        yield _changes_section(answer)
    if answer.roster is not None and (answer.changed or answer.empty):
        yield _calendar_section(answer, answer.roster)
    if answer.roster is not None and (found := effects(answer, answer.roster)):
        yield _effects_section(found)
    if answer.roster is not None and answer.roster.people:
        yield Text()
        yield _slack_line(answer, answer.roster)
    yield Text()
    yield Text(tr("what_if.took", seconds=f"{answer.seconds:.1f}"), FAINT)
    yield from files_line(files)


def _empty_section(answer: WhatIf) -> Group:
    lines = [bullet(text) for text in empty_texts(answer)]
    return section(tr("what_if.empty"), *lines, note=tr("what_if.empty_note"))


def _ways_section(answer: WhatIf) -> Group:
    said = way_sentences(answer)
    lines = [bullet(one) for one in said] if answer.ways else [Prose(one) for one in said]
    return section(tr("what_if.ways"), *lines, note=tr("what_if.ways_note"))


def _changes_section(answer: WhatIf) -> Group:
    names = tr("common.day_names").split()
    heads = ("date", "person", "change", "now_holds", "why")
    made = table(*(tr(f"what_if.{head}") for head in heads), wrap=(3, 4))
    horizon = answer.case.published.horizon
    for change in answer.changes[:MOST_CHANGES]:
        on = horizon.on(change.day)
        posts = tr("what_if.comma").join(answer.case.problem.post[post].called for post in change.posts)
        made.add_row(
            f"{on} {names[on.weekday()]}",
            short_name(change.person, LONGEST_NAME).rstrip(),
            f"{named(change.before)} -> {named(change.after)}",
            one_line(posts) or "-",
            one_line(change.why),
        )
    for each in answer.hired:
        on = horizon.on(each.day)
        post = answer.case.problem.post[each.post].called
        made.add_row(
            f"{on} {names[on.weekday()]}",
            tr("what_if.vendor"),
            f"+{each.number}",
            one_line(post),
            tr("what_if.why_vendor"),
        )
    parts: list[ConsoleRenderable] = [made]
    if (left := len(answer.changes) - MOST_CHANGES) > 0:
        parts.append(Text(tr("what_if.more", number=left), FAINT))
    return section(tr("what_if.changes"), *parts, note=tr("what_if.changes_note"))


def _calendar_section(answer: WhatIf, roster: Roster) -> Group:
    examined = examine(answer.case.asked, roster)
    parts: list[ConsoleRenderable] = [CalendarGrid(answer.case.problem, roster, empty_days(examined))]
    if answer.empty:
        parts.append(Text(lawful_sentence(examined), GOOD))
    return section(tr("what_if.calendar"), *parts)


def _effects_section(effects: list[tuple[PersonScore, PersonScore]]) -> Group:
    heads = ("hours", "nights", "free_weekends", "standby")
    made = table(tr("what_if.person"), *(tr(f"what_if.{head}") for head in heads), numbers=(1, 2, 3, 4))
    for before, after in effects:
        made.add_row(
            short_name(before.name, LONGEST_NAME).rstrip(),
            _step(hours(before.minutes), hours(after.minutes)),
            _step(str(before.nights), str(after.nights)),
            _step(str(before.free_weekends), str(after.free_weekends)),
            _step(str(before.standby_days), str(after.standby_days)),
        )
    return section(tr("what_if.effects"), made, note=tr("what_if.effects_note"))


def _slack_line(answer: WhatIf, roster: Roster) -> Prose:
    left = slack(answer, roster)
    least = min(left, key=left.__getitem__)
    words = {"hours": hours(sum(left.values())), "person": least, "least": hours(left[least])}
    return Prose(tr("what_if.slack", **words), FAINT, mark="  ")


def _step(before: str, after: str) -> Text:
    return Text(before, FAINT) if before == after else Text(f"{before} -> {after}")
