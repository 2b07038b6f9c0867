"""Pythagoras for block-triangular matrices.

At X = Y = Z = 1: the norm is (1 + √5)/2 = 1.618 against √2: 14.4 %. True if X = 0 or Z = 0.
"""

from sympy import MatrixSymbol, Max, symbols

from verify import Claim, Norm, Reading, block, coupling, general, own

p, q = symbols("p q", integer=True)
X, Y, Z = MatrixSymbol("X", p, p), MatrixSymbol("Y", q, p), MatrixSymbol("Z", q, q)
STATEMENT = Norm(block([[X, 0], [Y, Z]])) ** 2 <= Max(Norm(X), Norm(Z)) ** 2 + Norm(Y) ** 2
DOMAIN = {X: general(), Y: coupling(), Z: general()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-l14-false-01",
    title="Pythagoras for block-triangular matrices",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
