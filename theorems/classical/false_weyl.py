"""False: Weyl's perturbation bound for matrices that are not symmetric."""

from sympy import MatrixSymbol

from theorems.notation import n
from verify import Claim, Norm, Reading, SpectralRadius, general, own

X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)

CLAIM = Claim(
    id="false-weyl",
    title="Spectral radius under a perturbation: a false strengthening",
    source="a false strengthening of weyl",
    domain={X: general(), Y: general()},
    readings=[Reading("i", SpectralRadius(X + Y) <= SpectralRadius(X) + Norm(Y), own("true for normal X (Bauer and Fike)"))],
)
