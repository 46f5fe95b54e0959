"""Rules read together give the graph that they give one after the other."""

from __future__ import annotations

from itertools import permutations

import pytest

from roster.domain import rules
from roster.domain.rules import Rule
from roster.engine.automata import product
from roster.engine.automata.combined_rules import grouped, together
from roster.engine.automata.product import StateGraph, compile_rules
from roster.engine.automata.rules import rule_automaton
from tests.small import numbered, word, words

ALPHABET = word("-MDNs")


def pairs(price: int | None, *days_off: int) -> list[Rule]:
    return [
        rules.Succession(first=first, second=second, days_off=pause, price=price)
        for first, second in permutations("DMN", 2)
        for pause in days_off
        if (first, second) != ("M", "D")
    ]


HANDOVERS = [rules.Handover(first=first, second=second, price=2) for first, second in ("MD", "sN")]


def penalty(graph: StateGraph, numbers: list[int]) -> int | None:
    assert graph.start[0] is not None
    found = graph.read(numbers, 0, graph.start[0])
    return None if found is None else found[1]


@pytest.mark.parametrize(
    "asked",
    [
        pairs(3, 0, 1),
        pairs(None, 0, 1),
        [*pairs(3, 0), *pairs(5, 1), *pairs(None, 0)],
        HANDOVERS,
        [*pairs(3, 0, 1), rules.OffBlock(shortest=2, price=2), *HANDOVERS],
    ],
)
def test_rules_together_give_the_same_graph(asked: list[Rule], monkeypatch: pytest.MonkeyPatch) -> None:
    graph = compile_rules(ALPHABET, asked, {})
    monkeypatch.setattr(product, "grouped", lambda rules: [[rule] for rule in rules])
    apart = compile_rules(ALPHABET, asked, {})
    # Both are minimised: as many states, and the same days at the same price, is the same graph.
    assert [len(layer) for layer in graph.steps] == [len(layer) for layer in apart.steps]
    for text in words(ALPHABET, 5):
        numbers = numbered(ALPHABET, text)
        assert penalty(graph, numbers) == penalty(apart, numbers), text


def test_only_rules_of_one_kind_and_price_are_read_together() -> None:
    soft, hard = pairs(3, 0), pairs(None, 1)
    asked = [*soft, rules.OffBlock(shortest=2, price=3), *hard, rules.OffBlock(longest=4, price=3)]
    assert [len(group) for group in grouped(asked)] == [len(soft), 1, len(hard), 1]


def test_each_remembers_what_was_done_before() -> None:
    made = together([one for rule in pairs(3, 0, 1) if (one := rule_automaton(rule, {})) is not None])
    night, off, early = word("N-M")
    state, breaches = made.step(made.start(0), 0, night)
    assert breaches == 0
    state, breaches = made.step(made.carry(state), 1, off)
    assert breaches == 0
    assert made.step(state, 2, early)[1] == 1
