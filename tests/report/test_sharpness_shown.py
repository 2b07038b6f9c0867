"""Both forms of the report show the best factor by region, and the families with their certified ratios."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from verify.report.sharpness import factor_text, family_rows, region_rows, whole_line
from verify.results import FamilyTightness, RegionTightness, Tightness

SHOWN = ("2.4", "in [1.47, 1.477]", "0 ≤ ‖C‖/(1 - gamma) ≤ 4", "4 ≤ ‖C‖/(1 - gamma)", "at least 1 − 9/x at every member", "0.677083", "SymPy limit, z3")


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_regions_and_ratios_are_shown(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    plain = html.unescape(re.sub(r"<[^>]+>", "", text)) if name.endswith("html") else re.sub(r"\\([^\w\s])", r"\1", text)
    for words in SHOWN:
        assert words in plain, words


def test_an_enclosure_is_rounded_outward_and_one_number_where_its_ends_agree() -> None:
    assert factor_text("12/5", "12/5") == "2.4"
    assert factor_text("1/3", "1/3") == "0.3333 (1/3)"
    assert factor_text("100001/100000", "100002/100000") == "in [1.000, 1.001]"
    assert factor_text("3/2", "") == "at least 1.5"


def test_ratios_are_rounded_down() -> None:
    ratios = ({"at": "10", "ratio": "2/3"}, {"at": "100", "ratio": "99999/100000"}, {"at": "1000", "ratio": "1"})
    family = FamilyTightness("x = t", "t → ∞", "1", "", "", "", ratios)
    assert family_rows(family) == [["10", "0.666666"], ["100", "1 − 0.00001"], ["1000", "1"]]


def test_the_whole_class_is_told_only_where_it_adds_something() -> None:
    assert whole_line(Tightness("SHARP_LIMIT", "", "", "1", "1")) == ""
    assert whole_line(Tightness("UNKNOWN", "", "1/2", "1", "2")).endswith("in [1, 2].")
    rows = region_rows(Tightness("LOOSE", "", regions=(RegionTightness("", "0", "infinity", "LOOSE", "2", "", ""),)))
    assert rows == [["the whole class", "LOOSE", "at least 2", "–"]]
