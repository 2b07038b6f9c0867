"""One claim as a section of the page: each reading with its statement, verdict, evidence, counterexamples, tightness and effort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verify.report import outline, sharpness, wording
from verify.report.markup import Html, Node, join, tag
from verify.report.mathml import formula, source
from verify.report.values import instance_values, ratio_text
from verify.results import EVIDENCE_LEVELS, TIGHTNESS_LABELS, ClaimResult, Evidence, FamilyTightness, ReadingResult, Step, Witness

__all__ = ["badge", "claim_section", "verdict_badge"]


def claim_section(claim: ClaimResult, known: Mapping[str, ClaimResult], note: outline.ProofNote | None, checker: str) -> Html:
    """The section of one claim. ``known`` holds every claim of the run by id, ``note`` a false step of its proof."""
    mark = verdict_badge(claim.readings[0]) if len(claim.readings) == 1 else badge(claim.headline)
    return tag(
        "section",
        tag("h3", tag("span", claim.id, class_="claim-id"), " ", claim.title, " ", mark),
        tag("p", _lineage(claim, known), class_="lineage"),
        _note(note) if note else None,
        tag("p", tag("strong", "This claim failed to run: "), tag("code", claim.error), class_="notice error") if claim.error else None,
        _paragraph(claim.notes),
        [_reading(claim, reading, checker) for reading in claim.readings],
        tag("p", tag("a", "Back to the table", href="#table"), class_="back"),
        id=outline.anchor(claim.id), class_="claim",
    )


def badge(verdict: str, label: str = "") -> Html:
    """A verdict as symbol and word."""
    symbol = tag("span", wording.SYMBOLS.get(verdict, "?"), aria_hidden="true")
    return tag("span", symbol, " ", label or wording.words(verdict), class_=f"badge v-{verdict}")


def verdict_badge(reading: ReadingResult) -> Html:
    """The badge of a reading; one that survived says at once that this is no proof."""
    caution = tag("span", "not a proof", class_="caution") if reading.verdict == "SURVIVED" else None
    return join(badge(reading.verdict, wording.verdict_label(reading)), caution)


def _lineage(claim: ClaimResult, known: Mapping[str, ClaimResult]) -> list[Node]:
    parts: list[Node] = [claim.source]
    if above := outline.parent(claim.id, known):
        parts += [" · ", wording.relation_to_parent(claim.id), _claim_link(above)]
    if below := outline.children(claim.id, known):
        parts += [" · see also ", [join(", " if index else "", _claim_link(other)) for index, other in enumerate(below)]]
    return [*parts, " · ", tag("code", claim.file)] if claim.file else parts


def _claim_link(claim_id: str) -> Html:
    return tag("a", claim_id, href="#" + outline.anchor(claim_id))


def _note(note: outline.ProofNote) -> Html:
    links = [join(" ", tag("a", f"{note.step} ({key})", href="#" + outline.anchor(note.step, key))) for key in note.step_readings]
    return tag("p", tag("strong", note.label), ". ", note.text, " See", links, ".", class_="notice gap")


def _reading(claim: ClaimResult, reading: ReadingResult, checker: str) -> Html:
    rows: list[tuple[str, Node]] = [
        ("Statement", _statement(reading.latex, reading.statement)),
        ("Provenance", _provenance(reading)),
        ("Sanity", _paragraph(wording.sanity_line(reading.sanity))),
        ("Verdict", _verdict(reading)),
        ("Evidence", _evidence(reading.evidence)),
        ("Instances", [_witness(witness, checker) for witness in reading.witnesses]),
        ("Where it fails", _region(reading)),
        ("Tightness", _tightness(reading)),
        ("Power of the search", [tag("p", line) for line in wording.power_lines(reading.detection_power)]),
        ("Certificates", [_recheck(name, checker) for name in outline.other_certificates(reading)]),
        ("Effort", _rows(outline.effort_rows(reading.effort), "effort")),
        ("Notes", _paragraph(reading.notes)),
    ]
    name = outline.reading_name(claim, reading)
    heading = tag("h4", name, " ", verdict_badge(reading)) if name != claim.id else None
    facts = tag("dl", *(tag("div", tag("dt", label), tag("dd", body)) for label, body in rows if body), class_="facts")
    return tag("article", heading, facts, id=outline.anchor(claim.id, reading.reading), class_="reading")


def _paragraph(text: str, class_: str | None = None) -> Html | None:
    return tag("p", text, class_=class_) if text.strip() else None


def _rows(rows: list[tuple[str, str]], class_: str) -> Html | None:
    lines = [tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in rows]
    return tag("table", *lines, class_=class_) if lines else None


def _statement(latex: str, statement: str) -> Html:
    shown = tag("div", formula(latex, display=True), class_="formula") if latex.strip() else None
    return join(shown, _paragraph(statement, "plain"))


def _provenance(reading: ReadingResult) -> Html:
    meaning = wording.PROVENANCE.get(reading.provenance, "")
    status = f" Status of this reading: {reading.status}." if reading.status else ""
    return join(tag("p", tag("strong", reading.provenance), f" – {meaning}.{status}"), _paragraph(reading.provenance_text))


def _verdict(reading: ReadingResult) -> Html:
    caution = wording.survived_text(reading, outline.effort_text(reading.effort)) if reading.verdict == "SURVIVED" else ""
    return join(
        _paragraph(reading.phrase, "phrase"),
        _paragraph(caution, "survived"),
        _paragraph(reading.reason),
        tag("p", tag("em", "What to do next. "), reading.advice) if reading.advice else None,
    )


def _evidence(evidence: Evidence) -> Html:
    return join(
        tag("p", tag("strong", evidence.level), f" – {EVIDENCE_LEVELS[evidence.level]}."),
        _paragraph(evidence.summary),
        _paragraph(wording.origin_text(evidence), "origin"),
        tag("ol", *(_step(step) for step in evidence.steps), class_="steps") if evidence.steps else None,
    )


def _step(step: Step) -> Html:
    symbol = tag("span", "✓ " if step.discharged else "✗ ", aria_hidden="true")
    return tag(
        "li",
        tag("p", tag("span", step.kind, class_="kind"), " ", step.text),
        tag("div", source(step.latex, step.statement), class_="formula") if step.latex or step.statement else None,
        _paragraph(step.statement, "plain") if step.latex else None,
        tag("p", symbol, wording.step_state(step), class_="by" if step.discharged else "by open"),
        tag("p", "certificate: ", _linked(step.certificate, step.certificate), class_="by") if step.certificate else None,
    )


def _region(reading: ReadingResult) -> Html | None:
    heads, rows = outline.region_rows(reading.failure_map)
    if not rows:
        return None
    lines = [tag("tr", tag("th", row[0][0], scope="row"), *(tag("td", _linked(*cell)) for cell in row[1:])) for row in rows]
    return join(_paragraph(wording.REGION), tag("table", tag("tr", *(tag("th", head, scope="col") for head in heads)), *lines, class_="region"))


def _linked(shown: str, certificate: str) -> Node:
    return tag("a", shown, href=certificate) if outline.linkable(certificate) else shown


def _witness(witness: Witness, checker: str) -> Html:
    values = instance_values(witness.instance)
    found = tag("span", f" found by {witness.source}", class_="source") if witness.source else None
    return tag(
        "div",
        tag("h5", wording.role(witness.role), found),
        tag("div", *(tag("span", shown.mathml, class_="value") for shown in values), class_="values"),
        [tag("p", shown.symbol, ": ", tag("code", shown.exact), class_="exact") for shown in values if shown.exact],
        _rows(outline.sides(witness), "sides"),
        _recheck(witness.certificate, checker) if witness.certificate else None,
        class_="witness",
    )


def _tightness(reading: ReadingResult) -> Html:
    tightness = reading.tightness
    ratio = f" Best certified ratio: {ratio_text(tightness.best_certified_ratio)}." if tightness.best_certified_ratio else ""
    meaning = f" – {TIGHTNESS_LABELS[tightness.label]}. {tightness.summary}{ratio}"
    has_sharp = reading.sharp_latex or reading.sharp_statement
    return join(
        tag("p", tag("strong", wording.words(tightness.label)), meaning),
        _paragraph(sharpness.whole_line(tightness)),
        _grid(sharpness.REGIONS, sharpness.REGION_HEADS, sharpness.region_rows(tightness)),
        _paragraph(sharpness.FAMILIES) if tightness.families else None,
        [join(_paragraph(sharpness.family_line(family)), _grid("", _ratio_heads(family), sharpness.family_rows(family))) for family in tightness.families],
        [tag("p", tag("em", "Sharp counterpart.")), _statement(reading.sharp_latex, reading.sharp_statement)] if has_sharp else None,
    )


def _ratio_heads(family: FamilyTightness) -> tuple[str, str]:
    return family.towards.partition(" ")[0], "share, at least"


def _grid(lead: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Html | None:
    """A table of plain text under a sentence."""
    if not rows:
        return None
    lines = [tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows]
    return join(_paragraph(lead), tag("table", tag("tr", *(tag("th", head, scope="col") for head in heads)), *lines, class_="region"))


def _recheck(certificate: str, checker: str) -> Html:
    link = tag("a", certificate, href=certificate) if outline.linkable(certificate) else tag("code", certificate)
    return tag("p", link, tag("br"), tag("code", outline.check_command(checker, certificate), class_="command"), class_="recheck")
