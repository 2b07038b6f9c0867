"""Stored proofs, step by step: each step discharged, each lemma proved in turn, and what the whole then amounts to.

``PROVED`` means that a machine discharged every step, and that the steps together give the statement; ``PROVED_MODULO`` that some steps
are for human eyes. A reading without a stored proof is proved if its statement is scalar and a decision procedure says so, or if it is an
identity of block matrices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from sympy import And, MatrixSymbol, Symbol, true
from sympy.logic.boolalg import Boolean

from verify.domain import complex_plane
from verify.language.claim import Along, ByHand, Claim, Exhibit, Lemma, Obligation, Proof, ProvenanceCode, Reading
from verify.language.printing import latex, text
from verify.library import resolve
from verify.prove.blocks import block_identity
from verify.prove.certified import certified
from verify.prove.composition import Knowledge, composed
from verify.prove.exhibit import exhibited
from verify.prove.fingerprint import Fingerprints
from verify.prove.refuting import Pointwise, pointwise, refuting
from verify.prove.scalarise import NotScalar, scalarise
from verify.prove.shelf import Shelf
from verify.prove.solver import STANDARD, Decision, Effort, ambiguity, decide, lemmas_behind
from verify.results import Step

__all__ = ["ProofOutcome", "Prover", "obligations", "prove", "refutations", "shown_along"]

Resolve = Callable[[str], Claim]
Citable = Callable[[str], bool]
_BY_HAND = "by hand"
_CITED = "cited"
_NO_LEVEL = "P9"  # of a step that no machine discharges; it does not lower the level of the others


@dataclass(frozen=True)
class ProofOutcome:
    """What a proof amounts to: PROVED, PROVED_MODULO, REFUTED (by proof of the negation) or None.

    ``level`` is that of the weakest step which a machine discharged (NONE if there is no such step). ``hand`` names hand-written steps,
    those of lemmas included; ``rests_on`` the lemmas used directly. ``counterexample`` holds exact values by name where a decision
    procedure found one; it is a suspect until certified.
    """

    verdict: str | None
    level: str = "NONE"
    steps: tuple[Step, ...] = ()
    reason: str = ""
    counterexample: Mapping[str, Any] = field(default_factory=dict)
    hand: frozenset[str] = frozenset()
    rests_on: tuple[tuple[str, str], ...] = ()
    refuted: bool = False
    """A decision procedure says that the statement is false (perhaps with no free symbol to name in a counterexample)."""
    inequalities: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    """Statement and proof of the certificates of steps, by the number of the step; 0 is the statement itself, which is then the only step."""

    @property
    def by_hand(self) -> int:
        """How many hand-written steps there are, those of lemmas included; one that is used twice counts once."""
        return len(self.hand)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counterexample", MappingProxyType(dict(self.counterexample)))

    def __reduce__(self) -> Any:
        counterexample, inequalities = dict(self.counterexample), dict(self.inequalities)
        return ProofOutcome, (self.verdict, self.level, self.steps, self.reason, counterexample, self.hand, self.rests_on, self.refuted, inequalities)

    @property
    def shareable(self) -> bool:
        """It came out, and holds nothing but words and certificates."""
        return self.verdict is not None and not self.counterexample and not self.refuted

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> ProofOutcome:
        """A :attr:`shareable` outcome from its fields as JSON gives them back."""
        return cls(
            record["verdict"], record["level"], tuple(Step(**step) for step in record["steps"]), record["reason"], hand=frozenset(record["hand"]),
            rests_on=tuple((claim, reading) for claim, reading in record["rests_on"]),
            inequalities={int(number): found for number, found in record["inequalities"].items()},
        )


def citable(claim_id: str) -> bool:
    """Whether this is the id of a claim under ``theorems/classical/``, and of no other claim."""
    from verify.library import discover

    groups = {file.group for file in discover() if file.id.lower() == claim_id.lower()}
    return groups == {"classical"}


def prove(claim: Claim, reading: Reading, resolve: Resolve, effort: Effort = STANDARD) -> ProofOutcome:
    """Judges what is stored about the proof of one reading; lemmas are looked up with ``resolve(id)``."""
    return Prover(resolve, effort).prove(claim, reading)


@dataclass(frozen=True)
class _Checked:
    """A step as it is displayed, and what counts of it."""

    step: Step
    ok: bool
    level: str = _NO_LEVEL
    hand: frozenset[str] = frozenset()
    gives: Knowledge | None = None
    whole: bool = False
    """It proves the statement by itself."""
    inequality: Mapping[str, Any] | None = None
    """Statement and proof of a certificate of it."""


_Key = tuple[int, int, str, str]  # identities of claim and reading, and their names: an outside claim may bear the id of another


@dataclass
class Prover:
    """Proves readings and remembers the outcomes, so that a lemma shared by several proofs is checked once."""

    resolve: Resolve
    effort: Effort = STANDARD
    citable: Citable = citable
    """Which claims may be cited without proof if their provenance is classical."""
    shelf: Shelf | None = None
    """Where other workers of the same run, with the same effort and rules, find what is proved of the repository's claims, and leave what they have proved."""
    _known: dict[_Key, ProofOutcome] = field(default_factory=dict)
    _open: list[_Key] = field(default_factory=list)
    _judging: list[tuple[Claim, Reading]] = field(default_factory=list)
    """What the keys stand for; kept, so that no other object gets the same identity."""
    _resolved: dict[str, Claim] = field(default_factory=dict)
    _fingerprints: Fingerprints | None = None
    _met_circle: bool = False
    """An outcome may then depend on where the proving began, and is not for others."""

    def prove(self, claim: Claim, reading: Reading) -> ProofOutcome:
        """The outcome for one reading."""
        key = id(claim), id(reading), claim.id, reading.key
        if key in self._open:
            self._met_circle = True
            cycle = [*self._open[self._open.index(key) :], key]
            return ProofOutcome(None, reason="the proof is circular: " + " → ".join(f"{name}({part})" for *_, name, part in cycle))
        if key not in self._known:
            self._open.append(key)
            self._judging.append((claim, reading))
            try:
                self._known[key] = self._shared(claim, reading)
            finally:
                self._open.pop()
        return self._known[key]

    def _shared(self, claim: Claim, reading: Reading) -> ProofOutcome:
        """From the shelf, if the claim is the repository's and the proof lies there."""
        if self.shelf is None or not self._of_repository(claim):
            return self._judged(claim, reading)
        self._fingerprints = self._fingerprints or Fingerprints(self._claim, self.effort)
        fingerprint = self._fingerprints.of(claim, reading)
        if (record := self.shelf.take(claim.id, reading.key, fingerprint)) is not None:
            return ProofOutcome.of_record(record)
        outcome = self._judged(claim, reading)
        if outcome.shareable and not self._met_circle:
            self.shelf.put(claim.id, reading.key, fingerprint, {field.name: getattr(outcome, field.name) for field in fields(outcome)})
        return outcome

    def _of_repository(self, claim: Claim) -> bool:
        try:
            return self._claim(claim.id) is claim
        except LookupError:
            return False

    def _judged(self, claim: Claim, reading: Reading) -> ProofOutcome:
        refutes = reading.proof is not None and reading.proof.refutes
        automatic = self._automatic(claim, reading)
        if refutes and automatic.verdict is not None:
            return ProofOutcome(None, steps=automatic.steps, reason="a machine proves the statement that the stored proof refutes: one of them is wrong")
        if automatic.verdict == "PROVED" or reading.proof is None:
            return automatic
        stored = self._stored(claim, reading, reading.proof)
        return automatic if stored.verdict is None and (automatic.verdict or automatic.counterexample) else stored

    # -- without a stored proof ----------------------------------------------------------------------------------------

    def _automatic(self, claim: Claim, reading: Reading) -> ProofOutcome:
        if (how := block_identity(reading.statement)) is not None:
            step = _step("obligation", "an identity of block matrices", reading.statement, f"block algebra ({how})")
            return ProofOutcome("PROVED", "P3", (step,), "an identity of block matrices, verified block by block")
        try:
            _check_kinds(claim, reading)
            for part in (reading.statement, *claim.hypotheses_of(reading)):
                scalarise(part)
        except NotScalar as reason:
            return ProofOutcome(None, reason=f"no stored proof, and not a statement over scalars: {reason}")
        decision, found = _decided(reading.statement, claim.hypotheses_of(reading), self.effort)
        outcome = _of_decision(decision, reading.statement)
        return outcome if found is None else replace(outcome, inequalities={0: found})

    # -- stored proofs -------------------------------------------------------------------------------------------------

    def _stored(self, claim: Claim, reading: Reading, proof: Proof) -> ProofOutcome:
        if not proof.steps:
            return ProofOutcome(None, reason="the stored proof has no steps")
        checked: list[_Checked] = []
        for k, step in enumerate(proof.steps, 1):
            checked.append(self._check(claim, reading, step, f"{claim.id}({reading.key}), step {k}: {step.text}", checked))
        rests_on = tuple((step.claim, step.reading) for step in proof.steps if isinstance(step, Lemma))
        failed = next((k for k, one in enumerate(checked) if not one.ok), None)
        if failed is not None:
            steps = tuple(one.step for one in checked)
            reason = f"step {failed + 1} of the stored proof is not discharged ({checked[failed].step.text}): {checked[failed].step.by}"
            return ProofOutcome(None, "NONE", steps, reason, rests_on=rests_on)
        by_hand = any(isinstance(step, ByHand) for step in proof.steps)
        spoken = any(isinstance(step, ByHand) and step.statement is None for step in proof.steps)  # its text carries the inference
        if not any(one.whole for one in checked) and (proof.refutes or not spoken):
            inference = _composition(claim, reading, checked, refutes=proof.refutes)
            if not by_hand and not inference.step.discharged:
                steps = tuple(one.step for one in checked)
                return ProofOutcome(None, "NONE", steps, "the steps do not visibly give the statement", rests_on=rests_on)
            if not spoken or inference.step.discharged:
                checked.append(inference)
        if proof.refutes and not any(one.whole or (one.step.discharged and one.gives is not None and one.step.kind != _CITED) for one in checked):
            steps = tuple(one.step for one in checked)
            return ProofOutcome(None, "NONE", steps, "no step of the refutation is discharged by a machine or proved elsewhere", rests_on=rests_on)
        return _outcome(checked, rests_on, refutes=proof.refutes)

    def _check(self, claim: Claim, reading: Reading, step: Obligation | Lemma | ByHand | Exhibit, name: str, before: Sequence[_Checked]) -> _Checked:
        match step:
            case Obligation():
                return self._obligation(claim, reading, step)
            case Lemma():
                return self._lemma(step)
            case ByHand():
                gives = None if step.statement is None else Knowledge((), step.statement)
                return _Checked(_hand(step.text, step.statement), True, hand=frozenset({name}), gives=gives)
            case Exhibit():
                return self._exhibit(claim, reading, step, before)
        raise TypeError(f"{type(step).__name__} is not a step of a proof")

    def _obligation(self, claim: Claim, reading: Reading, step: Obligation) -> _Checked:
        closed = step.statement if not step.given else And(*step.given, evaluate=False) >> step.statement
        if (how := block_identity(step.statement)) is not None:
            shown = _step("obligation", step.text, closed, f"block algebra ({how})")
            return _Checked(shown, True, "P3", gives=Knowledge(step.given, step.statement))
        if step.statement == true:  # it says nothing any more, so nothing follows from it
            return _Checked(_step("obligation", step.text, true, "SymPy folded it to True when it was built"), True)
        decision, found = _decided(step.statement, step.given, self.effort)
        shown = _step("obligation", step.text, closed, _said_by(decision), discharged=decision.status == "valid")
        own = {symbol for symbol in claim.domain_of(reading) if isinstance(symbol, Symbol)}
        free = tuple(sorted((s for s in closed.free_symbols if isinstance(s, Symbol) and s not in own), key=str))
        gives = Knowledge(step.given, step.statement, free)
        return _Checked(shown, decision.status == "valid", decision.level, frozenset(decision.lemmas), gives, inequality=found)

    def _lemma(self, step: Lemma) -> _Checked:
        name = f"{step.claim}({step.reading})"
        try:
            claim = self._claim(step.claim)
            reading = claim.reading(step.reading)
        except LookupError as error:
            return _Checked(_step("lemma", f"{name}: {step.text}", None, f"not found: {error}", discharged=False), False)
        outcome = self.prove(claim, reading)
        gives = Knowledge(claim.hypotheses_of(reading), reading.statement)
        if outcome.verdict in ("PROVED", "PROVED_MODULO"):
            by = f"{outcome.verdict} there" + (f", with {_steps(outcome.by_hand)}" if outcome.by_hand else "")
            return _Checked(_step("lemma", f"{name}: {step.text}", reading.statement, by), True, outcome.level, outcome.hand, gives)
        doubted = outcome.verdict == "REFUTED" or bool(outcome.counterexample) or outcome.refuted
        if reading.provenance.code is ProvenanceCode.CLASSICAL and not doubted and self.citable(step.claim):
            shown = _step(_CITED, f"{name}: {step.text}", reading.statement, f"cited: {reading.provenance.where}")
            return _Checked(shown, True, gives=gives)
        shown = _step("lemma", f"{name}: {step.text}", reading.statement, f"not proved: {outcome.reason}", discharged=False)
        return _Checked(shown, False)

    def _claim(self, claim_id: str) -> Claim:
        """The claim of the repository with this id; always the same object.

        Raises:
            LookupError: if there is none, or the id is the path of a file.
        """
        if "/" in claim_id or "\\" in claim_id or claim_id.endswith(".py"):
            raise LookupError(f"{claim_id!r} is a path; a lemma names a claim of the repository by its id")
        if claim_id not in self._resolved:
            self._resolved[claim_id] = self.resolve(claim_id)
        return self._resolved[claim_id]

    def _exhibit(self, claim: Claim, reading: Reading, step: Exhibit, before: Sequence[_Checked]) -> _Checked:
        """Members that prove the reading, or in a refutation its negation; a lemma before it may give the value of a supremum over a class."""
        known = [one.gives for one in before if one.ok and one.gives is not None and not one.gives.free]
        refutes = reading.proof is not None and reading.proof.refutes
        try:
            left = refuting(claim, reading, step, known) if refutes else exhibited(claim, reading, step)
        except NotScalar as reason:
            return _Checked(_step("obligation", step.text, reading.statement, str(reason), discharged=False), False)
        decision, found = _decided(left.statement, left.given, self.effort)
        shown = _step("obligation", step.text, left.statement, _said_by(decision), discharged=decision.status == "valid")
        return _Checked(shown, decision.status == "valid", decision.level, frozenset(decision.lemmas), whole=True, inequality=found)


