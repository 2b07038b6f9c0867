"""Hypothesis strategies of small exact matrices, for use in anybody's tests.

Entries are rational and exact, so that a failure shrinks to a small exact matrix; ``.to_numpy()`` gives floats::

    @given(symmetric_block(gamma=Fraction(9, 10)))
    def test_contraction(A):
        assert spectral_norm(A.to_numpy()) <= 0.9 + 1e-12
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

from hypothesis import strategies as st
from sympy import MatrixSymbol, Rational

from verify.domain import Domain, Instance
from verify.domain.base import DomainClass
from verify.domain.matrices import coupling, general, normal, symmetric, unit_vector
from verify.numerics.exact import RationalMatrix

__all__ = ["block_triangular", "coupling_block", "general_matrix", "instances", "normal_matrix", "symmetric_block", "unit_column"]

Matrices = st.SearchStrategy[RationalMatrix]


def _rational(value: Any) -> Rational:
    exact = Fraction(value)
    return Rational(exact.numerator, exact.denominator)


def _drawn(cls: DomainClass, rows: int, cols: int) -> Matrices:
    return cast(Matrices, cls.strategy((rows, cols), {}))


def _orders(order: int | None, largest: int) -> st.SearchStrategy[int]:
    if order is None:
        return st.integers(1, largest)
    if order < 1:
        raise ValueError(f"order is a positive integer, got {order}")
    return st.just(order)


def symmetric_block(*, gamma: Fraction | int | str | None = None, attained: bool = False, order: int | None = None, largest: int = 3) -> Matrices:
    """Real symmetric matrices, with spectral radius at most ``gamma`` (equal to it if ``attained``).

    Args:
        gamma: an exact number in ``[0, 1)``, or None for no bound.
        order: the order; None draws it from 1 to ``largest``.
    Raises:
        ValueError: if ``gamma`` is outside ``[0, 1)``.
    """
    if gamma is not None and not 0 <= Fraction(gamma) < 1:
        raise ValueError(f"gamma must lie in [0, 1), got {gamma}: it bounds the spectral radius of a contraction")
    cls = symmetric(rho=None if gamma is None else _rational(gamma), attained=attained)
    return _orders(order, largest).flatmap(lambda n: _drawn(cls, n, n))


def coupling_block(*, norm: Fraction | int | str | None = None, rows: int | None = None, cols: int | None = None, largest: int = 3) -> Matrices:
    """Real matrices, with ``‖C‖ <= norm`` if a bound is given."""
    if norm is not None and Fraction(norm) < 0:
        raise ValueError(f"norm must be non-negative, got {norm}")
    cls = coupling(norm=None if norm is None else _rational(norm))
    return st.tuples(_orders(rows, largest), _orders(cols, largest)).flatmap(lambda shape: _drawn(cls, *shape))


def general_matrix(*, order: int | None = None, largest: int = 3) -> Matrices:
    """Square real matrices."""
    return _orders(order, largest).flatmap(lambda n: _drawn(general(), n, n))


def normal_matrix(*, order: int | None = None, largest: int = 3) -> Matrices:
    """Real normal matrices."""
    return _orders(order, largest).flatmap(lambda n: _drawn(normal(), n, n))


def unit_column(*, order: int | None = None, largest: int = 3) -> Matrices:
    """Columns of Euclidean norm exactly 1."""
    return _orders(order, largest).flatmap(lambda n: _drawn(unit_vector(), n, 1))


def block_triangular(*, gamma: Fraction | int | str, norm: Fraction | int | str | None = None, largest: int = 2) -> Matrices:
    """``J = [[A, 0], [C, D]]`` with symmetric ``A``, ``D`` of spectral radius at most ``gamma`` (and ``‖C‖ <= norm``)."""

    def assembled(parts: tuple[RationalMatrix, RationalMatrix, RationalMatrix]) -> RationalMatrix:
        a, c, d = parts
        return RationalMatrix.blocks([[a, RationalMatrix.zeros(a.shape[0], d.shape[1])], [c, d]])

    def of_orders(orders: tuple[int, int]) -> Matrices:
        p, q = orders
        blocks = st.tuples(symmetric_block(gamma=gamma, order=p), coupling_block(norm=norm, rows=q, cols=p), symmetric_block(gamma=gamma, order=q))
        return blocks.map(assembled)

    return st.tuples(st.integers(1, largest), st.integers(1, largest)).flatmap(of_orders)


def instances(domain: dict[MatrixSymbol, DomainClass], largest: int = 2) -> st.SearchStrategy[Instance]:
    """All free data of a claim's domain, drawn together."""
    return Domain(domain).strategy(largest)
