"""A normal matrix with ρ <= 1/2 has ‖R(z)‖ <= 1/(|z| − 1/2), so K = 1 and K >= 2 is impossible.
"""

from sympy import MatrixSymbol, Rational, Symbol

from verify import Claim, KreissConstant, Norm, Reading, SpectralRadius, normal, own

n = Symbol("n", integer=True)
M = MatrixSymbol("M", n, n)
STATEMENT = Norm(M) <= Rational(1, 100)
DOMAIN = {M: normal()}
HYPOTHESES = (SpectralRadius(M) <= Rational(1, 2), KreissConstant(M) >= 2)

CLAIM = Claim(
    id="bank-hyp-vacuous-04",
    title="A normal matrix with growth",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