def _decided(statement: Boolean, given: Sequence[Boolean], effort: Effort) -> tuple[Decision, Mapping[str, Any] | None]:
    """What the decision procedure says; with a stored certificate that the checker accepts, the statement does not rest on its word any more."""
    if not effort.again and ambiguity(statement, given) is None and (found := certified(statement, given)) is not None:
        return Decision("valid", level="P3", detail="a stored proof, with a certificate", lemmas=lemmas_behind(statement, given)), found
    decision = decide(statement, given, effort)
    if not effort.again or decision.status != "valid" or (found := certified(statement, given)) is None:
        return decision, None
    also = f"also {decision.solver} {decision.version}: " if decision.solver else ""
    return replace(decision, level="P3", detail=f"a stored proof, with a certificate; {also}{decision.detail}"), found


def obligations(claim: Claim, reading: Reading) -> Iterator[tuple[int, Boolean, tuple[Boolean, ...]]]:
    """What a machine is asked in the proof of a reading: number of the step (0: the statement itself), statement and hypotheses. Nothing is decided."""
    yield 0, reading.statement, claim.hypotheses_of(reading)
    for number, step, known in _with_knowledge(reading):
        match step:
            case Obligation():
                yield number, step.statement, step.given
            case Exhibit():
                assert reading.proof is not None  # it has a step
                with suppress(NotScalar):
                    left = refuting(claim, reading, step, known) if reading.proof.refutes else exhibited(claim, reading, step)
                    yield number, left.statement, left.given


