"""Pages read back: a strict little reader of what `report.html` holds, and cheap rosters for every scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from roster.domain.horizon import calendar
from roster.domain.outcome import Outcome, Plan, Proof, ProofKind, Roster, Rotation, Rung, SeatUse, Status
from roster.domain.problem import Duty, Person, Problem, StaffType
from roster.language import speaking
from roster.output.examined_roster import Examined, examine
from roster.output.html.plan import plan_page
from roster.scenario import load

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))

EMPTY = {"meta", "link", "br", "col", "input", "img", "hr", "rect", "line", "circle", "path", "polyline"}
"""Elements without an end tag, or that our templates close themselves."""


@dataclass
class Element:
    """An element with its attributes, and what is inside: elements and pieces of text."""

    name: str
    attributes: dict[str, str]
    parent: Element | None = None
    inside: list[Element | str] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        return [each for each in self.inside if isinstance(each, Element)]

    @property
    def text(self) -> str:
        """All text in it, in the order of the page."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    def every(self) -> Iterator[Element]:
        """Yield every element below this one, in the order of the page."""
        for child in self.children:
            yield child
            yield from child.every()

    def all(self, name: str, css: str = "") -> list[Element]:
        """Return every element of a name below this one, with a style class if asked for."""
        return [each for each in self.every() if each.name == name and (not css or css in each.css)]

    def id(self, name: str) -> Element:
        """Return the element with an id."""
        return next(each for each in self.every() if each.attributes.get("id") == name)

    def one(self, name: str, css: str = "") -> Element:
        """Return the only such element."""
        (found,) = self.all(name, css)
        return found

    @property
    def css(self) -> list[str]:
        return self.attributes.get("class", "").split()


class Reader(HTMLParser):
    """Builds the tree; complains of anything that is not nested properly."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._at = self.root
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), f"{tag}: an attribute twice"
        if "id" in attributes:
            self.ids.append(attributes["id"])
        made = Element(tag, attributes, self._at)
        self._at.inside.append(made)
        if tag not in EMPTY:
            self._at = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in EMPTY, tag
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._at.name == tag, f"</{tag}> inside <{self._at.name}>"
        assert self._at.parent is not None
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.inside.append(data)


def read(page: str) -> Element:
    """Return a page as a tree; fails where it is not well formed or two elements share an id."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader._at is reader.root, f"<{reader._at.name}> never ends"
    assert len(reader.ids) == len(set(reader.ids))
    return reader.root


def sound(page: str, language: str) -> Element:
    """Return a page as a tree, once it keeps what every page must keep."""
    root = read(page)
    assert page.startswith("<!DOCTYPE html>\n")
    assert root.one("html").attributes["lang"] == {"en": "en", "zh": "zh-CN"}[language]
    assert root.one("head").one("title").text.strip()
    assert len(root.all("h1")) == 1
    heads = [head.text for head in root.all("h2")]
    assert len(set(heads)) == len(heads), heads
    fetches_nothing(root)
    for table in root.all("table"):
        assert table.one("caption").text.strip()
        assert all(head.attributes.get("scope") for head in table.all("th"))
        columns = {_columns(row) for row in table.all("tr")}
        assert len(columns) == 1, columns
    for drawing in root.all("svg"):
        assert drawing.attributes.get("aria-hidden") == "true" or drawing.attributes["aria-label"]
    ids = {each.attributes.get("id") for each in root.every()}
    assert {link.attributes["href"][1:] for link in root.all("a")} <= ids
    return root


def _columns(row: Element) -> int:
    return sum(int(cell.attributes.get("colspan", 1)) for cell in row.children)


def fetches_nothing(root: Element) -> None:
    """Fail where a page could ask for another file, or run what is not its own."""
    policy = next(each for each in root.all("meta") if "http-equiv" in each.attributes)
    assert policy.attributes["content"].startswith("default-src 'none';")
    assert not root.all("link")
    assert not root.all("img")
    assert not root.all("iframe")
    style = root.one("style").text
    assert "url(" not in style
    assert "@import" not in style
    assert all(link.attributes["href"].startswith("#") for link in root.all("a"))
    kinds = [script.attributes.get("type", "") for script in root.all("script")]
    assert kinds.count("") == 1
    assert set(kinds) <= {"", "application/json"}
    names = {name for each in root.every() for name in each.attributes}
    assert not [name for name in names if name.startswith("on") or name == "src"]


def duties_shown(root: Element) -> int:
    """Return how many days with a duty the calendar of a page shows."""
    cells = [cell for body in root.id("rota").all("tbody") for cell in body.all("td")]
    return sum(not {"off", "leave"} & set(cell.css) for cell in cells)


@dataclass(frozen=True)
class MadeUp:
    """A page, and what must be on it."""

    page: str
    in_house: int
    duties: int


@cache
def made_up(path: Path, language: str) -> MadeUp:
    """
    Return the page of a scenario with an answer that took no search: everybody in turn on every duty of the type.

    The roster breaks rules, and the page says so; what matters is that all duties, posts and texts are on it.
    """
    with speaking(language):
        problem, outcome, examined = _answered(load(path))
        page = plan_page(problem, outcome, examined)
    duties = sum(not duty.is_off for line in examined.roster.duties for duty in line)
    return MadeUp(page, examined.scores.headcount.in_house, duties)


def _answered(problem: Problem) -> tuple[Problem, Outcome, Examined]:
    rotations, people, rows = [], [], []
    for staff in problem.types:
        lines = _lines(problem, staff)
        rotations.append(Rotation(staff.name, lines))
        for at in range(len(lines)):
            people.append(Person(f"{staff.name}-{at + 1}", staff.name))
            weeks = [lines[(at + week) % len(lines)] for week in range(problem.dates.weeks)]
            rows.append(tuple(duty for week in weeks for duty in week))
    seats = tuple(SeatUse(seat.name, 1) for seat in problem.seats if seat.maximum)
    roster = Roster(tuple(people), calendar(problem.dates), tuple(rows), seats)
    examined = examine(problem, roster)
    plan = Plan(examined.scores.headcount, tuple(rotations), roster, examined.scores.cost.total)
    ladder = (Rung("bare", Status.OPTIMAL, 7, 7), Rung("net", Status.FEASIBLE, None, 8))
    proof = Proof(ProofKind.ARITHMETIC, "The posts need 352 h a week; one person supplies 34.4 h: 11 people.")
    return problem, Outcome(Status.FEASIBLE, plan, 8, proof, ladder, seconds=1.0, solver="none"), examined


def _lines(problem: Problem, staff: StaffType) -> tuple[tuple[Duty, ...], ...]:
    duties = problem.duties(staff)
    count = max(staff.minimum, 2)
    return tuple(tuple(duties[(line + 2 * day) % len(duties)] for day in range(7)) for line in range(count))
