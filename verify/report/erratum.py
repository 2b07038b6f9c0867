"""The erratum: what of the paper is false, what is true in its place, and where each printed proof first breaks.

Everything here is derived from the verdicts of one run. A repair is a claim of its own and is shown with its own verdict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.report import outline
from verify.report.references import ESTABLISHED, Found, found_by_name, split, standing
from verify.results import ReadingResult, RunResult, Witness

__all__ = ["BrokenProof", "Erratum", "PrintedProof", "Regime", "Repair", "Stands", "StepState", "broken_proofs", "errata", "off_by", "read_proofs", "stands"]


@dataclass(frozen=True)
class Repair:
    """A statement named as true in place of a false one. ``verdict`` is this run's, empty if it was not judged."""

    claim: str
    reading: str
    verdict: str
    title: str
    statement: str
    latex: str

    @property
    def established(self) -> bool:
        return self.verdict in ESTABLISHED


@dataclass(frozen=True)
class Regime:
    """Both sides at a certified counterexample within one cell of the map of failures; ``factor`` is a float, for reading."""

    where: str
    left: str
    right: str
    factor: str
    certificate: str


@dataclass(frozen=True)
class Erratum:
    """A false reading: as printed, why, and as repaired."""

    claim: str
    reading: str
    title: str
    provenance: str
    phrase: str
    printed: str
    printed_latex: str
    statement: str
    by: str
    """``instance`` or ``proof``."""
    reason: str
    level: str
    simplest: Regime | None
    worst: Regime | None
    regimes: tuple[Regime, ...]
    repairs: tuple[Repair, ...]
    sharp_statement: str
    sharp_latex: str
    certificates: tuple[str, ...]

    @property
    def repaired(self) -> bool:
        """Whether every statement named in its place is established in this run."""
        return bool(self.repairs) and all(repair.established for repair in self.repairs)


@dataclass(frozen=True)
class Stands:
    """A bound of the paper that is established, beside its sharp form."""

    claim: str
    reading: str
    verdict: str
    printed_latex: str
    printed: str
    sharp_latex: str
    sharp: str
    summary: str


@dataclass(frozen=True)
class PrintedProof:
    """The claims that a printed proof uses, in order."""

    claim: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class StepState:
    """A step of a printed proof: the verdict of each of its readings, empty if the run did not judge it."""

    step: str
    verdicts: Mapping[str, str]


@dataclass(frozen=True)
class BrokenProof:
    """A printed proof as the run leaves it. ``first_false`` names its first step with a refuted reading, empty if there is none."""

    claim: str
    title: str
    headline: str
    steps: tuple[StepState, ...]
    first_false: str
    false_readings: tuple[str, ...]
    standing_readings: tuple[str, ...]
    not_judged_before: tuple[str, ...]
    """Steps before the first false one, or any at all where none is false, that the run did not judge."""


def read_proofs(path: Path) -> tuple[PrintedProof, ...]:
    """The printed proofs of a pack, from its ``proofs.json``.

    Raises:
        ValueError: if an entry is not ``{"claim": …, "steps": […]}`` with references.
    """
    entries = json.loads(path.read_text(encoding="utf-8"))["proofs"]
    for entry in entries:
        for name in (entry["claim"], *entry["steps"]):
            split(name)
    return tuple(PrintedProof(entry["claim"], tuple(entry["steps"])) for entry in entries)


def errata(result: RunResult) -> tuple[Erratum, ...]:
    """The refuted readings of the paper, in the order of the run."""
    found = found_by_name(result)
    return tuple(_erratum(item, found) for item in found.values() if item.claim.group == "paper" and item.reading.verdict == "REFUTED")


def stands(result: RunResult) -> tuple[Stands, ...]:
    """The established readings of the paper for which a sharp form is stated, and which are not sharp, or not in every region."""
    return tuple(
        Stands(
            claim.id, reading.reading, reading.verdict, reading.conclusion_latex or reading.latex, reading.conclusion or reading.statement,
            reading.sharp_latex, reading.sharp_statement, reading.tightness.summary,
        )
        for claim, reading in outline.readings(result)
        if claim.group == "paper" and reading.verdict in ESTABLISHED and reading.sharp_statement and _improvable(reading)
    )


def _improvable(reading: ReadingResult) -> bool:
    return not reading.tightness.label.startswith("SHARP") or any(region.label == "LOOSE" for region in reading.tightness.regions)


