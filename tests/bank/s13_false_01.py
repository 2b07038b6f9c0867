"""The noise floor, lowered by 1e-4.

The sums at [[1/2, 0], [9/20, 1/2]] increase to 32/15 (row T11); the remainder after t is below 1e-4 of it from t = 8 on (checked by hand in
NumPy: 2.1e-5 at t = 9).
"""

from sympy import MatrixSymbol, Rational, Transpose, symbols

from verify import Claim, MatrixSum, Norm, Reading, block, coupling, integer, own, symmetric

p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
t, k = symbols("t k", integer=True)
J = block([[A, 0], [C, D]])
STATEMENT = Norm(MatrixSum(Transpose(J**k) * J**k, (k, 0, t))) <= (1 - Rational(1, 10**4)) * Rational(32, 15)
DOMAIN = {A: symmetric(rho=Rational(1, 2)), D: symmetric(rho=Rational(1, 2)), C: coupling(norm=Rational(9, 20)), t: integer(0, 16)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s13-false-01",
    title="Noise floor at fixed constants, lowered",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
