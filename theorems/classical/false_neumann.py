"""False: the Neumann bound with the spectral radius in place of the norm."""

from sympy import Identity

from theorems.notation import M, n
from verify import Claim, Reading, SmallestSingularValue, SpectralRadius, general, own

CLAIM = Claim(
    id="false-neumann",
    title="Neumann series with the spectral radius: a false strengthening",
    source="a false strengthening of neumann-series",
    domain={M: general()},
    readings=[Reading("i", SmallestSingularValue(Identity(n) - M) >= 1 - SpectralRadius(M), own("true for normal matrices"))],
)
