"""Von Neumann's inequality."""

from sympy import Identity, Inverse, sqrt, symbols

from theorems.notation import M, n
from verify import Claim, Norm, Reading, between, classical, coupling, real

a, b = symbols("a b", real=True)
EYE = Identity(n)

CLAIM = Claim(
    id="von-neumann",
    title="Von Neumann's inequality",
    source="von Neumann 1951",
    domain={a: real(), b: real(), M: coupling(norm=1)},
    notes="For p(z) = b + az − bz², whose maximum on the unit circle is √(a² + 4b²) as |p(z)| = |a − 2ib sin θ| there, and for the automorphisms of the "
    "disc. The theorem is about every polynomial.",
    readings=[
        Reading(
            "i",
            Norm(b * EYE + a * M - b * M**2) <= sqrt(a**2 + 4 * b**2),
            classical("J. von Neumann, Math. Nachr. 4 (1951), 258–281"),
        ),
        Reading(
            "ii",
            Norm((M - a * EYE) * Inverse(EYE - a * M)) <= 1,
            classical("J. von Neumann, Math. Nachr. 4 (1951), 258–281"),
            domain={a: between(-1, 1, open_low=True, open_high=True), M: coupling(norm=1)},
        ),
    ],
)
