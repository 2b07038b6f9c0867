"""Proposition 20: the pseudospectrum of [[γ, 0], [c, γ]]."""

from sympy import Abs, Eq, Equivalent, Implies, Integer, sqrt

from theorems.notation import EXTREMAL, SCALAR, epsilon, gamma, growing, strength, z
from verify import Claim, Family, PseudospectralRadius, Reading, ResolventNorm, SharpForm, complex_plane, guessed, positive

REACH = sqrt(epsilon**2 + strength * epsilon)
LEADING = sqrt(strength * epsilon)
RADIUS = PseudospectralRadius(EXTREMAL, epsilon)
IN_PSEUDOSPECTRUM = ResolventNorm(EXTREMAL, z) > 1 / epsilon
PARAMETERS = {**SCALAR, epsilon: positive()}


def in_disc(radius):
    """``z`` lies in the open disc about ``γ``."""
    return Abs(z - gamma) < radius


IS_DISC = Equivalent(IN_PSEUDOSPECTRUM, in_disc(REACH))

SMALL = Family({gamma: Integer(0), strength: Integer(1), epsilon: 1 / growing}, growing, "ε → 0 at γ = 0, c = 1")

CLAIM = Claim(
    id="P20",
    title="Pseudospectrum of the 2×2 example",
    source="arXiv:2606.04031, Proposition 20",
    domain=PARAMETERS,
    notes="(iii) and (iv) are equations and inclusions of sets, stated for every point z of the plane.",
    readings=[
        Reading("i", Eq(RADIUS, gamma + REACH), guessed("exact form")),
        Reading("ii", RADIUS >= gamma + LEADING, guessed("lower bound"), sharp=SharpForm(Eq(RADIUS, gamma + REACH)), sharp_at=(SMALL,)),
        Reading("iii", IS_DISC, guessed("the whole set"), domain={**PARAMETERS, z: complex_plane()}),
        Reading(
            "iv",
            Implies(in_disc(LEADING), IN_PSEUDOSPECTRUM),
            guessed("an inner disc"),
            domain={**PARAMETERS, z: complex_plane()},
            sharp=SharpForm(IS_DISC),
        ),
    ],
)
