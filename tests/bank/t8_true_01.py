"""Two steps of any 3×3 matrix.

Row T8 at t = 2 holds for every matrix (Cauchy's integral over |z| = 3/2): ‖M²‖ <= 3(3/2)²K = 27/4 K. At cN_3, ‖M²‖ = c² and K = 4c²/27 +
1/3 + o(1): the ratio tends to 1.
"""

from sympy import MatrixSymbol

from verify import Claim, KreissConstant, Norm, Reading, general, own

M = MatrixSymbol("M", 3, 3)
STATEMENT = 4 * Norm(M * M) <= 27 * KreissConstant(M)
DOMAIN = {M: general()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-t8-true-01",
    title="Two steps of a matrix of order three",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
