"""Evidence → verdict: the only place that decides.

A verdict comes from three sources, in this order of authority: an exact counterexample that the stand-alone checker accepts, a stored or automatic proof whose
steps a machine discharged, and a search that found nothing. A counterexample to a proved statement is a contradiction of the engine itself and is
reported as an error, never resolved in favour of one side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from verify import wording
from verify.certificates import accepts, ratio_certificate, violation_certificate
from verify.clock import Clock, OutOfTime, folder, keep
from verify.corpus import instances
from verify.domain import Instance
from verify.evaluate.enclosing import decide
from verify.evidence import Findings, gather, is_evaluable, is_exact_rigour, relation_sides
from verify.language.claim import Claim, Reading, Untestable
from verify.language.printing import latex, text
from verify.language.scrutiny import irrational_entries
from verify.language.tree import NoTree
from verify.library import known_at, resolve
from verify.prove.certified import inequality_certificate
from verify.prove.chain import ProofOutcome, Prover
from verify.prove.family import Shown, families
from verify.prove.shelf import Shelf
from verify.prove.solver import QUICK, STANDARD
from verify.prove.vacuity import vacuous
from verify.results import ClaimResult, Evidence, FamilyTightness, ReadingResult, RegionTightness, Sanity, Tightness, Witness, headline, to_json
from verify.sanity import look, with_witness
from verify.search.effort import Budget, budget
from verify.search.problem import Problem
from verify.search.promotion import Certified, examine
from verify.search.region import Cell, failure_map
from verify.sharpness.failing import departure
from verify.tightness import tightness_of

__all__ = ["ClaimFinding", "EngineContradiction", "JudgeOptions", "judge_claim", "judge_reading", "prover_of"]


class EngineContradiction(AssertionError):
    """A proved statement has a certified counterexample: one of the two is wrong, and nothing may be concluded."""


@dataclass(frozen=True)
class JudgeOptions:
    """Switches of one run; ``scratch_only`` leaves corpus, extreme members and sharp families out of the search."""

    scratch_only: bool = False


@dataclass(frozen=True)
class ClaimFinding:
    """A judged claim and the certificates that belong to it, by file name."""

    result: ClaimResult
    certificates: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def judge_claim(path: str, effort: str, seed: int, options: JudgeOptions | None = None, prover: Prover | None = None) -> ClaimFinding:
    """Judge every reading of the claim in a file; a ``prover`` that is handed from one seed to the next does not prove again what no seed changes.

    Raises:
        BadClaimFile: if the file cannot be used.
        EngineContradiction: if evidence contradicts itself.
    """
    file = known_at(path)
    claim = file.load()
    spend = budget(effort)
    certificates: dict[str, dict[str, Any]] = {}
    prover = prover or prover_of(spend)
    options = options or JudgeOptions()
    kept = {} if options.scratch_only else instances(file)
    shown = _shown_path(file.path, file.group)
    clock = Clock()
    readings: list[ReadingResult] = []
    for reading in claim.readings:
        line = file.line_of(reading.key)
        case = _Case(claim, reading, claim.id if file.group != "outside" else shown, f"{shown}, line {line}" if line else shown)
        readings.append(_isolated(case, clock, spend, seed, options, certificates, prover, kept.get(reading.key, ())))
        keep(claim.id, {"readings": [to_json(one) for one in readings], "certificates": certificates})
    result = ClaimResult(claim.id, claim.title, claim.source, file.group, headline(readings), tuple(readings), file=shown, notes=claim.notes)
    return ClaimFinding(result, certificates)


def prover_of(spend: Budget) -> Prover:
    """The prover that goes with an effort: in a quick run a stored certificate is enough, and the solvers give up sooner."""
    return Prover(resolve, effort=STANDARD if spend.climbs_on else QUICK, shelf=_shelf())


def _shelf() -> Shelf | None:
    """Where the workers of this run keep their proofs; None outside of a run."""
    place = folder()
    return None if place is None else Shelf(place / "proofs")


@dataclass
class _Case:
    """One reading on its way to a verdict: what is known of it so far, should it be stopped."""

    claim: Claim
    reading: Reading
    name: str
    """How one runs its claim alone: id, or file."""
    place: str
    """Its file, and its line there."""
    findings: Findings = field(default_factory=Findings)
    proof: ProofOutcome | None = None
    sanity: Sanity | None = None


def _isolated(
    case: _Case, clock: Clock, spend: Budget, seed: int, options: JudgeOptions, certificates: dict[str, dict[str, Any]], prover: Prover,
    kept: Sequence[Instance],
) -> ReadingResult:
    """One reading's failure is its own: the others of the claim keep their verdicts. So do all that were judged before the time was up."""
    problem = Problem(case.claim, case.reading)
    if clock.up:
        return _stopped(problem, case, clock, certificates, begun=False)
    try:
        with clock.running():
            return judge_reading(case.claim, case.reading, spend, seed, options, certificates, prover, kept, case)
    except OutOfTime:
        return _stopped(problem, case, clock, certificates, begun=True)
    except MemoryError:
        raise
    except Exception as error:
        if clock.up and not isinstance(error, EngineContradiction):  # what a library made of the exception that stopped it
            return _stopped(problem, case, clock, certificates, begun=True)
        reason, advice = wording.failed(error)
        reason = f"{case.place}: {reason}"
        return _result(problem, "ERROR", reason, advice, Evidence("NONE", reason), Tightness("UNKNOWN", "not examined"), None, [])


