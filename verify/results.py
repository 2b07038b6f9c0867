"""What a run found: frozen, JSON-ready records that ``judge`` fills, ``run`` stores and ``report`` prints.

The lists of verdicts, evidence levels and tightness labels live here and nowhere else; the JSON Schema repeats them and a test compares.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "EVIDENCE_LEVELS", "TIGHTNESS_LABELS", "VERDICTS", "ClaimResult", "Evidence", "FamilyTightness", "Invariance", "ReadingResult", "RegionTightness",
    "RunResult", "Sanity", "Step",
    "Tightness", "Witness", "headline", "to_json",
]

VERDICTS = {
    "PROVED": "every step of a stored proof was discharged by a machine",
    "PROVED_MODULO": "proved, except for the hand-written steps that are displayed",
    "REFUTED": "false: a certified counterexample, or a proof of the negation",
    "SURVIVED": "no violation found; this is not a proof",
    "UNDECIDED": "neither confirmed nor refuted with the means spent",
    "VACUOUS": "the hypotheses contradict each other",
    "UNWITNESSED": "no instance of the hypotheses was found",
    "NOT_TESTABLE": "no finite argument reaches this statement",
    "ERROR": "the check of this claim failed to run",
}
EVIDENCE_LEVELS = {
    "R3": "exact rational counterexample, accepted by the stand-alone checker",
    "R2": "ball arithmetic, violation strictly positive",
    "R1": "two working precisions agree",
    "R0": "float64",
    "P3": "exact algebraic certificate",
    "P2": "ball cover",
    "P1": "a decision procedure's word",
    "P0": "computer-algebra simplification",
    "NONE": "no certified evidence",
}
TIGHTNESS_LABELS = {
    "SHARP_ATTAINED": "equality, or certified attainment",
    "SHARP_LIMIT": "approached by a family with a proved limit",
    "LOOSE": "a certified factor separates the bound from the truth",
    "UNKNOWN": "not settled",
}


@dataclass(frozen=True)
class Step:
    """One step of a stored proof: an ``obligation`` that a machine discharged, a ``lemma``, a ``cited`` theorem, or ``by hand``."""

    kind: str
    text: str
    statement: str
    discharged: bool
    by: str
    latex: str = ""
    certificate: str = ""
    """A certificate of the step that the stand-alone checker accepts, as a path in the report."""


@dataclass(frozen=True)
class Witness:
    """An exact instance worth showing: ``role`` is ``simplest``, ``worst``, ``generic`` or ``sharpest``."""

    role: str
    instance: dict[str, Any]
    """The certificate's ``instance`` object."""
    left: str
    right: str
    """Decimal enclosures of both sides, for reading."""
    margin: float
    source: str
    """``extreme member``, ``corpus``, ``random``, ``Hypothesis``, ``optimiser``."""
    certificate: str = ""
    """Path below the report folder; empty if none was written."""


@dataclass(frozen=True)
class Evidence:
    level: str
    summary: str
    steps: tuple[Step, ...] = ()
    found_from_scratch: bool | None = None
    """For a refutation: was it found with extreme members and corpus switched off? None where that does not apply."""
    source: str = ""
    rests_on: tuple[str, ...] = ()
    """The lemmas that the proof uses directly, as ``CLAIM(reading)``; empty for a refutation by an instance."""
    by_hand: tuple[str, ...] = ()
    """Every hand-written step by name, those of lemmas included; one that is used twice stands once."""


@dataclass(frozen=True)
class RegionTightness:
    """A region ``low <= quantity <= high`` and an enclosure of the best possible factor there; ``quantity`` is empty for the whole class."""

    quantity: str
    low: str
    high: str
    label: str
    factor_low: str
    """A rational: the bound may be improved by this factor at least, proved over the region."""
    factor_high: str
    """A rational: by no larger factor, because of an exact member of the region; empty if none was enclosed."""
    by: str
    certificate: str = ""
    """Path below the report folder of the certificate of the upper end; empty if none was written."""


@dataclass(frozen=True)
class FamilyTightness:
    """A family that is proved to lie in the class, and what becomes of the ratio of the sides along it."""

    members: str
    towards: str
    """What tends to infinity; empty for single members, at which the sides are equal."""
    limit: str
    """Of smaller side / larger side."""
    by: str
    rate: str
    """A lower bound of the ratio at every member, proved; empty if none was."""
    text: str
    ratios: tuple[dict[str, str], ...] = ()
    """``at`` (a value of the parameter) and ``ratio``, a rational from below, enclosed there."""
    certificate: str = ""
    """Path below the report folder of the certificate of the last ratio; empty if none was written."""


