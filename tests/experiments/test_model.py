"""Cells, their comparison with printed numbers, and the four renderings."""

from __future__ import annotations

import ast
import json
import math
import re
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from verify.experiments import bounds, model, render
from verify.experiments.model import NOT_REPRODUCED, NOT_STATED, REPRODUCED, Cell, Report, Sentence, Table, between, compared, failed, measured, text
from verify.experiments.printed import TABLE_1
from verify.report.figures import Curve, FigureData


@pytest.mark.parametrize(
    ("ours", "printed", "status"),
    [
        (Fraction(20025, 1000), "20.03", REPRODUCED),  # a tie: exactly half a unit of the last digit
        (Fraction(20024999, 1000000), "20.03", NOT_REPRODUCED),
        (Fraction(20035, 1000), "20.03", REPRODUCED),
        (Fraction(20035001, 1000000), "20.03", NOT_REPRODUCED),
        (20.025, "20.03", NOT_REPRODUCED),  # the float is a dyadic number below 20.025
        (22.5, "22.50", REPRODUCED),
        (Fraction(5, 2), "2", REPRODUCED),
        (math.inf, "2", NOT_REPRODUCED),
        (math.nan, "2", NOT_REPRODUCED),
    ],
)
def test_reproduced_is_within_half_a_unit_of_the_last_digit(ours: Fraction | float, printed: str, status: str) -> None:
    assert compared(ours, printed).status == status


def test_a_cell_cannot_claim_what_was_not_printed() -> None:
    with pytest.raises(ValueError, match="NOT_STATED is for cells without"):
        Cell("1", 1.0, status=REPRODUCED)
    with pytest.raises(ValueError, match="NOT_STATED is for cells without"):
        Cell("1", 1.0, printed="1")
    with pytest.raises(ValueError, match="nothing is reproduced"):
        Cell("—", None, printed="1", status=REPRODUCED)


def test_nan_is_never_a_number() -> None:
    cell = measured(math.nan, reason="training diverged at step 7")
    assert (cell.ours, cell.shown, cell.reason) == (None, "—", "training diverged at step 7")


@pytest.mark.parametrize(("value", "shown"), [(1 + 1e-15, "1"), (0.1, "0.1"), (-2.0, "−2"), (math.inf, "∞"), (1.23456e-9, "1.2346e−9"), (123456.7, "1.2346e5")])
def test_numbers_for_readers(value: float, shown: str) -> None:
    assert model.number_text(value) == shown


def test_bounds_come_from_the_claims() -> None:
    assert bounds.paper_bound(Fraction(9, 10), Fraction(1)) == Fraction(45, 2)
    assert bounds.sharp_bound(Fraction(9, 10), Fraction(1)) == Fraction(13, 5)
    assert bounds.sharp_bound(Fraction(9, 10), Fraction(1, 100)) == 1
    assert bounds.similarity_closed_form(Fraction(9, 10), Fraction(1)) == Fraction(100, 19)
    assert bounds.paper_bound(0.9, 1.0) == pytest.approx(22.5, rel=1e-14)
    assert isinstance(bounds.sharp_bound(0.9, 1.0), float)


def test_the_printed_rows_are_those_of_the_claim() -> None:
    from theorems.paper import Table_1

    assert tuple(row[1:] for row in Table_1.ROWS) == TABLE_1


@pytest.fixture
def report() -> Report:
    cells = (
        text("0.90 & <b>"), compared(Fraction(45, 2), "22.50"),
        compared(Fraction(3), "4"), between(1.0, 1.0 + 1e-9), failed("NaN | at step 3"), measured(math.inf),
    )
    table = Table("t", "A table", ("γ |x|", "bound", "other", "K", "loss", "peak"), (cells,), ("A note: 5 % of ‖J‖².",))
    curve = Curve("K", (1.0, 2.0), (1.0, 3.0), "sharp")
    figure = FigureData("figure-1", "A figure", "t", "norm", "linear", "log", (curve,), "Caption.")
    sentence = Sentence("“about 1.5×”", "N", NOT_REPRODUCED, "It is 8.")
    return Report("table9", "Table 9", "Lead.", (table,), (sentence,), (figure,), {"seed": 0}, matrices={"J": [[0.1, 0.0], [1e-300, -2.5]]})


def test_a_table_is_a_rectangle_with_names() -> None:
    with pytest.raises(ValueError, match="columns must differ"):
        Table("t", "T", ("a", "a"), ())
    with pytest.raises(ValueError, match="a row of 1 cells under 2 columns"):
        Table("t", "T", ("a", "b"), ((text("x"),),))


def test_the_headline_counts_printed_numbers_only(report: Report) -> None:
    assert report.counts() == (1, 2)
    assert report.headline == "1 of 2 surviving numbers reproduced."


def test_four_renderings_say_the_same(report: Report, tmp_path: Path) -> None:
    page = render.write(report, tmp_path)
    written = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert written == ["J.csv", "figure-1.svg", "table9.html", "table9.json", "table9.md", "table9.tex"]
    html = page.read_text(encoding="utf-8")
    ElementTree.fromstring(re.sub(r"<(meta|link|br|hr)([^>]*)>", r"<\1\2/>", html.replace("<!DOCTYPE html>\n", "")))
    markdown, latex = ((tmp_path / f"table9.{end}").read_text(encoding="utf-8") for end in ("md", "tex"))
    data = json.loads((tmp_path / "table9.json").read_text(encoding="utf-8"))
    assert (data["reproduced"], data["surviving"]) == (1, 2)
    row = data["tables"][0]["rows"][0]
    assert row["bound"] == {"shown": "22.5", "ours": 22.5, "status": REPRODUCED, "printed": "22.50"}
    assert row["loss"] == {"shown": "—", "ours": None, "status": NOT_STATED, "reason": "NaN | at step 3"}
    assert row["peak"]["ours"] == "inf"
    assert np.loadtxt(tmp_path / data["matrices"][0], delimiter=",").tolist() == [[0.1, 0.0], [1e-300, -2.5]]
    assert all("matrices/J.csv" in words for words in (html, markdown))
    for words in (html, markdown, latex):
        assert "1 of 2 surviving numbers reproduced." in words and "22.50" in words
    assert "0.90 &amp; &lt;b&gt;" in html and "NaN \\| at step 3" in markdown and r"0.90 \& $<$b$>$" in latex
    assert latex.count(r"\toprule") == latex.count(r"\midrule") == latex.count(r"\bottomrule") == 1
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert {line.count("|") - line.count(r"\|") for line in rows} == {7, 5}


def test_the_same_report_gives_the_same_bytes(report: Report, tmp_path: Path) -> None:
    for name in ("a", "b"):
        render.write(report, tmp_path / name)
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.parametrize("path", sorted(Path(render.__file__).parent.glob("*.py")), ids=lambda path: path.name)
def test_latex_knows_every_letter_that_the_tables_use(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings]
    strange = {letter for word in words for letter in word if ord(letter) > 126} - {"✓", "✗"}
    assert not {letter for letter in strange if letter in render._latex(letter)}


def test_drawings_are_shortened_in_their_paths_only() -> None:
    svg = '<g transform="scale(0.123456)"><path id="d" d="M 1.23456 -0.5\\nL 10 2.999999 z"/></g>'
    assert render.shortened(svg) == '<g transform="scale(0.123456)"><path id="d" d="M 1.23 -0.5\\nL 10 3.00 z"/></g>'
