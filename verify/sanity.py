"""Is a reading worth judging? Looked at before the search, and shown beside every verdict.

Four questions, each answered at a few exact instances with enclosures (rigorous where it says *certain*): can the hypotheses be met, does the conclusion
hold with room somewhere (that is, is the *negated* statement refuted at once), has the statement a value wherever its hypotheses hold, and which
changes of basis leave its two sides as they are. None of this decides a verdict about truth: a statement that fails here says something else than was meant.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import sympy
from sympy.core.relational import Relational

from verify.domain import Domain, Instance
from verify.domain.rational import cayley
from verify.evaluate.enclosing import EnclosingEvaluator
from verify.evaluate.errors import NotEvaluable
from verify.language.logic import ForAllIndex, MatrixPredicate
from verify.language.printing import text
from verify.language.quantities import (
    ContinuousKreissConstant,
    KreissConstant,
    LargestEigenvalue,
    PseudospectralRadius,
    SmallestEigenvalue,
    TransientPeak,
)
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import RationalMatrix
from verify.numerics.truth import Truth
from verify.results import Invariance, Sanity
from verify.search.problem import Problem, seed_stream

__all__ = ["TRANSFORMATIONS", "images", "look", "with_witness"]

_ACCURACY = Fraction(1, 1000)
_FINE, _COARSE = Fraction(1, 10**6), Fraction(1, 20)
"""Accuracy of the enclosures of both ends of both sides; coarse for suprema over the resolvent, where digits are dear."""
_MOST_TRIED = 8
_MOST_EVALUATED = 3
_MOST_EDGES = 16
_BATCH, _FEW = 64, 3
_DIGITS = 2
TRANSFORMATIONS = ("orthogonal", "permutation", "signs", "transposition", "scaling")
"""Orthogonal: ``X ↦ U X Vᵀ`` with one rational orthogonal matrix for each order; permutations and signs are such, and tried alone only where a general
one changes something. Transposition of a block matrix with a zero block exchanges its diagonal blocks. Scaling: ``X ↦ 2X`` for every matrix, both
sides by the same power of 2."""


def look(problem: Problem, seed: int) -> Sanity:
    """What a few exact instances say of a reading; the same for the same seed."""
    fitting: list[Instance] = []
    tried, wanted = 0, _MOST_TRIED if _partial(problem.conclusion) else _MOST_EVALUATED
    for instance in itertools.islice(_instances(problem, seed), _MOST_TRIED):
        tried += 1
        fitting += [instance] if _held(problem, instance) is Truth.HOLDS else []
        if len(fitting) >= wanted:
            break
    found = Sanity(tried=tried, met=len(fitting), witness=fitting[0].to_json() if fitting else {})
    return _examined(problem, found, fitting)


def with_witness(problem: Problem, found: Sanity | None, witness: Instance | None) -> Sanity | None:
    """The same, with an instance that the search found where none of the first few met the hypotheses."""
    if found is None or found.witness or witness is None:
        return found
    return _examined(problem, replace(found, witness=witness.to_json()), [witness])


def _examined(problem: Problem, found: Sanity, fitting: Sequence[Instance]) -> Sanity:
    if not fitting:
        return found
    outcomes: dict[str, Instance] = {}
    for instance in fitting:
        outcomes.setdefault(_outcome(problem, instance), instance)
        if "refuted" in outcomes:
            break
    undefined, why = found.undefined, found.undefined_why
    partial = _partial(problem.conclusion) and not why
    for instance in (*fitting, *_edges(problem)) if partial else ():
        if (trouble := _trouble(problem, instance)) and _held(problem, instance) is Truth.HOLDS:
            undefined, why = instance.to_json(), trouble
            break
    negation = next((outcome for outcome in _NEGATIONS if outcome in outcomes), "not tried")
    where = {} if negation == "not tried" else outcomes[negation].to_json()
    changes = _invariances(problem, fitting)
    return replace(found, negation=negation, negation_instance=where, undefined=undefined, undefined_why=why, invariances=changes)


_NEGATIONS = ("refuted", "equality", "within accuracy", "fails")


def _outcome(problem: Problem, instance: Instance) -> str:
    """What an instance says of the negated statement; ``not tried`` where the statement has no value."""
    strict = _strictly(problem.conclusion)
    truth = _truth(problem, strict, instance)
    if truth is Truth.HOLDS:
        return "refuted"
    if truth is Truth.VIOLATED and strict != problem.conclusion:
        truth = _truth(problem, problem.conclusion, instance)
    return "not tried" if truth is None else {Truth.HOLDS: "equality", Truth.UNDECIDED: "within accuracy", Truth.VIOLATED: "fails"}[truth]


def _truth(problem: Problem, statement: Any, instance: Instance) -> Truth | None:
    evaluator = EnclosingEvaluator(instance, _ACCURACY)
    try:
        return evaluator.truth(statement, evaluator.env, Truth.HOLDS)
    except (ArithmeticError, ValueError, NotEvaluable):
        return None


# -- where a statement has no value ------------------------------------------------------------------------------------


def _partial(statement: Any) -> bool:
    """May the statement have no value somewhere: does it divide, invert, or ask for eigenvalues of what may not be symmetric?"""
    return bool(_divisors(statement) or statement.atoms(sympy.Inverse, LargestEigenvalue, SmallestEigenvalue))


def _edges(problem: Problem) -> Sequence[Instance]:
    """Extreme members of the smallest orders, the last of them first: ends of intervals come last, and there a divisor is 0 if anywhere."""
    rng = seed_stream(0, problem.claim.id, problem.reading.key, "edges")
    for sizes in problem.domain.smallest_sizes(1):
        try:
            return problem.domain.extremes(sizes, _MOST_EDGES, rng)[::-1]
        except (ArithmeticError, ValueError):
            break
    return ()


@functools.lru_cache(maxsize=64)
def _divisors(statement: Any) -> tuple[Any, ...]:
    """What the statement divides by, as far as it is cheap to evaluate (a Kreiss constant is never 0); asked for again at every instance."""
    found = [power.base for power in statement.atoms(sympy.Pow) if power.exp.could_extract_minus_sign() and power.base.free_symbols]
    return tuple(sorted((base for base in found if not base.has(*_COSTLY)), key=str))


_COSTLY = (KreissConstant, ContinuousKreissConstant, TransientPeak, PseudospectralRadius)


def _trouble(problem: Problem, instance: Instance) -> str:
    """Why the conclusion certainly has no value at an instance, in words; empty where it has one, or may have."""
    evaluator = EnclosingEvaluator(instance, _ACCURACY)
    why = _suspected(evaluator, problem.conclusion)
    if not why:
        return ""
    try:
        if evaluator.truth(problem.conclusion, evaluator.env, None) is not Truth.UNDECIDED:
            return ""  # what has no value is guarded by an implication or by cases
        sides = [evaluator.scalar(side, evaluator.env, "both") for relation in _relations(problem.conclusion) for side in relation.args]
    except (ArithmeticError, ValueError):
        return why
    return why if any(isinstance(side, Enclosure) and side.lower == -sympy.oo and side.upper == sympy.oo for side in sides) else ""


def _suspected(evaluator: EnclosingEvaluator, statement: Any) -> str:
    """A divisor that is exactly 0, an inverse that does not exist, an eigenvalue of a matrix that is not Hermitian: looked at one by one."""
    for divisor in _divisors(statement):
        if {str(s) for s in divisor.free_symbols} <= set(evaluator.env):
            try:
                value = evaluator.scalar(divisor, evaluator.env, "both")
            except (ArithmeticError, ValueError):
                continue
            if isinstance(value, Enclosure) and value.is_exact and value.lower == 0:
                return f"it divides by {text(divisor)}, which is 0 there"
    for inverse in sorted(statement.atoms(sympy.Inverse), key=str):
        try:
            evaluator.matrix(inverse, evaluator.env)
        except ZeroDivisionError:
            return f"{text(inverse.args[0])} has no inverse there"
        except (ArithmeticError, ValueError, KeyError):
            continue
    for quantity in sorted(statement.atoms(LargestEigenvalue, SmallestEigenvalue), key=str):
        try:
            hermitian = evaluator.matrix(quantity.matrix, evaluator.env).is_hermitian
        except (ArithmeticError, ValueError, KeyError):
            continue
        if not hermitian:
            return f"{text(quantity)} asks for eigenvalues in order, and the matrix is not symmetric there"
    return ""


# -- instances ---------------------------------------------------------------------------------------------------------


def _instances(problem: Problem, seed: int) -> Iterator[Instance]:
    """Small members of the classes with short numbers: general ones of order 2 and of order 1 in turn, then extreme ones."""
    domain, rng = problem.domain, seed_stream(seed, problem.claim.id, problem.reading.key, "sanity")
    streams = [_general(problem, rng, order) for order in ((2, 1) if domain.orders else (1,))]
    general = itertools.chain.from_iterable(itertools.zip_longest(*streams))
    yield from itertools.islice((instance for instance in general if instance is not None), _MOST_TRIED // 2)
    for sizes in itertools.islice(domain.smallest_sizes(2), 0, None, 3):
        try:
            yield from domain.extremes(sizes, 2, rng)
        except (ArithmeticError, ValueError):
            continue


def _general(problem: Problem, rng: np.random.Generator, order: int) -> Iterator[Instance]:
    """Random members, rounded; only those that meet the further hypotheses in floats, where there are any."""
    domain = problem.domain
    sizes = {**domain.draw_sizes(rng, 2), **{name: domain.allowed(name, (order,))[0] for name in domain.orders}}
    sizes |= {v.name: min(sizes[v.name], max(v.cls.low, 3)) for v in domain.integers}  # type: ignore[attr-defined]
    batch = domain.sample(rng, sizes, _BATCH if problem.extra else _FEW)
    met = problem.met(batch) if problem.extra else np.ones(batch.count, dtype=bool)
    for k in np.flatnonzero(met)[:_FEW]:
        try:
            yield domain.round(batch.member(int(k)), _DIGITS)
        except (ArithmeticError, ValueError):
            continue


def _held(problem: Problem, instance: Instance) -> Truth:
    """Do the hypotheses hold at an instance? Undecided where one has no value."""
    evaluator = EnclosingEvaluator(instance, _ACCURACY)
    try:
        return Truth.all(evaluator.truth(part, evaluator.env, Truth.HOLDS) for part in problem.hypotheses)
    except (ArithmeticError, ValueError):
        return Truth.UNDECIDED


def _strictly(statement: Any) -> Any:
    """The same with strict inequalities: what holds with room to spare."""
    if isinstance(statement, (sympy.Le, sympy.Ge)):
        return (sympy.Lt if isinstance(statement, sympy.Le) else sympy.Gt)(statement.lhs, statement.rhs, evaluate=False)
    if isinstance(statement, (sympy.And, sympy.Or)):
        return statement.func(*map(_strictly, statement.args), evaluate=False)
    if isinstance(statement, sympy.Implies):
        return sympy.Implies(statement.args[0], _strictly(statement.args[1]), evaluate=False)
    if isinstance(statement, ForAllIndex):
        return ForAllIndex(_strictly(statement.args[0]), *statement.args[1:])
    return statement


def _relations(statement: Any) -> list[Any]:
    """The inequalities, equations and matrix relations of a statement that have a value of their own at an instance."""
    if isinstance(statement, (Relational, MatrixPredicate)):
        return [statement]
    parts = statement.args if isinstance(statement, (sympy.And, sympy.Or, sympy.Not, sympy.Implies, sympy.Equivalent)) else ()
    return [relation for part in parts for relation in _relations(part)]


# -- invariances -------------------------------------------------------------------------------------------------------


def _invariances(problem: Problem, fitting: Sequence[Instance]) -> tuple[Invariance, ...]:
    """What becomes of the two sides under changes of basis, at the instance that shows most."""
    if not any(v.is_matrix for v in problem.domain.variables) or not fitting:
        return ()
    instance = max(fitting, key=lambda one: sum(min(2, one.sizes[name]) for name in problem.domain.orders))
    try:
        before = _sides(problem, instance)
    except (ArithmeticError, ValueError, NotEvaluable):
        return ()
    found: list[Invariance] = []
    for name, image in images(problem, instance):
        if name not in ("permutation", "signs") or all(one != Invariance("orthogonal", "unchanged") for one in found):
            found.append(_invariance(problem, name, before, image))
    return tuple(found)


def _invariance(problem: Problem, name: str, before: list[Any], image: Instance) -> Invariance:
    held = _held(problem, image)
    if held is Truth.VIOLATED:
        return Invariance(name, "leaves the classes")
    try:
        after = _sides(problem, image)
    except (ArithmeticError, ValueError):
        return Invariance(name, "undecided")
    if held is not Truth.HOLDS or len(after) != len(before):
        return Invariance(name, "undecided")
    if name == "scaling":
        return Invariance(name, "homogeneous" if _homogeneous(before, after) else "differs")
    return Invariance(name, "unchanged" if all(map(_agree, before, after)) else "differs")


def _sides(problem: Problem, instance: Instance) -> list[Any]:
    """Both sides of every relation of the conclusion, enclosed from both sides; of a matrix relation its truth."""
    evaluator = EnclosingEvaluator(instance, _COARSE if problem.conclusion.has(*_COSTLY) else _FINE)
    found: list[Any] = []
    for relation in _relations(problem.conclusion):
        if isinstance(relation, Relational):
            found += [evaluator.scalar(side, evaluator.env, "both") for side in relation.args]
        else:
            found.append(evaluator.truth(relation, evaluator.env, None))
    return found


def _agree(x: Any, y: Any) -> bool:
    """Enclosures that overlap, exact numbers and truths that are equal."""
    if isinstance(x, Enclosure) and isinstance(y, Enclosure):
        return bool(x.lower <= y.upper and y.lower <= x.upper)
    return bool(x == y)


def _homogeneous(before: list[Any], after: list[Any]) -> bool:
    """Is every relation multiplied by a power of 2, the same on both of its sides?"""
    if not all(isinstance(side, Enclosure) for side in (*before, *after)) or len(before) % 2:
        return False
    pairs = itertools.batched(zip(before, after, strict=True), 2) if hasattr(itertools, "batched") else _two_by_two(list(zip(before, after, strict=True)))
    return all(any(all(_agree(old * Enclosure.exact(Fraction(2) ** k), new) for old, new in sides) for k in range(-8, 9)) for sides in pairs)


def _two_by_two(parts: list[Any]) -> list[Any]:
    return [parts[k : k + 2] for k in range(0, len(parts), 2)]


def images(problem: Problem, instance: Instance) -> Iterator[tuple[str, Instance]]:
    """The instance under each transformation that says something: its matrices in another basis, transposed, doubled."""
    domain = problem.domain
    dims = {name: size for name, size in instance.sizes.items() if name in domain.orders} | {str(d): d for d in _fixed_orders(domain)}
    bases: dict[str, Callable[[int, int], RationalMatrix]] = {"orthogonal": _turn, "permutation": _reversal, "signs": _signs}
    for name, basis in bases.items():
        chosen = {order: basis(size, place) for place, (order, size) in enumerate(sorted(dims.items()))}
        if any(matrix != RationalMatrix.identity(matrix.shape[0]) for matrix in chosen.values()):
            yield name, _in_bases(domain, instance, chosen)
    if (transposed := _transposed(problem, instance)) is not None:
        yield "transposition", transposed
    yield "scaling", _mapped(domain, instance, lambda matrix, rows, cols: matrix * Fraction(2))


def _fixed_orders(domain: Domain) -> set[int]:
    shapes = (dim for v in domain.variables if v.is_matrix for dim in (v.symbol.rows, v.symbol.cols))
    return {int(dim) for dim in shapes if sympy.sympify(dim).is_Integer and dim > 1}


def _in_bases(domain: Domain, instance: Instance, bases: Mapping[str, RationalMatrix]) -> Instance:
    def turned(matrix: RationalMatrix, rows: str, cols: str) -> RationalMatrix:
        left, right = bases.get(rows), bases.get(cols)
        matrix = matrix if left is None else left * matrix
        return matrix if right is None else matrix * right.transpose()

    return _mapped(domain, instance, turned)


def _mapped(domain: Domain, instance: Instance, change: Callable[[RationalMatrix, str, str], RationalMatrix]) -> Instance:
    values = dict(instance.values)
    for v in domain.continuous:
        if v.is_matrix:
            value, rows, cols = values[v.name], str(v.symbol.rows), str(v.symbol.cols)
            terms = [change(term, rows, cols) for term in (value if isinstance(value, tuple) else (value,))]  # type: ignore[arg-type]
            values[v.name] = tuple(terms) if isinstance(value, tuple) else terms[0]
    return Instance(instance.sizes, values)


def _turn(order: int, place: int) -> RationalMatrix:
    """A rational orthogonal matrix that mixes all coordinates, the Cayley transform of ``s_ij = 1/(1 + i + j + place)`` with signs."""
    skew = [[Fraction((i < j) - (i > j), 1 + i + j + place) for j in range(order)] for i in range(order)]
    return cayley(RationalMatrix.from_rows(skew)) * _signs(order, place)


def _reversal(order: int, place: int) -> RationalMatrix:
    return RationalMatrix.from_rows([[Fraction(int(i + j == order - 1)) for j in range(order)] for i in range(order)])


def _signs(order: int, place: int) -> RationalMatrix:
    """Alternating signs, beginning with − for every other order, so that a coupling changes its sign even between numbers."""
    return RationalMatrix.diagonal([Fraction((-1) ** (i + place)) for i in range(order)])


def _transposed(problem: Problem, instance: Instance) -> Instance | None:
    """The instance whose block matrix (or single matrix) is the transpose, up to the order of the blocks; None where there is no such."""
    symbols = [v.symbol for v in problem.domain.continuous if v.is_matrix]
    if any(isinstance(instance.values[s.name], tuple) for s in symbols) or not all(isinstance(s, sympy.MatrixSymbol) for s in symbols):
        return None
    if len(symbols) == 1 and symbols[0].rows == symbols[0].cols:
        name = symbols[0].name
        return instance.replace(name, instance.values[name].transpose())  # type: ignore[union-attr]
    blocks = problem.conclusion.atoms(sympy.BlockMatrix)
    if len({tuple(block.args[0]) for block in blocks}) != 1:
        return None
    return _blocks_transposed(next(iter(blocks)), symbols, instance)


def _blocks_transposed(block: sympy.BlockMatrix, symbols: Sequence[Any], instance: Instance) -> Instance | None:
    """``[[A, 0], [C, D]]ᵀ`` is, with its blocks exchanged, ``[[Dᵀ, 0], [Cᵀ, Aᵀ]]``: the instance with ``Dᵀ, Aᵀ, Cᵀ`` for ``A, D, C``."""
    if block.blockshape != (2, 2):
        return None
    (A, B), (C, D) = ((block.blocks[i, 0], block.blocks[i, 1]) for i in range(2))
    couplings = [part for part in (B, C) if isinstance(part, sympy.MatrixSymbol)]
    wanted = {A, D, *couplings}
    if not {A, D} <= set(symbols) or A == D or len(couplings) != 1 or wanted != {s for s in symbols if s.cols != 1} or len(wanted) != len(symbols):
        return None
    other = {str(A.rows): str(D.rows), str(D.rows): str(A.rows)}
    if not {A.rows, D.rows} <= {s for s in (A.rows, D.rows) if s.is_Symbol}:
        return None if A.rows != D.rows else _exchanged(instance, A, D, couplings[0], {})
    return _exchanged(instance, A, D, couplings[0], other)


def _exchanged(instance: Instance, A: Any, D: Any, C: Any, other: Mapping[str, str]) -> Instance:
    values = dict(instance.values)
    values |= {A.name: values[D.name].transpose(), D.name: values[A.name].transpose(), C.name: values[C.name].transpose()}  # type: ignore[union-attr]
    return Instance({name: instance.sizes[other.get(name, name)] for name in instance.sizes}, values)
