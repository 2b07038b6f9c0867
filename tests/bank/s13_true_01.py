"""The noise floor of one class of fixed constants.

Row T11: the partial sums of Σ (J^k)ᵀJ^k have norm at most λ_max of [[1/s + c²(1 + γ²)/s³, cγ/s²], [·, 1/s]], s = 1 − γ². At γ = 1/2, c =
9/20 this matrix is 4/3 I + [[3/5, 2/5], [2/5, 0]], whose largest eigenvalue is 4/3 + 4/5 = 32/15. The partial sums at [[1/2, 0], [9/20,
1/2]] increase to it: a supremum, not attained.
"""

from sympy import MatrixSymbol, Rational, Transpose, symbols

from verify import Claim, MatrixSum, Norm, Reading, block, coupling, integer, own, symmetric

p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
t, k = symbols("t k", integer=True)
J = block([[A, 0], [C, D]])
STATEMENT = Norm(MatrixSum(Transpose(J**k) * J**k, (k, 0, t))) < Rational(32, 15)
DOMAIN = {A: symmetric(rho=Rational(1, 2)), D: symmetric(rho=Rational(1, 2)), C: coupling(norm=Rational(9, 20)), t: integer(0, 16)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s13-true-01",
    title="Noise floor at fixed constants",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
