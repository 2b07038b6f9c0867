"""What a statement of a claim file must not contain, and what to write instead.

Everything here is found when the claim is built, before anything is judged, so that a slip of the pen is one message and not a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sympy import (
    Abs,
    Float,
    I,
    MatAdd,
    MatMul,
    MatPow,
    NumberSymbol,
    Pow,
    Product,
    Sum,
    Symbol,
    Tuple,
    conjugate,
    exp,
    im,
    log,
    nan,
    oo,
    preorder_traversal,
    re,
    sympify,
    zoo,
)
from sympy.core.relational import Eq, Ne, Relational
from sympy.core.symbol import Str
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.matrices.matrixbase import MatrixBase

from verify.language.logic import QUANTIFIERS, InfOverClass, MinimaxError, Prose, SupOverClass
from verify.language.quantities import ExponentialNorm, MatrixQuantity, PowerNorm
from verify.language.tree import KNOWN

__all__ = ["complaint_about_classes", "complaint_about_orders", "float_remedy", "irrational_entries", "objection"]

_STRUCTURE = (*QUANTIFIERS, SupOverClass, InfOverClass, MinimaxError, Prose, Relational, MatrixQuantity, MatrixElement, ExprCondPair, Tuple, Str)
_LARGEST_POWER = 100_000
_COMPLEX_TIME = "the time of ExponentialNorm is a real number; write a complex factor into the matrix"


def objection(statement: Any) -> tuple[str, Any] | None:
    """What is wrong with a statement, as a message, and what to look for in the source of the claim file; None if nothing is."""
    return next(_objections(statement), None)


def _objections(statement: Any) -> Iterator[tuple[str, Any]]:
    for number in sorted(statement.atoms(Float), key=str):
        yield f"contains the float {_plain(number)}, which is no exact number: {float_remedy(number)}", float(number)
    if statement.atoms(type(nan), type(zoo)):
        yield "contains an undefined number (a division by zero?): mend the formula", None
    for node in _nodes(statement):
        if isinstance(node, MatrixElement):
            yield from _of_entry(node)
        elif isinstance(node, PowerNorm):
            yield from _of_power(node)
        elif isinstance(node, ExponentialNorm) and node.args[1].has(I) and not node.args[1].is_extended_real:
            yield f"contains {node}, whose time {node.args[1]} is not real: {_COMPLEX_TIME}", None
        elif isinstance(node, (MatMul, MatAdd)):
            yield from _of_shapes(node)
        elif isinstance(node, (Sum, Product)) and any(abs(end) == oo for _, *ends in node.limits for end in ends):
            yield f"contains {node} with infinitely many terms, which no instance has a value for: give it a last term with a class, (k, 0, T)", None
        elif isinstance(node, MatPow) and sympify(node.base.rows) != sympify(node.base.cols):
            yield f"contains {node}, a power of a matrix of shape {node.base.rows} x {node.base.cols}, which is not square", None
        elif not isinstance(node, (*KNOWN, *_STRUCTURE)):
            yield (
                f"contains {node}, and nothing here can evaluate {type(node).__name__}: "
                "use the operations that docs/claims.md lists, or give it a symbol with a class of its own"
            ), None


def _nodes(expr: Any) -> Iterator[Any]:
    """All nodes that are evaluated; the name and indices of a symbol or an entry are not."""
    yield expr
    if not isinstance(expr, (Symbol, Prose)) and not getattr(expr, "is_symbol", False):
        for arg in getattr(expr, "args", ()):
            yield from _nodes(arg)
    elif isinstance(expr, MatrixElement):
        yield from _nodes(expr.parent)


def _of_entry(entry: MatrixElement) -> Iterator[tuple[str, Any]]:
    """Entries are spoken of where the order is a number: in another basis, or another size, an entry is something else."""
    rows, cols = entry.parent.shape
    if not (sympify(rows).is_Integer and sympify(cols).is_Integer and entry.i.is_Integer and entry.j.is_Integer):
        yield (
            f"contains the entry {entry} of a matrix of order {rows} x {cols}: entries can be spoken of only where the order and the indices are numbers: "
            f'write MatrixSymbol("{entry.parent}", 2, 2), or Matrix([[a, b], [c, d]]) with scalar symbols a, b, c, d'
        ), None
    elif not (0 <= entry.i < rows and 0 <= entry.j < cols):
        yield f"contains the entry {entry} of a matrix of order {rows} x {cols}: rows and columns are numbered from 0", None


def _of_power(power: PowerNorm) -> Iterator[tuple[str, Any]]:
    exponent = power.args[1]
    if exponent.is_integer is not True:
        yield f'contains {power}, whose exponent {exponent} is no integer: declare it Symbol("{exponent}", integer=True), with the class integer(0, 8)', None
    elif exponent.is_Integer and not 0 <= exponent <= _LARGEST_POWER:
        yield f"contains {power}: an exponent is a number from 0 to {_LARGEST_POWER} (for a negative one write Norm of the Inverse)", None


def _of_shapes(expr: Any) -> Iterator[tuple[str, Any]]:
    """SymPy lets factors pass whose orders are different symbols."""
    shapes = [tuple(map(sympify, arg.shape)) for arg in expr.args if getattr(arg, "is_Matrix", False)]
    fits = all(x[1] == y[0] for x, y in pairwise(shapes)) if isinstance(expr, MatMul) else len(set(shapes)) == 1
    if not fits:
        told = ", ".join(f"{rows} x {cols}" for rows, cols in shapes)
        yield f"contains {expr}, whose parts have the shapes {told}, which do not fit: look at MatrixSymbol(name, rows, columns)", None


def irrational_entries(statement: Any) -> bool:
    """Does a matrix of the statement hold a root, a power or a constant that has no exact value at most instances?"""
    matrices = [node for node in preorder_traversal(statement) if isinstance(node, (MatrixBase, MatMul))]
    scalars = (entry for node in matrices for entry in (node.flat() if isinstance(node, MatrixBase) else node.args) if not getattr(entry, "is_Matrix", False))
    return any(_irrational(part) for entry in scalars for part in preorder_traversal(entry))


def _irrational(part: Any) -> bool:
    return isinstance(part, (NumberSymbol, exp, log, MatrixQuantity)) or (isinstance(part, Pow) and not part.exp.is_integer)


def float_remedy(number: Any) -> str:
    """The exact number that was probably meant."""
    value = float(number)
    if value != value or value in (float("inf"), float("-inf")):
        return "give a finite number"
    near = Fraction(str(value)) if len(str(value)) < 12 and "e" not in str(value) else Fraction(value).limit_denominator(1000)
    if near.denominator == 1:
        return f"write {near}"
    return f"write Rational({near.numerator}, {near.denominator})" + ("" if float(near) == value else ", or whichever fraction is meant")


def _plain(number: Any) -> str:
    return repr(float(number))


def complaint_about_classes(domain: Mapping[Any, Any]) -> tuple[str, Any] | None:
    """What is wrong with the classes: a float bound, an empty range, a bound by what is drawn later, a matrix of the wrong shape."""
    return next(_about_classes(domain), None)


def _about_classes(domain: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    drawn: set[str] = set()
    for symbol in sorted(domain, key=_drawing_order):
        cls = domain[symbol]
        name = getattr(symbol, "name", str(symbol))
        spoken = {part for relation in cls.relations(symbol) for part in relation.atoms(Float, Symbol)}
        for number in sorted(spoken, key=str):
            if isinstance(number, Float):
                yield f"the class of {name} contains the float {_plain(number)}, which is no exact number: {float_remedy(number)}", float(number)
        yield from _empty(name, cls)
        if getattr(cls, "square", False) and hasattr(symbol, "rows") and symbol.rows != symbol.cols:
            yield f"the class of {name} has square members, and {name} is {symbol.rows} x {symbol.cols}: make it square, or give it coupling()", None
        parameters = {getattr(other, "name", str(other)) for other in domain if not hasattr(other, "rows")}
        names = {part.name for part in spoken if isinstance(part, Symbol)} & parameters - drawn - {name}
        if names and not hasattr(symbol, "rows"):
            late = ", ".join(sorted(names))
            yield f"the class of {name} speaks of {late}, which has to stand before it in the domain (and two classes cannot speak of each other)", None
        drawn.add(name)


def _drawing_order(symbol: Any) -> tuple[bool, bool]:
    matrix = hasattr(symbol, "rows")
    return matrix, matrix and symbol.cols != 1


def _empty(name: str, cls: Any) -> Iterator[tuple[str, Any]]:
    low, high = (sympify(getattr(cls, end, None)) for end in ("low", "high"))
    if low is None or high is None or not (low.is_number and high.is_number):
        return
    open_end = getattr(cls, "open_low", False) or getattr(cls, "open_high", False)
    if low > high or (low == high and open_end):
        yield f"the class of {name} is empty: {low} is not below {high}; write the smaller end first", None


def complaint_about_orders(statement: Any, domain: Mapping[Any, Any]) -> tuple[str, Any] | None:
    """An inequality between complex numbers, a complex time, or a power whose exponent may be negative."""
    complexes = {symbol for symbol, cls in domain.items() if isinstance(symbol, Symbol) and getattr(cls, "complex", False)}
    for symbol in sorted(complexes, key=str):
        if symbol.is_extended_real:
            return f'{symbol} is declared real and has a class of complex numbers: write Symbol("{symbol}", complex=True)', None
    for relation in statement.atoms(Relational) if complexes else ():
        if not isinstance(relation, (Eq, Ne)) and any(_bare(side) & complexes for side in relation.args):
            names = ", ".join(sorted(map(str, complexes)))
            return f"compares the complex {names} in {relation}: complex numbers have no order; compare Abs, re or im of them", None
    for flow in statement.atoms(ExponentialNorm) if complexes else ():
        if _bare(flow.args[1]) & complexes:
            return f"contains {flow}, whose time {flow.args[1]} is complex: {_COMPLEX_TIME}", None
    lows = {symbol: cls.low for symbol, cls in domain.items() if getattr(cls, "discrete", False)}
    for power in statement.atoms(PowerNorm):
        if power.args[1] in lows and lows[power.args[1]] < 0:
            return f"contains {power}, whose exponent may be negative by its class: write integer(0, …)", None
    return None


def _bare(expr: Any) -> set[Any]:
    """The symbols that stand outside moduli, parts, conjugates and quantities."""
    if expr.has(conjugate):
        return set()
    if isinstance(expr, (Abs, re, im, MatrixQuantity)):
        return set()
    return {expr} if isinstance(expr, Symbol) else {symbol for arg in expr.args for symbol in _bare(arg)}
