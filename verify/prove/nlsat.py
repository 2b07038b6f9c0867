"""z3 on conjunctions of polynomial constraints, and cvc5 on what z3 refutes. Effort is the solvers' own resource counts; the wall clock only stops."""

from __future__ import annotations

import functools
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Any

from verify.prove.ring import Constraint, Polynomial, Ring, Root, key_of
from verify.prove.second_opinion import second_opinion

__all__ = ["Answer", "Nlsat", "solver_version"]

_QUICK_SHARE = 8  # a question about one sign or one denominator gets this part of the effort of a whole one


def solver_version() -> str:
    """The version of the z3 that answers."""
    import z3

    return z3.get_version_string()


@dataclass(frozen=True)
class Answer:
    """``kind`` is ``unsat``, ``sat`` or ``unknown``; ``models`` are exact or ever closer rational points, by position."""

    kind: str
    models: tuple[dict[int, Fraction], ...] = ()


@dataclass
class Nlsat:
    """One z3 context for one decision, so that no answer depends on what was asked before it."""

    ring: Ring
    rlimit: int
    deadline: float
    seconds: float
    """The most that one question may take before it counts as stopped."""
    second_seconds: float
    """The same for cvc5."""
    queries: int = 0
    refutations: int = 0
    """Questions that z3 answered with *unsatisfiable*; ``confirmed`` by cvc5, or with its ``objections``."""
    confirmed: int = 0
    unasked: int = 0
    """Of these, what cvc5 could not be asked, because its process failed."""
    objections: int = 0
    silent: bool = False
    """Whether cvc5 had no answer once; then it is asked no more in this decision."""
    stopped: bool = False
    _variables: dict[int, Any] = field(default_factory=dict)
    _terms: dict[Any, Any] = field(default_factory=dict)
    _squared: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        import z3

        self.z3 = z3

    @functools.cached_property
    def context(self) -> Any:
        """Made for the first question; many decisions ask none."""
        return self.z3.Context()

    def ask(self, constraints: Sequence[Constraint], *, quick: bool = False) -> Answer:
        """Whether the constraints have a common point, with the definitions of the roots that occur in them."""
        roots = self.ring.roots_in(base for constraint in constraints for base, _ in constraint.factors)
        self._use_squares_of(self._even_symbols([base for one in constraints for base, _ in one.factors], roots))
        signs = [self._variable(k) >= 0 for k in sorted(self._squared)]
        formulas = [*signs, *(formula for root in roots for formula in self._definition(root)), *map(self._formula, constraints)]
        answer = Answer("unknown")
        for solver in itertools.islice(self._solvers(), 1 if quick else None):
            answer = self._check(solver, formulas, self.rlimit // _QUICK_SHARE if quick else self.rlimit)
            if answer.kind != "unknown" or self.stopped:
                break
        return answer

    def _solvers(self) -> Iterator[Any]:
        """Variants of the same procedure; where one runs out of its resources another often does not."""
        tactic = self.z3.Tactic("qfnra-nlsat", ctx=self.context)
        yield tactic.solver()
        yield self.z3.With(tactic, inline_vars=True).solver()
        yield self.z3.SolverFor("QF_NRA", ctx=self.context)
        yield self.z3.With(tactic, check_lemmas=False).solver()

    def _check(self, solver: Any, formulas: Sequence[Any], rlimit: int) -> Answer:
        left = min(self.deadline - time.monotonic(), self.seconds)
        if left <= 0:
            self.stopped = True
            return Answer("unknown")
        self.queries += 1
        start = time.monotonic()
        solver.set("rlimit", rlimit)
        solver.set("timeout", max(1, int(left * 1000)))
        solver.add(*formulas)
        result = str(solver.check())
        if result == "sat":
            return Answer("sat", tuple(self._models(solver.model())))
        self.stopped = self.stopped or (result == "unknown" and time.monotonic() - start >= left)
        return self._confirmed(formulas) if result == "unsat" else Answer(result)

    def _confirmed(self, formulas: Sequence[Any]) -> Answer:
        """What z3 finds contradictory, unless cvc5 has a model of it."""
        self.refutations += 1
        if self.silent:
            return Answer("unsat")
        plain = self.z3.Solver(ctx=self.context)
        plain.add(*formulas)
        start = time.monotonic()
        opinion = second_opinion(plain.sexpr(), self.second_seconds)
        self.deadline += time.monotonic() - start  # the clock is for z3
        self.silent = opinion == "unknown"
        self.confirmed += opinion == "unsat"
        self.unasked += opinion == "unasked"
        self.objections += opinion == "sat"
        return Answer("unknown" if opinion == "sat" else "unsat")

    # -- terms --------------------------------------------------------------------------------------------------------

    def _even_symbols(self, bases: Sequence[Polynomial], roots: Sequence[Root]) -> frozenset[int]:
        """Symbols that occur only squared: their square takes their place, which lowers degrees (``|z|`` and ``z = x + iy``, for one)."""
        monomials = [m for p in (*bases, *(part for root in roots for part in (root.numerator, root.denominator))) for m in p.to_dict()]
        return frozenset(k for k in range(len(self.ring.symbols)) if any(m[k] for m in monomials) and all(m[k] % 2 == 0 for m in monomials))

    def _use_squares_of(self, squared: frozenset[int]) -> None:
        if squared != self._squared:
            self._squared = squared
            self._terms.clear()

    def _variable(self, position: int) -> Any:
        if position not in self._variables:
            self._variables[position] = self.z3.Real(f"v{position}", self.context)
        return self._variables[position]

    def _number(self, value: Any) -> Any:
        return self.z3.RatVal(int(value.p), int(value.q), self.context)

    def _term(self, polynomial: Polynomial) -> Any:
        key = key_of(polynomial)
        if key not in self._terms:
            self._terms[key] = self._new_term(polynomial)
        return self._terms[key]

    def _new_term(self, polynomial: Polynomial) -> Any:
        terms = []
        for monomial, coefficient in polynomial.to_dict().items():
            powers = [(k, exponent // 2 if k in self._squared else exponent) for k, exponent in enumerate(monomial)]
            factors = [self._variable(k) for k, exponent in powers for _ in range(exponent)]
            terms.append(functools.reduce(lambda x, y: x * y, factors, self._number(coefficient)))
        return self.z3.Sum(*terms) if len(terms) > 1 else terms[0] if terms else self.z3.RealVal(0, self.context)

    def _formula(self, constraint: Constraint) -> Any:
        value = self.z3.RealVal(constraint.sign, self.context)
        for base, exponent in constraint.factors:
            term = self._term(base)
            for _ in range(exponent):
                value = value * term
        return _compare(value, constraint.relation)

    def _definition(self, root: Root) -> Iterator[Any]:
        generator = self._variable(root.position)
        power = functools.reduce(lambda x, y: x * y, [generator] * root.index)
        yield generator >= 0
        yield power * self._term(root.denominator) == self._term(root.numerator)

    # -- models -------------------------------------------------------------------------------------------------------

    def _models(self, model: Any) -> Iterator[dict[int, Fraction]]:
        """The model, or ever closer rational points near an algebraic one."""
        count = len(self.ring.symbols)
        values = {k: model.eval(v, model_completion=True) for k, v in sorted(self._variables.items()) if k < count}
        exact = all(self.z3.is_rational_value(value) for value in values.values()) and not self._squared
        for digits in (40,) if exact else (4, 12, 40):
            near = {k: _fraction(value if self.z3.is_rational_value(value) else value.approx(digits)) for k, value in values.items()}
            yield {k: _square_root(value, digits) if k in self._squared else value for k, value in near.items()}


def _square_root(value: Fraction, digits: int) -> Fraction:
    scale = 10**digits
    return Fraction(isqrt(max(0, value.numerator) * scale * scale // value.denominator), scale)


def _fraction(value: Any) -> Fraction:
    return Fraction(value.numerator_as_long(), value.denominator_as_long())


def _compare(value: Any, relation: str) -> Any:
    match relation:
        case "<":
            return value < 0
        case "<=":
            return value <= 0
        case "=":
            return value == 0
    return value != 0