def refutations(claim: Claim, reading: Reading) -> Iterator[tuple[Exhibit, Pointwise]]:
    """The steps of a refutation that exhibit members, each with the statement that these violate."""
    if reading.proof is None or not reading.proof.refutes:
        return
    for _, step, known in _with_knowledge(reading):
        if isinstance(step, Exhibit):
            with suppress(NotScalar):
                yield step, pointwise(claim, reading, known)


def shown_along(claim: Claim, reading: Reading) -> Iterator[tuple[Along, Pointwise]]:
    """What a refutation shows along members that are no step of it, each with the statement that these violate."""
    if reading.proof is None or not reading.proof.along:
        return
    *_, (_, _, known) = _with_knowledge(reading)
    for one in reading.proof.along:
        with suppress(NotScalar):
            yield one, pointwise(claim, reading, known, one.part)


def _with_knowledge(reading: Reading) -> Iterator[tuple[int, Any, list[Knowledge]]]:
    """The steps of a proof, with what the steps before them say, and at last what all say; nothing is checked."""
    known: list[Knowledge] = []
    for number, step in enumerate(() if reading.proof is None else reading.proof.steps, 1):
        yield number, step, list(known)
        if isinstance(step, Obligation):
            known.append(Knowledge(step.given, step.statement))
        elif isinstance(step, ByHand) and step.statement is not None:
            known.append(Knowledge((), step.statement))
        elif isinstance(step, Lemma):
            with suppress(LookupError):
                lemma = resolve(step.claim)
                known.append(Knowledge(lemma.hypotheses_of(lemma.reading(step.reading)), lemma.reading(step.reading).statement))
    yield 0, None, known


