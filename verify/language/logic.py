"""Statements: relations between matrices, bound variables, quantifiers."""

from __future__ import annotations

from typing import Any

from sympy import And, Expr, Implies, Symbol, Tuple, sympify
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean
from sympy.matrices.matrixbase import MatrixBase

from verify.language.matrices import range_of

__all__ = [
    "QUANTIFIERS",
    "Exists",
    "ForAll",
    "ForAllIndex",
    "IndexMaximum",
    "IndexMinimum",
    "InfOverClass",
    "MatrixEq",
    "MatrixPredicate",
    "MinimaxError",
    "Normal",
    "PositiveDefinite",
    "PositiveSemidefinite",
    "Prose",
    "SupOverClass",
    "Supremum",
    "Symmetric",
    "instantiated",
]


def _matrix(value: Any) -> Any:
    value = sympify(value)
    return value.as_immutable() if isinstance(value, MatrixBase) else value


class MatrixPredicate(Boolean):
    """A property of a matrix, or a relation between two; never folded at construction."""

    arity = 1
    text: str
    tex: str

    def __new__(cls, *matrices: Any) -> MatrixPredicate:
        if len(matrices) != cls.arity:
            raise TypeError(f"{cls.__name__} takes {cls.arity} matrices, got {len(matrices)}")
        return Boolean.__new__(cls, *map(_matrix, matrices))

    def _sympystr(self, printer: Any) -> str:
        return self.text.format(*map(printer._print, self.args))

    def _latex(self, printer: Any) -> str:
        return self.tex.format(*map(printer._print, self.args))


class MatrixEq(MatrixPredicate):
    """Two matrices are equal, entry by entry."""

    arity, text, tex = 2, "{0} = {1}", "{0}={1}"


class Symmetric(MatrixPredicate):
    """``X = Xᵀ`` and ``X`` is real."""

    text, tex = "{0} symmetric", r"{0}={0}^{{\mathsf T}}"


class Normal(MatrixPredicate):
    """``XX* = X*X``."""

    text, tex = "{0} normal", r"{0}{0}^{{*}}={0}^{{*}}{0}"


class PositiveSemidefinite(MatrixPredicate):
    """``X ⪰ 0`` (Hermitian)."""

    text, tex = "{0} >= 0 (semidefinite)", r"{0}\succeq 0"


class PositiveDefinite(MatrixPredicate):
    """``X ≻ 0`` (Hermitian)."""

    text, tex = "{0} > 0 (definite)", r"{0}\succ 0"


class Prose(Boolean):
    """A sentence that has no formula: it prints as it is, and has no value at any instance."""

    def __new__(cls, sentence: Any) -> Prose:
        return Boolean.__new__(cls, sentence if isinstance(sentence, Str) else Str(sentence))

    def _sympystr(self, printer: Any) -> str:
        return f"“{self.args[0].name}”"

    def _latex(self, printer: Any) -> str:
        return rf"\text{{{self.args[0].name.translate(_IN_LATEX)}}}"


_IN_LATEX = str.maketrans({sign: "\\" + sign for sign in "#$%&_{}"} | {"^": r"\^{}", "~": r"\~{}", "\\": r"\textbackslash{}"})


class Supremum(Expr):
    """``sup`` of a real expression over an open interval of one real variable."""

    is_commutative = True
    is_extended_real = True
    is_number = False

    def __new__(cls, body: Any, *bounds: Any) -> Supremum:
        return Expr.__new__(cls, sympify(body), *range_of(bounds))

    @property
    def body(self) -> Expr:
        return self.args[0]

    @property
    def variable(self) -> Symbol:
        return self.args[1]

    @property
    def limits(self) -> tuple[Expr, Expr]:
        return self.args[2], self.args[3]

    @property
    def free_symbols(self) -> set[Any]:
        return (self.body.free_symbols - {self.variable}) | self.args[2].free_symbols | self.args[3].free_symbols

    def _range(self, printer: Any) -> tuple[str, str, str]:
        return printer._print(self.variable), printer._print(self.args[2]), printer._print(self.args[3])

    def _sympystr(self, printer: Any) -> str:
        variable, low, high = self._range(printer)
        return f"sup_{{{low} < {variable} < {high}}} [{printer._print(self.body)}]"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        variable, low, high = self._range(printer)
        span = f"{variable}>{low}" if high == r"\infty" else f"{low}<{variable}<{high}"
        return rf"\sup_{{{span}}}\left[{printer._print(self.body)}\right]"