@dataclass(frozen=True)
class Tightness:
    label: str
    summary: str
    best_certified_ratio: str = ""
    """A rational: at the ``sharpest`` witness the smaller side is at least this fraction of the larger one."""
    factor_low: str = ""
    factor_high: str = ""
    """Rationals that enclose the best factor by which the bound could be improved everywhere; empty where nothing is known."""
    regions: tuple[RegionTightness, ...] = ()
    families: tuple[FamilyTightness, ...] = ()


@dataclass(frozen=True)
class Invariance:
    """What becomes of both sides of a conclusion under a transformation of the matrices, at one exact instance."""

    under: str
    """``orthogonal``, ``permutation``, ``signs``, ``transposition``, ``scaling``."""
    outcome: str
    """``unchanged`` (enclosures overlap), ``homogeneous`` (both sides times the same power of the scale), ``differs`` (certainly), ``leaves the classes``
    (the image violates a hypothesis), ``undecided``."""


@dataclass(frozen=True)
class Sanity:
    """What a few exact instances say of a reading before it is searched."""

    tried: int
    """Exact members of the classes that were tried first."""
    met: int
    """Those of them at which every hypothesis certainly holds."""
    witness: dict[str, Any]
    """An exact instance at which every hypothesis certainly holds; empty if none was found, the search included."""
    negation: str = "not tried"
    """Of the negated statement, at ``negation_instance``: ``refuted`` (the conclusion certainly holds, with room), ``equality`` (it certainly holds, without
    room), ``within accuracy`` (its sides agree to the accuracy of a first look), ``fails`` (it certainly fails, there and wherever else a first look went);
    ``not tried``."""
    negation_instance: dict[str, Any] = field(default_factory=dict)
    undefined: dict[str, Any] = field(default_factory=dict)
    """An exact instance of the hypotheses at which the conclusion certainly has no value; empty if none was met."""
    undefined_why: str = ""
    invariances: tuple[Invariance, ...] = ()


@dataclass(frozen=True)
class ReadingResult:
    reading: str
    statement: str
    latex: str
    provenance: str
    """One of S, N, R, G, own, classical."""
    provenance_text: str
    status: str
    verdict: str
    phrase: str
    """What may be said, e.g. 'reading (ii), our reconstruction, is false'."""
    reason: str
    advice: str
    evidence: Evidence
    tightness: Tightness
    witnesses: tuple[Witness, ...] = ()
    certificates: tuple[str, ...] = ()
    effort: dict[str, Any] = field(default_factory=dict)
    """Evaluations by strategy, examples drawn, sizes reached: counts, never seconds."""
    sharp_statement: str = ""
    sharp_latex: str = ""
    notes: str = ""
    failure_map: dict[str, Any] = field(default_factory=dict)
    """Where a refuted reading fails: ``axes`` (text and ends of cells) and ``cells`` (index, counts, certificate); empty if not mapped."""
    detection_power: dict[str, Any] = field(default_factory=dict)
    """Which errors in this statement (or its sharp form) the search was measured to catch, when, and with which version; empty if not measured."""
    conclusion: str = ""
    """The statement without its quantifiers and hypotheses, for tables."""
    conclusion_latex: str = ""
    repaired_by: tuple[str, ...] = ()
    """For a reading that falls: the closest statements claimed to be true, as ``CLAIM(reading)``; their verdicts are their own."""
    sanity: Sanity | None = None
    """None where the statement has no value at an instance, or was not looked at."""


@dataclass(frozen=True)
class ClaimResult:
    id: str
    title: str
    source: str
    group: str
    """``paper``, ``sharp`` or ``classical`` or ``outside``."""
    headline: str
    """The verdict common to the readings, else ``DEPENDS_ON_READING``."""
    readings: tuple[ReadingResult, ...]
    file: str = ""
    notes: str = ""
    error: str = ""


@dataclass(frozen=True)
class RunResult:
    schema_version: str
    title: str
    effort: str
    seed: int
    versions: dict[str, str]
    corpus_hash: str
    claims: tuple[ClaimResult, ...]
    interrupted: bool = False


def headline(readings: Sequence[ReadingResult]) -> str:
    """The verdict common to the readings, else ``DEPENDS_ON_READING``."""
    verdicts = {reading.verdict for reading in readings}
    return verdicts.pop() if len(verdicts) == 1 else "DEPENDS_ON_READING"


def to_json(record: Any) -> Any:
    """A record as plain dictionaries, lists, strings and numbers."""
    return dataclasses.asdict(record)
