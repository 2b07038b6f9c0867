"""Members of a parametrised family: explicit small matrices at rational values of their parameters."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy
from sympy import Rational

from verify.domain import Domain, Instance
from verify.language.matrices import MatrixSequence
from verify.numerics.exact import RationalMatrix

__all__ = ["member_at", "members"]

_VALUES = {"gamma": ("1/2", "9/10", "99/100"), None: ("4", "1", "2/5", "1/10", "100", "0")}
_MOST = 216
"""Members of one family: with many parameters, fewer values of each are tried."""


def members(domain: Domain, family: Mapping[Any, Any]) -> list[Instance]:
    """Exact instances of the family; parameters run over a few rational values (``gamma`` towards 1, others over decades)."""
    symbols = sorted({s for value in family.values() for s in sympy.sympify(value).free_symbols} | _free(domain, family), key=str)
    ladders = [_VALUES.get(s.name, _VALUES[None]) for s in symbols]
    most = next(most for most in range(len(_VALUES[None]), 0, -1) if most == 1 or math.prod(len(ladder[:most]) for ladder in ladders) <= _MOST)
    found = []
    for choice in itertools.product(*(ladder[:most] for ladder in ladders)):
        values = dict(zip(symbols, map(Rational, choice), strict=True))
        instance = member_at(domain, family, values)
        if instance is not None:
            found.append(instance)
    return found


def _free(domain: Domain, family: Mapping[Any, Any]) -> set[Any]:
    """Scalar parameters of the domain that the family leaves free."""
    return {v.symbol for v in domain.continuous if not v.is_matrix and v.symbol not in family}


def member_at(domain: Domain, family: Mapping[Any, Any], values: Mapping[Any, Any]) -> Instance | None:
    """The exact member of a family at values of its parameters; None if it is not rational there. A sequence has all terms alike."""
    sizes: dict[str, int] = {}
    exact: dict[str, Any] = {}
    for v in domain.continuous:
        entry = sympy.sympify(family[v.symbol]).xreplace(values) if v.symbol in family else values.get(v.symbol)
        if entry is None:
            return None
        value = _exact(entry)
        if value is None:
            return None
        exact[v.name] = value if not isinstance(v.symbol, MatrixSequence) else (value,) * int(family[v.symbol.length])
        if v.is_matrix:
            for dim, size in zip((v.symbol.rows, v.symbol.cols), entry.shape, strict=True):
                if dim.is_Symbol and sizes.setdefault(dim.name, int(size)) != int(size):
                    return None
    sizes |= {v.name: int(family.get(v.symbol, v.cls.extremes((), {})[-1])) for v in domain.integers}
    return Instance(sizes, exact) if set(domain.orders) <= set(sizes) else None


def _number(entry: Any) -> Any:
    return entry if entry.is_Rational else sympy.nsimplify(entry)


def _exact(entry: Any) -> Any:
    if getattr(entry, "is_Matrix", False):
        rows = [[_number(entry[i, j]) for j in range(entry.shape[1])] for i in range(entry.shape[0])]
        if not all(x.is_Rational for row in rows for x in row):
            return None
        return RationalMatrix.from_rows([[Fraction(int(x.p), int(x.q)) for x in row] for row in rows])
    return Fraction(int(entry.p), int(entry.q)) if entry.is_Rational else None