class _IndexExtremum(Expr):
    """Maximum or minimum of a real expression over an integer range."""

    is_commutative = True
    is_extended_real = True
    is_number = False
    word: str

    def __new__(cls, body: Any, *bounds: Any) -> _IndexExtremum:
        return Expr.__new__(cls, sympify(body), *range_of(bounds))

    @property
    def free_symbols(self) -> set[Any]:
        return (self.args[0].free_symbols - {self.args[1]}) | self.args[2].free_symbols | self.args[3].free_symbols

    def _sympystr(self, printer: Any) -> str:
        body, index, low, high = map(printer._print, self.args)
        return f"{self.word}_{{{index}={low}..{high}}} {body}"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        body, index, low, high = map(printer._print, self.args)
        inner = rf"\{self.word}_{{{low}\le {index}\le {high}}} {body}"
        return inner if exp is None else rf"\left({inner}\right)^{{{exp}}}"


class IndexMaximum(_IndexExtremum):
    """``max_{low <= k <= high} x(k)``."""

    word = "max"


class IndexMinimum(_IndexExtremum):
    """``min_{low <= k <= high} x(k)``."""

    word = "min"


class _Quantifier(Boolean):
    word: str
    tex: str

    def __new__(cls, variables: Any, body: Any) -> _Quantifier:
        variables = variables if isinstance(variables, (tuple, list, Tuple)) else (variables,)
        return Boolean.__new__(cls, Tuple(*variables), sympify(body))

    @property
    def variables(self) -> tuple[Any, ...]:
        return tuple(self.args[0])

    @property
    def body(self) -> Any:
        return self.args[1]

    @property
    def free_symbols(self) -> set[Any]:
        return self.body.free_symbols - set(self.variables)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.word} {', '.join(map(printer._print, self.variables))}: {printer._print(self.body)}"

    def _latex(self, printer: Any) -> str:
        return rf"{self.tex} {', '.join(map(printer._print, self.variables))}:\; {printer._print(self.body)}"


class ForAll(_Quantifier):
    """For all members of the variables' classes."""

    word, tex = "for all", r"\forall"


class Exists(_Quantifier):
    """There are members of the variables' classes."""

    word, tex = "there are", r"\exists"


QUANTIFIERS = (ForAll, Exists)


def instantiated(statement: Any) -> Any:
    """The statement to be tested at single instances: universal quantifiers are dropped where that is sound.

    Sound are the top level, the parts of a conjunction and the right side of an implication. A quantifier anywhere else (under a negation, on
    the left of an implication, in a disjunction or an equivalence) stays, and the evaluators refuse it.
    """
    if isinstance(statement, ForAll):
        return instantiated(statement.body)
    if isinstance(statement, And):
        return And(*map(instantiated, statement.args), evaluate=False)
    if isinstance(statement, Implies):
        return Implies(statement.args[0], instantiated(statement.args[1]), evaluate=False)
    return statement


class ForAllIndex(Boolean):
    """A statement for every integer of a range (of the terms of a sequence, say)."""

    def __new__(cls, body: Any, *bounds: Any) -> ForAllIndex:
        return Boolean.__new__(cls, body, *range_of(bounds))

    @property
    def free_symbols(self) -> set[Any]:
        return (self.args[0].free_symbols - {self.args[1]}) | self.args[2].free_symbols | self.args[3].free_symbols

    def _sympystr(self, printer: Any) -> str:
        body, index, low, high = map(printer._print, self.args)
        return f"({body} for {index} = {low}..{high})"

    def _latex(self, printer: Any) -> str:
        body, index, low, high = map(printer._print, self.args)
        return rf"{body}\;\left({index}={low},\dots,{high}\right)"


class _OverClass(Expr):
    """An extremum of a real quantity over the classes of the named variables, the others held fixed."""

    is_commutative = True
    is_extended_real = True
    is_number = False
    word: str

    def __new__(cls, body: Any, variables: Any) -> _OverClass:
        return Expr.__new__(cls, sympify(body), Tuple(*variables))

    @property
    def body(self) -> Expr:
        return self.args[0]

    @property
    def variables(self) -> tuple[Any, ...]:
        return tuple(self.args[1])

    @property
    def free_symbols(self) -> set[Any]:
        return self.body.free_symbols - set(self.variables)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.word}_{{{', '.join(map(printer._print, self.variables))}}} {printer._print(self.body)}"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"\operatorname*{{{self.word}}}_{{{', '.join(map(printer._print, self.variables))}}} {printer._print(self.body)}"


class SupOverClass(_OverClass):
    """``sup`` of a quantity over the class of the variables."""

    word = "sup"


class InfOverClass(_OverClass):
    """``inf`` of a quantity over the class of the variables."""

    word = "inf"


class MinimaxError(_OverClass):
    """``inf_K̂ sup |K̂ − q|`` over the class, for estimators ``K̂`` that see only what is held fixed.

    Such an estimator is one number per value of the fixed data, so the minimax error is half the spread
    ``½ (sup q − inf q)`` of the quantity over the class (the Chebyshev radius of its set of values).
    """

    word = "minimax error"
