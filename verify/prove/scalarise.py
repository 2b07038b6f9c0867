"""Statements over scalars and small explicit matrices as statements over real numbers.

The result is built from real symbols, rational numbers, ``+``, ``·``, rational powers, ``Abs``, ``Max``, ``Min``, ``Piecewise``,
``Supremum``, relations, ``And``, ``Or``, ``Not``, ``Implies``, ``Equivalent`` and ``ForAll``. The closed forms, with their proofs, are in
``verify.prove.two_by_two``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from sympy import (
    Abs,
    Add,
    And,
    Determinant,
    Equivalent,
    Expr,
    Implies,
    Max,
    Min,
    Mul,
    Not,
    Or,
    Piecewise,
    Pow,
    Rational,
    S,
    Symbol,
    Trace,
    conjugate,
    im,
    oo,
    re,
)
from sympy.core.relational import Eq, Ge, Gt, Ne, Relational
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue
from sympy.matrices import ImmutableDenseMatrix as Matrix
from sympy.matrices.expressions.matexpr import MatrixElement

from verify.language.logic import ForAll, MatrixEq, Normal, PositiveDefinite, PositiveSemidefinite, Supremum, Symmetric
from verify.language.quantities import (
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
)
from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.prove import two_by_two
from verify.prove.explicit import NotScalar, complex_parts, entries_of, explicit, is_complex

__all__ = ["NotScalar", "restored", "scalarise"]

_OF_ONE_MATRIX = {
    Norm: two_by_two.norm,
    SmallestSingularValue: two_by_two.smallest_singular_value,
    SpectralRadius: two_by_two.spectral_radius,
    SpectralAbscissa: two_by_two.spectral_abscissa,
    NumericalRadius: two_by_two.numerical_radius,
    KreissConstant: two_by_two.kreiss_constant,
}


def scalarise(statement: Boolean) -> Boolean:
    """The statement as one over real numbers; nothing is evaluated or simplified to a truth value on the way.

    Raises:
        NotScalar: with what stands in the way.
    """
    match statement:
        case BooleanTrue() | BooleanFalse():
            return statement
        case Relational():
            return _relation(statement)
        case And() | Or() | Not() | Implies() | Equivalent():
            return statement.func(*map(scalarise, statement.args), evaluate=False)
        case ForAll():
            variables = [part for variable in statement.variables for part in _bound(variable)]
            return ForAll(variables, scalarise(statement.body))
        case Symmetric():
            matrix = explicit(statement.args[0])
            return _all_equal(matrix, matrix.T)
        case Normal():
            matrix = explicit(statement.args[0])
            return _all_equal(matrix * matrix.H, matrix.H * matrix)
        case MatrixEq():
            return _all_equal(*map(explicit, statement.args))
        case PositiveSemidefinite() | PositiveDefinite():
            return _definite(explicit(statement.args[0]), strict=isinstance(statement, PositiveDefinite))
    raise NotScalar(f"{type(statement).__name__} is not a statement over scalars: {statement}")


def _bound(variable: Any) -> Iterable[Symbol]:
    if isinstance(variable, Symbol):
        return complex_parts(variable) if is_complex(variable) else (variable,)
    if hasattr(variable, "shape") and isinstance(variable, Expr):
        return tuple(entries_of(variable))
    raise NotScalar(f"the bound variable {variable} is not a scalar")


def _relation(statement: Relational) -> Boolean:
    if any(side.has(oo, -oo) for side in statement.args if not side.has(Supremum)):
        raise NotScalar(f"infinity in {statement}")
    if isinstance(statement, Eq) and any(map(_has_imaginary_part, statement.args)):
        (x, y), (u, v) = map(complex_parts, statement.args)
        return And(Eq(x, u, evaluate=False), Eq(y, v, evaluate=False), evaluate=False)
    if any(isinstance(side, ResolventNorm) for side in statement.args) and not isinstance(statement, (Eq, Ne)):
        return _resolvent_relation(statement)
    return statement.func(*map(_real, statement.args), evaluate=False)


def _resolvent_relation(statement: Relational) -> Boolean:
    """``‖(zI − X)^{-1}‖ > s`` as ``s σ_min(zI − X) < 1``, and alike for ``>=``, ``<=``, ``<``; right at eigenvalues (infinite norm) too."""
    if not isinstance(statement.lhs, ResolventNorm):
        statement = statement.reversed
    matrix, z = statement.lhs.args
    smallest = two_by_two.shifted_norms(_ordered(matrix), *map(_real, complex_parts(z)))[0]
    return statement.reversed.func(_real(statement.rhs) * smallest, 1, evaluate=False)


def _ordered(matrix: Any) -> Matrix:
    found = explicit(matrix)
    if found.shape not in ((1, 1), (2, 2)):
        raise NotScalar(f"the resolvent of a matrix of shape {found.shape} has no closed form here")
    return found.applyfunc(_real)


def _mentions_complex(value: Expr) -> bool:
    return value.has(S.ImaginaryUnit) or any(map(_is_complex_symbol, value.free_symbols))


def _all_equal(left: Matrix, right: Matrix) -> Boolean:
    pairs = [(complex_parts(x), complex_parts(y)) for x, y in zip(left, right, strict=True) if x != y]
    equal = [Eq(_real(x), _real(y), evaluate=False) for first, second in pairs for x, y in zip(first, second, strict=True) if x != y]
    return And(*equal, evaluate=False) if equal else S.true


def _definite(matrix: Matrix, *, strict: bool) -> Boolean:
    """Symmetric, and Sylvester's criterion: leading minors positive, or all principal minors non-negative (order at most two)."""
    if max(matrix.shape) > 2:
        raise NotScalar("definiteness is written out up to order two")
    minors = list(matrix.diagonal()) + ([matrix.det()] if matrix.rows == 2 else [])
    signs = [(Gt if strict else Ge)(minor, 0, evaluate=False) for minor in map(_real, minors)]
    return And(_all_equal(matrix, matrix.T), *signs, evaluate=False)