def _check_kinds(claim: Claim, reading: Reading) -> None:
    """The class of a symbol and its SymPy assumptions must tell the same story."""
    for symbol, cls in claim.domain_of(reading).items():
        if isinstance(symbol, Symbol) and bool(symbol.is_real) == isinstance(cls, type(complex_plane())):
            raise NotScalar(f"{symbol} is declared {'real' if symbol.is_real else 'not real'} but ranges over another class")
        if not isinstance(symbol, (Symbol, MatrixSymbol)):
            raise NotScalar(f"{symbol} is neither a scalar nor a matrix")


def _printed(statement: Boolean | None) -> tuple[str, str]:
    return ("", "") if statement is None else (text(statement), latex(statement))


def _step(kind: str, words: str, statement: Boolean | None, by: str, *, discharged: bool = True) -> Step:
    plain, tex = _printed(statement)
    return Step(kind, words, plain, discharged, by, tex)


def _hand(words: str, statement: Boolean | None = None) -> Step:
    return _step(_BY_HAND, words, statement, "a hand-written argument", discharged=False)


def _said_by(decision: Decision) -> str:
    """Who decided, or what went wrong."""
    if decision.status == "valid":
        return "; ".join((f"{decision.by} ({decision.detail})", *decision.lemmas))
    if decision.status == "invalid":
        point = ", ".join(f"{name} = {value}" for name, value in decision.model.items())
        return f"false at {point}"
    return f"undecided: {decision.detail}"


