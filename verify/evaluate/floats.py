"""The float evaluator: a statement on a whole batch of instances, differentiable by autograd.

The result of a statement is its *violation margin*: positive where the statement is false (to float accuracy), negative where it holds with room. For
an inequality it is the relative gap ``(lhs − rhs)/max(|lhs|, |rhs|)``, so that ``1 + margin`` is the ratio of the two sides when it holds.
The logic is that of maxima and minima: a conjunction is violated as much as its worst part, an implication as much as its
conclusion, but never more than its hypothesis has room. Margins are suspicions, never verdicts.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any

import autograd.numpy as np
import numpy
import sympy
from sympy import S
from sympy.core.relational import Relational
from sympy.matrices.expressions.matexpr import MatrixElement

from verify.evaluate import primitives
from verify.evaluate.errors import NotEvaluable
from verify.language.logic import (
    ForAllIndex,
    IndexMaximum,
    IndexMinimum,
    MatrixEq,
    Normal,
    PositiveDefinite,
    PositiveSemidefinite,
    Supremum,
    Symmetric,
)
from verify.language.matrices import MatrixProduct, MatrixSum, SequenceTerm
from verify.language.quantities import (
    ContinuousKreissConstant,
    ExponentialNorm,
    KreissConstant,
    LargestEigenvalue,
    MatrixQuantity,
    Norm,
    NumericalRadius,
    PowerNorm,
    PseudospectralRadius,
    ResolventNorm,
    SmallestEigenvalue,
    SmallestSingularValue,
    SpectralAbscissa,
    SpectralRadius,
    SpectrumDistance,
    TransientPeak,
)

__all__ = ["Given", "NotEvaluable", "Shared", "margins", "matrix_values", "quantities", "scalar_values", "sides", "supremum_place"]

Env = Mapping[str, Any]
"""Scalars ``(N,)``, matrices ``(N, m, n)``, sequences as tuples; sizes, integer parameters and bound indices as ints."""

_TINY = 1e-300
_MET = 1e-9
"""A hypothesis whose violation is below this counts as met, so that equations and closed boundaries do not switch the search off."""


# -- what has been evaluated -------------------------------------------------------------------------------------------


class Shared(dict[str, Any]):
    """An environment that remembers the value of every node evaluated in it: hypotheses, both sides and all cases of a statement share their parts.

    One that binds a variable more (:meth:`within`) asks the environment around it for whatever does not speak of that variable. It must not be altered.
    """

    def __init__(self, env: Env, around: Shared | None = None, bound: frozenset[str] = frozenset()) -> None:
        super().__init__(env)
        self._known: dict[Any, Any] = {}
        self._around, self._bound = around, bound

    def within(self, bound: Mapping[str, Any]) -> Shared:
        return Shared({**self, **bound}, self, frozenset(bound))

    def value(self, expr: Any, evaluate: Callable[[Any, Env], Any]) -> Any:
        env = self
        while env._around is not None and not env._bound & _names(expr):
            env = env._around
        if expr not in env._known:
            env._known[expr] = evaluate(expr, env)
        return env._known[expr]


def _shared(env: Env) -> Shared:
    return env if isinstance(env, Shared) else Shared(env)


@functools.lru_cache(maxsize=4096)
def _names(expr: Any) -> frozenset[str]:
    return frozenset(symbol.name for symbol in expr.free_symbols)


@functools.cache
def _evaluator_of(node: type, kind: str) -> Callable[[Any, Env], Any] | None:
    """The evaluator of a class of nodes: the first of its table that it is an instance of."""
    table = {"matrix": _MATRICES, "scalar": _SCALARS, "statement": _STATEMENTS}[kind]
    return next((evaluate for base, evaluate in table.items() if issubclass(node, base)), None)


# -- matrices ----------------------------------------------------------------------------------------------------------


def matrix_values(expr: Any, env: Env) -> Any:
    """A matrix expression on a batch: shape ``(N, m, n)`` (or ``(1, m, n)`` for a constant)."""
    evaluate = _evaluator_of(expr.__class__, "matrix")
    if evaluate is None:
        raise NotEvaluable(f"no float value for the matrix node {type(expr).__name__}: {expr}")
    return _shared(env).value(expr, evaluate)


def _dimension(expr: Any, env: Env) -> int:
    return int(expr) if getattr(expr, "is_Integer", False) or isinstance(expr, int) else int(_integer(expr, env))


def _integer(expr: Any, env: Env) -> int:
    value = expr.xreplace({symbol: sympy.Integer(int(env[symbol.name])) for symbol in expr.free_symbols})
    return int(value)


def _product(expr: Any, env: Env) -> Any:
    scalars = [scalar_values(arg, env) for arg in expr.args if not getattr(arg, "is_Matrix", False)]
    matrices = [matrix_values(arg, env) for arg in expr.args if getattr(arg, "is_Matrix", False)]
    result = functools.reduce(np.matmul, matrices)
    for scalar in scalars:
        result = np.reshape(scalar, (-1, 1, 1)) * result
    return result


def _power(expr: Any, env: Env) -> Any:
    exponent = _integer(sympy.sympify(expr.args[1]), env)
    return matrix_power(matrix_values(expr.args[0], env), exponent)


def matrix_power(base: Any, exponent: int) -> Any:
    """Powers by repeated squaring, differentiable."""
    if exponent < 0:
        return matrix_power(primitives.inverse(base), -exponent)
    if exponent == 0:
        return np.broadcast_to(numpy.eye(base.shape[-1]), base.shape) + 0.0 * base
    half = matrix_power(base, exponent // 2) if exponent > 1 else None
    square = np.matmul(half, half) if half is not None else base
    return np.matmul(square, base) if half is not None and exponent % 2 else square


def _count(blocks: list[list[Any]]) -> int:
    return max(block.shape[0] for row in blocks for block in row)


def _blocks(expr: Any, env: Env) -> Any:
    rows, cols = expr.blockshape
    blocks = [[matrix_values(expr.blocks[i, j], env) for j in range(cols)] for i in range(rows)]
    count = _count(blocks)
    return np.concatenate([np.concatenate([_spread(block, count) for block in row], axis=2) for row in blocks], axis=1)


def _spread(block: Any, count: int) -> Any:
    return block if block.shape[0] == count else np.broadcast_to(block, (count, *block.shape[1:])) + numpy.zeros((count, 1, 1))


def _explicit(expr: Any, env: Env) -> Any:
    entries = [[np.reshape(scalar_values(expr[i, j], env), (-1, 1, 1)) for j in range(expr.cols)] for i in range(expr.rows)]
    count = _count(entries)
    return np.concatenate([np.concatenate([_spread(entry, count) for entry in row], axis=2) for row in entries], axis=1)


def _term(expr: SequenceTerm, env: Env) -> Any:
    return env[expr.name][_integer(expr.index, env) - 1]


def _indexed_values(expr: Any, env: Env, evaluate: Callable[[Any, Env], Any]) -> list[Any]:
    body, index, low, high = expr.args if len(expr.args) == 4 else (expr.args[0], *expr.args[1])
    return [evaluate(body, _shared(env).within({str(index): k})) for k in range(_integer(low, env), _integer(high, env) + 1)]


def _matrix_sum(expr: MatrixSum, env: Env) -> Any:
    terms = _indexed_values(expr, env, matrix_values)
    shape = (1, _dimension(expr.shape[0], env), _dimension(expr.shape[1], env))
    return functools.reduce(operator.add, terms, numpy.zeros(shape))


def _matrix_product(expr: MatrixProduct, env: Env) -> Any:
    factors = _indexed_values(expr, env, matrix_values)
    if not factors:
        return numpy.eye(_dimension(expr.shape[0], env))[None]
    return functools.reduce(np.matmul, reversed(factors))


_MATRICES: dict[Any, Callable[[Any, Env], Any]] = {
    sympy.MatrixSymbol: lambda expr, env: env[expr.name],
    SequenceTerm: _term,
    sympy.BlockMatrix: _blocks,
    sympy.matrices.matrixbase.MatrixBase: _explicit,
    sympy.MatAdd: lambda expr, env: functools.reduce(operator.add, (matrix_values(arg, env) for arg in expr.args)),
    sympy.MatMul: _product,
    sympy.Inverse: lambda expr, env: primitives.inverse(matrix_values(expr.args[0], env)),
    sympy.MatPow: _power,
    sympy.Transpose: lambda expr, env: np.swapaxes(matrix_values(expr.arg, env), 1, 2),
    sympy.Adjoint: lambda expr, env: np.conj(np.swapaxes(matrix_values(expr.arg, env), 1, 2)),
    sympy.Identity: lambda expr, env: numpy.eye(_dimension(expr.rows, env))[None],
    sympy.ZeroMatrix: lambda expr, env: numpy.zeros((1, _dimension(expr.rows, env), _dimension(expr.cols, env))),
    MatrixSum: _matrix_sum,
    MatrixProduct: _matrix_product,
}


# -- scalars -----------------------------------------------------------------------------------------------------------


def scalar_values(expr: Any, env: Env) -> Any:
    """A real or complex expression on a batch: shape ``(N,)``, or a plain number."""
    evaluate = _evaluator_of(expr.__class__, "scalar")
    if evaluate is None:
        raise NotEvaluable(f"no float value for the node {type(expr).__name__}: {expr}")
    return _shared(env).value(expr, evaluate) if expr.args else evaluate(expr, env)


def _fold(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Env], Any]:
    return lambda expr, env: functools.reduce(operation, (scalar_values(arg, env) for arg in expr.args))


def _scalar_power(expr: Any, env: Env) -> Any:
    base, exponent = expr.args
    value = scalar_values(base, env)
    with numpy.errstate(all="ignore"):
        if exponent.is_Integer:
            return np.power(value * 1.0, int(exponent))
        if exponent.is_integer:
            return np.power(value * 1.0, _integer(exponent, env))
        if exponent == S.Half:
            return np.sqrt(np.maximum(value, 0.0) + _TINY)
        return np.power(np.maximum(value, _TINY), scalar_values(exponent, env))


def _piecewise(expr: Any, env: Env) -> Any:
    result = np.nan
    for value, condition in reversed(expr.args):
        result = scalar_values(value, env) if condition == S.true else np.where(margins(condition, env) <= 0, scalar_values(value, env), result)
    return result


def _quantity(function: Callable[..., Any]) -> Callable[[Any, Env], Any]:
    return lambda expr, env: function(matrix_values(expr.args[0], env), *(_as_array(scalar_values(arg, env)) for arg in expr.args[1:]))


def _as_array(value: Any) -> Any:
    return np.reshape(value, (-1,)) if np.ndim(value) == 0 else value


def _aligned(function: Callable[..., Any]) -> Callable[[Any, Env], Any]:
    """A quantity of a matrix and a scalar, both spread to one batch length."""

    def evaluate(expr: Any, env: Env) -> Any:
        stack, scalar = matrix_values(expr.args[0], env), _as_array(scalar_values(expr.args[1], env))
        count = max(stack.shape[0], scalar.shape[0])
        return function(_spread(stack, count), scalar + numpy.zeros(count))

    return evaluate


def _power_norm(expr: PowerNorm, env: Env) -> Any:
    return primitives.norm(matrix_power(matrix_values(expr.args[0], env), _integer(expr.args[1], env)))


def _trace(expr: sympy.Trace, env: Env) -> Any:
    """By the identity matrix: autograd has no gradient of a trace along chosen axes."""
    value = matrix_values(expr.arg, env)
    return np.einsum("kij,ij->k", value, numpy.eye(value.shape[-1]))


def _supremum(expr: Supremum, env: Env) -> Any:
    """A supremum over an interval: a grid, logarithmic towards both ends, refined around its best point by golden section."""
    at, best = _highest_place(expr, env)
    return at(best)[1]


def supremum_place(expr: Supremum, env: Env) -> numpy.ndarray:
    """Where a supremum over an interval is (nearly) attained, by the same search; shape ``(N,)``. Not rigorous."""
    at, best = _highest_place(expr, env)
    return numpy.broadcast_to(_plain(at(best)[0]), numpy.shape(best))


def _highest_place(expr: Supremum, env: Env) -> tuple[Callable[[Any], tuple[Any, Any]], Any]:
    """The place and the body as functions of a coordinate on the whole line, and the coordinate of the highest value found."""
    low, high = (scalar_values(limit, env) for limit in expr.limits)
    span = None if expr.limits[1] == sympy.oo else high - low
    body, fixed = _frozen(expr, env)
    around = _shared(env).within(fixed)

    def at(u: Any) -> tuple[Any, Any]:
        place = low + np.exp(u) if span is None else low + span / (1 + np.exp(-u))
        return place, scalar_values(body, around.within({str(expr.variable): place}))

    def plainly(u: Any) -> Any:
        return numpy.broadcast_to(_plain(at(u)[1]), numpy.shape(u))

    grid = numpy.linspace(-24.0, 24.0, 97)
    count = _length(env)
    one_by_one, grids = bool(quantities(body)), numpy.broadcast_to(grid[:, None], (len(grid), count))
    values = numpy.stack([plainly(numpy.full(count, u)) for u in grid]) if one_by_one else plainly(grids)
    best = grid[numpy.nanargmax(numpy.where(numpy.isfinite(values), values, -numpy.inf), axis=0)]
    return at, _golden(plainly, best - 0.5, best + 0.5)


def _frozen(expr: Supremum, env: Env) -> tuple[Any, dict[str, Any]]:
    """The body with every quantity that does not move along the interval replaced by its value, computed once."""
    body, names = _parted(expr)
    return body, {symbol.name: scalar_values(quantity, env) for quantity, symbol in names.items()}


@functools.lru_cache(maxsize=256)
def _parted(expr: Supremum) -> tuple[Any, dict[Any, sympy.Symbol]]:
    still = [quantity for quantity in quantities(expr.body) if expr.variable not in quantity.free_symbols]
    names = {quantity: sympy.Symbol(f"_fixed{k}", real=True) for k, quantity in enumerate(still)}
    return expr.body.xreplace(names), names


@functools.lru_cache(maxsize=1024)
def quantities(expr: Any) -> tuple[MatrixQuantity, ...]:
    """The matrix quantities of an expression, in the order of their names."""
    return tuple(sorted(expr.atoms(MatrixQuantity), key=str))


def _golden(function: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Golden section in lockstep: one evaluation a step, for each member at its own new point."""
    ratio = (numpy.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = function(left), function(right)
    for _ in range(36):
        better = at_left > at_right
        low, high = numpy.where(better, low, left), numpy.where(better, right, high)
        new = numpy.where(better, high - ratio * (high - low), low + ratio * (high - low))
        value = function(new)
        left, right = numpy.where(better, new, right), numpy.where(better, left, new)
        at_left, at_right = numpy.where(better, value, at_right), numpy.where(better, at_left, value)
    return (low + high) / 2


def _plain(value: Any) -> Any:
    while hasattr(value, "_value"):
        value = value._value
    return value


def _length(env: Env) -> int:
    return max((len(value) for value in env.values() if numpy.ndim(_plain(value)) == 1), default=1)


_SCALARS: dict[Any, Callable[[Any, Env], Any]] = {
    sympy.Symbol: lambda expr, env: env[expr.name],
    sympy.Number: lambda expr, env: float(expr),
    sympy.NumberSymbol: lambda expr, env: float(expr),
    type(S.ImaginaryUnit): lambda expr, env: 1j,
    sympy.Add: _fold(lambda x, y: x + y),
    sympy.Mul: _fold(lambda x, y: x * y),
    sympy.exp: lambda expr, env: np.exp(scalar_values(expr.args[0], env)),
    sympy.Pow: _scalar_power,
    sympy.log: lambda expr, env: np.log(np.maximum(scalar_values(expr.args[0], env), _TINY)),
    sympy.Abs: lambda expr, env: np.abs(scalar_values(expr.args[0], env)),
    sympy.Max: _fold(np.maximum),
    sympy.Min: _fold(np.minimum),
    sympy.re: lambda expr, env: np.real(scalar_values(expr.args[0], env)),
    sympy.im: lambda expr, env: np.imag(scalar_values(expr.args[0], env)),
    sympy.conjugate: lambda expr, env: np.conj(scalar_values(expr.args[0], env)),
    sympy.Piecewise: _piecewise,
    sympy.Sum: lambda expr, env: functools.reduce(operator.add, _indexed_values(expr, env, scalar_values), 0.0),
    sympy.Product: lambda expr, env: functools.reduce(operator.mul, _indexed_values(expr, env, scalar_values), 1.0),
    IndexMaximum: lambda expr, env: functools.reduce(np.maximum, _indexed_values(expr, env, scalar_values)),
    IndexMinimum: lambda expr, env: functools.reduce(np.minimum, _indexed_values(expr, env, scalar_values)),
    Supremum: _supremum,
    Norm: _quantity(primitives.norm),
    SmallestSingularValue: _quantity(primitives.smallest_singular_value),
    SpectralRadius: _quantity(primitives.spectral_radius),
    SpectralAbscissa: _quantity(primitives.spectral_abscissa),
    NumericalRadius: _quantity(primitives.numerical_radius),
    KreissConstant: _quantity(primitives.kreiss),
    ContinuousKreissConstant: _quantity(primitives.continuous_kreiss),
    TransientPeak: _quantity(primitives.transient_peak),
    LargestEigenvalue: _quantity(primitives.largest_eigenvalue),
    SmallestEigenvalue: _quantity(primitives.smallest_eigenvalue),
    ResolventNorm: _aligned(primitives.resolvent_norm),
    ExponentialNorm: _aligned(primitives.exponential_norm),
    PseudospectralRadius: _aligned(primitives.pseudospectral_radius),
    SpectrumDistance: _aligned(primitives.spectrum_distance),
    PowerNorm: _power_norm,
    MatrixElement: lambda expr, env: matrix_values(expr.parent, env)[:, _dimension(expr.i, env), _dimension(expr.j, env)],
    sympy.Determinant: lambda expr, env: primitives.determinant(matrix_values(expr.arg, env)),
    sympy.Trace: _trace,
}


class Given(sympy.logic.boolalg.BooleanFunction):
    """``Given(premise, conclusion)``: an implication whose premise is met only where it holds to the last bit; for members right beside its threshold."""


# -- statements --------------------------------------------------------------------------------------------------------


def margins(statement: Any, env: Env) -> Any:
    """Violation margins of a statement on a batch."""
    evaluate = _evaluator_of(statement.__class__, "statement")
    if evaluate is None:
        raise NotEvaluable(f"no violation margin for {type(statement).__name__}: {statement}")
    return evaluate(statement, _shared(env))


def sides(relation: Relational, env: Env) -> tuple[Any, Any]:
    """Both sides of a relation on a batch."""
    return scalar_values(relation.lhs, env), scalar_values(relation.rhs, env)


def _gap(small: Any, large: Any) -> Any:
    """Relative gap ``(small − large)/max(|small|, |large|)`` in ``[−2, 2]``; an infinite side wins, two infinities are equal."""
    with numpy.errstate(all="ignore"):
        scale = np.maximum(np.maximum(np.abs(small), np.abs(large)), _TINY)
        infinite = np.isinf(_plain(scale))
        finite_small, finite_large = np.where(infinite, 0.0, small), np.where(infinite, 0.0, large)
        gap = (finite_small - finite_large) / np.where(infinite, 1.0, scale)
        clash = np.sign(_plain(np.where(np.isinf(_plain(small)), small, 0.0))) - np.sign(_plain(np.where(np.isinf(_plain(large)), large, 0.0)))
        return np.where(infinite, clash * 1.0, gap)


def _relation(order: Callable[[Any, Any], Any]) -> Callable[[Any, Env], Any]:
    return lambda statement, env: order(*sides(statement, env))


def _real_parts(x: Any, y: Any) -> Any:
    if np.iscomplexobj(_plain(x)) or np.iscomplexobj(_plain(y)):
        return np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), _TINY)
    return np.abs(_gap(x, y))


