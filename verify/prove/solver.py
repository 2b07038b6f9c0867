"""Validity of statements over the reals: exact certificates first, then z3, each counterexample checked exactly."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from sympy import And, Equivalent, Implies, MatrixSymbol, Not, Or, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from verify.language.logic import ForAll, Supremum
from verify.prove.constants import enclosed
from verify.prove.contradiction import Contradictions, Finding
from verify.prove.counterexample import Point, Refutation
from verify.prove.definitions import by_definition, needed_lemmas
from verify.prove.evaluation import value_at
from verify.prove.literals import first_case, literal_of
from verify.prove.nlsat import Nlsat, solver_version
from verify.prove.prenex import known_of, opened, solved, symbols_of
from verify.prove.ring import Ring, TooManyRoots
from verify.prove.scalarise import NotScalar, restored, scalarise
from verify.prove.second_opinion import SECONDS, SOLVER, second_version
from verify.prove.supremum import closed_suprema
from verify.prove.tableau import Tableau, TooManyCases, denial

__all__ = ["QUICK", "STANDARD", "Decision", "Effort", "ambiguity", "decide", "decide_real", "lemmas_behind"]

_MOST_OPEN, _MOST_UNKNOWN = 6, 2  # cases in which a counterexample is looked for, and of those the solver gave up on


@dataclass(frozen=True)
class Effort:
    """What one decision may spend: z3's resource count per question, points sampled; the seconds only stop."""

    rlimit: int = 400_000
    samples: int = 160
    seconds: float = 30.0
    seconds_per_question: float = 10.0
    second_seconds: float = SECONDS
    """The most that the second solver may take for one answer before it has none."""
    certificates: bool = True
    """Whether exact certificates are looked for; without them everything rests on the solver."""
    again: bool = True
    """Whether the solvers are asked too where a stored certificate proves a statement already."""


STANDARD = Effort()
QUICK = Effort(rlimit=100_000, again=False)