def _stopped(problem: Problem, case: _Case, clock: Clock, certificates: dict[str, dict[str, Any]], *, begun: bool) -> ReadingResult:
    """What can be said when the time is up: a counterexample that was certified refutes, a proof that was discharged proves, and the rest is undecided."""
    findings, proof, seconds = case.findings, case.proof, clock.seconds or 0.0
    reason = f"{case.place}: {wording.stopped(seconds, findings.evaluations, begun)}"
    found = findings.counterexamples or ({"simplest": findings.first} if findings.first is not None else {})
    unexamined = Tightness("UNKNOWN", "not examined")
    if found and proof is not None and proof.verdict == "PROVED":
        told = wording.failed(_contradiction(problem, next(iter(found.values()))))[0]
        return _result(problem, "ERROR", told, wording.ADVICE["ERROR"], Evidence("NONE", told), unexamined, None, [])
    if found:
        findings.counterexamples = found
        result = _refuted(problem, findings, proof or ProofOutcome(None), certificates)
        if result.verdict == "REFUTED":
            return replace(result, reason=f"{result.reason}; {wording.STOPPED_SEARCH.format(seconds)}", sanity=case.sanity)
    elif proof is not None and proof.verdict is not None:
        told = f"{proof.reason}; {wording.STOPPED_SEARCH.format(seconds)}"
        return replace(
            _result(problem, proof.verdict, told, wording.ADVICE[proof.verdict], _proof_evidence(proof), unexamined, findings, []), sanity=case.sanity
        )
    evidence = Evidence("NONE", wording.search_summary(findings.evaluations))
    return replace(
        _result(problem, "UNDECIDED", reason, wording.more_time(case.name, seconds), evidence, unexamined, findings, []), sanity=case.sanity
    )


def _shown_path(path: str, group: str) -> str:
    """The file as a reader of the repository finds it; never a path of this machine."""
    return f"theorems/{group}/{Path(path).name}" if group != "outside" else Path(path).name


def judge_reading(
    claim: Claim, reading: Reading, spend: Budget, seed: int, options: JudgeOptions, certificates: dict[str, dict[str, Any]], prover: Prover,
    kept: Sequence[Instance] = (), case: _Case | None = None,
) -> ReadingResult:
    """The verdict of one reading with its evidence; certificates are added to the given dictionary. The prover remembers lemmas; ``kept`` is the corpus."""
    problem = Problem(claim, reading)
    case = case or _Case(claim, reading, claim.id, claim.id)
    if reading.untestable is not None:
        return _not_testable(problem, reading.untestable, prover)
    found = is_evaluable(problem)
    case.sanity = look(problem, seed) if found else None
    proof = case.proof = _with_certificates(claim, reading, prover.prove(claim, reading), certificates)
    if found:
        settled = {"proved": proof.verdict == "PROVED", "by_hand": proof.verdict == "PROVED_MODULO"}
        case.findings = gather(problem, spend, seed, scratch_only=options.scratch_only, corpus=kept, findings=case.findings, **settled)
    findings = case.findings if found else None
    if findings is not None and not findings.counterexamples and proof.counterexample:
        _adopt(problem, findings, proof, spend)
    if findings is not None and findings.counterexamples:
        if proof.verdict == "PROVED":
            raise _contradiction(problem, findings.counterexamples["simplest"])
        result = _refuted(problem, findings, proof, certificates)
        if result.verdict == "REFUTED":
            result = replace(result, failure_map=_mapped(problem, spend, seed, certificates))
    else:
        result = _not_refuted(problem, case, findings, proof, spend, certificates, prover)
    return replace(result, sanity=with_witness(problem, case.sanity, None if findings is None else findings.witness))


