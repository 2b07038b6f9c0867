"""Real quantities of matrices, as SymPy expressions.

Each class is a name with a printed form and a definition; it computes nothing. All values are real or ``+oo``; none is declared positive or finite,
because SymPy would then fold a relation such as ``K(J) >= 0`` into ``True`` at construction and the claim would silently vanish.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sympy import Expr, sympify
from sympy.matrices.expressions.matexpr import MatrixExpr
from sympy.matrices.matrixbase import MatrixBase

__all__ = [
    "QUANTITIES",
    "ContinuousKreissConstant",
    "ExponentialNorm",
    "KreissConstant",
    "LargestEigenvalue",
    "MatrixQuantity",
    "Norm",
    "NumericalRadius",
    "PowerNorm",
    "PseudospectralRadius",
    "ResolventNorm",
    "SmallestEigenvalue",
    "SmallestSingularValue",
    "SpectralAbscissa",
    "SpectralRadius",
    "SpectrumDistance",
    "TransientPeak",
]


class MatrixQuantity(Expr):
    """A real number that belongs to a matrix: ``Quantity(X)`` or ``Quantity(X, scalar)``."""

    is_commutative = True
    is_extended_real = True
    is_number = False
    text: ClassVar[str]
    tex: ClassVar[str]
    scalars: ClassVar[int] = 0
    square: ClassVar[bool] = True

    def __new__(cls, matrix: Any, *scalars: Any) -> MatrixQuantity:
        matrix = sympify(matrix)
        if isinstance(matrix, MatrixBase):
            matrix = matrix.as_immutable()
        elif not isinstance(matrix, MatrixExpr):
            raise TypeError(f"{cls.__name__} needs a matrix as its first argument, got {matrix!r} of type {type(matrix).__name__}")
        rows, cols = matrix.shape
        if cls.square and sympify(rows) != sympify(cols):
            raise TypeError(f"{cls.__name__} needs a square matrix, got one of shape {rows} x {cols}: {matrix}")
        if len(scalars) != cls.scalars:
            raise TypeError(f"{cls.__name__} takes one matrix and {cls.scalars} scalar(s), got {len(scalars)} scalar(s)")
        return Expr.__new__(cls, matrix, *map(sympify, scalars))

    @property
    def matrix(self) -> Any:
        return self.args[0]

    def _sympystr(self, printer: Any) -> str:
        return self.text.format(*(printer._print(arg) for arg in self.args))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        body = self.tex.format(*(printer._print(arg) for arg in self.args))
        return body if exp is None else rf"{{{body}}}^{{{exp}}}"

    def _eval_derivative(self, symbol: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no symbolic derivative")


class Norm(MatrixQuantity):
    """Spectral norm, the largest singular value of ``X``."""

    text, tex, square = "||{0}||", r"\left\|{0}\right\|", False


class SmallestSingularValue(MatrixQuantity):
    """``σ_min(X)`` of a square ``X``."""

    text, tex = "sigma_min({0})", r"\sigma_{{\min}}\!\left({0}\right)"


class SpectralRadius(MatrixQuantity):
    """Largest modulus of an eigenvalue."""

    text, tex = "rho({0})", r"\rho\!\left({0}\right)"


class SpectralAbscissa(MatrixQuantity):
    """Largest real part of an eigenvalue: negative exactly where ``e^{tX} → 0``."""

    text, tex = "alpha({0})", r"\alpha\!\left({0}\right)"


class NumericalRadius(MatrixQuantity):
    """Largest modulus of ``v*Xv`` over unit vectors ``v``."""

    text, tex = "w({0})", r"w\!\left({0}\right)"


class KreissConstant(MatrixQuantity):
    """``sup_{|z|>1} (|z| − 1) ‖(zI − X)^{-1}‖``; ``+oo`` if powers are unbounded at rate (Kreiss 1962)."""

    text, tex = "K({0})", r"\mathcal{{K}}\!\left({0}\right)"


class ContinuousKreissConstant(MatrixQuantity):
    """``sup_{Re z>0} Re(z) ‖(zI − X)^{-1}‖``, the Kreiss constant of the half-plane."""

    text, tex = "K_c({0})", r"\mathcal{{K}}_{{c}}\!\left({0}\right)"


class TransientPeak(MatrixQuantity):
    """``sup_{t>=0} ‖X^t‖`` over integers ``t``."""

    text, tex = "sup_t ||({0})^t||", r"\sup_{{t\ge 0}}\left\|\left({0}\right)^{{t}}\right\|"


class LargestEigenvalue(MatrixQuantity):
    """Largest eigenvalue of a Hermitian matrix."""

    text, tex = "lambda_max({0})", r"\lambda_{{\max}}\!\left({0}\right)"


class SmallestEigenvalue(MatrixQuantity):
    """Smallest eigenvalue of a Hermitian matrix."""

    text, tex = "lambda_min({0})", r"\lambda_{{\min}}\!\left({0}\right)"


class ResolventNorm(MatrixQuantity):
    """``‖(zI − X)^{-1}‖``, ``+oo`` at an eigenvalue."""

    text, tex, scalars = "||R({0}; {1})||", r"\left\|\left({1} I-{0}\right)^{{-1}}\right\|", 1


class PowerNorm(MatrixQuantity):
    """``‖X^t‖`` for an integer ``t >= 0``."""

    text, tex, scalars = "||({0})^{1}||", r"\left\|\left({0}\right)^{{{1}}}\right\|", 1


class ExponentialNorm(MatrixQuantity):
    """``‖e^{tX}‖`` for a real ``t``."""

    text, tex, scalars = "||exp({1}*({0}))||", r"\left\|e^{{{1}\,{0}}}\right\|", 1


class PseudospectralRadius(MatrixQuantity):
    """``sup{|z| : ‖(zI − X)^{-1}‖ > 1/ε}`` for ``ε > 0`` (Trefethen & Embree 2005)."""

    text, tex, scalars = "rho_eps({0}; {1})", r"\rho_{{{1}}}\!\left({0}\right)", 1


class SpectrumDistance(MatrixQuantity):
    """Distance from ``z`` to the nearest eigenvalue of ``X``."""

    text, tex, scalars = "dist({1}, spectrum({0}))", r"\operatorname{{dist}}\!\left({1},\sigma\!\left({0}\right)\right)", 1


QUANTITIES: dict[str, type[MatrixQuantity]] = {cls.__name__: cls for cls in MatrixQuantity.__subclasses__()}
"""Every quantity by name; the name is also the ``op`` of a certificate tree."""
