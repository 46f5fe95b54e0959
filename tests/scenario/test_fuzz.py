"""Whatever is done to a scenario's text, the answer is a problem or a fault, never a crash."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from roster.domain.problem import Problem
from roster.errors import InputError
from roster.scenario.loader import from_node
from roster.scenario.reference_pages import TIERS, template
from roster.yaml import tree as source
from tests.scenario.helpers import GOOD

TEXTS = (GOOD, *(template(tier, "zh") for tier in TIERS))
TOKENS = (
    *(
        "null",
        "off",
        "true",
        "no",
        "-1",
        "0",
        "5",
        "99999999999",
        "1e9",
        ".inf",
        "[]",
        "{}",
        "[[]]",
        "{a: b}",
        "''",
    ),
    *(
        "24:00",
        "00:00",
        "25:61",
        "08:00-08:00",
        "00:00-24:00",
        "8h",
        "0h",
        "1440min",
        "2027-02-29",
        "daily",
        "100%",
    ),
    *(
        "N N",
        "A - B",
        "D",
        "ops",
        "hospital",
        "hub",
        "&a",
        "*a",
        "<<: 1",
        "!!x",
        "%",
        "@",
        "`",
        "\t",
        "\n",
        ":",
        "- ",
    ),
    *(
        "#",
        "'",
        '"',
        "张",
        "\u202e",
        "\x00",
        "\x85",
        "\ufeff",
        "|",
        ">",
        "? ",
        "---",
        "...",
        "0.5",
        "holidays",
        "base: x",
    ),
)


def answer(text: str) -> Problem | InputError:
    try:
        return from_node(source.parse(text, "fuzz.yaml"), "fuzz.yaml")
    except InputError as error:
        return error


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        lines = text.split("\n")
        row = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["cut", "double", "swap", "token", "word", "indent"]))
        if kind == "cut":
            del lines[row]
        elif kind == "double":
            lines.insert(row, lines[row])
        elif kind == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[row], lines[other] = lines[other], lines[row]
        elif kind == "indent":
            lines[row] = " " * draw(st.integers(0, 6)) + lines[row].strip()
        else:
            lines[row] = replaced(draw, lines[row], kind)
        text = "\n".join(lines)
    return text


def replaced(draw: st.DrawFn, line: str, kind: str) -> str:
    token = draw(st.sampled_from(TOKENS))
    if kind == "token":
        at = draw(st.integers(0, len(line)))
        return line[:at] + token + line[at:]
    words = line.split(" ")
    at = draw(st.integers(0, len(words) - 1))
    comma = "," if words[at].endswith(",") else "}" if words[at].endswith("}") else ""
    words[at] = token + comma
    return " ".join(words)


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_a_mutated_scenario_is_a_problem_or_a_fault(text: str) -> None:
    found = answer(text)
    assert isinstance(found, Problem) or "fault" in str(found) or "empty" in str(found)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-,[]{}&*!|>'\"%@`#?~<\n\t 0123."), max_size=80))
def test_any_text_is_a_fault_or_nothing(text: str) -> None:
    answer(text)


def test_the_texts_that_are_mutated_are_good() -> None:
    assert all(isinstance(answer(text), Problem) for text in TEXTS)
