"""A report of experiments as HTML, Markdown, LaTeX (booktabs) and JSON. The same report gives the same bytes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from verify.experiments.model import NOT_STATED, Cell, Report, Sentence, Table
from verify.report.figures import FigureData, draw, inline
from verify.report.markup import Html, Node, join, tag
from verify.report.mathml import prose
from verify.report.page import POLICY, STYLE
from verify.report.write import place

__all__ = ["html_text", "json_text", "latex_text", "markdown_text", "write"]

SCHEMA = "verify-tables-1"
WORDS = {"REPRODUCED": "reproduced", "NOT_REPRODUCED": "not reproduced", "NOT_STATED": "not stated", "NOT_TESTABLE": "not testable"}
BADGES = {"REPRODUCED": "v-PROVED", "NOT_REPRODUCED": "v-REFUTED", "NOT_STATED": "v-NOT_TESTABLE", "NOT_TESTABLE": "v-NOT_TESTABLE"}
SYMBOLS = {"REPRODUCED": "✓", "NOT_REPRODUCED": "✗", "NOT_STATED": "·", "NOT_TESTABLE": "·"}
RULE = (
    "A printed number is reproduced if ours is within half a unit of its last digit, ties included. Cells without a mark have no surviving number beside "
    "them (NOT_STATED) and are not counted."
)
OWN_STYLE = """
.numbers { font-size: .9rem; line-height: 1.35; margin: 0 0 .8rem }
.numbers th, .numbers td { padding: .3rem .9rem .3rem 0; vertical-align: top; border-bottom: 1px solid var(--rule); text-align: left }
.numbers thead th { border-bottom: 1.5px solid var(--ink); vertical-align: bottom }
.numbers small { display: block; color: var(--soft); font-size: .78rem }
.notes { font-size: .88rem; color: var(--soft); padding-left: 1.2rem }
.scroll { overflow-x: auto }
"""


def write(report: Report, folder: Path) -> Path:
    """``NAME.html``, ``.md``, ``.tex``, ``.json``, ``figures/*.svg`` and ``matrices/*.csv`` in ``folder``; returns the page's path.

    Raises:
        OSError: if the folder cannot be written.
    """
    drawings = {figure.name: shortened(draw(figure)) for figure in report.figures}
    files = {f"figures/{name}.svg": svg for name, svg in drawings.items()} | {
        **{_matrix_file(name): matrix_text(rows) for name, rows in report.matrices.items()},
        f"{report.name}.json": json_text(report),
        f"{report.name}.tex": latex_text(report),
        f"{report.name}.md": markdown_text(report),
        f"{report.name}.html": html_text(report, drawings),
    }
    place({folder / name: content for name, content in files.items()})
    return folder / f"{report.name}.html"


def _matrix_file(name: str) -> str:
    return f"matrices/{name}.csv"


def matrix_text(rows: Sequence[Sequence[float]]) -> str:
    """Comma-separated, one row a line, every entry with the digits that give the same float again; ``numpy.loadtxt(file, delimiter=",")`` reads it."""
    return "\n".join(",".join(repr(float(entry)) for entry in row) for row in rows) + "\n"


def shortened(svg: str) -> str:
    """The drawing with the coordinates of its paths to a hundredth of a point."""
    return re.sub(r'(?<= d=")[^"]*', lambda path: re.sub(r"-?\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", path[0]), svg)


# -- HTML ---------------------------------------------------------------------------------------------------------------------


def html_text(report: Report, drawings: Mapping[str, str]) -> str:
    """One self-contained page that needs neither network nor script."""
    head = tag(
        "head", tag("meta", charset="utf-8"), tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("meta", name="color-scheme", content="light dark"),
        tag("title", report.title), "\n", tag("style", Html(STYLE.read_text(encoding="utf-8") + OWN_STYLE)),
    )
    header = tag(
        "header", tag("p", "Experiments of arXiv:2606.04031, repeated", class_="kicker"), tag("h1", report.title),
        tag("p", tag("strong", report.headline)), tag("p", tag("strong", report.stopped)) if report.stopped else None, tag("p", report.lead, class_="lead"),
        tag("p", RULE),
    )
    main = tag(
        "main", [_html_table(table) for table in report.tables], _html_sentences(report.sentences),
        tag("h2", "Figures") if report.figures else None,
        tag("div", *(_html_figure(figure, drawings[figure.name]) for figure in report.figures), class_="plates") if report.figures else None,
    )
    links = [join(" · " if index else "", tag("a", name, href=name)) for index, name in enumerate(f"{report.name}.{end}" for end in ("md", "tex", "json"))]
    files = [join(", " if index else "The matrices: ", tag("a", file, href=file)) for index, file in enumerate(map(_matrix_file, report.matrices))]
    footer = tag("footer", tag("p", _made(report)), tag("p", files) if files else None, tag("p", links))
    return "<!DOCTYPE html>\n" + tag("html", head, "\n", tag("body", header, "\n", main, "\n", footer), lang="en") + "\n"


def _html_table(table: Table) -> Html:
    head = tag("thead", tag("tr", *(tag("th", column, scope="col") for column in table.columns)))
    body = tag("tbody", *(join("\n", tag("tr", *(_html_cell(cell) for cell in row))) for row in table.rows))
    notes = tag("ul", *(tag("li", note) for note in table.notes), class_="notes") if table.notes else None
    return tag("section", tag("h2", table.title), tag("div", tag("table", head, body, class_="numbers"), class_="scroll"), notes, id=table.name)


def _html_cell(cell: Cell) -> Html:
    beside: list[Node] = []
    if cell.printed:
        beside += [tag("small", f"printed {cell.printed}"), _badge(cell.status)]
    if cell.reason:
        beside.append(tag("small", cell.reason))
    return tag("td", cell.shown, beside)


def _badge(status: str) -> Html:
    return tag("span", f"{SYMBOLS[status]} {WORDS[status]}", class_=f"badge {BADGES[status]}")


def _html_sentences(sentences: Sequence[Sentence]) -> Node:
    if not sentences:
        return None
    head = tag("thead", tag("tr", *(tag("th", word, scope="col") for word in ("Sentence", "From", "", "What is observed"))))
    rows = [tag("tr", tag("td", s.text), tag("td", s.provenance), tag("td", _badge(s.status)), tag("td", s.observed)) for s in sentences]
    return tag("section", tag("h2", "Sentences of the paper"), tag("div", tag("table", head, tag("tbody", *rows), class_="numbers"), class_="scroll"))


def _html_figure(figure: FigureData, drawing: str) -> Html:
    file = f"figures/{figure.name}.svg"
    caption = tag("figcaption", tag("em", prose(figure.title)), ". ", prose(figure.caption), " ", tag("a", file, href=file))
    return tag("figure", inline(drawing, figure.title), caption)


def _made(report: Report) -> str:
    settings = json.dumps(report.settings, ensure_ascii=False)
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    return f"Settings: {settings}. " + (f"Versions: {versions}." if versions else "")


# -- Markdown -----------------------------------------------------------------------------------------------------------------


def markdown_text(report: Report) -> str:
    """For a forge that sets tables."""
    parts = [f"# {report.title}", f"**{report.headline}**", *([f"**{report.stopped}**"] if report.stopped else []), report.lead, RULE]
    for table in report.tables:
        columns = [_pipes(column) for column in table.columns]
        parts += [f"## {table.title}", _markdown_rows(columns, [[_markdown_cell(cell) for cell in row] for row in table.rows])]
        parts += ["\n".join(f"- {note}" for note in table.notes)] if table.notes else []
    if report.sentences:
        rows = [[_pipes(s.text), s.provenance, s.status, _pipes(s.observed)] for s in report.sentences]
        parts += ["## Sentences of the paper", _markdown_rows(("Sentence", "From", "Status", "What is observed"), rows)]
    for figure in report.figures:
        parts.append(f"![{figure.title}](figures/{figure.name}.svg)\n\n*{figure.title}.* {figure.caption}")
    if report.matrices:
        parts.append("The matrices: " + ", ".join(f"[{file}]({file})" for file in map(_matrix_file, report.matrices)))
    return "\n\n".join([*parts, _made(report)]) + "\n"


def _markdown_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(map(_one_line, line)) + " |" for line in lines)


def _markdown_cell(cell: Cell) -> str:
    words = [_pipes(cell.shown)]
    if cell.printed:
        words.append(f"(printed {cell.printed}: {cell.status})")
    if cell.reason:
        words.append(f"*{_pipes(cell.reason)}*")
    return " ".join(words)


def _pipes(words: str) -> str:
    return words.replace("|", "\\|").replace("*", "\\*")


def _one_line(words: str) -> str:
    return " ".join(words.split())


# -- LaTeX --------------------------------------------------------------------------------------------------------------------

_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "γ": r"$\gamma$", "κ": r"$\kappa$", "ρ": r"$\rho$", "σ": r"$\sigma$", "η": r"$\eta$", "δ": r"$\delta$",
    "Σ": r"$\Sigma$", "λ": r"$\lambda$", "∞": r"$\infty$", "−": "$-$", "≤": r"$\le$", "≥": r"$\ge$", "√": r"$\sqrt{\ }$", "‖": r"$\|$", "²": "$^2$",
    "ᵗ": "$^t$", "ᵀ": "$^T$", "…": r"\ldots{}", "·": r"$\cdot$", "×": r"$\times$", "⪯": r"$\preceq$", "⪰": r"$\succeq$", "≻": r"$\succ$", "–": "--", "—": "---",
    "“": "``", "”": "''", "’": "'", "π": r"$\pi$", "<": "$<$", ">": "$>$", "∇": r"$\nabla$", "θ": r"$\theta$", "φ": r"$\varphi$", "⟺": r"$\iff$",
    "½": r"$\frac12$", "∈": r"$\in$", "α": r"$\alpha$", "Θ": r"$\Theta$", "→": r"$\to$", "≈": r"$\approx$", "₀": "$_0$", "₁": "$_1$", "₂": "$_2$",
    "¼": r"$\frac14$",
    "τ": r"$\tau$", "β": r"$\beta$", "ᵣ": "$_r$", "⁻": "$^-$", "μ": r"$\mu$", "ε": r"$\varepsilon$", "₊": "$_+$", "ₜ": "$_t$", "≠": r"$\neq$",
    "⋯": r"$\cdots$", "±": r"$\pm$", "§": r"\S{}", "ξ": r"$\xi$", "ᵏ": r"$^k$", "↦": r"$\mapsto$", "⁺": r"$^+$", "é": r"\'e",
}
"""A test sees to it that every letter which the tables use is here."""
_MARK = {"REPRODUCED": r"\,\checkmark", "NOT_REPRODUCED": r"\,$\times$"}


def latex_text(report: Report) -> str:
    """One ``table`` environment for each table; needs the packages booktabs, amssymb and graphicx."""
    parts = [" ".join(filter(None, (f"% {report.title}. {report.headline}", report.stopped, r"Needs \usepackage{booktabs,amssymb,graphicx}.")))]
    for table in report.tables:
        head = " & ".join(map(_latex, table.columns)) + r" \\"
        body = [" & ".join(_latex_cell(cell) for cell in row) + r" \\" for row in table.rows]
        caption = _latex(" ".join([table.title + ".", *table.notes])) + (LEGEND if _compares(table) else "")
        setting = [r"\begin{tabular}{" + "l" * len(table.columns) + "}", r"\toprule", head, r"\midrule", *body, r"\bottomrule", r"\end{tabular}"]
        parts += [r"\begin{table}", r"\centering", rf"\caption{{{caption}}}", r"\resizebox{\linewidth}{!}{%", *setting, "}", r"\end{table}", ""]
    if report.sentences:
        parts += [r"\begin{description}", *(_latex_sentence(s) for s in report.sentences), r"\end{description}"]
    return "\n".join(parts) + "\n"


LEGEND = r" In parentheses the printed number; \checkmark{}: ours is within half a unit of its last digit, $\times$: it is not."


def _compares(table: Table) -> bool:
    return any(cell.printed for row in table.rows for cell in row)


def _latex(words: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in words).replace("$$", "")


def _latex_cell(cell: Cell) -> str:
    printed = f" ({_latex(cell.printed)}{_MARK[cell.status]})" if cell.printed else ""
    return _latex(cell.shown) + printed + (rf" {{\footnotesize {_latex(cell.reason)}}}" if cell.reason else "")


def _latex_sentence(sentence: Sentence) -> str:
    return rf"\item[{_latex(WORDS[sentence.status])}] {_latex(sentence.text)} {_latex(sentence.observed)}"


# -- JSON ---------------------------------------------------------------------------------------------------------------------


def json_text(report: Report) -> str:
    """Every number at full precision; an infinity is the string ``"inf"``."""
    reproduced, surviving = report.counts()
    data = {
        "schema": SCHEMA, "name": report.name, "title": report.title, "headline": report.headline, "reproduced": reproduced, "surviving": surviving,
        "stopped": report.stopped, "settings": report.settings, "versions": report.versions,
        "tables": [_json_table(table) for table in report.tables],
        "sentences": [vars(sentence) for sentence in report.sentences],
        "figures": [figure.name for figure in report.figures],
        "matrices": [_matrix_file(name) for name in report.matrices],
    }
    return json.dumps(data, ensure_ascii=False, indent=0, allow_nan=False) + "\n"


def _json_table(table: Table) -> dict[str, Any]:
    rows = [{column: _json_cell(cell) for column, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    return {"name": table.name, "title": table.title, "columns": list(table.columns), "rows": rows, "notes": list(table.notes)}


def _json_cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"shown": cell.shown, "ours": _number(cell.ours), "status": cell.status}
    if cell.status != NOT_STATED:
        found["printed"] = cell.printed
    if cell.reason:
        found["reason"] = cell.reason
    return found


def _number(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_number(end) for end in value]
    if isinstance(value, float) and not math.isfinite(value):
        return re.sub("^-", "-", str(value))
    return value
