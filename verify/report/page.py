"""``report.html``: one self-contained page that needs neither network nor script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from verify.report import outline, wording
from verify.report.blocks import Page
from verify.report.blocks_html import POLICY
from verify.report.figures import FigureData, inline
from verify.report.markup import Html, Node, join, tag
from verify.report.mathml import formula, prose
from verify.report.section import badge, claim_section, verdict_badge
from verify.report.values import ratio_text
from verify.results import EVIDENCE_LEVELS, TIGHTNESS_LABELS, VERDICTS, ClaimResult, ReadingResult, RunResult

__all__ = ["html_text"]

STYLE = Path(__file__).with_name("style.css")
LONGEST_FORMULA = 700
"""A longer formula is left to the claim's section; the table then shows the plain statement."""

COLUMNS = ("Reading", "Statement", "From", "Verdict", "Evidence", "Tightness", "Reason")


def html_text(result: RunResult, figures: Sequence[FigureData], drawings: Mapping[str, str], checker: str, beside: Sequence[Page] = ()) -> str:
    """The whole page. ``drawings`` holds the SVG of each figure by name; ``beside`` are the pages written with it."""
    body = tag(
        "body", tag("a", "Skip to the table of verdicts", href="#table", class_="skip"), tag("header", _header(result), _beside(beside)),
        tag("main", _findings(result), _meanings(), _table(result), _figures(figures, drawings), _sections(result, checker)),
        tag("footer", _footer(result)),
    )
    return "<!DOCTYPE html>\n" + tag("html", _head(result), "\n", body, lang="en") + "\n"


def _head(result: RunResult) -> Html:
    return tag(
        "head", tag("meta", charset="utf-8"), tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"), tag("meta", name="color-scheme", content="light dark"),
        tag("title", result.title), "\n", tag("style", Html(STYLE.read_text(encoding="utf-8") + _filter_rules(_present(result)))),
    )


def _header(result: RunResult) -> Html:
    lead, rules = wording.introduction(result)
    return join(
        tag("p", "Referee’s report", class_="kicker"), tag("h1", result.title),
        tag("p", wording.INTERRUPTED, class_="notice interrupted", role="alert") if result.interrupted else None,
        tag("p", *_letters(lead), class_="lead"), tag("p", rules), _summary(result),
    )


def _beside(pages: Sequence[Page]) -> Html | None:
    links = [join(" · " if index else "", tag("a", page.title, href=f"{page.name}.html")) for index, page in enumerate(pages)]
    return tag("nav", tag("p", "See also: ", links)) if links else None


def _letters(text: str) -> list[Node]:
    """The text with the letters of provenance set off."""
    return [tag("strong", part) if index % 2 else part for index, part in enumerate(wording.LETTER.split(text))]


def _summary(result: RunResult) -> Html:
    totals = [(verdict, total) for verdict, total in outline.verdict_total(result).items() if total]
    chips = [join(" ", tag("span", badge(verdict), f" {total}", class_="count")) for verdict, total in totals]
    return tag("p", tag("strong", outline.size_text(result)), chips, class_="summary")


def _findings(result: RunResult) -> Html:
    """What a reader in a hurry wants: what is false, by the weight of its provenance, and where proofs break."""
    rows: list[tuple[Node, Node]] = []
    for key, pairs in outline.refuted_by_provenance(result).items():
        links = [join(", " if index else "", _reading_link(claim, reading)) for index, (claim, reading) in enumerate(pairs)]
        rows.append(([tag("strong", key), " – ", wording.PROVENANCE[key]], links))
    for note in outline.proof_notes(result).values():
        rows.append((tag("strong", note.label), [tag("a", note.claim, href="#" + outline.anchor(note.claim)), ". ", note.text]))
    items = [tag("div", tag("dt", term), tag("dd", body)) for term, body in rows]
    listed = tag("dl", *items, class_="findings") if items else tag("p", "No reading was refuted.", class_="findings")
    return tag("section", tag("h2", "What was found false"), tag("div", listed, _crosstab(result), class_="abreast"), id="findings")


def _reading_link(claim: ClaimResult, reading: ReadingResult) -> Html:
    return tag("a", outline.reading_name(claim, reading), href="#" + outline.anchor(claim.id, reading.reading), title=claim.title)


def _meanings() -> Html:
    verdicts = {**VERDICTS, wording.DEPENDS: wording.DEPENDS_MEANING}
    columns = [
        tag("div", tag("h3", "Verdicts"), _glossary("words", [(badge(word), meaning) for word, meaning in verdicts.items()])),
        tag("div", tag("h3", "Evidence levels"), _glossary("levels", list(EVIDENCE_LEVELS.items())), tag("p", wording.LEVELS_RULE)),
        tag("div", tag("h3", "Tightness"), _glossary("levels", [(wording.words(label), text) for label, text in TIGHTNESS_LABELS.items()])),
    ]
    return tag("section", tag("h2", "What the words mean"), tag("div", *columns, class_="columns"), id="words")


def _glossary(class_: str, rows: Sequence[tuple[str, str]]) -> Html:
    return tag("dl", *(tag("div", tag("dt", term), tag("dd", meaning)) for term, meaning in rows), class_=class_)


def _crosstab(result: RunResult) -> Html:
    columns, rows = outline.crosstab(result)
    head = tag("tr", *(tag("th", column, scope="col") for column in ("Verdict", *columns, "all")))
    body = [tag("tr", tag("th", badge(verdict), scope="row"), *(tag("td", cell) for cell in cells)) for verdict, cells in rows]
    caption = tag("caption", "Readings by verdict and provenance")
    return tag("table", caption, tag("thead", head), tag("tbody", *body), class_="crosstab")


