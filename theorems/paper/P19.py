"""Proposition 19: the resolvent of [[γ, 0], [c, γ]]."""

from sympy import Abs, Eq, Integer, oo

from theorems.notation import EXTREMAL, SCALAR, gamma, growing, sharp_resolvent, strength, z
from verify import Axis, Claim, Family, Reading, ResolventNorm, SharpForm, complex_plane, guessed

w = Abs(z - gamma)
SIZE = ResolventNorm(EXTREMAL, z)
EXACT = sharp_resolvent(strength, w)
SHARP = SharpForm(Eq(SIZE, EXACT), attained_by={z: gamma + 1}, regions=Axis(strength / w, (0, 1, 4, 16, oo)))

UNCOUPLED = Family({gamma: Integer(0), strength: Integer(0), z: Integer(1)}, text="c = 0")
FAR = Family({gamma: Integer(0), strength: growing, z: Integer(1)}, growing, "c/|z − γ| → ∞, here γ = 0 and z = 1", start=16)

CLAIM = Claim(
    id="P19",
    title="Resolvent norm of the 2×2 example",
    source="arXiv:2606.04031, Proposition 19",
    domain={**SCALAR, z: complex_plane()},
    hypotheses=(w > 0,),
    readings=[
        Reading("i", Eq(SIZE, EXACT), guessed("exact form")),
        Reading("ii", SIZE <= 1 / w + strength / w**2, guessed("upper bound"), sharp=SHARP, sharp_at=(UNCOUPLED, FAR)),
        Reading("iii", SIZE >= strength / w**2, guessed("lower bound"), sharp=SHARP, sharp_at=(FAR,)),
    ],
)
