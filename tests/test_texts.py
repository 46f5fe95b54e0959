"""Each language says what English says: equal domains, equal keys, equal fields; and a third one is a folder."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import string
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import roster
from roster.language import LANGUAGES
from roster.questions.rotas.classical import classics
from roster.scenario import regimes
from roster.sizing.drivers import drivers
from roster.yaml import tree

TEXTS = Path(roster.__file__).parent / "text"
DOMAINS = sorted({file.stem for file in TEXTS.glob("en/*.toml")})
OF_DATA = ("classical", "drivers", "language", "regimes")
"""Domains asked for by the keys of data files; a test of their own holds them."""

OTHERS = [name for name in LANGUAGES if name != "en"]


def read(language: str, domain: str) -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((TEXTS / language / f"{domain}.toml").read_text(encoding="utf-8"))
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_language_has_the_keys_and_fields_of_english(domain: str, language: str) -> None:
    english, other = (
        {key: fields(text) for key, text in read(name, domain).items()} for name in ("en", language)
    )
    assert other == english


def test_every_text_beside_data_is_asked_for_by_it() -> None:
    data = {
        "regimes": {f"{one.name}_{key}" for one in regimes() for key in _regime_keys(one.name)},
        "drivers": {f"{key}_{part}" for key in drivers() for part in ("about", "source")},
        "classical": {f"{one.key}_{part}" for one in classics() for part in ("title", "source", "note")},
        "language": {"name", "tag", "font", "locales"},
    }
    assert set(data) == set(OF_DATA)
    for domain, keys in data.items():
        assert set(read("en", domain)) <= keys, domain
    assert set(read("en", "regimes")) == data["regimes"]


def _regime_keys(name: str) -> set[str]:
    path = TEXTS.parent / "scenario" / "regimes" / f"{name}.yaml"
    data = tree.read(path).plain()
    return {"title", "notes", "leave_days", *data["hours"], *data["limits"]}


THIRD = {
    "language": {"name": "Loreg", "tag": "lg", "font": "Calibri", "locales": "lg"},
    "plan": {
        "optimal_people_one": "Sola! {people}",
        "in_house": "{number} homines",
        "check_clean": "Omnia bona.",
    },
}
"""A made-up language of three texts, and the table that every language has."""


def test_a_third_language_is_a_folder_and_lacks_what_it_lacks(tmp_path: Path) -> None:
    """Plan in a language of which there are three texts: those are said in it, all others in English."""
    shutil.copytree(TEXTS.parent, tmp_path / "roster", ignore=shutil.ignore_patterns("__pycache__"))
    for domain, texts in THIRD.items():
        file = tmp_path / "roster" / "text" / "lg" / f"{domain}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(
            "".join(f"{key} = {json.dumps(text)}\n" for key, text in texts.items()), encoding="utf-8"
        )
    scenario = Path(__file__).parents[1] / "scenarios" / "county_hospital.yaml"
    run = [sys.executable, "-m", "roster", "plan", str(scenario), "--out", "out"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "LC_ALL": "lg_LG.UTF-8",
        "PYTHONIOENCODING": "utf-8",
    }
    said = subprocess.run(
        run, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=200
    )
    assert said.returncode == 0, said.stderr
    assert "3 homines" in said.stdout
    assert "Omnia bona." in said.stdout
    assert "one person supplies at most" in " ".join(said.stdout.split())
    assert '<html lang="lg"' in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_field_has_a_name_and_no_text_is_empty(language: str, domain: str) -> None:
    texts = read(language, domain)
    assert all(text.strip() and "" not in fields(text) for text in texts.values())


SOURCES = sorted(TEXTS.parent.rglob("*.py"))
TEMPLATES = sorted(TEXTS.parent.rglob("*.jinja"))
KEY = re.compile(rf"(?:{'|'.join(DOMAINS)})\.\w+")


class Asked(NamedTuple):
    """What the code asks for: keys in full, patterns with gaps, and every other text, which may fill a gap."""

    keys: frozenset[str]
    patterns: frozenset[str]
    fillings: frozenset[str]


@cache
def asked() -> Asked:
    keys, patterns, fillings = set(), set(), set()
    for file in SOURCES:
        pieces: set[ast.AST] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                patterns.add(_pattern(node))
                pieces.update(node.values)
                constants = (part.value for part in node.values if isinstance(part, ast.Constant))
                fillings |= {piece.strip("_.") for piece in constants if isinstance(piece, str)}
            elif node in pieces:
                continue
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                (keys if KEY.fullmatch(node.value) else fillings).add(node.value)
                # A proof's second opinion is asked for by its first word.
                fillings.add(node.value.partition(" ")[0].lower())
            elif isinstance(node, ast.arg | ast.keyword) and node.arg:
                fillings.add(node.arg)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                fillings.add(node.target.id)
    for template in TEMPLATES:
        words = set(re.findall(r"[\w.]+", template.read_text(encoding="utf-8")))
        keys |= {word for word in words if KEY.fullmatch(word)}
        fillings |= words
    return Asked(frozenset(keys), frozenset(filter(None, patterns)), frozenset(fillings))


def _pattern(text: ast.JoinedStr) -> str:
    """A regular expression for a text with gaps; empty where it is no key."""
    parts = [
        re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else r"(\w*?)"
        for part in text.values
    ]
    first = text.values[0]
    is_key = isinstance(first, ast.Constant) and str(first.value).partition(".")[0] in DOMAINS
    return "".join(parts) if is_key and "." in str(getattr(first, "value", "")) else ""


ALL_KEYS = sorted(f"{domain}.{key}" for domain in DOMAINS for key in read("en", domain))


def test_no_text_that_the_code_asks_for_is_missing() -> None:
    unknown = {key for key in asked().keys if key not in ALL_KEYS and f"{key}_one" not in ALL_KEYS}
    assert not {key for key in unknown if not _is_file(key)}
    lost = {
        pattern for pattern in asked().patterns if not any(re.fullmatch(pattern, key) for key in ALL_KEYS)
    }
    assert not lost


def _is_file(key: str) -> bool:
    """`plan.json` looks like a key."""
    return bool(re.search(r"\.(css|js|csv|json|yaml|html|xlsx|ics|toml|xml|js|css)$", key))


def _used(key: str) -> bool:
    plain = key.removesuffix("_one")
    if key in asked().keys or plain in asked().keys:
        return True
    for pattern in asked().patterns:
        for wanted in {key, plain}:
            found = re.fullmatch(pattern, wanted)
            if found and all(not gap or _filled(gap) for gap in found.groups()):
                return True
    return False


def _filled(gap: str) -> bool:
    """Whether the code has what fills a gap, in one piece or in several joined by `_`."""
    if gap in asked().fillings:
        return True
    cuts = [at for at, sign in enumerate(gap) if sign == "_"]
    return any(gap[:at] in asked().fillings and _filled(gap[at + 1 :]) for at in cuts)


@pytest.mark.parametrize("domain", [domain for domain in DOMAINS if domain not in OF_DATA])
def test_no_text_is_kept_that_nothing_asks_for(domain: str) -> None:
    assert not [key for key in ALL_KEYS if key.startswith(f"{domain}.") and not _used(key)]


NAMES = {"by_highs", "cpu", "module_his", "module_lis", "module_pacs", "what_was_asked", "asked"}
"""Texts that are a name or an abbreviation in both languages: a solver, hospital systems, a command."""


def _words(text: str) -> list[str]:
    """Words of a text in Latin letters, its fields left out."""
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"\{[^}]*\}", "", text))


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_left_in_english(domain: str) -> None:
    """A text that is the same in both languages has no words; Chinese ones have Chinese characters."""
    chinese = {key: text for key, text in read("zh", domain).items() if not key.endswith("_source")}
    if domain == "language":
        return
    left = {key for key, text in chinese.items() if _words(text) and not re.search(r"[\u4e00-\u9fff]", text)}
    assert left <= NAMES