def _real(value: Expr) -> Expr:
    """A real expression with its quantities in closed form."""
    match value:
        case Rational():
            return value
        case Symbol() if not is_complex(value):
            return value
        case MatrixQuantity():
            return _quantity(value)
        case Determinant() | Trace():
            matrix = explicit(value.args[0])
            return _real(matrix.det() if isinstance(value, Determinant) else matrix.trace())
        case Abs():
            x, y = complex_parts(value.args[0])
            return Abs(_real(x)) if y == 0 else two_by_two.root(x**2 + y**2)
        case Piecewise():
            return Piecewise(*((_real(case), scalarise(condition)) for case, condition in value.args), evaluate=False)
        case Supremum():
            low, high = (limit if limit in (oo, -oo) else _real(limit) for limit in value.limits)
            return Supremum(_real(value.body), (value.variable, low, high))
        case re() | im() | MatrixElement():
            return _real(complex_parts(value)[0])
        case Add() | Mul() if _has_imaginary_part(value):
            return _without_imaginary_part(value)
        case Add() | Mul() | Max() | Min():
            return value.func(*map(_real, value.args))
        case Pow(exp=Rational()):
            return _real(value.base) ** value.exp
    raise NotScalar(f"{type(value).__name__} is not algebraic: {value}")


def _has_imaginary_part(value: Expr) -> bool:
    return any(part is S.ImaginaryUnit or isinstance(part, conjugate) or _is_complex_symbol(part) for part in _atoms(value))


def _is_complex_symbol(value: Any) -> bool:
    return isinstance(value, Symbol) and is_complex(value)


def _atoms(value: Expr) -> Iterable[Expr]:
    """The parts of a polynomial expression, not looking into moduli and quantities."""
    if isinstance(value, (Add, Mul, Pow)):
        for argument in value.args:
            yield from _atoms(argument)
    else:
        yield value


def _without_imaginary_part(value: Expr) -> Expr:
    x, y = complex_parts(value)
    if y.expand() != 0:
        raise NotScalar(f"{value} is not real")
    return _real(x)


