"""Matrix expressions beyond SymPy's own: blocks from a list, sequences of matrices, sums and products over an index, resolvents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import BlockMatrix, Expr, Identity, Symbol, ZeroMatrix, sympify
from sympy.matrices.expressions.matexpr import MatrixExpr

__all__ = ["MatrixProduct", "MatrixSequence", "MatrixSum", "SequenceTerm", "block", "range_of", "resolvent"]


def block(rows: Sequence[Sequence[Any]]) -> BlockMatrix:
    """A block matrix from a list of rows in which a plain ``0`` stands for the zero block of the fitting shape.

    Raises:
        ValueError: if a zero block's shape cannot be read off its row and column.
    """
    heights = [next((entry.rows for entry in row if isinstance(entry, MatrixExpr)), None) for row in rows]
    widths = [next((row[j].cols for row in rows if isinstance(row[j], MatrixExpr)), None) for j in range(len(rows[0]))]
    if None in heights or None in widths:
        raise ValueError("block(): every block row and block column needs at least one matrix, to give the zeros their shape")

    def filled(i: int, j: int) -> MatrixExpr:
        return rows[i][j] if isinstance(rows[i][j], MatrixExpr) else ZeroMatrix(heights[i], widths[j])

    return BlockMatrix([[filled(i, j) for j in range(len(rows[0]))] for i in range(len(rows))])


def resolvent(matrix: MatrixExpr, z: Expr) -> MatrixExpr:
    """``(zI − X)^{-1}``."""
    from sympy import Inverse

    return Inverse(z * Identity(matrix.rows) - matrix)


class SequenceTerm(MatrixExpr):
    """The ``index``-th matrix (numbered from 1) of a sequence of free matrices."""

    def __new__(cls, name: Any, index: Any, rows: Any, cols: Any) -> SequenceTerm:
        return MatrixExpr.__new__(cls, Symbol(str(name)), sympify(index), sympify(rows), sympify(cols))

    @property
    def name(self) -> str:
        return str(self.args[0])

    @property
    def index(self) -> Expr:
        return self.args[1]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        return self.args[2], self.args[3]

    def _sympystr(self, printer: Any) -> str:
        return f"{self.name}_{printer._print(self.index)}"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        body = f"{self.name}_{{{printer._print(self.index)}}}"
        return body if exp is None else f"{body}^{{{exp}}}"


class MatrixSequence:
    """A finite sequence ``X_1, …, X_T`` of free matrices of one shape; ``X[t]`` is a term."""

    def __init__(self, name: str, rows: Any, cols: Any, length: Symbol) -> None:
        self.name, self.rows, self.cols, self.length = name, sympify(rows), sympify(cols), length

    def __getitem__(self, index: Any) -> SequenceTerm:
        return SequenceTerm(self.name, index, self.rows, self.cols)

    __iter__ = None
    """Its length is a symbol: not iterable, although it has items."""

    @property
    def bound(self) -> Symbol:
        """How a quantifier names it."""
        return Symbol(self.name)

    def __repr__(self) -> str:
        return self.name

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MatrixSequence) and other.name == self.name


def range_of(bounds: tuple[Any, ...]) -> tuple[Expr, Expr, Expr]:
    """Variable and limits, written ``(k, low, high)`` by people and flat by SymPy when it rebuilds a node from its ``args``."""
    variable, low, high = map(sympify, bounds[0] if len(bounds) == 1 else bounds)
    return variable, low, high


class _Indexed(MatrixExpr):
    """A sum or product of matrices over an integer range."""

    sign: str
    tex: str

    def __new__(cls, body: MatrixExpr, *bounds: Any) -> _Indexed:
        return MatrixExpr.__new__(cls, body, *range_of(bounds))

    @property
    def body(self) -> MatrixExpr:
        return self.args[0]

    @property
    def index(self) -> Symbol:
        return self.args[1]

    @property
    def limits(self) -> tuple[Expr, Expr]:
        return self.args[2], self.args[3]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        return self.body.shape

    @property
    def free_symbols(self) -> set[Any]:
        return (self.body.free_symbols - {self.index}) | self.args[2].free_symbols | self.args[3].free_symbols

    def _sympystr(self, printer: Any) -> str:
        low, high = map(printer._print, self.limits)
        return f"{self.sign}_{{{self.index}={low}..{high}}} {printer._print(self.body)}"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        low, high = map(printer._print, self.limits)
        body = rf"{self.tex}_{{{printer._print(self.index)}={low}}}^{{{high}}} {printer._print(self.body)}"
        return body if exp is None else rf"\left({body}\right)^{{{exp}}}"


class MatrixSum(_Indexed):
    """``Σ_{k=low}^{high} X(k)``; the empty sum is zero."""

    sign, tex = "sum", r"\sum"


class MatrixProduct(_Indexed):
    """``X(high) ⋯ X(low)``: the factor of the largest index stands leftmost; the empty product is the identity."""

    sign, tex = "product", r"\overleftarrow{\prod}"
