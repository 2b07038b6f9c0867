"""The trace is the sum of two eigenvalues: ρ <= 1/2 gives |tr| <= 1 < 3/2.
"""

from sympy import MatrixSymbol, Rational

from verify import Claim, Norm, Reading, SpectralRadius, general, own

M = MatrixSymbol("M", 2, 2)
STATEMENT = Norm(M) <= 1
DOMAIN = {M: general()}
HYPOTHESES = (SpectralRadius(M) <= Rational(1, 2), M[0, 0] + M[1, 1] >= Rational(3, 2))

CLAIM = Claim(
    id="bank-hyp-vacuous-05",
    title="A trace above the spectral radius",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