def broken_proofs(result: RunResult, proofs: Sequence[PrintedProof]) -> tuple[BrokenProof, ...]:
    """What the run says of each printed proof of a claim that it judged."""
    found = found_by_name(result)
    known = {claim.id: claim for claim in result.claims}
    return tuple(_broken(proof, known[proof.claim].title, known[proof.claim].headline, found) for proof in proofs if proof.claim in known)


def off_by(left: str, right: str) -> str:
    """The factor between two positive decimal enclosures, to three digits: floating point, for reading. Empty where there is none to tell."""
    values = [_middle(left), _middle(right)]
    if None in values:
        return ""
    small, large = sorted(value for value in values if value is not None)
    if small <= 0:
        return ""
    return "infinite" if large == float("inf") else f"{large / small:.3g}"


_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"


def _middle(side: str) -> float | None:
    """The middle of an enclosure, its finite end, or infinity, as ``verify.evidence`` prints them."""
    if side == "infinity":
        return float("inf")
    if match := re.fullmatch(rf"\[({_NUMBER}), ({_NUMBER})\]", side):
        return (float(match[1]) + float(match[2])) / 2
    if match := re.fullmatch(r"(-?[0-9]+)/([0-9]+)", side):
        return int(match[1]) / int(match[2])
    match = re.fullmatch(rf"(?:[<>]= )?({_NUMBER})", side)
    return float(match[1]) if match else None


def _erratum(item: Found, found: Mapping[str, Found]) -> Erratum:
    claim, reading = item.claim, item.reading
    by_role = {witness.role: witness for witness in reading.witnesses}
    certified = [witness for witness in reading.witnesses if witness.role != "sharpest"]
    return Erratum(
        claim=claim.id, reading=reading.reading, title=claim.title, provenance=reading.provenance, phrase=reading.phrase,
        printed=reading.conclusion or reading.statement, printed_latex=reading.conclusion_latex or reading.latex, statement=reading.statement,
        by="instance" if certified else "proof", reason=outline.one_line(reading.reason, 300), level=reading.evidence.level,
        simplest=_at(by_role.get("simplest")), worst=_at(by_role.get("worst")), regimes=_regimes(reading),
        repairs=tuple(_repair(name, found) for name in reading.repaired_by),
        sharp_statement=reading.sharp_statement, sharp_latex=reading.sharp_latex, certificates=reading.certificates,
    )


def _at(witness: Witness | None) -> Regime | None:
    if witness is None:
        return None
    return Regime(f"the {witness.role} counterexample", witness.left, witness.right, off_by(witness.left, witness.right), witness.certificate)


def _regimes(reading: ReadingResult) -> tuple[Regime, ...]:
    """The cells of the map of failures that hold a certified counterexample."""
    if not reading.failure_map:
        return ()
    axes = [(axis["quantity"], outline.intervals(axis["breaks"])) for axis in reading.failure_map["axes"]]
    certified = [cell for cell in reading.failure_map["cells"] if cell["certificate"]]
    return tuple(
        Regime(
            ", ".join(f"{name} in {ends[place]}" for (name, ends), place in zip(axes, cell["index"], strict=True)),
            cell["left"], cell["right"], off_by(cell["left"], cell["right"]), cell["certificate"],
        )
        for cell in certified
    )


def _repair(name: str, found: Mapping[str, Found]) -> Repair:
    claim, key = split(name)
    if name not in found:
        return Repair(claim, key, "", "", "", "")
    item = found[name]
    reading = item.reading
    return Repair(claim, key, reading.verdict, item.claim.title, reading.statement, reading.conclusion_latex or reading.latex)


def _broken(proof: PrintedProof, title: str, headline: str, found: Mapping[str, Found]) -> BrokenProof:
    steps = tuple(StepState(step, standing(step, found)) for step in proof.steps)
    first = next((state for state in steps if "REFUTED" in state.verdicts.values()), None)
    before = steps if first is None else steps[: steps.index(first)]
    false = () if first is None else tuple(key for key, verdict in first.verdicts.items() if verdict == "REFUTED")
    others = () if first is None else tuple(key for key in first.verdicts if key not in false)
    unjudged = tuple(state.step for state in before if not state.verdicts)
    return BrokenProof(proof.claim, title, headline, steps, "" if first is None else first.step, false, others, unjudged)
