"""One claim in Markdown; the counterpart of ``section``, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Mapping

from verify.report import outline, sharpness, wording
from verify.report.marks import code, display, inline, link, table, text, verdict_mark, word_mark
from verify.report.values import instance_values, ratio_text
from verify.results import EVIDENCE_LEVELS, TIGHTNESS_LABELS, ClaimResult, Evidence, ReadingResult, Step, Tightness, Witness

__all__ = ["claim_parts"]


def claim_parts(claim: ClaimResult, known: Mapping[str, ClaimResult], note: outline.ProofNote | None, checker: str) -> list[str]:
    """The paragraphs of one claim, empty ones included."""
    return [
        f'<a id="{outline.anchor(claim.id)}"></a>',
        f"### {text(claim.id)} · {text(claim.title)}",
        f"{word_mark(claim.headline)} · {_lineage(claim, known)}",
        f"> **{note.label}.** {text(note.text)} See {link(note.step, note.step)}." if note else "",
        f"> **This claim failed to run:** {code(claim.error)}" if claim.error else "",
        text(claim.notes),
        *(part for reading in claim.readings for part in _reading(claim, reading, checker)),
    ]


def _lineage(claim: ClaimResult, known: Mapping[str, ClaimResult]) -> str:
    parts = [text(claim.source)]
    if above := outline.parent(claim.id, known):
        parts.append(wording.relation_to_parent(claim.id) + link(above, above))
    if below := outline.children(claim.id, known):
        parts.append("see also " + ", ".join(link(other, other) for other in below))
    if claim.file:
        parts.append(code(claim.file))
    return " · ".join(parts)


def _reading(claim: ClaimResult, reading: ReadingResult, checker: str) -> list[str]:
    rows = outline.effort_rows(reading.effort)
    return [
        f'<a id="{outline.anchor(claim.id, reading.reading)}"></a>',
        f"#### {text(outline.reading_name(claim, reading))} — {verdict_mark(reading)}",
        display(reading.latex),
        text(reading.statement),
        _sanity(reading),
        *_verdict(reading),
        *_evidence(reading.evidence),
        *(part for witness in reading.witnesses for part in _witness(witness, checker)),
        *_region(reading),
        *_tightness(reading),
        _power(reading),
        *(_recheck(name, checker) for name in outline.other_certificates(reading)),
        table(["Effort", "Count"], [[text(name), text(value)] for name, value in rows]) if rows else "",
        text(reading.notes),
    ]


def _sanity(reading: ReadingResult) -> str:
    line = wording.sanity_line(reading.sanity)
    return f"*Sanity.* {text(line)}" if line else ""


def _verdict(reading: ReadingResult) -> list[str]:
    meaning = wording.PROVENANCE.get(reading.provenance, "")
    status = f"*Status:* {text(reading.status)}." if reading.status else ""
    return [
        _joined(f"*Provenance.* **{reading.provenance}** – {meaning}.", text(reading.provenance_text), status),
        f"**{text(reading.phrase)}**" if reading.phrase else "",
        text(wording.survived_text(reading, outline.effort_text(reading.effort))) if reading.verdict == "SURVIVED" else "",
        text(reading.reason),
        f"*What to do next.* {text(reading.advice)}" if reading.advice else "",
    ]


def _evidence(evidence: Evidence) -> list[str]:
    meaning = f"*Evidence.* **{evidence.level}** – {EVIDENCE_LEVELS[evidence.level]}."
    return [
        _joined(meaning, text(evidence.summary), text(wording.origin_text(evidence))),
        "\n".join(_step(number, step) for number, step in enumerate(evidence.steps, 1)),
    ]


def _step(number: int, step: Step) -> str:
    shown = inline(step.latex) if step.latex else text(step.statement)
    state = f"— {'✓' if step.discharged else '✗'} {text(wording.step_state(step))}"
    certificate = f"Certificate: {_linked(step.certificate, step.certificate)}." if step.certificate else ""
    return f"{number}. " + _joined(f"*{text(step.kind)}*", text(step.text), shown, state, certificate)


def _region(reading: ReadingResult) -> list[str]:
    heads, rows = outline.region_rows(reading.failure_map)
    cells = [[text(row[0][0]), *(_linked(*cell) for cell in row[1:])] for row in rows]
    return ["*Where it fails.* " + text(wording.REGION), table([text(head) for head in heads], cells)] if rows else []


def _linked(shown: str, certificate: str) -> str:
    return f"[{text(shown)}]({certificate})" if outline.linkable(certificate) else text(shown)


def _witness(witness: Witness, checker: str) -> list[str]:
    values = instance_values(witness.instance)
    found = f", found by {text(witness.source)}" if witness.source else ""
    return [
        f"##### {text(wording.role(witness.role))}{found}",
        display(r" \qquad ".join(value.latex for value in values)),
        "\n".join(f"- {inline(value.latex_symbol)}: {code(value.exact)}" for value in values if value.exact),
        table(["Side", "Value"], [[side, text(value)] for side, value in outline.sides(witness)]),
        _recheck(witness.certificate, checker) if witness.certificate else "",
    ]


def _tightness(reading: ReadingResult) -> list[str]:
    tightness = reading.tightness
    ratio = f"Best certified ratio: {text(ratio_text(tightness.best_certified_ratio))}." if tightness.best_certified_ratio else ""
    meaning = f"*Tightness.* **{wording.words(tightness.label)}** – {TIGHTNESS_LABELS[tightness.label]}."
    return [
        _joined(meaning, text(tightness.summary), ratio),
        text(sharpness.whole_line(tightness)),
        *_regions(tightness),
        *_families(tightness),
        "*Sharp counterpart.*" if reading.sharp_latex or reading.sharp_statement else "",
        display(reading.sharp_latex),
        text(reading.sharp_statement),
    ]


def _regions(tightness: Tightness) -> list[str]:
    rows = [[text(cell) for cell in row] for row in sharpness.region_rows(tightness)]
    return [text(sharpness.REGIONS), table(list(sharpness.REGION_HEADS), rows)] if rows else []


def _families(tightness: Tightness) -> list[str]:
    parts = [text(sharpness.FAMILIES)] if tightness.families else []
    for family in tightness.families:
        rows = [[text(cell) for cell in row] for row in sharpness.family_rows(family)]
        parts += [text(sharpness.family_line(family)), table([text(family.towards.partition(" ")[0]), "share, at least"], rows) if rows else ""]
    return parts


def _power(reading: ReadingResult) -> str:
    lines = wording.power_lines(reading.detection_power)
    return _joined("*Power of the search.*", *map(text, lines)) if lines else ""


def _recheck(certificate: str, checker: str) -> str:
    shown = f"[{text(certificate)}]({certificate})" if outline.linkable(certificate) else code(certificate)
    return f"{shown}: {code(outline.check_command(checker, certificate))}"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
