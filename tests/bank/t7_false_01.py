"""The least Kreiss constant for given γ, c when p = q = 2.

A = D = diag(γ, 0), C = diag(0, c): K = max(1, k(c)), below the value at [[γ, 0], [c, −γ]] (which is least for p = q = 1). As γ → 1: τ → (c
+ √(c² + 4))/2, about c/2 against c/4 for large c.
"""

from sympy import MatrixSymbol, Symbol, sqrt

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", 2, 2), MatrixSymbol("D", 2, 2), MatrixSymbol("C", 2, 2)
J = block([[A, 0], [C, D]])
c = Norm(C)
tau = (c + sqrt(c**2 + 4 * gamma**2)) / (2 + 2 * sqrt(1 - gamma**2))
STATEMENT = KreissConstant(J) >= (tau + 1 / tau) / 2
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma, attained=True), D: symmetric(rho=gamma, attained=True), C: coupling()}
HYPOTHESES = (tau >= 1,)

CLAIM = Claim(
    id="bank-t7-false-01",
    title="The least Kreiss constant of order two",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
