"""Gershgorin's bound of the spectral radius, for order two."""

from sympy import Abs, Matrix, Max, symbols

from verify import Claim, Reading, SpectralRadius, classical, real

a, b, c, d = symbols("a b c d", real=True)

CLAIM = Claim(
    id="gershgorin",
    title="Gershgorin's bound, order two",
    source="Gershgorin 1931",
    domain={entry: real() for entry in (a, b, c, d)},
    readings=[
        Reading(
            "i",
            SpectralRadius(Matrix([[a, b], [c, d]])) <= Max(Abs(a) + Abs(b), Abs(c) + Abs(d)),
            classical("S. Gerschgorin, Izv. Akad. Nauk SSSR (1931), 749–754"),
        )
    ],
)
