"""Guides name files, folders and names that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDES = sorted((ROOT / "docs").glob("*.md"))
CODE = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "roster").rglob("*.py")))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_path_of_a_guide_is_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:roster|tests|scenarios)/[\w./*<>-]*\w[\w./*<>-]*)`", text)
    patterns = {path: re.sub(r"<\w+>", "*", path).rstrip("/") for path in paths}
    assert not [path for path, pattern in patterns.items() if not any(ROOT.glob(pattern))]


@pytest.mark.parametrize("guide", [each for each in GUIDES if each.name.startswith(("adding", "glossary"))])
def test_every_name_of_a_guide_is_in_the_code(guide: Path) -> None:
    names = set(re.findall(r"`(_?[A-Z][A-Za-z_]{3,})`", guide.read_text(encoding="utf-8")))
    assert not {name for name in names if not re.search(rf"\b{name}\b", CODE)} - {
        "CASES",
        "KEPT_AND_BROKEN",
        "EXAMPLES",
        "KEYS",
    }