def _steps(count: int) -> str:
    return f"{count} hand-written step{'' if count == 1 else 's'}"


def _of_decision(decision: Decision, statement: Boolean) -> ProofOutcome:
    """The outcome for a scalar statement that was decided as a whole."""
    valid = decision.status == "valid"
    step = _step("obligation", "the statement itself, for all parameters of the class", statement, _said_by(decision), discharged=valid)
    if decision.status == "invalid":
        return ProofOutcome(None, steps=(step,), reason=f"the decision procedure says: {_said_by(decision)}", counterexample=decision.model, refuted=True)
    if decision.status == "unknown":
        return ProofOutcome(None, steps=(step,), reason=f"the decision procedure could not tell: {decision.detail}")
    lemmas = tuple(_hand(words) for words in decision.lemmas)
    verdict = "PROVED_MODULO" if lemmas else "PROVED"
    return ProofOutcome(verdict, decision.level, (step, *lemmas), f"decided by {_said_by(decision)}", hand=frozenset(decision.lemmas))


def _composition(claim: Claim, reading: Reading, checked: Sequence[_Checked], *, refutes: bool) -> _Checked:
    """The inference from the steps to the statement."""
    inference = frozenset({f"{claim.id}({reading.key}), inference"})
    by_eye = _Checked(_hand("The steps together give the statement. (No machine has checked this inference.)"), True, hand=inference)
    if refutes:
        return by_eye
    gives = [one.gives for one in checked if one.gives is not None]
    decision = composed(claim.hypotheses_of(reading), reading.statement, gives)
    if decision.status != "valid":
        return by_eye
    by = "; ".join(filter(None, (decision.by, decision.detail)))
    return _Checked(_step("obligation", "The steps together give the statement.", reading.statement, by), True, decision.level or _NO_LEVEL)


def _outcome(checked: Sequence[_Checked], rests_on: tuple[tuple[str, str], ...], *, refutes: bool) -> ProofOutcome:
    hand = frozenset().union(*(one.hand for one in checked))
    levels = [one.level for one in checked if one.level not in (_NO_LEVEL, "NONE")]
    level = min(levels, default="NONE")
    steps = tuple(one.step for one in checked)
    found = {number: one.inequality for number, one in enumerate(checked, 1) if one.inequality is not None}
    cited = sum(one.step.kind == _CITED for one in checked)
    machine = sum(one.step.discharged for one in checked) - cited
    resting = f"; rests on {', '.join(f'{name}({key})' for name, key in rests_on)}" if rests_on else ""
    citing = f", {cited} cited" if cited else ""
    counts = f"{machine} of {len(steps)} steps discharged by a machine or proved elsewhere, {_steps(len(hand))} in all{citing}{resting}"
    if refutes:
        given = f" given {_steps(len(hand))}, modulo the hand-written steps shown" if hand else ""
        reason = f"REFUTED by proof of the negation{given}: {counts}"
        return ProofOutcome("REFUTED", "NONE" if hand else level, steps, reason, hand=hand, rests_on=rests_on, inequalities=found)
    return ProofOutcome("PROVED_MODULO" if hand else "PROVED", level, steps, counts, hand=hand, rests_on=rests_on, inequalities=found)