@dataclass(frozen=True)
class Decision:
    """Whether a universally closed statement is ``valid``, ``invalid`` (with a rational counterexample) or ``unknown``.

    ``level`` is P3 if exact certificates settle every case, P1 if some case rests on the solver's word. ``model`` has a value for every
    symbol of the original statement, by name: Fractions, Gaussian rationals, exact matrices.
    """

    status: str
    model: Mapping[str, Any] = field(default_factory=dict)
    level: str = ""
    solver: str = ""
    version: str = ""
    detail: str = ""
    cases: int = 0
    lemmas: tuple[str, ...] = ()
    """Closed forms, proved by hand, that the decision rests on."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "model", MappingProxyType(dict(self.model)))

    def __reduce__(self) -> Any:
        return Decision, (self.status, dict(self.model), self.level, self.solver, self.version, self.detail, self.cases, self.lemmas)

    @property
    def by(self) -> str:
        """Who says so, for a report."""
        if self.level == "P3":
            return "exact positivity certificate"
        return f"{self.solver} {self.version}" if self.solver else ""


def decide(statement: Boolean, given: Sequence[Boolean] = (), effort: Effort = STANDARD) -> Decision:
    """Decides ``for all values of the symbols: given implies statement``."""
    if (rational := enclosed(given, statement)) != (tuple(given), statement):
        decision = decide(rational[1], rational[0], effort)
        return Decision("unknown", detail="not true for every value in the enclosures of e and π") if decision.status == "invalid" else decision
    try:
        assumptions, conclusion = tuple(map(scalarise, given)), scalarise(statement)
    except NotScalar as reason:
        return Decision("unknown", detail=f"not a statement over scalars: {reason}")
    originals = sorted(set().union(*(part.free_symbols for part in (statement, *given))), key=str)
    if (obstacle := ambiguity(statement, given)) is not None:
        return Decision("unknown", detail=obstacle)
    taken = {str(symbol) for symbol in symbols_of(statement, *given)}
    if (attempt := by_definition(statement, taken)) is not None:
        decision, _ = decide_real(scalarise(attempt), assumptions, effort)
        if decision.status == "valid":
            return replace(decision, detail=f"by the definition of the supremum; {decision.detail}", lemmas=needed_lemmas(attempt, *given))
    decision, point = decide_real(conclusion, assumptions, effort)
    model = restored(originals, point) if decision.status == "invalid" else {}
    return replace(decision, model=model, lemmas=needed_lemmas(statement, *given))


def lemmas_behind(statement: Boolean, given: Sequence[Boolean] = ()) -> tuple[str, ...]:
    """The closed forms, proved by hand, that a decision of the statement rests on."""
    attempt = by_definition(statement, {str(symbol) for symbol in symbols_of(statement, *given)})
    return needed_lemmas(statement if attempt is None else attempt, *given)


def ambiguity(statement: Boolean, given: Sequence[Boolean]) -> str | None:
    """Why the statement cannot be taken at its word: SymPy folded a part of it unseen, or two symbols would become one."""
    if any(map(_folded, (statement, *given))):
        return "SymPy folded a part of it to a truth value when it was built, and whether that part has a value cannot be seen any more"
    symbols = symbols_of(statement, *given)
    names = {str(symbol) for symbol in symbols}
    made = {f"{part}({symbol})" for symbol in symbols if not symbol.is_real for part in ("re", "im")}
    made |= {f"{matrix.name}[" for part in (statement, *given) for matrix in part.atoms(MatrixSymbol)}
    if len({(str(symbol), symbol) for symbol in symbols}) > len(names) or any(name.startswith(tuple(made)) for name in names if made):
        return "two symbols have the same name, or one that stands for an entry or a part of another"
    return None


def _folded(statement: Any) -> bool:
    """Whether a truth value stands where a relation was meant; the last case of a ``Piecewise`` does not count."""
    if isinstance(statement, (BooleanTrue, BooleanFalse)):
        return True
    return isinstance(statement, (And, Or, Not, Implies, Equivalent, ForAll)) and any(map(_folded, statement.args))


def decide_real(
    statement: Boolean, given: Sequence[Boolean] = (), effort: Effort = STANDARD, deadline: float | None = None
) -> tuple[Decision, Point]:
    """:func:`decide` for what :func:`scalarise` returns; the counterexample by real symbols."""
    stop = time.monotonic() + effort.seconds if deadline is None else deadline
    given, statement = opened((*known_of(symbols_of(statement, *given)), *given), statement)
    notes: list[str] = []
    level = "P3"
    if any(part.has(Supremum) for part in (statement, *given)):
        given, statement, notes, level = closed_suprema(given, statement, lambda goal, facts: decide_real(goal, facts, effort, stop)[0])
        given, statement = opened(given, statement)
        if any(part.has(Supremum) for part in (statement, *given)):
            return Decision("unknown", detail="; ".join((*notes, "a supremum has no closed form here"))), {}
    given, statement, values = solved(given, statement)
    decision, point = _Question(given, statement, effort, stop).answer()
    if decision.status == "invalid":
        point |= {symbol: cast(Fraction, value_at(value, point)) for symbol, value in values.items()}
    if decision.status == "valid":
        level = min(level, decision.level)
        solver, version = _signature(level)
        decision = replace(decision, level=level, solver=solver, version=version)
    return replace(decision, detail="; ".join(filter(None, (*notes, decision.detail)))), point


def _signature(level: str) -> tuple[str, str]:
    """Name and version of the solver whose word counts at this level."""
    return ("z3", solver_version()) if level == "P1" else ("", "")


@dataclass(frozen=True)
class _Question:
    """A statement without quantifiers outside and without suprema."""

    given: tuple[Boolean, ...]
    statement: Boolean
    effort: Effort
    deadline: float

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        return symbols_of(self.statement, *self.given)

    @cached_property
    def refutation(self) -> Refutation:
        return Refutation(self.symbols, self.given, self.statement)

    def answer(self) -> tuple[Decision, Point]:
        if (point := self.refutation.sampled(self.effort.samples)) is not None:
            return Decision("invalid", detail="violated at a simple rational point"), point
        ring = Ring(self.symbols)
        solver = Nlsat(ring, self.effort.rlimit, self.deadline, self.effort.seconds_per_question, self.effort.second_seconds)
        contradictions = Contradictions(ring, solver, weakest="P3" if self.effort.certificates else "P1")
        try:
            return self._by_cases(contradictions)
        except (TooManyCases, TooManyRoots, ZeroDivisionError) as reason:
            return Decision("unknown", detail=str(reason)), {}

    def _by_cases(self, contradictions: Contradictions) -> tuple[Decision, Point]:
        relations = [literal_of(part) for part in self.given if isinstance(part, Relational) and first_case(part) is None]
        contradictions.accept_given(relations)
        tableau = Tableau(contradictions)
        if findings := self._open_cases(tableau):
            point = self.refutation.near([model for finding in findings for model in finding.models])
            if point is not None:
                return Decision("invalid", detail="a model of the solver, confirmed exactly", cases=tableau.branches), point
            return Decision("unknown", detail=_why_open(findings[0], contradictions.solver), cases=tableau.branches), {}
        level = contradictions.weakest
        certificates = len(contradictions.certificates)
        detail = f"{tableau.branches} cases, {certificates} exact certificates, {_asked(contradictions.solver)}"
        return Decision("valid", {}, level, *_signature(level), detail, tableau.branches), {}


    def _open_cases(self, tableau: Tableau) -> list[Finding]:
        """The first cases that are not contradictory: a model on the boundary may be followed by one inside."""
        findings: list[Finding] = []
        for finding in tableau.open((*self.given, denial(self.statement))):
            findings.append(finding)
            if len(findings) == _MOST_OPEN or sum(not one.models for one in findings) == _MOST_UNKNOWN:
                break
        return findings


def _asked(solver: Nlsat) -> str:
    """What was asked of whom."""
    asked = f"{solver.queries} questions to the solver"
    if not solver.refutations or not second_version():
        return asked
    failed = f", which could not be asked about {solver.unasked}: its process failed" if solver.unasked else ""
    return f"{asked}, {solver.confirmed} of its {solver.refutations} refutations confirmed by {SOLVER} {second_version()}{failed}"


def _why_open(finding: Finding, solver: Nlsat) -> str:
    if solver.objections:
        return f"z3 and {SOLVER} disagree on a question"
    if solver.stopped:
        return "stopped by the clock"
    if finding.kind == "sat":
        return "the solver has a model, but no rational point near it confirms exactly that the statement fails (or it has no value there)"
    return "the solver gave up within its effort"
