"""Henrici's departure from normality, for real triangular matrices of order three."""

from sympy import Abs, Integer, Matrix, Min, Trace, sqrt, symbols

from theorems.notation import z
from verify import Claim, Family, Reading, ResolventNorm, classical, complex_plane, real

a, b, c, x, y, w = symbols("a b c x y w", real=True)
T = Matrix([[a, x, y], [0, b, w], [0, 0, c]])
COMMUTATOR = T.T * T - T * T.T
DEPARTURE = x**2 + y**2 + w**2
distance = Min(Abs(z - a), Abs(z - b), Abs(z - c))
departure = sqrt(DEPARTURE)
REAL = {entry: real() for entry in (a, b, c, x, y, w)}

SHIFT = Family({**dict.fromkeys(REAL, Integer(0)), x: Integer(1), w: Integer(1)}, text="the shift of order three")
ZERO = Family({**dict.fromkeys(REAL, Integer(0)), z: Integer(1)}, text="the zero matrix; every normal one")

CLAIM = Claim(
    id="henrici",
    title="Departure from normality",
    source="Henrici 1962",
    domain=REAL,
    notes="By Schur's theorem every matrix is unitarily similar to a triangular one; the squared departure is the squared Frobenius norm of its strict "
    "upper triangle. Stated for real triangular matrices of order three, where (n³ − n)/12 = 2.",
    readings=[
        Reading("i", DEPARTURE**2 <= 2 * Trace(COMMUTATOR * COMMUTATOR.T), classical("P. Henrici, Numer. Math. 4 (1962), 24–40"), sharp_at=(SHIFT,)),
        Reading(
            "ii",
            ResolventNorm(T, z) * distance**3 <= distance**2 + departure * distance + departure**2,
            classical("P. Henrici, Numer. Math. 4 (1962), 24–40"),
            domain={**REAL, z: complex_plane()},
            sharp_at=(ZERO,),
        ),
    ],
)
