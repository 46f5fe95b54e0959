"""Proofs made by hand hold; whatever is changed in them, or in the scenario, is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from roster.domain import rules
from roster.domain.problem import Control, Days, Goal, Problem, Seat
from roster.proof import (
    EVERY_ROSTER,
    WEEKLY,
    Certificate,
    Count,
    Leaf,
    Node,
    Part,
    Scope,
    Searched,
    Split,
    Use,
    fingerprint,
    verify,
)
from tests.small import H, post, staff, world

NET = 34 * H

DESK = world(
    staff("a", "DEA", net_minutes=NET),
    staff("b", "D", net_minutes=NET),
    posts=(
        post("night", 0, 8, "a"),
        post("day", 8, 8, "a"),
        post("late", 14, 8, "a"),
        post("office", 8, 8, "b", days=Days(workdays=True)),
    ),
)
"""Three shifts a day take 168 h a week: 4.94 people of 34 h. An office of 40 h takes 1.18 of another trade."""

HOURS = Use("hours", Fraction(1, NET), type="a")
SEATS = Use("week", Fraction(1, NET), posts=tuple((name, Fraction(1)) for name in ("night", "day", "late")))
OFFICE = Leaf(
    (
        Use("hours", Fraction(1, NET), type="b"),
        Use("week", Fraction(1, NET), posts=(("office", Fraction(1)),)),
    )
)
A = Part(("a",), ("night", "day", "late"), (), 5, Leaf((HOURS, SEATS)))
B = Part(("b",), ("office",), (), 2, OFFICE)


def proof(*parts: Part, problem: Problem = DESK, **other: object) -> Certificate:
    bounds = [part.bound for part in parts]
    total = None if None in bounds else sum(bound for bound in bounds if bound is not None)
    base = Certificate(problem.name, fingerprint(problem), problem.goal, total, parts)
    return replace(base, **other)  # type: ignore[arg-type]


def changed(part: Part, **other: object) -> Part:
    return replace(part, **other)  # type: ignore[arg-type]


def adding(*uses: Use) -> Part:
    return changed(A, tree=Leaf(uses))


def test_the_sums_of_a_desk_are_verified_to_the_last_digit() -> None:
    verdict = verify(DESK, proof(A, B))
    assert (verdict.refusal, verdict.bound, verdict.impossible, verdict.complete) == ("", 7, False, True)
    assert [end.reached for shown in verdict.shown for end in shown.ends] == [
        Fraction(168, 34),
        Fraction(40, 34),
    ]


REFUSED: dict[str, tuple[Certificate, str]] = {
    "a larger claim": (proof(A, B, bound=8), "claims 8, but its parts come to 7"),
    "a smaller claim": (proof(A, B, bound=6), "claims 6"),
    "impossible": (proof(A, B, bound=None), "claims impossible"),
    "a part that claims more": (proof(changed(A, bound=6), B), "Part 1 claims 6"),
    "a part that claims the impossible": (proof(changed(A, bound=None), B), "Part 1 claims impossible"),
    "a part left out": (proof(A, bound=7), "its parts come to 5"),
    "a part twice": (proof(A, B, B), "in two parts"),
    "a part with another's people": (proof(A, changed(B, types=("a", "b"))), "in two parts"),
    "a part of nobody": (proof(changed(A, types=()), B), "Part 1 claims 5"),
    "multipliers the other way round": (
        proof(adding(replace(HOURS, times=-HOURS.times), replace(SEATS, times=-SEATS.times)), B),
        "negative",
    ),
    "one multiplier negative": (proof(adding(replace(HOURS, times=-HOURS.times), SEATS), B), "negative"),
    "a negative place": (
        proof(adding(Use("cover", at=0, posts=(("night", Fraction(-1)),)), HOURS, SEATS), B),
        "negative",
    ),
    "a multiplier too small": (proof(adding(HOURS, replace(SEATS, times=SEATS.times / 2)), B), "come to"),
    "a multiplier too large": (proof(adding(HOURS, replace(SEATS, times=SEATS.times * 2)), B), "come to"),
    "hours forgotten": (proof(adding(SEATS), B), "come to"),
    "posts forgotten": (proof(adding(HOURS), B), "come to"),
    "nothing added up": (proof(adding(), B), "come to"),
    "the wrong people's hours": (proof(adding(replace(HOURS, type="b"), SEATS), B), "come to"),
    "people unknown": (proof(adding(replace(HOURS, type="c"), SEATS), B), '"c"'),
    "a post unknown": (proof(adding(HOURS, replace(SEATS, posts=(("x", Fraction(1)),))), B), '"x"'),
    "a part about a post unknown": (proof(changed(A, posts=("x",)), B), '"x"'),
    "a part about a seat unknown": (proof(changed(A, seats=("x",)), B), '"x"'),
    "a case that is none": (proof(adding(HOURS, SEATS, Use("case", number=1)), B), "case 1"),
    "a case before the first": (proof(adding(HOURS, SEATS, Use("case", number=0)), B), "case 0"),
    "another goal": (proof(A, B, goal=Goal.PEOPLE), "another goal"),
    "another fingerprint": (proof(A, B, fingerprint="sha256:0"), "differs"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_tampered_proof_is_refused_with_the_reason(name: str) -> None:
    certificate, why = REFUSED[name]
    verdict = verify(DESK, certificate)
    assert verdict.refused
    assert why in verdict.refusal
    assert verdict.bound is None
    assert not verdict.complete


def types(problem: Problem, change: Callable[[object], object]) -> Problem:
    return replace(problem, types=tuple(change(each) for each in problem.types))  # type: ignore[misc]


def only_posts(problem: Problem, **fields: dict[str, object]) -> Problem:
    posts = tuple(replace(each, **fields.get(each.name, {})) for each in problem.posts)  # type: ignore[arg-type]
    return replace(problem, posts=posts)


EASIER: dict[str, Problem] = {
    "a post less": replace(DESK, posts=DESK.posts[1:]),
    "a post on fewer days": only_posts(DESK, night={"days": Days(restdays=True)}),
    "a shorter post": only_posts(DESK, night={"length": 2 * H}),
    "a post that may stay empty": only_posts(DESK, night={"hard": False, "price": 5}),
    "a post of half the attention": only_posts(DESK, night={"load": 50}, day={"load": 50}),
    "a post for the others too": only_posts(DESK, day={"roles": ("a", "b")}),
    "longer hours": types(DESK, lambda each: replace(each, net_minutes=40 * H)),  # type: ignore[type-var]
    "hours without limit": types(DESK, lambda each: replace(each, rules=(rules.NoOverlap(),))),  # type: ignore[type-var]
    "shifts that cost no time": replace(
        DESK, shifts=tuple(replace(each, work_minutes=0) for each in DESK.shifts)
    ),
    "vendors": types(DESK, lambda each: replace(each, employer="vendor")),  # type: ignore[type-var]
    "a seat bought": replace(
        only_posts(DESK, night={"vendor": True}), seats=(Seat("service", "night", cost=1),)
    ),
}


@pytest.mark.parametrize("name", EASIER)
def test_a_proof_is_refused_for_an_easier_scenario_even_with_its_fingerprint(name: str) -> None:
    easier = EASIER[name]
    assert "differs" in verify(easier, proof(A, B)).refusal
    forged = replace(proof(A, B), fingerprint=fingerprint(easier), scenario=easier.name)
    assert verify(easier, forged).refused


def test_what_no_headcount_depends_on_leaves_the_proof_alone() -> None:
    titled = replace(
        only_posts(DESK, night={"title": "Nachtwache", "priority": 3, "reason": "z"}), title="x", notes=("y",)
    )
    assert verify(titled, proof(A, B)).complete


def case(fewer: Node, more: Node, at_most: int = 4) -> Part:
    return changed(A, tree=Split((("people", "a"),), at_most, fewer, more))


def supposed(times: int = 1) -> Use:
    return Use("case", Fraction(times), number=1)


def test_cases_are_verified_one_by_one() -> None:
    done = case(Leaf((HOURS, SEATS, supposed())), Leaf((supposed(),)))
    verdict = verify(DESK, proof(done, B))
    assert verdict.complete
    fewer, more = verdict.shown[0].ends
    assert (fewer.reached, fewer.beyond) == (None, Fraction(168, 34) - 4)
    assert more.reached == 5


@pytest.mark.parametrize(
    "part",
    [
        case(Leaf((HOURS, SEATS, supposed())), Leaf(())),
        case(Leaf(()), Leaf((supposed(),))),
        case(Leaf((HOURS, SEATS, supposed())), Leaf((supposed(),)), at_most=3),
        case(Leaf((HOURS, SEATS, supposed())), Leaf((supposed(),)), at_most=5),
        case(Leaf((supposed(),)), Leaf((HOURS, SEATS, supposed()))),
        changed(A, tree=Split((), 4, Leaf((HOURS, SEATS)), Leaf((HOURS, SEATS)))),
        changed(A, tree=Split((("people", "x"),), 4, Leaf((supposed(),)), Leaf((supposed(),)))),
        changed(A, tree=Split((("cats", "a"),), 4, Leaf((supposed(),)), Leaf((supposed(),)))),
        changed(A, tree=Split((("duty", "a", 0, "N"),), 4, Leaf((supposed(),)), Leaf((supposed(),)))),
    ],
    ids=str,
)
def test_cases_that_leave_something_out_are_refused(part: Part) -> None:
    assert case(Leaf((HOURS, SEATS, supposed())), Leaf((supposed(),)), at_most=4)
    if part.tree == Split((("people", "a"),), 3, Leaf((HOURS, SEATS, supposed())), Leaf((supposed(),))):
        assert "come to 4" in verify(DESK, proof(part, B)).refusal
    assert verify(DESK, proof(part, B)).refused


def test_cases_within_cases_have_an_end() -> None:
    tree: Node = Leaf((HOURS, SEATS))
    for _ in range(300):
        tree = Split((("people", "a"),), 4, Leaf((HOURS, SEATS)), tree)
    assert "200" in verify(DESK, proof(changed(A, tree=tree), B)).refusal


def test_too_few_people_to_be_had_is_impossible() -> None:
    short = types(DESK, lambda each: replace(each, maximum=4))  # type: ignore[type-var]
    verdict = verify(short, proof(changed(A, bound=None), B, problem=short))
    assert (verdict.refusal, verdict.bound, verdict.impossible) == ("", None, True)
    enough = types(DESK, lambda each: replace(each, maximum=5))  # type: ignore[type-var]
    assert verify(enough, proof(changed(A, bound=None), B, problem=enough)).refused


def test_what_was_searched_is_not_called_proven() -> None:
    searched = Searched(6, EVERY_ROSTER, "HiGHS", "1", "seed=1")
    verdict = verify(DESK, proof(changed(A, searched=searched), B, bound=8))
    assert (verdict.refusal, verdict.bound, verdict.complete, verdict.searched) == ("", 7, False, True)
    impossible = verify(DESK, proof(changed(A, searched=replace(searched, bound=None)), B, bound=None))
    assert (impossible.refused, impossible.bound, impossible.impossible) == (False, 7, False)
    assert verify(DESK, proof(changed(A, searched=searched), B, bound=7)).refused
    assert verify(DESK, proof(changed(A, searched=replace(searched, bound=5)), B, bound=7)).refused


def test_money_counts_people_seats_directing_and_empty_places() -> None:
    problem = replace(
        only_posts(DESK, night={"vendor": True}, late={"hard": False, "price": 10}),
        goal=Goal.COST,
        seats=(Seat("service", "night", cost=50),),
        types=tuple(replace(each, cost=100) for each in DESK.types),
    )
    uses = (HOURS, replace(SEATS, posts=(("night", Fraction(1)), ("day", Fraction(1)))))
    tree = Leaf(tuple(replace(use, times=use.times * 100) for use in uses))
    part = changed(A, seats=("service",), bound=115, tree=tree)
    # 112 h of 34 h at 100 each are 329.4; a seat takes 56 h, worth 164.7, for 50: it is bought, which leaves 214.7. A
    # place that may stay empty can be so in some weeks only, so that the cost of a week on average is no whole number.
    assert verify(problem, proof(replace(part, bound=214), problem=problem)).bound == 214
    assert "come to 214.70 only" in verify(problem, proof(replace(part, bound=215), problem=problem)).refusal
    hard = only_posts(problem, late={"hard": True, "price": 0})
    assert verify(hard, proof(replace(part, bound=215), problem=hard)).bound == 215
    assert verify(hard, proof(replace(part, bound=216), problem=hard)).refused


def test_directing_is_rounded_up_for_each_vendor() -> None:
    """Two vendors at 105 and a tenth of 105 for directing each: 10.5 is billed as 11, so that both cost 232."""
    wages = tuple(replace(each, cost=105, employer="vendor", minimum=1) for each in DESK.types)
    boss = staff("boss", "D", cost=105)
    problem = replace(DESK, goal=Goal.COST, types=(*wages, boss), control=Control(percent=10))
    alone = (Part(("a",), (), (), 116, Leaf(())), Part(("b",), (), (), 116, Leaf(())))
    assert verify(problem, proof(*alone, problem=problem)).bound == 232
    together = Part(("a", "b"), (), (), 232, Leaf(()))
    assert verify(problem, proof(together, problem=problem)).bound == 232
    assert verify(problem, proof(replace(together, bound=233), problem=problem)).refused


@pytest.mark.parametrize(
    ("counts", "what"),
    [
        ((("shifts", "a"),), "whole shifts"),
        ((("standbys", "b"),), "whole standby days"),
        ((("duty", "a", 0, "D"),), "duty of one weekday"),
        ((("people", "a"), ("shifts", "a")), "whole shifts"),
    ],
)
def test_a_proof_about_every_roster_may_split_by_people_and_seats_only(
    counts: tuple[Count, ...], what: str
) -> None:
    part = changed(A, tree=Split(counts, 0, Leaf((HOURS, SEATS)), Leaf((HOURS, SEATS))))
    refused = verify(DESK, proof(part, B))
    assert "claims every roster, but part 1 splits" in refused.refusal
    assert what in refused.refusal
    assert refused.bound is None
    assert verify(DESK, proof(part, B, scope=WEEKLY)).complete


def test_two_who_take_turns_are_not_counted_in_whole_shifts() -> None:
    """
    Two of different trades hold nine shifts of 8 h a week between them at 36 h each, in turn four and five.

    In a rota of one week neither does more than four; in one of two weeks both do nine; on average, four and a half.
    """
    problem = world(
        staff("a", "D", net_minutes=36 * H, maximum=1),
        staff("b", "D", skills=frozenset({"a"}), net_minutes=36 * H, maximum=1),
        posts=(
            post("p", 8, 8, "a"),
            post("q", 8, 8, "a", days=Days(workdays=False, restdays=True, holidays=False)),
        ),
    )
    posts = Use("week", Fraction(1), posts=(("p", Fraction(1)), ("q", Fraction(1))))
    hours = tuple(Use("hours", type=name) for name in "ab")
    cases = {
        at_most: Split(
            (("shifts", "a"),),
            at_most,
            Split(
                (("shifts", "b"),),
                at_most,
                Leaf((posts, *(Use("case", Fraction(8 * H), number=number) for number in (1, 2)))),
                Leaf((hours[1], Use("case", Fraction(8 * H), number=2))),
            ),
            Leaf((hours[0], Use("case", Fraction(8 * H), number=1))),
        )
        for at_most in (4, 8, 9)
    }
    impossible = {at_most: Part(("a", "b"), ("p", "q"), (), None, tree) for at_most, tree in cases.items()}
    weekly = verify(problem, proof(impossible[4], problem=problem, scope=WEEKLY))
    assert (weekly.refusal, weekly.impossible) == ("", True)
    assert "claims every roster" in verify(problem, proof(impossible[4], problem=problem)).refusal
    for at_most in cases:
        assert verify(problem, proof(impossible[at_most], problem=problem, scope=Scope(2))).refused


def test_whole_numbers_of_several_weeks_are_counted_over_all_of_them() -> None:
    """At 37 h a person has 4.6 shifts a week: four in a week, nine in two; 4.6 on average."""
    problem = world(
        staff("a", "D", net_minutes=37 * H, minimum=1, maximum=1),
        posts=(post("p", 8, 8, days=Days(workdays=True, restdays=False, holidays=False)),),
    )

    def never(weeks: int, at_most: int) -> Certificate:
        case = Use("case", Fraction(8 * H), number=1)
        most = Leaf((Use("week", posts=(("p", Fraction(1)),)), case))
        tree = Split((("shifts", "a"),), at_most, most, Leaf((Use("hours", type="a"), case)))
        return proof(Part(("a",), ("p",), (), None, tree), problem=problem, scope=Scope(weeks))

    assert verify(problem, never(1, 4)).impossible
    assert verify(problem, never(2, 9)).impossible
    assert verify(problem, never(2, 4)).refused
    assert verify(problem, never(1, 9)).refused
    (fewer, more) = verify(problem, never(2, 9)).shown[0].ends
    assert fewer.beyond == 4 * H
    assert more.beyond == 3 * H


def test_what_is_searched_of_fewer_rosters_is_no_part_of_the_claim() -> None:
    weekly = Searched(6, WEEKLY, "HiGHS", "1", "seed=1")
    beside = verify(DESK, proof(changed(A, searched=weekly), B, bound=7))
    assert (beside.refusal, beside.bound, beside.complete, beside.searched) == ("", 7, True, False)
    assert verify(DESK, proof(changed(A, searched=weekly), B, bound=8)).refused
    assert verify(DESK, proof(changed(A, searched=replace(weekly, bound=5)), B, bound=7)).refused
    impossible = changed(A, searched=replace(weekly, bound=None))
    assert verify(DESK, proof(impossible, B, bound=7)).complete
    assert verify(DESK, proof(impossible, B, bound=None)).refused
    of_four = changed(A, searched=replace(weekly, scope=Scope(4)))
    assert verify(DESK, proof(of_four, B, bound=8, scope=Scope(2))).searched
    assert verify(DESK, proof(of_four, B, bound=8, scope=Scope(3))).refused
