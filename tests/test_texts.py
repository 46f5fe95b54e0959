"""Both languages say the same things: equal domains, equal keys, equal fields."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest

import roster
from roster.language import LANGUAGES

TEXTS = Path(roster.__file__).parent / "text"
DOMAINS = sorted({file.stem for file in TEXTS.glob("*/*.toml")})


def read(language: str, domain: str) -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((TEXTS / language / f"{domain}.toml").read_text(encoding="utf-8"))
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("domain", DOMAINS)
def test_languages_have_the_same_keys_and_fields(domain: str) -> None:
    english, chinese = (
        {key: fields(text) for key, text in read(language, domain).items()} for language in LANGUAGES
    )
    assert chinese == english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_field_has_a_name_and_no_text_is_empty(language: str, domain: str) -> None:
    texts = read(language, domain)
    assert all(text.strip() and "" not in fields(text) for text in texts.values())
