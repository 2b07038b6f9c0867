"""Statements as text and as LaTeX."""

from __future__ import annotations

from typing import Any

import sympy
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

__all__ = ["latex", "text"]


class _Text(StrPrinter):
    """One line, blocks as ``[[A, 0], [C, D]]``, logic in words."""

    def _print_BlockMatrix(self, expr: Any) -> str:
        rows, cols = expr.blockshape
        return "[" + ", ".join("[" + ", ".join(self._print(expr.blocks[i, j]) for j in range(cols)) + "]" for i in range(rows)) + "]"

    def _print_ImmutableDenseMatrix(self, expr: Any) -> str:
        return "[" + ", ".join("[" + ", ".join(self._print(expr[i, j]) for j in range(expr.cols)) + "]" for i in range(expr.rows)) + "]"

    _print_MutableDenseMatrix = _print_ImmutableDenseMatrix

    def _print_ZeroMatrix(self, expr: Any) -> str:
        return "0"

    def _joined(self, word: str, expr: Any) -> str:
        compound = (sympy.And, sympy.Or, sympy.Implies, sympy.Equivalent)
        return f" {word} ".join(f"({self._print(arg)})" if isinstance(arg, compound) else self._print(arg) for arg in expr.args)

    def _print_And(self, expr: Any) -> str:
        return self._joined("and", expr)

    def _print_Or(self, expr: Any) -> str:
        return self._joined("or", expr)

    def _print_Implies(self, expr: Any) -> str:
        return f"{self._print(expr.args[0])}  ==>  {self._print(expr.args[1])}"

    def _print_Equivalent(self, expr: Any) -> str:
        return self._joined("<=>", expr)

    def _print_Not(self, expr: Any) -> str:
        return f"not ({self._print(expr.args[0])})"

    def _print_Exp1(self, expr: Any) -> str:
        return "e"

    def _print_Piecewise(self, expr: Any) -> str:
        cases = [f"{self._print(value)} if {self._print(condition)}" for value, condition in expr.args[:-1]]
        last_value, last = expr.args[-1]
        cases.append(f"{self._print(last_value)} otherwise" if last == sympy.true else f"{self._print(last_value)} if {self._print(last)}")
        return "{" + "; ".join(cases) + "}"


class _Latex(LatexPrinter):
    """LaTeX with zero blocks as 0 and a plain e."""

    def _print_ZeroMatrix(self, expr: Any) -> str:
        return "0"

    def _print_And(self, expr: Any) -> str:
        return r" \wedge ".join(rf"\left({self._print(arg)}\right)" if isinstance(arg, (sympy.And, sympy.Or)) else self._print(arg) for arg in expr.args)

    def _print_Exp1(self, expr: Any, exp: str | None = None) -> str:
        return "e" if exp is None else f"e^{{{exp}}}"


def text(expr: Any) -> str:
    """A statement in one line of text."""
    return _Text().doprint(expr)


def latex(expr: Any) -> str:
    """A statement in LaTeX (without dollar signs)."""
    return _Latex().doprint(expr)