def _table(result: RunResult) -> Html:
    head = tag("thead", tag("tr", *(tag("th", column, scope="col") for column in COLUMNS)))
    bodies: list[Html] = []
    for title, claims in outline.by_group(result):
        bodies.append(tag("tbody", tag("tr", tag("th", title, colspan=len(COLUMNS), scope="rowgroup")), class_="group"))
        bodies += [_claim_rows(claim) for claim in claims]
    table = tag("table", tag("caption", "Every claim, reading by reading"), head, *(join("\n", body) for body in bodies), class_="verdicts")
    return tag("section", tag("h2", "Verdicts"), _filter(_present(result)), tag("div", table, class_="scroll"), id="table")


def _claim_rows(claim: ClaimResult) -> Html:
    headline = badge(claim.headline) if len(claim.readings) != 1 else None
    link = tag("a", tag("span", claim.id, class_="claim-id"), " ", claim.title, href="#" + outline.anchor(claim.id))
    heading = tag("tr", tag("th", link, " ", headline, colspan=len(COLUMNS), scope="rowgroup"), class_="claim-row")
    rows = [_row(claim, reading) for reading in claim.readings]
    if claim.error:
        message = tag("td", tag("strong", "failed to run: "), tag("code", outline.one_line(claim.error, 300)), colspan=len(COLUMNS))
        rows.insert(0, tag("tr", message, class_="row r-ERROR"))
    return tag("tbody", heading, *rows)


def _row(claim: ClaimResult, reading: ReadingResult) -> Html:
    cells: list[Node] = [
        tag("a", f"({reading.reading})", href="#" + outline.anchor(claim.id, reading.reading)),
        tag("div", _conclusion(reading), class_="formula"),
        tag("abbr", reading.provenance, title=wording.PROVENANCE.get(reading.provenance, "")),
        verdict_badge(reading),
        _evidence_cell(reading),
        _tightness_cell(reading),
        outline.one_line(reading.reason or reading.phrase),
    ]
    marked = (
        tag("td", tag("div", cell), data_label=column, class_="k-" + column.lower()) for column, cell in zip(COLUMNS, cells, strict=True)
    )
    return tag("tr", *marked, class_=f"row r-{reading.verdict}")


def _conclusion(reading: ReadingResult) -> Node:
    """The statement without its hypotheses, which stand in the reading's section."""
    return _short_formula(reading.conclusion_latex or reading.latex) or outline.one_line(reading.conclusion or reading.statement, 220)


def _short_formula(latex: str) -> Html | None:
    return formula(latex) if 0 < len(latex.strip()) <= LONGEST_FORMULA else None


def _evidence_cell(reading: ReadingResult) -> Node:
    level = reading.evidence.level
    scratch = wording.scratch_text(reading.evidence.found_from_scratch)
    return [level if level != "NONE" else tag("span", "none", class_="faint"), tag("small", scratch) if scratch else None]


def _tightness_cell(reading: ReadingResult) -> Node:
    label, ratio = reading.tightness.label, reading.tightness.best_certified_ratio
    sharp = _short_formula(reading.sharp_latex)
    return [
        wording.words(label) if label != "UNKNOWN" else tag("span", "unknown", class_="faint"),
        tag("small", f"ratio {ratio_text(ratio)}") if ratio else None,
        tag("div", sharp, class_="sharp") if sharp else None,
    ]


def _present(result: RunResult) -> list[str]:
    return [verdict for verdict, total in outline.verdict_total(result).items() if total]


def _filter(verdicts: Sequence[str]) -> Html:
    """Radio buttons that the style sheet alone acts upon; without support for ``:has`` everything stays visible."""
    buttons = []
    for key in ("ALL", *verdicts):
        button = tag("input", type="radio", name="show", id=f"show-{key}", checked=key == "ALL")
        buttons.append(tag("label", button, " ", wording.words(key).lower(), for_=f"show-{key}"))
    return tag("fieldset", tag("legend", "Show"), *buttons, class_="filter")


def _filter_rules(verdicts: Sequence[str]) -> str:
    rule = "#table:has(#show-{0}:checked) :is(.row:not(.r-{0}), tbody:not(:has(.r-{0}))) {{ display: none }}\n"
    return "".join(rule.format(verdict) for verdict in verdicts)


def _figures(figures: Sequence[FigureData], drawings: Mapping[str, str]) -> Node:
    shown = [_figure(number, figure, drawings[figure.name]) for number, figure in enumerate(figures, 1)]
    return tag("section", tag("h2", "Figures"), tag("div", *shown, class_="plates"), id="figures") if shown else None


def _figure(number: int, figure: FigureData, drawing: str) -> Html:
    file = f"figures/{figure.name}.svg"
    caption = [tag("strong", f"Figure {number}. "), tag("em", prose(figure.title)), ". ", prose(figure.caption), " "]
    return tag("figure", inline(drawing, figure.title), tag("figcaption", caption, tag("a", file, href=file)))


def _sections(result: RunResult, checker: str) -> Html:
    known = {claim.id: claim for claim in result.claims}
    notes = outline.proof_notes(result)
    parts: list[Node] = [tag("h2", "Claim by claim", id="claims"), tag("p", wording.RECHECK)]
    for title, claims in outline.by_group(result):
        parts.append(tag("h2", title, class_="group-title"))
        parts += [join("\n", claim_section(claim, known, notes.get(claim.id), checker)) for claim in claims]
    return join(*parts)


def _footer(result: RunResult) -> Html:
    links = [join(" · ", tag("a", name, href=name)) for name in ("report.md", "report.json", "schema.json")]
    versions = outline.versions_text(result)
    return join(tag("p", outline.run_text(result)), tag("p", versions) if versions else None, tag("p", wording.SAME_BYTES, links))
