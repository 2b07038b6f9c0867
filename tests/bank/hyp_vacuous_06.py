"""The principal minor 1·1 − 2² = −3 of a positive semidefinite matrix cannot be negative.
"""

from sympy import MatrixSymbol

from verify import Claim, Norm, Reading, own, symmetric

A = MatrixSymbol("A", 3, 3)
STATEMENT = Norm(A) <= 1
DOMAIN = {A: symmetric(above=0)}
HYPOTHESES = (A[0, 0] <= 1, A[1, 1] <= 1, A[0, 1] >= 2)

CLAIM = Claim(
    id="bank-hyp-vacuous-06",
    title="A minor of a positive semidefinite matrix",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
