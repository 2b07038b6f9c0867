"""Identities between block matrices of free blocks, by algebra with symbols that do not commute.

Each block ``X`` becomes a symbol; where ``(zI − X)^{-1}`` occurs, ``X`` is written ``z − W`` with an invertible symbol ``W``, so that ``W
W^{-1} = 1`` is all that is needed. ``Inverse(Y) = X`` for square ``Y`` is verified as ``YX = I``. It is accepted only for
block-triangular ``Y`` whose diagonal blocks are the inverted shifts: then ``det Y`` is the product of their determinants, so that both
sides exist together.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from sympy import BlockMatrix, Dummy, Expr, Identity, Integer, Inverse, MatAdd, MatMul, MatPow, MatrixSymbol, S, Symbol, ZeroMatrix, expand
from sympy.matrices.expressions.matexpr import MatrixExpr

from verify.language.logic import MatrixEq

__all__ = ["BlockIdentity", "NotBlocks", "block_identity"]

Grid = list[list[Expr]]


class NotBlocks(ValueError):
    """The equation is not one between block matrices of free blocks."""


class BlockIdentity:
    """The symbols of one equation: a symbol for each block, one for each shifted block that is inverted."""

    def __init__(self, equation: MatrixEq) -> None:
        self.equation = equation
        partitions = {tuple(sizes) for block in equation.atoms(BlockMatrix) for sizes in (block.rowblocksizes, block.colblocksizes)}
        if len(partitions) != 1:
            raise NotBlocks("needs square block matrices that are partitioned alike")
        self.sizes = partitions.pop()
        self.values: dict[MatrixSymbol, Expr] = {}
        self.shifts: set[Expr] = set()
        for inverse in sorted(equation.atoms(Inverse), key=str):
            if not inverse.arg.has(BlockMatrix):
                self._shift(inverse.arg)

    def proof(self) -> str | None:
        """In words how the identity follows from the algebra; None if it does not."""
        left, right = self.equation.args
        if isinstance(right, Inverse) and right.arg.has(BlockMatrix):
            left, right = right, left
        if not isinstance(left, Inverse) or not left.arg.has(BlockMatrix):
            same = not self.equation.has(Inverse) and _equal(self._grid(left), self._grid(right))
            return "both sides agree block by block" if same else None
        inverted = self._grid(left.arg)
        if not self._invertible_together(inverted) or not _equal(_times(inverted, self._grid(right)), self._unit(S.One)):
            return None
        return "the product with the inverted matrix is I; that matrix is block-triangular, so its diagonal blocks are invertible with it"

    def _invertible_together(self, grid: Grid) -> bool:
        """Block-triangular, with the inverted shifts on the diagonal: the determinant is the product of theirs."""
        size = range(len(grid))
        triangular = any(all(grid[i][j] == 0 for i in size for j in size if (i < j if upper else i > j)) for upper in (True, False))
        return triangular and all(expand(grid[i][i]) in self.shifts for i in size)

    def _shift(self, matrix: Any) -> None:
        """``zI − X`` becomes the invertible symbol ``W``, and ``X`` becomes ``z − W``."""
        symbols = list(matrix.atoms(MatrixSymbol))
        if len(symbols) != 1 or symbols[0] in self.values:
            raise NotBlocks(f"the inverse of {matrix} is not that of one shifted block")
        symbol = symbols[0]
        name = Symbol(symbol.name, commutative=False)
        linear = expand(self._entry(matrix, {symbol: name}))
        slope = linear.coeff(name)
        if slope not in (1, -1) or (linear - slope * name).has(name):
            raise NotBlocks(f"{matrix} is not a shift of a block")
        shifted = Dummy(f"W_{symbol.name}", commutative=False)
        self.shifts.add(shifted)
        self.values[symbol] = expand((shifted - (linear - slope * name)) * slope)

    # -- grids ---------------------------------------------------------------------------------------------------------

    def _unit(self, scalar: Expr) -> Grid:
        return [[scalar if i == j else S.Zero for j in range(len(self.sizes))] for i in range(len(self.sizes))]

    def _grid(self, matrix: Any) -> Grid:
        match matrix:
            case BlockMatrix():
                rows, cols = matrix.blockshape
                return [[self._entry(matrix.blocks[i, j], self.values) for j in range(cols)] for i in range(rows)]
            case Identity():
                return self._unit(S.One)
            case ZeroMatrix():
                return self._unit(S.Zero)
            case MatAdd():
                return reduce(_plus, map(self._grid, matrix.args))
            case MatMul():
                scalar, factors = matrix.as_coeff_matrices()
                return _times(self._unit(scalar), reduce(_times, map(self._grid, factors)))
            case MatPow(exp=Integer()) if matrix.exp > 0:
                return reduce(_times, [self._grid(matrix.base)] * int(matrix.exp))
        raise NotBlocks(f"{type(matrix).__name__} is not understood between block matrices")

    def _entry(self, matrix: Any, values: dict[MatrixSymbol, Expr]) -> Expr:
        match matrix:
            case MatrixSymbol():
                return values.setdefault(matrix, Symbol(matrix.name, commutative=False))
            case Identity():
                return S.One
            case ZeroMatrix():
                return S.Zero
            case MatAdd():
                return reduce(lambda x, y: x + y, (self._entry(part, values) for part in matrix.args))
            case MatMul():
                scalar, factors = matrix.as_coeff_matrices()
                return scalar * reduce(lambda x, y: x * y, (self._entry(part, values) for part in factors))
            case Inverse():
                return expand(self._entry(matrix.arg, values)) ** -1
            case MatPow(exp=Integer()) if matrix.exp > 0:
                return self._entry(matrix.base, values) ** matrix.exp
        raise NotBlocks(f"{type(matrix).__name__} is not understood inside a block")


def _plus(first: Grid, second: Grid) -> Grid:
    return [[x + y for x, y in zip(row, other, strict=True)] for row, other in zip(first, second, strict=True)]


def _times(first: Grid, second: Grid) -> Grid:
    middle = range(len(second))
    return [[sum((row[k] * second[k][j] for k in middle), S.Zero) for j in range(len(second[0]))] for row in first]


def _equal(first: Grid, second: Grid) -> bool:
    return all(expand(x - y) == 0 for row, other in zip(first, second, strict=True) for x, y in zip(row, other, strict=True))


def block_identity(statement: Any) -> str | None:
    """How a statement follows as a block identity; None if it is none, or the algebra cannot tell."""
    if not isinstance(statement, MatrixEq) or not all(isinstance(side, MatrixExpr) for side in statement.args):
        return None
    try:
        return BlockIdentity(statement).proof()
    except NotBlocks:
        return None
