"""``report.md``: the content of the page in Markdown that GitHub sets, formulas in LaTeX."""

from __future__ import annotations

from collections.abc import Sequence

from verify.report import outline, wording
from verify.report.blocks import Page
from verify.report.figures import FigureData
from verify.report.markdown_claim import claim_parts
from verify.report.marks import code, inline, link, prose, table, text, verdict_mark, word_mark
from verify.report.values import ratio_text
from verify.results import EVIDENCE_LEVELS, TIGHTNESS_LABELS, VERDICTS, ClaimResult, ReadingResult, RunResult

__all__ = ["markdown_text"]

COLUMNS = ("Claim", "Reading", "Statement", "From", "Verdict", "Evidence", "Tightness", "Reason")


def markdown_text(result: RunResult, figures: Sequence[FigureData], checker: str, beside: Sequence[Page] = ()) -> str:
    """The whole document; ``beside`` are the pages written with it."""
    links = " · ".join(f"[{text(page.title)}]({page.name}.md)" for page in beside)
    front = [*_header(result), f"See also: {links}" if links else "", *_findings(result), *_meanings()]
    parts = [*front, *_tables(result), *_figures(figures), *_sections(result, checker), *_footer(result)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _header(result: RunResult) -> list[str]:
    lead, rules = wording.introduction(result)
    totals = ", ".join(f"{word_mark(verdict)} {total}" for verdict, total in outline.verdict_total(result).items() if total)
    return [
        f"# {text(result.title)}",
        "*Referee’s report*",
        f"> **{wording.INTERRUPTED}**" if result.interrupted else "",
        wording.LETTER.sub(r"**\1**", lead),
        rules,
        f"**{outline.size_text(result)}** {totals}",
    ]


def _findings(result: RunResult) -> list[str]:
    rows = []
    for key, pairs in outline.refuted_by_provenance(result).items():
        links = ", ".join(link(outline.reading_name(claim, reading), claim.id, reading.reading) for claim, reading in pairs)
        rows.append(f"- **{key}** – {wording.PROVENANCE[key]}: {links}")
    for note in outline.proof_notes(result).values():
        rows.append(f"- **{note.label}**, {link(note.claim, note.claim)}. {text(note.text)}")
    listed = "\n".join(rows) if rows else "No reading was refuted."
    return ["## What was found false", listed, "Readings by verdict and provenance:", _crosstab(result)]


def _crosstab(result: RunResult) -> str:
    columns, rows = outline.crosstab(result)
    return table(["Verdict", *columns, "all"], [[word_mark(verdict), *cells] for verdict, cells in rows])


def _meanings() -> list[str]:
    verdicts = {**VERDICTS, wording.DEPENDS: wording.DEPENDS_MEANING}
    return [
        "## What the words mean",
        table(["Verdict", "Meaning"], [[word_mark(word), text(meaning)] for word, meaning in verdicts.items()]),
        table(["Evidence", "Meaning"], [[level, text(meaning)] for level, meaning in EVIDENCE_LEVELS.items()]),
        wording.LEVELS_RULE,
        table(["Tightness", "Meaning"], [[wording.words(label), text(meaning)] for label, meaning in TIGHTNESS_LABELS.items()]),
    ]


def _tables(result: RunResult) -> list[str]:
    parts = ['<a id="table"></a>', "## Verdicts"]
    for title, claims in outline.by_group(result):
        parts += [f"### {text(title)}", table(COLUMNS, [row for claim in claims for row in _claim_rows(claim)])]
    return parts


def _claim_rows(claim: ClaimResult) -> list[list[str]]:
    first = f"{link(claim.id, claim.id)} {text(claim.title)}"
    if len(claim.readings) != 1:
        first += f" {word_mark(claim.headline)}"
    rows = [_row(claim, reading) for reading in claim.readings]
    if claim.error or not rows:
        message = "failed to run: " + code(outline.one_line(claim.error, 300)) if claim.error else ""
        rows.insert(0, ["", "", "", word_mark(claim.headline), "", "", message])
    return [["" if index else first, *row] for index, row in enumerate(rows)]


def _row(claim: ClaimResult, reading: ReadingResult) -> list[str]:
    ratio = reading.tightness.best_certified_ratio
    scratch = wording.scratch_text(reading.evidence.found_from_scratch)
    tightness = [wording.words(reading.tightness.label), f"ratio {text(ratio_text(ratio))}" if ratio else "", _formula(reading.sharp_latex)]
    return [
        link(f"({reading.reading})", claim.id, reading.reading),
        _formula(reading.conclusion_latex or reading.latex) or text(reading.conclusion or reading.statement),
        reading.provenance,
        verdict_mark(reading),
        f"{reading.evidence.level}, {scratch}" if scratch else reading.evidence.level,
        ", ".join(part for part in tightness if part),
        text(outline.one_line(reading.reason or reading.phrase)),
    ]


def _formula(latex: str) -> str:
    return inline(latex) if latex.strip() else ""


def _figures(figures: Sequence[FigureData]) -> list[str]:
    parts = ["## Figures"] if figures else []
    for number, figure in enumerate(figures, 1):
        caption = f"**Figure {number}.** *{prose(figure.title)}*. {prose(figure.caption)}"
        parts += [f"![{text(figure.title)}](figures/{figure.name}.svg)", caption]
    return parts


def _sections(result: RunResult, checker: str) -> list[str]:
    known = {claim.id: claim for claim in result.claims}
    notes = outline.proof_notes(result)
    parts = ["## Claim by claim", wording.RECHECK]
    for title, claims in outline.by_group(result):
        parts.append(f"## {text(title)}")
        for claim in claims:
            parts += claim_parts(claim, known, notes.get(claim.id), checker)
    return parts


def _footer(result: RunResult) -> list[str]:
    links = "[report.html](report.html) · [report.json](report.json) · [schema.json](schema.json)"
    return ["---", text(outline.run_text(result)), text(outline.versions_text(result)), f"{wording.SAME_BYTES} {links}"]