def _quantity(value: MatrixQuantity) -> Expr:
    matrix, *scalars = value.args
    if isinstance(value, Norm) and type(matrix).__name__ == "Inverse":
        return 1 / _quantity(SmallestSingularValue(matrix.arg))
    found = explicit(matrix)
    if isinstance(value, PowerNorm):
        if not (scalars[0].is_Integer and scalars[0] >= 0):
            raise NotScalar(f"the power {scalars[0]} is symbolic")
        return _quantity(Norm(found ** int(scalars[0])))
    _check_order(value, found)
    return _closed_form(value, found, scalars)


def _check_order(value: MatrixQuantity, matrix: Matrix) -> None:
    name = type(value).__name__
    if max(matrix.shape) > 2 and not (isinstance(value, Norm) and 1 in matrix.shape):
        raise NotScalar(f"{name} of a matrix of shape {matrix.shape} has no closed form here")
    if not isinstance(value, Norm) and matrix.rows != matrix.cols:
        raise NotScalar(f"{name} needs a square matrix")


def _closed_form(value: MatrixQuantity, matrix: Matrix, scalars: list[Expr]) -> Expr:
    if not isinstance(value, ResolventNorm) and any(map(_mentions_complex, matrix)):
        return _of_shifted(value, matrix)
    matrix = matrix.applyfunc(_real)
    match value:
        case ResolventNorm():
            return two_by_two.shifted_norms(matrix, *map(_real, complex_parts(scalars[0])))[1]
        case PseudospectralRadius():
            return two_by_two.pseudospectral_radius(matrix, _real(scalars[0]))
        case SpectrumDistance() if matrix.shape == (1, 1):
            return two_by_two.shifted_norms(matrix, *map(_real, complex_parts(scalars[0])))[0]
        case LargestEigenvalue() | SmallestEigenvalue():
            return _eigenvalue(matrix, -1 if isinstance(value, SmallestEigenvalue) else 1)
    if type(value) in _OF_ONE_MATRIX:
        return _OF_ONE_MATRIX[type(value)](matrix)
    raise NotScalar(f"{type(value).__name__} has no closed form here")


def _of_shifted(value: MatrixQuantity, matrix: Matrix) -> Expr:
    """``σ_min(iyI + X)`` with real ``X``."""
    parts = matrix.applyfunc(lambda entry: complex_parts(entry)[1])
    y = parts[0, 0]
    if not isinstance(value, SmallestSingularValue) or parts != y * Matrix.eye(matrix.rows):
        raise NotScalar(f"{type(value).__name__} of a complex matrix has no closed form here")
    rest = -matrix.applyfunc(lambda entry: complex_parts(entry)[0])
    return two_by_two.shifted_norms(rest.applyfunc(_real), S.Zero, _real(y))[0]


def _eigenvalue(matrix: Matrix, sign: int) -> Expr:
    """``t/2 ± √(((a−d)/2)² + b²)`` of a symmetric matrix; no value unless it is symmetric."""
    if matrix.shape == (1, 1):
        return matrix[0, 0]
    a, b, c, d = matrix
    value = (a + d) / 2 + sign * two_by_two.root((a - d) ** 2 + 4 * b**2) / 2
    return value if b == c else Piecewise((value, Eq(b, c)), evaluate=False)


def restored(symbols: Iterable[Any], model: Mapping[Symbol, Fraction]) -> dict[str, Any]:
    """Values of the original symbols by name: Fractions, Gaussian rationals, exact matrices. Those that a model leaves free are 0."""

    def value(symbol: Symbol) -> Fraction:
        return model.get(symbol, Fraction(0))

    found: dict[str, Any] = {}
    for symbol in symbols:
        if not isinstance(symbol, Symbol):
            entries = entries_of(symbol)
            found[symbol.name] = RationalMatrix.from_rows([value(entries[i, j]) for j in range(entries.cols)] for i in range(entries.rows))
        elif is_complex(symbol):
            found[symbol.name] = GaussianRational(*map(value, complex_parts(symbol)))
        else:
            found[symbol.name] = value(symbol)
    return dict(sorted(found.items()))
