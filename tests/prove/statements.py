"""The scalar statements of the paper and of the sharp theory that a machine is to decide, with variants false by a thousandth."""

from __future__ import annotations

from sympy import Abs, And, Eq, Equivalent, Implies, Matrix, Max, Piecewise, Rational, Symbol, eye, oo, sqrt, symbols
from sympy.logic.boolalg import Boolean

from verify import (
    KreissConstant,
    Norm,
    NumericalRadius,
    PseudospectralRadius,
    ResolventNorm,
    SmallestSingularValue,
    SpectralRadius,
    Supremum,
)

a, b, c, d, g, x, r, epsilon = symbols("a b c d gamma x r epsilon", real=True)
z = Symbol("z", complex=True)
ABOVE, BELOW = Rational(1001, 1000), Rational(999, 1000)

GENERAL = Matrix([[a, b], [c, d]])
EXTREMAL = Matrix([[g, 0], [c, g]])
FEEDBACK = Matrix([[g, b], [c, g]])
CONTRACTION = (g >= 0, g < 1)
COUPLED = (*CONTRACTION, c >= 0)
DIAGONAL = (*CONTRACTION, Abs(a) <= g, Abs(d) <= g)
OFF_CENTRE = (c >= 0, Abs(z - g) > 0)
PERTURBED = (*COUPLED, epsilon > 0)

W = Abs(z - g)
GAP = (1 - g) ** 2
PEAK = Supremum((r - 1) * c / (r - g) ** 2, (r, 1, oo))
PRINTED = Supremum(2 * (r - 1) / (r - g) + (r - 1) * c / (r - g) ** 2, (r, 1, oo))
RADIUS = PseudospectralRadius(EXTREMAL, epsilon)
REACH = sqrt(epsilon**2 + c * epsilon)
TRIANGLE = Matrix([[a, 0], [b, d]])


def k(at):
    """The sharp Kreiss bound."""
    return Piecewise((1, at <= 2), (at / 4 + 1 / at, True))


def sharp(factor=1):
    """``(r − 1)`` times the resolvent of the extremal matrix, against ``factor · k(κ)``."""
    return (r - 1) * 2 / (sqrt(4 * (r - g) ** 2 + x**2) - x) <= factor * k(x / (1 - g))


KAPPA = c / (1 - g)

Statement = tuple[Boolean, tuple[Boolean, ...]]

VALID: dict[str, Statement] = {
    "L15": (Equivalent(SpectralRadius(GENERAL) < 1, And(Abs(a * d - b * c) < 1, Abs(a + d) < 1 + a * d - b * c)), ()),
    "T10-b": (Implies(SpectralRadius(GENERAL) >= 1, Abs(b * c) >= GAP), DIAGONAL),
    "T10-c": (Equivalent(SpectralRadius(FEEDBACK) < 1, b * c < GAP), (*CONTRACTION, b * c >= 0)),
    "T10-c-ii sharp": (Equivalent(SpectralRadius(FEEDBACK) < 1, And(b * c < GAP, b * c > -(1 - g**2))), CONTRACTION),
    "S4": (SpectralRadius(GENERAL) <= g + sqrt(b * c), (*DIAGONAL, b >= 0, c >= 0)),
    "T4-a1": (Eq(PEAK, c / (4 * (1 - g))), COUPLED),
    "T4-a2-i": ((r - 1) / (r - g) <= 1 / (1 - g), (*CONTRACTION, r > 1)),
    "T4-step sharp": (Eq(PRINTED, Piecewise((2, KAPPA <= 2), (k(KAPPA) + 1, True))), COUPLED),
    "T4": (k(x / (1 - g)) <= 2 / (1 - g) + x / (4 * (1 - g)), (*CONTRACTION, x >= 0)),
    "T4 radial": (sharp(), (*CONTRACTION, x > 0, r > 1)),
    "T4 resolvent": ((r - 1) * ResolventNorm(EXTREMAL, r) <= k(KAPPA), (*COUPLED, r > 1)),
    "T4 resolvent, complex": ((Abs(z) - 1) * ResolventNorm(EXTREMAL, z) <= k(KAPPA), (*COUPLED, Abs(z) > 1)),
    "T4 supremum": (Supremum((r - 1) * (c + sqrt(c**2 + 4 * (r - g) ** 2)) / (2 * (r - g) ** 2), (r, 1, oo)) <= k(KAPPA), COUPLED),
    "T5-iv": ((1 - g) * ResolventNorm(EXTREMAL, 2 - g) >= c / (4 * (1 - g)), COUPLED),
    "P19-i": (Eq(ResolventNorm(EXTREMAL, z), (c + sqrt(c**2 + 4 * W**2)) / (2 * W**2)), OFF_CENTRE),
    "P19-ii": (ResolventNorm(EXTREMAL, z) <= 1 / W + c / W**2, OFF_CENTRE),
    "P19-iii": (ResolventNorm(EXTREMAL, z) >= c / W**2, OFF_CENTRE),
    "P20-i": (Eq(RADIUS, g + REACH), PERTURBED),
    "P20-ii": (g + sqrt(c * epsilon) <= RADIUS, PERTURBED),
    "P20-iii": (Equivalent(ResolventNorm(EXTREMAL, z) > 1 / epsilon, W < REACH), PERTURBED),
    "P20-iv": (Implies(sqrt(c * epsilon) > W, ResolventNorm(EXTREMAL, z) > 1 / epsilon), PERTURBED),
    "S2 at the extremal matrix": (Eq(KreissConstant(EXTREMAL), k(KAPPA)), COUPLED),
    "S2, upper half": (KreissConstant(EXTREMAL) <= k(KAPPA), COUPLED),
    "S7": (SmallestSingularValue(eye(2) - EXTREMAL) >= (sqrt(4 * GAP + c**2) - c) / 2, COUPLED),
    "L14": (Norm(TRIANGLE) <= Abs(a) + Abs(b) + Abs(d), ()),
    "L14-ii": (Norm(TRIANGLE) <= Max(Abs(a), Abs(d)) + Abs(b), ()),
    "radii": (SpectralRadius(EXTREMAL) <= NumericalRadius(EXTREMAL), COUPLED),
}

