"""False: the spectral radius is subadditive."""

from sympy import MatrixSymbol

from theorems.notation import n
from verify import Claim, Reading, SpectralRadius, general, own

X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)

CLAIM = Claim(
    id="false-radius-sum",
    title="Spectral radius of a sum: a false strengthening",
    source="a false strengthening of norm-submultiplicative",
    domain={X: general(), Y: general()},
    readings=[Reading("i", SpectralRadius(X + Y) <= SpectralRadius(X) + SpectralRadius(Y), own("true for commuting matrices"))],
)