def _contradiction(problem: Problem, found: Certified) -> EngineContradiction:
    return EngineContradiction(f"{problem.name} is PROVED and has the counterexample {found.instance.to_json()}")


def _not_testable(problem: Problem, untestable: Untestable, prover: Prover) -> ReadingResult:
    """A sentence that no finite argument decides, with the nearest reading that can be judged and what is proved of that."""
    reason = f"{untestable.obstacle.name}: {untestable.why}"
    evidence = Evidence("NONE", f"none: {untestable.obstacle.value}")
    tightness = Tightness("UNKNOWN", "not examined")
    result = _result(problem, "NOT_TESTABLE", reason, wording.ADVICE["NOT_TESTABLE"], evidence, tightness, None, [])
    notes = [problem.reading.notes]
    if (surrogate := untestable.surrogate) is not None:
        claim = prover.resolve(surrogate.claim)
        nearest = claim.reading(surrogate.reading)
        notes.append(wording.surrogate(surrogate, text(nearest.statement), prover.prove(claim, nearest).verdict))
    return replace(result, latex="", conclusion_latex="", notes=" ".join(filter(None, notes)))


def _with_certificates(claim: Claim, reading: Reading, proof: ProofOutcome, certificates: dict[str, dict[str, Any]]) -> ProofOutcome:
    """The proof with the certificates of its steps, which the report keeps beside the others."""
    if proof.verdict is None or not proof.inequalities:
        return proof
    steps = list(proof.steps)
    for number, found in proof.inequalities.items():
        name = f"{claim.id}.{reading.key}.{f'step-{number}' if number else 'statement'}.json"
        certificates[name] = inequality_certificate(claim, reading, number, dict(found))
        place = max(number, 1) - 1
        steps[place] = replace(steps[place], certificate=f"certificates/{name}")
    return replace(proof, steps=tuple(steps))


def _adopt(problem: Problem, findings: Findings, proof: ProofOutcome, spend: Budget) -> None:
    """A decision procedure's model becomes a counterexample only after exact examination."""
    instance = Instance({}, dict(proof.counterexample))
    if {v.name for v in problem.domain.variables} != set(instance.values) or problem.domain.integers:
        return
    outcome = examine(problem, instance, spend.rtol)
    if outcome is not None and outcome.violates:
        found = Certified(instance, outcome, problem.instance_margin(instance), "decision procedure")
        findings.counterexamples = {"simplest": found, "worst": found}
        findings.witness, findings.unresolved, findings.from_scratch = instance, None, True


# -- refuted -----------------------------------------------------------------------------------------------------------


def _refuted(problem: Problem, findings: Findings, proof: ProofOutcome, certificates: dict[str, dict[str, Any]]) -> ReadingResult:
    witnesses, levels = [], []
    for role, found in findings.counterexamples.items():
        name, level = _certify(problem, found, role, certificates)
        if name:
            levels.append(level)
            left, right = relation_sides(found.outcome.sides)
            witnesses.append(Witness(role, found.instance.to_json(), left, right, _printed(found.margin), found.source, name))
    if not witnesses:
        evidence = Evidence("NONE", wording.DISAGREEMENT)
        tightness = Tightness("UNKNOWN", "not examined")
        return _result(problem, "UNDECIDED", wording.DISAGREEMENT, wording.ADVICE["UNDECIDED"], evidence, tightness, findings, [])
    level, source = levels[0], witnesses[0].source
    summary = wording.refutation(level, source)
    if all(witness.role != "generic" for witness in witnesses):
        summary += wording.NO_BLOCKS if not problem.domain.orders else wording.NO_GENERIC
    evidence = Evidence(level, summary, found_from_scratch=findings.from_scratch, source=source)
    reason = wording.counterexample_reason(witnesses[0]) + (wording.WRONG_PROOF if proof.verdict == "PROVED_MODULO" else "")
    return _result(problem, "REFUTED", reason, wording.ADVICE["REFUTED"], evidence, Tightness("UNKNOWN", wording.FALSE_BOUND), findings, witnesses)


