"""Formulas and exact values, in MathML and in Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from verify.report.marks import code, display, inline, table, text
from verify.report.mathml import formula, prose
from verify.report.values import decimal, instance_values, ratio_text


def shown(value: Any, name: str = "A") -> Any:
    (result,) = instance_values({"sizes": {}, "values": {name: value}})
    return result


@pytest.mark.parametrize("latex", [
    r"\unknown{x}", r"\frac{a", r"\limits_{a}", "", r"\text{<b>}", r"\text{<b></b>}", r"\boxed{x}", r"\href{javascript:alert(1)}{x}",
    r"a & b", r"\color{red}{x}", "^", "}{",
])
def test_unclean_conversions_fall_back_to_the_source(latex: str) -> None:
    result = formula(latex)
    assert result.startswith('<code class="latex">') and "<math" not in result and " href=" not in result


@pytest.mark.parametrize("latex", [
    r"K\left(J\right) \leq \frac{2}{1 - \gamma}", r"\left\|\left(z I - J\right)^{-1}\right\|", r"\operatorname{spr}(J)",
    r"A^{\top} \succeq 0",
    r"\begin{cases} a & \text{for}\: b \\ c & \text{otherwise} \end{cases}", r"\forall\, t \ge 0:\; \lVert J^t \rVert \le e (t+1) K",
    r"\underset{|z|>1}{\sup} \sqrt{x}", r"\mathbb{R}^{p \times q}", r"\prod_{t=1}^{T} K(J_t)",
])
def test_formulas_of_the_claims_convert(latex: str) -> None:
    assert "<math>" in formula(latex) and "<code" not in formula(latex)


def test_relations_become_operators() -> None:
    assert "<mo>⪰</mo>" in formula(r"A \succeq 0") and ">⟹</mo>" in formula(r"a \implies b")


def test_bars_are_spaced_as_fences() -> None:
    assert '<mo stretchy="false" lspace="0" rspace="0">|</mo>' in formula("|z|")


def test_long_formula_may_break_outside_brackets_only() -> None:
    pieces = formula(r"a + b + c \leq d \implies f(x \leq y) = e").split("<wbr>")
    assert [piece.count("<math") for piece in pieces] == [1, 1, 1, 1]
    assert "≤" in pieces[1] and "⟹" in pieces[2] and "≤" in pieces[2]


def test_fences_of_a_matrix_are_drawn_by_the_style_sheet() -> None:
    round_one, square = formula(r"\begin{pmatrix} 1 \end{pmatrix}"), formula(r"\left[\begin{matrix} 1 \end{matrix}\right]")
    assert 'class="matrix round"' in round_one and "(" not in round_one
    assert 'class="matrix square"' in square and "[" not in square


def test_prose_sets_only_what_stands_between_dollars() -> None:
    assert prose("a < b and $x$ for 5") == 'a &lt; b and <math><mi>x</mi></math> for 5'


def test_symmetric_matrix_is_completed() -> None:
    value = shown({"type": "symmetric", "upper": [["1", "2", "3"], ["4", "5"], ["6"]]})
    assert value.latex == r"A = \begin{pmatrix} 1 & 2 & 3 \\ 2 & 4 & 5 \\ 3 & 5 & 6 \end{pmatrix}" and value.exact == ""


def test_complex_entries() -> None:
    value = shown({"type": "matrix", "rows": [[["0", "0"], ["1/2", "-3/4"], ["0", "-1"], ["-2", "1"]]]})
    assert value.latex == r"A = \begin{pmatrix} 0 & \tfrac{1}{2} -\tfrac{3}{4}i & -i & -2 +i \end{pmatrix}"
    assert "<mo form=\"prefix\">−</mo><mi>i</mi>" in value.mathml


def test_long_entries_are_rounded_and_kept_exactly_beside() -> None:
    value = shown({"type": "rational", "value": "4503599627370497/9007199254740992"}, "gamma")
    assert value.latex == r"\gamma \approx 0.50000000" and value.exact == "4503599627370497/9007199254740992"


def test_entries_beyond_the_interpreters_limit_for_integers() -> None:
    value = shown({"type": "matrix", "rows": [["1" * 9000 + "/" + "3" * 9000]]})
    assert value.latex == r"A \approx \begin{pmatrix} 0.33333333 \end{pmatrix}" and value.exact == "in the certificate"


def test_large_matrices_and_unknown_values_are_named_only() -> None:
    assert shown({"type": "matrix", "rows": [["0"] * 9] * 9}).exact == "a 9 × 9 matrix, in the certificate"
    assert shown({"type": "quaternion"}).exact == '{"type": "quaternion"}'


def test_sequences_are_numbered_from_one() -> None:
    terms = [{"type": "integer", "value": 3}, {"type": "complex", "re": "1", "im": "-1"}]
    values = instance_values({"sizes": {"n": 2}, "values": {"z": {"type": "sequence", "terms": terms}}})
    assert [value.latex for value in values] == ["n = 2", "z_{1} = 3", "z_{2} = 1 -i"]


def test_ratios_are_rounded_down() -> None:
    assert ratio_text("999999/1000000") == "0.9999 (999999/1000000)" and ratio_text("1") == "1"
    assert decimal("2/3") == "0.66666667" and decimal("<b>") == "<b>"


def test_text_leaves_nothing_for_markdown_to_read() -> None:
    assert text("a|b*c_d`e[f]<g>\n#h $i \\ &amp;") == r"a\|b\*c\_d\`e\[f\]\<g\>" + r" \#h \$i \\ \&amp;"
    starts = {"- a": r"\- a", "+ a": r"\+ a", "1. a": r"1\. a", "2) a": r"2\) a", "1.5 a": "1.5 a", "===": r"\==="}
    assert {start: text(start) for start in starts} == starts


def test_formulas_in_markdown_hold_no_bar() -> None:
    assert inline(r"\left\|x\right\| < |z|") == r"$`\left\Vert x\right\Vert  < \vert z\vert `$"
    assert display("a\n\n|b|") == "```math\na\n\\vert b\\vert \n```" and display(" ") == ""


def test_code_in_markdown_survives_backticks_and_bars() -> None:
    assert code("a`b``c|d") == "``` a`b``cǀd ```"


def test_table_in_markdown() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


@pytest.fixture
def lines(folder: Path) -> list[str]:
    return (folder / "report.md").read_text(encoding="utf-8").splitlines()


def test_every_table_of_the_report_is_rectangular(lines: list[str]) -> None:
    previous, width, tables = "", 0, 0
    for line in lines:
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)\|", line))
            starts = not previous.startswith("|")
            width, tables = (cells, tables + 1) if starts else (width, tables)
            assert cells == width and line.endswith(" |"), line
            assert not starts or previous == "", line
        previous = line
    assert tables > 10


def test_markdown_closes_fences_and_reaches_its_anchors(lines: list[str]) -> None:
    assert sum(line.startswith("```") for line in lines) % 2 == 0
    source = "\n".join(lines)
    anchors = re.findall(r'<a id="([^"]+)"></a>', source)
    assert len(anchors) == len(set(anchors)) and set(re.findall(r"\]\(#([^)]+)\)", source)) <= set(anchors)


def test_markdown_says_what_the_page_says(lines: list[str]) -> None:
    source = "\n".join(lines)
    for piece in (
        "Most formulas of the paper", "**PROOF GAP.**", "**FIRST FALSE STEP.**", "REFUTED by proof", "found by optimiser",
        "This is not a proof, and the statement may still be false.", "NOT DISCHARGED (a human)",
        "`python3 reports/check.py certificates/T9-i-worst.json`", "[certificates/T9-i-worst.json](certificates/T9-i-worst.json)",
        "![Worst case over the class](figures/worst-case.svg)",
    ):
        assert piece in source


def test_hostile_strings_stay_text_in_markdown(lines: list[str]) -> None:
    outside_code = re.sub(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", "", "\n".join(lines), flags=re.DOTALL)
    assert set(re.findall(r"(?<!\\)<[^>]*>", outside_code)) == set(re.findall(r"</?a(?: id=\"[\w.-]+\")?>", outside_code))
    assert "](javascript" not in outside_code and "](.." not in outside_code