INVALID: dict[str, Statement] = {
    "L15": (Equivalent(SpectralRadius(GENERAL) < BELOW, And(Abs(a * d - b * c) < 1, Abs(a + d) < 1 + a * d - b * c)), ()),
    "T10-b": (Implies(SpectralRadius(GENERAL) >= 1, Abs(b * c) >= ABOVE * GAP), DIAGONAL),
    "T10-c": (Equivalent(SpectralRadius(FEEDBACK) < 1, b * c < BELOW * GAP), (*CONTRACTION, b * c >= 0)),
    "T10-c-ii": (Equivalent(SpectralRadius(FEEDBACK) < 1, Abs(b * c) < GAP), CONTRACTION),
    "S4": (SpectralRadius(GENERAL) <= g + BELOW * sqrt(b * c), (*DIAGONAL, b >= 0, c >= 0)),
    "T4-a1 above": (Eq(PEAK, ABOVE * c / (4 * (1 - g))), COUPLED),
    "T4-a1 below": (Eq(PEAK, BELOW * c / (4 * (1 - g))), COUPLED),
    "T4-a2-ii": (Eq(Supremum((r - 1) / (r - g), (r, 1, oo)), 1 / (1 - g)), CONTRACTION),
    "T4": (k(x / (1 - g)) <= BELOW * x / (4 * (1 - g)) + 1, (*CONTRACTION, x >= 0)),
    "T4 radial": (sharp(BELOW), (*CONTRACTION, x > 0, r > 1)),
    "T4 resolvent": ((r - 1) * ResolventNorm(EXTREMAL, r) <= BELOW * k(KAPPA), (*COUPLED, r > 1)),
    "T4-step": (Eq(PRINTED, 2 / (1 - g) + c / (4 * (1 - g))), COUPLED),
    "T5-iv": ((1 - g) * ResolventNorm(EXTREMAL, 2 - g) >= ABOVE * c / (4 * (1 - g)) + 1, COUPLED),
    "P19-i": (Eq(ResolventNorm(EXTREMAL, z), (c + sqrt(c**2 + ABOVE * 4 * W**2)) / (2 * W**2)), OFF_CENTRE),
    "P19-ii": (ResolventNorm(EXTREMAL, z) <= BELOW / W + c / W**2, OFF_CENTRE),
    "P19-iii": (ResolventNorm(EXTREMAL, z) >= ABOVE * c / W**2, OFF_CENTRE),
    "P20-i": (Eq(RADIUS, ABOVE * g + REACH), PERTURBED),
    "P20-ii": (g + ABOVE * sqrt(c * epsilon) <= RADIUS, PERTURBED),
    "P20-iii": (Equivalent(ResolventNorm(EXTREMAL, z) > 1 / epsilon, W < ABOVE * REACH), PERTURBED),
    "P20-iv": (Implies(ABOVE * sqrt(c * epsilon) > W, ResolventNorm(EXTREMAL, z) > 1 / epsilon), PERTURBED),
    "S2": (KreissConstant(EXTREMAL) <= BELOW * k(KAPPA), COUPLED),
    "S7": (SmallestSingularValue(eye(2) - EXTREMAL) >= ABOVE * (sqrt(4 * GAP + c**2) - c) / 2, COUPLED),
    "L14-ii": (Norm(TRIANGLE) <= Max(Abs(a), Abs(d)) + BELOW * Abs(b), ()),
}