def _mapped(problem: Problem, spend: Budget, seed: int, certificates: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The map of failures as the report keeps it; a cell fails only with a certificate that the checker accepted."""

    def record(cell: Cell) -> dict[str, Any]:
        role = "cell-" + "-".join(str(k + 1) for k in cell.index)
        name = "" if cell.found is None else _certify(problem, cell.found, role, certificates)[0]
        left, right = relation_sides(cell.found.outcome.sides) if cell.found is not None and name else ("", "")
        return {"index": list(cell.index), "sampled": cell.sampled, "violating": cell.violating, "certificate": name, "left": left, "right": right}

    cells = [record(cell) for cell in failure_map(problem, spend, seed)]
    axes = [{"quantity": text(axis.quantity), "breaks": [str(b) for b in axis.breaks]} for axis in problem.claim.axes]
    return {"axes": axes, "cells": cells} if cells else {}


def _certify(problem: Problem, found: Certified, role: str, certificates: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """Write the certificate and ask the stand-alone checker; without its word there is no refutation (the name is empty then)."""
    try:
        certificate = violation_certificate(problem.claim, problem.reading, problem.hypotheses, problem.conclusion, found.instance, found.outcome.bounds)
    except NoTree:
        return "", "NONE"
    if not accepts(certificate):
        return "", "NONE"
    name = f"{problem.claim.id}.{problem.reading.key}.{role}.json"
    certificates[name] = certificate
    return f"certificates/{name}", "R3" if is_exact_rigour(found) else "R2"


# -- not refuted -------------------------------------------------------------------------------------------------------


def _not_refuted(
    problem: Problem, case: _Case, findings: Findings | None, proof: ProofOutcome, spend: Budget, certificates: dict[str, dict[str, Any]], prover: Prover
) -> ReadingResult:
    witnesses: list[Witness] = []
    ratio = None
    if findings is not None and findings.sharpest is not None:
        ratio = _certify_ratio(problem, findings, spend, witnesses, certificates)
    tightness = tightness_of(problem, ratio, findings is not None, proof.verdict or "", prover, thorough=spend.climbs_on, certificates=certificates)
    evidence = _proof_evidence(proof)
    if (findings is None or findings.witness is None) and vacuous(problem):
        return _result(problem, "VACUOUS", wording.VACUOUS, wording.ADVICE["VACUOUS"], Evidence("P1", wording.VACUOUS), tightness, findings, witnesses)
    if proof.verdict == "REFUTED":
        found, told = _along(problem, certificates)
        witnesses += found
        evidence = replace(evidence, summary=evidence.summary + told)
    if proof.verdict in ("PROVED", "PROVED_MODULO", "REFUTED"):
        advice = wording.ADVICE[proof.verdict]
        return _result(problem, proof.verdict, proof.reason, advice, evidence, tightness, findings, witnesses)
    if findings is None:
        return _result(problem, "UNDECIDED", wording.not_evaluable(proof.reason), wording.ADVICE["UNDECIDED"], evidence, tightness, None, witnesses)
    evidence = Evidence("NONE", wording.search_summary(findings.evaluations), steps=tuple(proof.steps))
    if findings.witness is None and not (case.sanity is not None and case.sanity.witness):
        reason = f"{case.place}: {wording.UNWITNESSED}"
        return _result(problem, "UNWITNESSED", reason, wording.ADVICE["UNWITNESSED"], evidence, tightness, findings, witnesses)
    if case.sanity is not None and case.sanity.undefined:
        reason = f"{case.place}: {wording.undefined(case.sanity.undefined_why, case.sanity.undefined)}"
        return _result(problem, "UNDECIDED", reason, wording.UNDEFINED_REMEDY, evidence, tightness, findings, witnesses)
    if findings.unresolved is not None:
        reason = wording.open_suspect(findings.unresolved.margin, findings.unresolved.source)
        advice = wording.ADVICE["UNDECIDED"]
        if irrational_entries(problem.conclusion):
            reason, advice = f"{case.place}: {reason}", wording.IRRATIONAL
        return _result(problem, "UNDECIDED", reason, advice, evidence, tightness, findings, witnesses)
    return _result(problem, "SURVIVED", wording.survived(findings.evaluations, tightness), wording.ADVICE["SURVIVED"], evidence, tightness, findings, witnesses)


def _along(problem: Problem, certificates: dict[str, dict[str, Any]]) -> tuple[list[Witness], str]:
    """Certified values along the families of a refutation: members at which the statement with these constants fails, and what they show together."""
    found: list[Witness] = []
    told = ""
    for number, family in enumerate(families(problem.claim, problem.reading)):
        shown: list[tuple[Any, Instance]] = []
        for value, instance in family.instances:
            witness = _member(problem, family, value, instance, f"family-{number + 1}" if number else "family", certificates)
            found += [witness] if witness is not None else []
            shown += [(value, instance)] if witness is not None else []
        if shown:
            told += wording.along_the_family(family, [value for value, _ in shown]) + wording.off_by(departure(family, shown))
    return found, told


def _member(
    problem: Problem, family: Shown, value: Any, instance: Instance, role: str, certificates: dict[str, dict[str, Any]]
) -> Witness | None:
    """One member of a family with its certificate; None if the stand-alone checker does not accept it."""
    hypotheses, conclusion = family.statement.hypotheses, family.statement.conclusion
    try:
        outcome = decide(hypotheses, conclusion, instance, _ACCURACY)
        if not outcome.violates:
            return None
        certificate = violation_certificate(problem.claim, problem.reading, hypotheses, conclusion, instance, outcome.bounds)
    except (ArithmeticError, NoTree, ValueError):
        return None
    if not accepts(certificate):
        return None
    at = "" if value is None else f"-{value}".replace("/", "-over-")
    name = f"{problem.claim.id}.{problem.reading.key}.{role}{at}.json"
    certificates[name] = certificate
    left, right = relation_sides(outcome.sides)
    return Witness("family", instance.to_json(), left, right, 0.0, wording.member_of(family, value), f"certificates/{name}")


_ACCURACY = Fraction(1, 1000)
"""The family leaves room: its members violate the statement by a factor."""


def _proof_evidence(proof: ProofOutcome) -> Evidence:
    return Evidence(
        proof.level or "NONE", proof.reason, steps=tuple(proof.steps), source="proof" if proof.verdict else "",
        rests_on=tuple(f"{name}({key})" for name, key in dict.fromkeys(proof.rests_on)), by_hand=tuple(sorted(proof.hand)),
    )


def _certify_ratio(
    problem: Problem, findings: Findings, spend: Budget, witnesses: list[Witness], certificates: dict[str, dict[str, Any]]
) -> Fraction | None:
    """Certify how close the sides of the inequality come; None if the stand-alone checker does not confirm it."""
    sharpest = findings.sharpest
    if sharpest is None:
        return None
    try:
        certificate = ratio_certificate(
            problem.claim, problem.reading, problem.hypotheses, sharpest.relation, sharpest.instance, sharpest.bounds, sharpest.ratio
        )
    except NoTree:
        return None
    if not accepts(certificate):
        return None
    name = f"{problem.claim.id}.{problem.reading.key}.sharpest.json"
    certificates[name] = certificate
    left, right = relation_sides(sharpest.sides)
    margin = _printed(float(sharpest.ratio) - 1)
    witnesses.append(Witness("sharpest", sharpest.instance.to_json(), left, right, margin, sharpest.source, f"certificates/{name}"))
    return sharpest.ratio


def _of_tightness(tightness: Tightness) -> tuple[str, ...]:
    of: tuple[RegionTightness | FamilyTightness, ...] = (*tightness.regions, *tightness.families)
    return tuple(one.certificate for one in of if one.certificate)


def _printed(margin: float) -> float:
    """Margins are for reading: six digits, so that the last bit of a float never shows in a report."""
    return float(f"{margin:.6g}")


def _result(
    problem: Problem, verdict: str, reason: str, advice: str, evidence: Evidence, tightness: Tightness, findings: Findings | None, witnesses: list[Witness]
) -> ReadingResult:
    claim, reading = problem.claim, problem.reading
    closed = claim.closed(reading)
    by_hand = any(step.kind == "by hand" for step in evidence.steps)
    sharp = reading.sharp
    return ReadingResult(
        reading=reading.key,
        statement=text(closed),
        latex=latex(closed),
        provenance=reading.provenance.code.value,
        provenance_text=reading.provenance.text,
        status=reading.status.value,
        verdict=verdict,
        phrase=wording.phrase(claim, reading, verdict) + (wording.GIVEN_BY_HAND if verdict == "REFUTED" and by_hand else ""),
        reason=reason,
        advice=advice,
        evidence=evidence,
        tightness=tightness,
        witnesses=tuple(witnesses),
        certificates=(
            *(w.certificate for w in witnesses if w.certificate), *(step.certificate for step in evidence.steps if step.certificate),
            *_of_tightness(tightness),
        ),
        effort={"evaluations": {} if findings is None else findings.evaluations},
        sharp_statement="" if sharp is None else text(sharp.statement),
        sharp_latex="" if sharp is None else latex(sharp.statement),
        notes=reading.notes,
        conclusion=text(reading.statement),
        conclusion_latex=latex(reading.statement),
        repaired_by=tuple(reading.repaired_by),
    )
