"""The source of a claim file: on which line something stands, and which habits of Python do not carry over to formulas."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

__all__ = ["line_of_reading", "place_of", "raised_at", "remedy_for"]

_CHAIN = "a chain such as 0 < g < 1 is Python's, and asks for a truth value: write And(0 < g, g < 1)"
_BOTH = "'and', 'or' and 'not' are Python's, and ask for a truth value: write And(…, …), Or(…, …), Not(…)"
_CASE = "'if' is Python's, and asks for a truth value: write Piecewise((value, condition), (other, True)), or Implies(condition, statement)"
_BUILTINS = {
    "max": "max() is Python's, and asks which is larger now: write Max(…, …)",
    "min": "min() is Python's, and asks which is smaller now: write Min(…, …)",
    "sorted": "sorted() asks which is larger now, and a formula does not know: write the order as a hypothesis",
    "abs": "abs() of a matrix has no meaning here: write Norm(A)",
    "bool": "a formula has no truth value before its symbols have values: leave bool() out",
    "float": "a formula is no float: leave float() out",
    "int": "a formula is no int: leave int() out",
    "sum": "sum() adds what can be listed now: write Sum(term, (k, 1, n)) or MatrixSum(term, (k, 1, n))",
    "range": "range() needs numbers now: write Sum, MatrixSum, ForAllIndex or IndexMaximum over (k, 1, n)",
}


def raised_at(path: str, trace: TracebackType | None) -> traceback.FrameSummary | None:
    """The last place in the file that an exception passed through."""
    return next((frame for frame in reversed(traceback.extract_tb(trace)) if frame.filename == path), None)


def remedy_for(error: BaseException, frame: traceback.FrameSummary | None, tree: ast.Module) -> str:
    """What to write instead, for the slips that people make who know Python better than this language; else that it wants mending."""
    found = next(_remedies(error, [] if frame is None else _around(tree, frame)), "")
    return found or "mend it and run again"


def _remedies(error: BaseException, nodes: list[ast.AST]) -> Iterator[str]:
    """Most particular first; ``nodes`` are those at the place, innermost first."""
    words = str(error)
    if isinstance(error, NameError):
        yield "import it at the top of the file (from sympy import …, from verify import …), or mend the name"
    if isinstance(error, (ImportError, ModuleNotFoundError)):
        yield '`python -c "import verify; print(dir(verify))"` lists what verify offers'
    if isinstance(error, TypeError) and "provenance" in words:
        yield "say where the formula comes from, as the third argument of Reading: guessed(\"as we read it\"), own(), stated(\"Theorem 1\")"
    if "truth value" in words or isinstance(error, (TypeError, NotImplementedError)):
        yield from _habits(nodes)
    if "truth value" in words:
        yield "somewhere Python asks for the truth value of a formula: use And, Or, Not, Max, Min, Piecewise, Implies in place of Python's own words"
    if "NaN" in words or "non-real" in words:
        yield "a side of the relation is undefined or not real (a division by zero?): mend the formula"
    if isinstance(error, ZeroDivisionError):
        yield "the formula divides by zero already while it is built: mend it"
    if "square" in words or "hape" in words or "mensions" in words:
        yield "look at the shapes: MatrixSymbol(name, rows, columns)"


def _habits(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            yield _CHAIN
        elif isinstance(node, (ast.BoolOp, ast.UnaryOp)) and isinstance(node.op, (ast.And, ast.Or, ast.Not)):
            yield _BOTH
        elif isinstance(node, (ast.IfExp, ast.If, ast.While)):
            yield _CASE
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _BUILTINS:
            yield _BUILTINS[node.func.id]


def _around(tree: ast.Module, frame: traceback.FrameSummary) -> list[ast.AST]:
    """The expressions at the place of a frame: those that contain it, innermost first, then those inside it, outermost first."""
    here = (frame.lineno or 0, frame.colno or 0, frame.end_lineno or frame.lineno or 0, frame.end_colno or 10**6)

    def span(node: ast.AST) -> tuple[int, int, int, int]:
        return node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0  # type: ignore[attr-defined]

    placed = [(span(node), node) for node in ast.walk(tree) if hasattr(node, "lineno")]
    outer = [node for s, node in placed if s[:2] <= here[:2] and here[2:] <= s[2:]]
    inner = [node for s, node in placed if here[:2] <= s[:2] and s[2:] <= here[2:] and node not in outer]
    return [*reversed(outer), *inner]


def place_of(tree: ast.Module, near: Any) -> int | None:
    """The line of a number as it is written in the file, or of the reading with this key; None if it does not stand there."""
    if isinstance(near, float):
        return next((node.lineno for node in _expressions(tree) if _worth(node) == near), None)
    return line_of_reading(tree, near) if isinstance(near, str) else None


def line_of_reading(tree: ast.Module, key: str) -> int | None:
    """The line on which ``Reading("key", …)`` begins, where the key is written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "Reading":
            keys = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "key")]
            if any(isinstance(word, ast.Constant) and word.value == key for word in keys):
                return node.lineno
    return None


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _expressions(tree: ast.Module) -> Iterator[ast.expr]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.expr))


_ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Div: lambda x, y: x / y, ast.Mult: lambda x, y: x * y, ast.Add: lambda x, y: x + y, ast.Sub: lambda x, y: x - y,
}


def _worth(node: ast.AST) -> float | None:
    """The float that a written number, or a quotient of two, is."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return float(node.value) if isinstance(node.value, float) else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _worth(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        sides = [part.value if isinstance(part, ast.Constant) else _worth(part) for part in (node.left, node.right)]
        if all(isinstance(side, (int, float)) for side in sides):
            try:
                found = _ARITHMETIC[type(node.op)](*sides)
            except (ArithmeticError, OverflowError):
                return None
            return found if isinstance(found, float) else None
    return None
