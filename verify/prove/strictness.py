"""Statements made stronger or weaker at their boundary, so that counterexamples can be asked to lie inside.

``strict`` turns ``<=`` into ``<`` where that makes the statement stronger, ``weak`` turns ``<`` into ``<=`` where that makes it weaker.
"""

from __future__ import annotations

from sympy import And, Equivalent, Implies, Not, Or
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import Boolean

__all__ = ["strict", "weak"]

_STRICT = {Le: Lt, Ge: Gt}
_WEAK = {Lt: Le, Gt: Ge}


def strict(statement: Boolean) -> Boolean:
    """A statement that implies this one, and differs from it only on the boundary."""
    return _moved(statement, stronger=True)


def weak(statement: Boolean) -> Boolean:
    """A statement that this one implies, and that differs from it only on the boundary."""
    return _moved(statement, stronger=False)


def _moved(statement: Boolean, *, stronger: bool) -> Boolean:
    match statement:
        case Relational():
            kind = (_STRICT if stronger else _WEAK).get(type(statement), type(statement))
            return kind(*statement.args, evaluate=False)
        case And() | Or():
            return statement.func(*(_moved(part, stronger=stronger) for part in statement.args), evaluate=False)
        case Not():
            return Not(_moved(statement.args[0], stronger=not stronger), evaluate=False)
        case Implies():
            premise, conclusion = statement.args
            return Implies(_moved(premise, stronger=not stronger), _moved(conclusion, stronger=stronger), evaluate=False)
        case Equivalent():
            first, second = statement.args
            both = Implies(first, second, evaluate=False), Implies(second, first, evaluate=False)
            return And(*(_moved(part, stronger=stronger) for part in both), evaluate=False)
    return statement