def _matrix_gap(x: Any, y: Any) -> Any:
    with numpy.errstate(all="ignore"):
        return primitives.norm(x - y) / np.maximum(np.maximum(primitives.norm(x), primitives.norm(y)), _TINY)


def _adjoint(x: Any) -> Any:
    return np.conj(np.swapaxes(x, 1, 2))


def _semidefinite(statement: Any, env: Env) -> Any:
    value = matrix_values(statement.args[0], env)
    return -primitives.smallest_eigenvalue((value + _adjoint(value)) / 2) / np.maximum(primitives.norm(value), _TINY)


def _normality(statement: Any, env: Env) -> Any:
    value = matrix_values(statement.args[0], env)
    return _matrix_gap(np.matmul(value, _adjoint(value)), np.matmul(_adjoint(value), value))


def _implication(statement: Any, env: Env) -> Any:
    given, then = margins(statement.args[0], env), margins(statement.args[1], env)
    missed = np.where(_plain(given) <= _MET, -1.0, np.minimum(then, -given))  # at the boundary of a strict inequality there is nothing to look closer at
    return np.where(_met(statement.args[0], env), then, missed)


def _met(premise: Any, env: Env) -> Any:
    """Where a premise counts as met: a strict inequality only where it holds, because at its boundary the conclusion may fail by any amount."""
    if isinstance(premise, sympy.And):
        return functools.reduce(numpy.logical_and, (_met(part, env) for part in premise.args))
    found = _plain(margins(premise, env))
    return found < 0 if isinstance(premise, (sympy.StrictLessThan, sympy.StrictGreaterThan)) else found <= _MET


