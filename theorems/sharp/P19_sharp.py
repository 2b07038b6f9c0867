"""The resolvent of [[γ, 0], [c, γ]] without cancellation, and the paper's intermediate supremum in closed form."""

from sympy import Abs, Eq, Piecewise, oo, sqrt

from theorems.notation import EXTREMAL, SCALAR, gamma, r, sharp_kreiss, strength, z
from verify import Claim, KreissConstant, Reading, ResolventNorm, Supremum, complex_plane, own

distance = Abs(z - gamma)
kappa = strength / (1 - gamma)
INTERMEDIATE = Supremum(2 * (r - 1) / (r - gamma) + (r - 1) * strength / (r - gamma) ** 2, (r, 1, oo))

CLAIM = Claim(
    id="P19-sharp",
    title="Closed forms for the 2×2 example",
    source="theory.md, rows P19 and T4",
    domain=SCALAR,
    readings=[
        Reading(
            "i",
            Eq(ResolventNorm(EXTREMAL, z), 2 / (sqrt(4 * distance**2 + strength**2) - strength)),
            own("exact form, without cancellation"),
            hypotheses=(distance > 0,),
            domain={**SCALAR, z: complex_plane()},
        ),
        Reading("ii", Eq(KreissConstant(EXTREMAL), sharp_kreiss(kappa)), own("K = k(κ)")),
        Reading(
            "iii",
            Eq(INTERMEDIATE, Piecewise((2, kappa <= 2), (kappa / 4 + 1 / kappa + 1, True))),
            own("the supremum displayed in the proof of Theorem 4: k(κ) + 1 for κ >= 2, and 2 below"),
        ),
    ],
)
