"""Two steps of any 3×3 matrix, the constant lowered by 1e-3.

At cN_3: ‖M²‖/K = (27/4)(1 − 9/(4c²) + …), above 27/4 · 0.999 for c > 47.5.
"""

from sympy import MatrixSymbol, Rational

from verify import Claim, KreissConstant, Norm, Reading, general, own

M = MatrixSymbol("M", 3, 3)
STATEMENT = 4 * Norm(M * M) <= 27 * (1 - Rational(1, 1000)) * KreissConstant(M)
DOMAIN = {M: general()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-t8-false-01",
    title="Two steps of a matrix of order three, lowered",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