def _given(statement: Any, env: Env) -> Any:
    given, then = margins(statement.args[0], env), margins(statement.args[1], env)
    return np.where(_plain(given) <= 0, then, np.minimum(then, -given))


def _equivalence(statement: Any, env: Env) -> Any:
    values = [margins(arg, env) for arg in statement.args]
    pairs = [np.minimum(x, -y) for i, x in enumerate(values) for j, y in enumerate(values) if i != j]
    return functools.reduce(np.maximum, pairs)


def _fold_margins(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Env], Any]:
    return lambda statement, env: functools.reduce(operation, (margins(arg, env) for arg in statement.args))


_STATEMENTS: dict[Any, Callable[[Any, Env], Any]] = {
    sympy.Le: _relation(_gap),
    sympy.Lt: _relation(_gap),
    sympy.Ge: _relation(lambda x, y: _gap(y, x)),
    sympy.Gt: _relation(lambda x, y: _gap(y, x)),
    sympy.Eq: _relation(_real_parts),
    sympy.Ne: _relation(lambda x, y: -_real_parts(x, y)),
    sympy.And: _fold_margins(np.maximum),
    sympy.Or: _fold_margins(np.minimum),
    sympy.Not: lambda statement, env: -margins(statement.args[0], env),
    sympy.Implies: _implication,
    Given: _given,
    sympy.Equivalent: _equivalence,
    MatrixEq: lambda statement, env: _matrix_gap(*(matrix_values(arg, env) for arg in statement.args)),
    Symmetric: lambda statement, env: _matrix_gap(*((lambda x: (x, np.swapaxes(x, 1, 2)))(matrix_values(statement.args[0], env)))),
    Normal: _normality,
    PositiveSemidefinite: _semidefinite,
    PositiveDefinite: _semidefinite,
    ForAllIndex: lambda statement, env: functools.reduce(np.maximum, _indexed_values(statement, env, margins), -1.0),
    type(S.true): lambda statement, env: -1.0,
    type(S.false): lambda statement, env: 1.0,
}
