"""False: the resolvent bound of normal matrices holds for all."""

from sympy import Abs

from theorems.notation import M, z
from verify import Claim, Reading, ResolventNorm, SpectralRadius, complex_plane, general, own

CLAIM = Claim(
    id="false-normal-resolvent",
    title="Resolvent bounded by the spectral radius: a false strengthening",
    source="a false strengthening of numerical-range",
    domain={M: general(), z: complex_plane()},
    hypotheses=(Abs(z) > SpectralRadius(M),),
    readings=[Reading("i", ResolventNorm(M, z) <= 1 / (Abs(z) - SpectralRadius(M)), own("true for normal matrices (L13)"))],
)
