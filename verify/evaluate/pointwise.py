"""Evaluation of a statement's expressions at one instance: what the multiprecision and the enclosing evaluator share.

A subclass supplies the arithmetic of its numbers and the quantities; the walk over the expression is here, once.
``side`` says which bound of a value the caller needs ("lower", "upper" or "both"), so that a supremum's costly side is computed only where it counts.
"""

from __future__ import annotations

import functools
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import sympy
from sympy import S
from sympy.matrices.expressions.matexpr import MatrixElement

from verify.evaluate.errors import NotEvaluable
from verify.language.logic import IndexMaximum, IndexMinimum, Supremum
from verify.language.matrices import MatrixProduct, MatrixSum, SequenceTerm
from verify.language.quantities import MatrixQuantity

__all__ = ["PointEvaluator"]

Env = Mapping[str, Any]
_FLIP = {"lower": "upper", "upper": "lower", "both": "both"}


class PointEvaluator(ABC):
    """Walks matrix and scalar expressions at one instance."""

    # -- arithmetic, supplied by the subclass --------------------------------------------------------------------------

    @abstractmethod
    def number(self, value: sympy.Expr) -> Any:
        """A rational number, e, π or the imaginary unit."""

    @abstractmethod
    def power(self, base: Any, exponent: Any) -> Any: ...

    @abstractmethod
    def function(self, name: str, value: Any) -> Any:
        """``exp``, ``log``, ``Abs``, ``re``, ``im``, ``conjugate``."""

    @abstractmethod
    def extremum(self, name: str, values: list[Any]) -> Any:
        """``max`` or ``min``."""

    @abstractmethod
    def identity(self, order: int) -> Any: ...

    @abstractmethod
    def zeros(self, rows: int, cols: int) -> Any: ...

    @abstractmethod
    def assemble(self, blocks: list[list[Any]]) -> Any:
        """A matrix from blocks."""

    @abstractmethod
    def entries(self, rows: list[list[Any]]) -> Any:
        """A matrix from scalars."""

    @abstractmethod
    def matrix_function(self, name: str, value: Any) -> Any:
        """``inverse``, ``transpose``, ``adjoint``, ``determinant``, ``trace``."""

    @abstractmethod
    def entry(self, matrix: Any, row: int, column: int) -> Any:
        """One entry, numbered from 0."""

    @abstractmethod
    def matrix_power(self, base: Any, exponent: int) -> Any: ...

    @abstractmethod
    def scale(self, factor: Any, matrix: Any) -> Any: ...

    @abstractmethod
    def quantity(self, expr: MatrixQuantity, env: Env, side: str) -> Any: ...

    @abstractmethod
    def supremum(self, expr: Supremum, env: Env, side: str) -> Any: ...

    @abstractmethod
    def choose(self, cases: tuple[Any, ...], env: Env, side: str) -> Any:
        """A Piecewise."""

    def add(self, x: Any, y: Any) -> Any:
        return x + y

    def multiply(self, x: Any, y: Any) -> Any:
        return x * y

    # -- the walk -----------------------------------------------------------------------------------------------------

    def integer(self, expr: Any, env: Env) -> int:
        """An expression in sizes, integer parameters and bound indices."""
        expr = sympy.sympify(expr)
        return int(expr.xreplace({symbol: sympy.Integer(int(env[symbol.name])) for symbol in expr.free_symbols}))

    def indexed(self, expr: Any, env: Env, evaluate: Callable[[Any, Env], Any]) -> list[Any]:
        body, index, low, high = expr.args if len(expr.args) == 4 else (expr.args[0], *expr.args[1])
        return [evaluate(body, self.bind(env, str(index), k)) for k in range(self.integer(low, env), self.integer(high, env) + 1)]

    def bind(self, env: Env, name: str, value: Any) -> Env:
        return {**env, name: value}

    def matrix(self, expr: Any, env: Env) -> Any:
        """The value of a matrix expression."""
        if isinstance(expr, (sympy.MatrixSymbol, SequenceTerm)):
            return env[expr.name] if isinstance(expr, sympy.MatrixSymbol) else env[expr.name][self.integer(expr.index, env) - 1]
        if isinstance(expr, sympy.BlockMatrix):
            rows, cols = expr.blockshape
            return self.assemble([[self.matrix(expr.blocks[i, j], env) for j in range(cols)] for i in range(rows)])
        if isinstance(expr, sympy.matrices.matrixbase.MatrixBase):
            return self.entries([[self.scalar(expr[i, j], env, "both") for j in range(expr.cols)] for i in range(expr.rows)])
        if isinstance(expr, (sympy.Identity, sympy.ZeroMatrix)):
            return self._constant_matrix(expr, env)
        return self._compound_matrix(expr, env)

    def _constant_matrix(self, expr: Any, env: Env) -> Any:
        if isinstance(expr, sympy.Identity):
            return self.identity(self.integer(expr.rows, env))
        return self.zeros(self.integer(expr.rows, env), self.integer(expr.cols, env))

    def _compound_matrix(self, expr: Any, env: Env) -> Any:
        if isinstance(expr, sympy.MatAdd):
            return functools.reduce(operator.add, (self.matrix(arg, env) for arg in expr.args))
        if isinstance(expr, sympy.MatMul):
            product = functools.reduce(operator.mul, (self.matrix(arg, env) for arg in expr.args if arg.is_Matrix))
            return functools.reduce(lambda m, arg: self.scale(self.scalar(arg, env, "both"), m), (a for a in expr.args if not a.is_Matrix), product)
        if isinstance(expr, sympy.Inverse):
            return self.matrix_function("inverse", self.matrix(expr.args[0], env))
        if isinstance(expr, sympy.MatPow):
            return self.matrix_power(self.matrix(expr.args[0], env), self.integer(expr.args[1], env))
        if isinstance(expr, (sympy.Transpose, sympy.Adjoint)):
            return self.matrix_function("transpose" if isinstance(expr, sympy.Transpose) else "adjoint", self.matrix(expr.arg, env))
        if isinstance(expr, (MatrixSum, MatrixProduct)):
            return self._indexed_matrix(expr, env)
        raise NotEvaluable(f"no value at an instance for the matrix node {type(expr).__name__}: {expr}")

    def _indexed_matrix(self, expr: Any, env: Env) -> Any:
        terms = self.indexed(expr, env, self.matrix)
        shape = [self.integer(size, env) for size in expr.shape]
        if isinstance(expr, MatrixSum):
            return functools.reduce(operator.add, terms) if terms else self.zeros(*shape)
        return functools.reduce(operator.mul, reversed(terms)) if terms else self.identity(shape[0])

    def scalar(self, expr: Any, env: Env, side: str = "both") -> Any:
        """The value of a real or complex expression."""
        if isinstance(expr, sympy.Symbol):
            return self.symbol(env[expr.name])
        if isinstance(expr, (sympy.Rational, sympy.NumberSymbol)) or expr is S.ImaginaryUnit:
            return self.number(expr)
        if isinstance(expr, MatrixQuantity):
            return self.quantity(expr, env, side)
        if isinstance(expr, Supremum):
            return self.supremum(expr, env, side)
        if isinstance(expr, sympy.Piecewise):
            return self.choose(expr.args, env, side)
        return self._compound(expr, env, side)

    def symbol(self, value: Any) -> Any:
        return value

    def _compound(self, expr: Any, env: Env, side: str) -> Any:
        if isinstance(expr, sympy.Add):
            return functools.reduce(self.add, (self.scalar(arg, env, side) for arg in expr.args))
        if isinstance(expr, sympy.Mul):
            return functools.reduce(self.multiply, (self.scalar(arg, env, self._side_in_product(expr, arg, side)) for arg in expr.args))
        if isinstance(expr, sympy.Pow):
            return self._pow(expr, env, side)
        if isinstance(expr, (sympy.exp, sympy.log)):
            return self.function(expr.func.__name__, self.scalar(expr.args[0], env, side))
        if isinstance(expr, (sympy.Abs, sympy.re, sympy.im, sympy.conjugate)):
            return self.function(expr.func.__name__, self.scalar(expr.args[0], env, "both"))
        if isinstance(expr, (sympy.Max, sympy.Min)):
            return self.extremum("max" if isinstance(expr, sympy.Max) else "min", [self.scalar(arg, env, side) for arg in expr.args])
        if isinstance(expr, (sympy.Determinant, sympy.Trace)):
            return self.matrix_function(type(expr).__name__.lower(), self.matrix(expr.arg, env))
        if isinstance(expr, MatrixElement):
            return self.entry(self.matrix(expr.parent, env), self.integer(expr.i, env), self.integer(expr.j, env))
        return self._indexed_scalar(expr, env, side)

    def _pow(self, expr: Any, env: Env, side: str) -> Any:
        base, exponent = expr.args
        folds = exponent.is_even and isinstance(base, sympy.Add)  # one side of a number of either sign says nothing of its square
        need = side if exponent.is_Rational and exponent > 0 and not folds else "both"
        integer = exponent.is_Integer or (exponent.is_integer and exponent.free_symbols <= {s for s in exponent.free_symbols if s.name in env})
        return self.power(self.scalar(base, env, need), self.integer(exponent, env) if integer else self.scalar(exponent, env, "both"))

    @staticmethod
    def _side_in_product(product: Any, factor: Any, side: str) -> str:
        """Only next to a constant does a factor need one side; everything else may change sign."""
        others = [arg for arg in product.args if arg is not factor]
        if len(others) == 1 and others[0].is_Rational:
            return side if others[0] > 0 else _FLIP[side]
        return "both"

    def _indexed_scalar(self, expr: Any, env: Env, side: str) -> Any:
        def evaluate(body: Any, inner: Env) -> Any:
            return self.scalar(body, inner, side if not isinstance(expr, sympy.Product) else "both")

        if isinstance(expr, (sympy.Sum, sympy.Product)):
            operation, start = (self.add, S.Zero) if isinstance(expr, sympy.Sum) else (self.multiply, S.One)
            return functools.reduce(operation, self.indexed(expr, env, evaluate), self.number(start))
        if isinstance(expr, (IndexMaximum, IndexMinimum)):
            return self.extremum("max" if isinstance(expr, IndexMaximum) else "min", self.indexed(expr, env, evaluate))
        raise NotEvaluable(f"no value at an instance for the node {type(expr).__name__}: {expr}")
