"""Matrix expressions as explicit matrices, and complex scalars as pairs of real ones."""

from __future__ import annotations

from functools import reduce
from operator import mul
from typing import Any

from sympy import (
    Add,
    Adjoint,
    BlockMatrix,
    Expr,
    I,
    Identity,
    Integer,
    Inverse,
    MatAdd,
    MatMul,
    MatPow,
    MatrixSymbol,
    Mul,
    Pow,
    S,
    Symbol,
    Transpose,
    ZeroMatrix,
    conjugate,
    im,
    re,
    sympify,
)
from sympy.matrices import ImmutableDenseMatrix as Matrix
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.matrices.matrixbase import MatrixBase

from verify.language.matrices import MatrixProduct, MatrixSum

__all__ = ["NotScalar", "complex_parts", "entries_of", "explicit", "is_complex"]

_LARGEST = 4  # of a matrix that is written out; closed forms of spectral quantities stop at 2


class NotScalar(ValueError):
    """The statement is not one over real scalars and small explicit matrices; the message says what stands in the way."""


def is_complex(symbol: Symbol) -> bool:
    """Whether a symbol ranges over the complex numbers.

    Raises:
        NotScalar: if it is declared neither real nor complex.
    """
    if symbol.is_real:
        return False
    if symbol.is_complex:
        return True
    raise NotScalar(f"the symbol {symbol} is declared neither real nor complex: give it an assumption")


def complex_parts(value: Expr) -> tuple[Expr, Expr]:
    """Real and imaginary part of a scalar expression; a complex symbol ``z`` becomes the real symbols ``re(z)`` and ``im(z)``."""
    match value:
        case Symbol():
            return (Symbol(f"re({value})", real=True), Symbol(f"im({value})", real=True)) if is_complex(value) else (value, S.Zero)
        case Add():
            parts = [complex_parts(term) for term in value.args]
            return Add(*(x for x, _ in parts)), Add(*(y for _, y in parts))
        case Mul():
            return reduce(_product, map(complex_parts, value.args))
        case Pow(exp=Integer()):
            return _power(complex_parts(value.base), int(value.exp))
        case conjugate():
            x, y = complex_parts(value.args[0])
            return x, -y
        case re() | im():
            return complex_parts(value.args[0])[isinstance(value, im)], S.Zero
        case MatrixElement():
            return complex_parts(explicit(value.parent)[value.i, value.j])
    return (S.Zero, S.One) if value is I else (value, S.Zero)


def _product(first: tuple[Expr, Expr], second: tuple[Expr, Expr]) -> tuple[Expr, Expr]:
    (x, y), (u, v) = first, second
    return x * u - y * v, x * v + y * u


def _power(base: tuple[Expr, Expr], exponent: int) -> tuple[Expr, Expr]:
    x, y = base
    if y == 0:
        return x**exponent, S.Zero
    if exponent < 0:
        square = x**2 + y**2
        return _power((x / square, -y / square), -exponent)
    return reduce(_product, [base] * exponent, (S.One, S.Zero))


def entries_of(symbol: MatrixSymbol) -> Matrix:
    """A free real matrix of small fixed shape, by its entries ``X[i,j]`` (numbered from 1)."""
    rows, cols = _shape(symbol)
    return Matrix(rows, cols, lambda i, j: Symbol(f"{symbol.name}[{i + 1},{j + 1}]", real=True))


def _shape(matrix: Any) -> tuple[int, int]:
    rows, cols = map(sympify, matrix.shape)
    if not (rows.is_Integer and cols.is_Integer):
        raise NotScalar(f"the matrix {matrix} has the symbolic shape {rows} x {cols}")
    if max(rows, cols) > _LARGEST:
        raise NotScalar(f"the matrix {matrix} is larger than {_LARGEST} x {_LARGEST}")
    return int(rows), int(cols)


def explicit(matrix: Any) -> Matrix:
    """The matrix with its entries written out.

    Raises:
        NotScalar: if a shape is symbolic, too large, or an operation is not known.
    """
    match matrix:
        case MatrixBase():
            _shape(matrix)
            return Matrix(matrix)
        case MatrixSymbol():
            return entries_of(matrix)
        case Identity():
            return Matrix.eye(_shape(matrix)[0])
        case ZeroMatrix():
            return Matrix.zeros(*_shape(matrix))
        case BlockMatrix():
            rows, cols = matrix.blockshape
            return Matrix.vstack(*(Matrix.hstack(*(explicit(matrix.blocks[i, j]) for j in range(cols))) for i in range(rows)))
        case MatAdd():
            return reduce(lambda x, y: x + y, map(explicit, matrix.args))
        case MatMul():
            scalar, factors = matrix.as_coeff_matrices()
            return scalar * reduce(mul, map(explicit, factors))
        case Transpose():
            return explicit(matrix.arg).T
        case Adjoint():
            return explicit(matrix.arg).H
    return _power_or_sequence(matrix)


def _power_or_sequence(matrix: Any) -> Matrix:
    match matrix:
        case Inverse():
            return _inverse(explicit(matrix.arg))
        case MatPow(exp=Integer()):
            base = explicit(matrix.base)
            return base ** int(matrix.exp) if matrix.exp >= 0 else _inverse(base) ** int(-matrix.exp)
        case MatrixSum() | MatrixProduct() if all(limit.is_Integer for limit in matrix.limits):
            low, high = map(int, matrix.limits)
            terms = [explicit(matrix.body.xreplace({matrix.index: Integer(k)})) for k in range(low, high + 1)]
            if isinstance(matrix, MatrixSum):
                return reduce(lambda x, y: x + y, terms, Matrix.zeros(*_shape(matrix)))
            return reduce(lambda x, y: y * x, terms, Matrix.eye(_shape(matrix)[0]))
    raise NotScalar(f"the matrix {matrix} cannot be written out ({type(matrix).__name__})")


def _inverse(matrix: Matrix) -> Matrix:
    """By the adjugate, so that the one denominator is the determinant."""
    if matrix.shape == (1, 1):
        return Matrix([[1 / matrix[0, 0]]])
    return matrix.adjugate() / matrix.det(method="berkowitz")
