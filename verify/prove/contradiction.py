"""Whether literals contradict each other: definedness, signs, an exact certificate, z3 — in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sympy import Abs, Add, Basic, Expr, Max, Mul, Pow, Rational, Symbol

from verify.prove.literals import Literal, partial_terms, undefined
from verify.prove.nlsat import Nlsat
from verify.prove.positivity_certificate import PositivityCertificate, positivity_certificate
from verify.prove.ring import Constraint, Polynomial, Ring, key_of

__all__ = ["Contradictions", "Finding"]

@dataclass(frozen=True)
class Finding:
    """``kind`` is ``unsat``, ``sat`` or ``unknown``; ``level`` P3 or P1 for ``unsat``; ``models`` are rational points to try."""

    kind: str
    level: str = ""
    certificate: PositivityCertificate | None = None
    models: tuple[dict[Symbol, Fraction], ...] = ()


@dataclass
class Contradictions:
    """Answers about conjunctions of literals; remembers what follows from the literals that are always given."""

    ring: Ring
    solver: Nlsat
    given: tuple[Constraint, ...] = ()
    weakest: str = "P3"
    certificates: list[PositivityCertificate] = field(default_factory=list)
    _signs: dict[object, int] = field(default_factory=dict)
    _safe: dict[Literal, list[frozenset[Literal]]] = field(default_factory=dict)

    def accept_given(self, literals: Sequence[Literal]) -> None:
        """Literals that hold in every branch and have a value everywhere become facts for questions about signs and denominators."""
        total = [literal for literal in literals if _total(literal)]
        self.given = tuple(self.ring.constraint(literal.value, literal.relation) for literal in total)

    # -- the question --------------------------------------------------------------------------------------------------

    def ask(self, literals: Sequence[Literal], *, quick: bool = False) -> Finding:
        """Whether no point makes every literal "not false". A literal that may have no value is left out where that cannot be excluded."""
        constraints = self._constraints(self._defined(literals))
        if any(constraint.is_constant and not constraint.constant_truth for constraint in constraints):
            return Finding("unsat", "P3")
        return self._contradictory(constraints, quick=quick)

    def _contradictory(self, constraints: Sequence[Constraint], *, quick: bool = False) -> Finding:
        """An exact certificate, unless the proof rests on the solver's word already; then the solver."""
        if self.weakest == "P3" and (certificate := self._certificate(constraints)) is not None:
            return Finding("unsat", "P3", certificate)
        answer = self.solver.ask(constraints, quick=quick)
        points = answer.models
        if points and not quick:  # one that is not on the boundary, if there is any, is a better counterexample
            points = (*self.solver.ask([constraint.strict for constraint in constraints], quick=True).models, *points)
        models = tuple({self.ring.symbols[k]: value for k, value in point.items()} for point in points)
        return Finding(answer.kind, "P1" if answer.kind == "unsat" else "", None, models)

    def _certificate(self, constraints: Sequence[Constraint]) -> PositivityCertificate | None:
        roots = self.ring.roots_in(base for constraint in constraints for base, _ in constraint.factors)
        names = [str(symbol) for symbol in self.ring.symbols] + [f"s{k}" for k in range(len(self.ring.roots))]
        return positivity_certificate([*constraints, *(Constraint(-1, ((root.generator, 1),), "<=") for root in roots)], names)

    def used(self, finding: Finding) -> None:
        """Records that a proof rests on this finding."""
        if finding.level == "P1":
            self.weakest = "P1"
        if finding.certificate is not None:
            self.certificates.append(finding.certificate)

    def _constraints(self, literals: Sequence[Literal]) -> list[Constraint]:
        found = [self.simplified(self.ring.constraint(literal.value, literal.relation)) for literal in literals]
        return [constraint for constraint in found if not (constraint.is_constant and constraint.constant_truth)]

    # -- definedness ---------------------------------------------------------------------------------------------------

    def _defined(self, literals: Sequence[Literal]) -> list[Literal]:
        """The literals that have a value wherever those before them are not false; without a condition, what it led to is dropped too."""
        accepted: list[Literal] = []
        compromised = False
        for literal in sorted(literals, key=_order):
            if compromised and literal.role != "given":
                continue
            if self._has_value(literal.value, accepted):
                accepted.append(literal)
            elif literal.role == "condition":
                compromised = True
        return accepted

    def _has_value(self, value: Expr, accepted: Sequence[Literal]) -> bool:
        if undefined(value):
            return False
        try:
            return all(self._excluded(way, accepted) for way in partial_terms(value))
        except ZeroDivisionError:
            return False

    def _excluded(self, way: Literal, accepted: Sequence[Literal]) -> bool:
        """Whether this denominator is never zero, this radicand never negative."""
        if way.relation == "<" and obviously_nonnegative(way.value):
            return True
        if way not in self._safe:
            self._safe[way] = [frozenset()] if self._follows(way, self.given) else []
        present = frozenset(accepted)
        if any(enough <= present for enough in self._safe[way]):
            return True
        if self._follows(way, self._constraints(accepted)):
            self._safe[way].append(present)
            return True
        return False

    def _follows(self, way: Literal, facts: Sequence[Constraint]) -> bool:
        finding = self._contradictory([*facts, self.ring.constraint(way.value, way.relation)], quick=True)
        if finding.kind == "unsat":
            self.used(finding)
        return finding.kind == "unsat"

    def unsigned_symbol(self, literals: Sequence[Literal]) -> Symbol | None:
        """A symbol that occurs in an odd power, and of which no literal tells the sign."""
        signed = {symbol for literal in literals for symbol in (literal.value, -literal.value) if isinstance(symbol, Symbol)}
        bases = [base for one in self._constraints(self._defined(literals)) for base, _ in one.factors]
        for position, symbol in enumerate(self.ring.symbols):
            if symbol not in signed and any(monomial[position] % 2 for base in bases for monomial in base.to_dict()):
                return symbol
        return None

    # -- signs ---------------------------------------------------------------------------------------------------------

    def simplified(self, constraint: Constraint) -> Constraint:
        """Without the factors whose sign is known from what is always given."""
        if len(constraint.factors) < 2:
            return constraint
        sign, kept = constraint.sign, []
        above = len(constraint.factors) - constraint.denominators
        for position, (base, exponent) in enumerate(constraint.factors):
            known = self._sign(base, nonzero=position >= above)
            if known == 0:
                kept.append((base, exponent))
            elif exponent % 2:
                sign *= known
        return Constraint(sign, tuple(kept), constraint.relation)

    def _sign(self, polynomial: Polynomial, *, nonzero: bool) -> int:
        """1 or −1 if the polynomial is positive or negative wherever the given facts hold (and, if so known, it is not 0), else 0."""
        key = key_of(polynomial), nonzero
        if key not in self._signs:
            self._signs[key] = 0
            for sign in (1, -1):
                finding = self._contradictory([*self.given, Constraint(sign, ((polynomial, 1),), "<" if nonzero else "<=")], quick=True)
                if finding.kind == "unsat":
                    self.used(finding)
                    self._signs[key] = sign
                    break
        return self._signs[key]

    def sign_of(self, value: Expr) -> int:
        """1 if ``value >= 0``, −1 if ``value <= 0`` wherever the given facts hold (and it has a value), 0 if unknown."""
        if obviously_nonnegative(value):
            return 1
        if not self._has_value(value, ()):
            return 0
        for sign in (1, -1):
            if self._follows(Literal(sign * value, "<"), self.given):
                return sign
        return 0


def _total(literal: Literal) -> bool:
    return not undefined(literal.value) and not any(True for _ in partial_terms(literal.value))


def _order(literal: Literal) -> int:
    """Given literals first, those with a value everywhere at the head; then those of the case distinctions, as they were made."""
    return 2 if literal.role != "given" else 0 if _total(literal) else 1


def obviously_nonnegative(value: Basic) -> bool:
    """From the form alone: squares, moduli, roots, and sums, products, maxima of such."""
    match value:
        case Rational():
            return bool(value >= 0)
        case Abs():
            return True
        case Pow(exp=Rational()):
            return value.exp.p % 2 == 0 or not value.exp.is_Integer or obviously_nonnegative(value.base)
        case Add() | Mul():
            return all(map(obviously_nonnegative, value.args))
        case Max():
            return any(map(obviously_nonnegative, value.args))
    return False
