"""A statement as the JSON tree of ``docs/certificate-format.md``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import sympy
from sympy import S
from sympy.core.relational import Relational
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.matrices.expressions.matexpr import MatrixElement

from verify.language.logic import ForAllIndex, IndexMaximum, IndexMinimum, MatrixPredicate, Supremum
from verify.language.matrices import MatrixProduct, MatrixSum, SequenceTerm
from verify.language.quantities import MatrixQuantity

__all__ = ["KNOWN", "NoTree", "canonical", "tree"]

Tree = dict[str, Any]

_RELATIONS = {sympy.Le: "Le", sympy.Lt: "Lt", sympy.Ge: "Ge", sympy.Gt: "Gt", sympy.Eq: "Eq", sympy.Ne: "Ne"}
_PLAIN: dict[type, str] = {
    sympy.Add: "Add", sympy.Mul: "Mul", sympy.Pow: "Pow", sympy.exp: "Exp", sympy.log: "Log", sympy.Abs: "Abs", sympy.Max: "Max", sympy.Min: "Min",
    sympy.re: "Re", sympy.im: "Im", sympy.conjugate: "Conjugate", sympy.MatAdd: "MatAdd", sympy.MatMul: "MatMul", sympy.MatPow: "MatPow",
    sympy.Inverse: "Inverse", sympy.Transpose: "Transpose", sympy.Adjoint: "Adjoint", sympy.Identity: "Identity", sympy.ZeroMatrix: "ZeroMatrix",
    sympy.Determinant: "Determinant", sympy.Trace: "Trace", sympy.And: "And", sympy.Or: "Or", sympy.Not: "Not", sympy.Implies: "Implies",
    sympy.Equivalent: "Equivalent",
}
_INDEXED: dict[type, str] = {
    sympy.Sum: "Sum", sympy.Product: "Product", MatrixSum: "MatrixSum", MatrixProduct: "MatrixProduct", IndexMaximum: "MaxOver",
    IndexMinimum: "MinOver", ForAllIndex: "AllOf",
}


class NoTree(ValueError):
    """The expression has a node that certificates do not carry (a quantifier over a class, say)."""


def tree(expr: Any) -> Tree:
    """The JSON tree of a statement, a real quantity or a matrix.

    Raises:
        NoTree: if it contains a node that an exact instance cannot be substituted into.
    """
    kind = type(expr)
    if kind in _PLAIN:
        return {"op": _PLAIN[kind], "args": [tree(arg) for arg in _ordered_args(expr)]}
    if kind in _INDEXED:
        return _indexed(expr)
    if isinstance(expr, (MatrixQuantity, MatrixPredicate)):
        return {"op": kind.__name__, "args": [tree(arg) for arg in expr.args]}
    if isinstance(expr, Relational):
        return {"op": _RELATIONS[kind], "args": [tree(expr.lhs), tree(expr.rhs)]}
    for base, convert in _SPECIAL.items():
        if isinstance(expr, base):
            return convert(expr)
    raise NoTree(f"no certificate can carry a {kind.__name__}: {expr}")


def _ordered_args(expr: Any) -> tuple[Any, ...]:
    if isinstance(expr, (sympy.Transpose, sympy.Adjoint, sympy.Determinant, sympy.Trace)):
        return (expr.arg,)
    return (expr.args[0],) if isinstance(expr, (sympy.Inverse, sympy.Identity)) else expr.args


def _indexed(expr: Any) -> Tree:
    body, index, low, high = expr.args if len(expr.args) == 4 else (expr.args[0], *expr.args[1])
    return {"op": _INDEXED[type(expr)], "args": [tree(body), tree(low), tree(high)], "index": str(index)}


def _matrix_symbol(expr: Any) -> Tree:
    return {"op": "MatrixSymbol", "name": expr.name, "rows": tree(expr.rows), "cols": tree(expr.cols)}


def _sequence_term(expr: SequenceTerm) -> Tree:
    return {"op": "SequenceTerm", "name": expr.name, "index": tree(expr.index), "rows": tree(expr.rows), "cols": tree(expr.cols)}


def _blocks(expr: Any) -> Tree:
    rows, cols = expr.blockshape
    return {"op": "BlockMatrix", "blocks": [[tree(expr.blocks[i, j]) for j in range(cols)] for i in range(rows)]}


def _explicit(expr: Any) -> Tree:
    return {"op": "ExplicitMatrix", "rows": [[tree(expr[i, j]) for j in range(expr.cols)] for i in range(expr.rows)]}


def _entry(expr: MatrixElement) -> Tree:
    """``X[i, j] = tr(e_iᵀ X e_j)``: an entry needs no operation of its own.

    Raises:
        NoTree: where the shape or an index is not a number.
    """
    shape = [sympy.sympify(size) for size in expr.parent.shape]
    if not all(number.is_Integer for number in (*shape, expr.i, expr.j)):
        raise NoTree(f"no certificate can carry the entry {expr} of a matrix whose order is not a number")
    row, column = (sympy.Matrix([[int(k == place) for k in range(size)]]) for place, size in zip((expr.i, expr.j), shape, strict=True))
    return {"op": "Trace", "args": [{"op": "MatMul", "args": [_explicit(row), tree(expr.parent), _explicit(column.T)]}]}


def _piecewise(expr: Any) -> Tree:
    return {"op": "Piecewise", "args": [tree(case) for case in expr.args]}


def _supremum(expr: Supremum) -> Tree:
    return {"op": "Supremum", "args": [tree(expr.body), *map(tree, expr.limits)], "variable": str(expr.variable)}


_SPECIAL: dict[type, Callable[[Any], Tree]] = {
    sympy.MatrixSymbol: _matrix_symbol,
    SequenceTerm: _sequence_term,
    sympy.BlockMatrix: _blocks,
    sympy.matrices.matrixbase.MatrixBase: _explicit,
    sympy.Piecewise: _piecewise,
    MatrixElement: _entry,
    ExprCondPair: lambda pair: {"op": "Case", "args": [tree(pair.expr), tree(pair.cond)]},
    Supremum: _supremum,
    sympy.Symbol: lambda symbol: {"op": "Symbol", "name": symbol.name},
    sympy.Rational: lambda number: {"op": "Rational", "value": str(number)},
    sympy.core.numbers.Exp1: lambda _: {"op": "Constant", "name": "E"},
    sympy.core.numbers.Pi: lambda _: {"op": "Constant", "name": "Pi"},
    sympy.core.numbers.Infinity: lambda _: {"op": "Infinity"},
    sympy.core.numbers.ImaginaryUnit: lambda _: {"op": "ImaginaryUnit"},
    type(S.true): lambda _: {"op": "True"},
    type(S.false): lambda _: {"op": "False"},
}
KNOWN: tuple[type, ...] = (*_PLAIN, *_INDEXED, *_SPECIAL, MatrixQuantity, MatrixPredicate, Relational)
"""What an instance can be substituted into."""


def canonical(node: Tree) -> str:
    """The canonical text of a tree: the key under which witnesses are found."""
    return json.dumps(node, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
