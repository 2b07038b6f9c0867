"""The norm by the norms of the four parts.

‖J‖ <= ‖M(J)‖ <= ‖M(J)‖_F for the 2×2 matrix M(J) of block norms (tool A). Equality where M(J) has rank one, for example all blocks 1×1 and
equal to 1.
"""

from sympy import MatrixSymbol, symbols

from verify import Claim, Norm, Reading, block, coupling, general, own

p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
STATEMENT = Norm(block([[A, B], [C, D]])) ** 2 <= Norm(A) ** 2 + Norm(B) ** 2 + Norm(C) ** 2 + Norm(D) ** 2
DOMAIN = {A: general(), B: coupling(), C: coupling(), D: general()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-norms-true-01",
    title="Norm by the norms of the parts",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
