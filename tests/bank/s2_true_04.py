"""Blocks of order 1 with the eigenvalue γ itself (p = q = 1).

A = D = γ, so J = [[γ, 0], [±c, γ]] and K = k(κ) = κ/4 + 1/κ for κ >= 2, without exception. (With blocks of order 2 it fails:
bank-s2-false-05.)
"""

from sympy import MatrixSymbol, Symbol

from verify import Claim, KreissConstant, Norm, PositiveSemidefinite, Reading, between, block, coupling, own, symmetric

gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", 1, 1), MatrixSymbol("D", 1, 1), MatrixSymbol("C", 1, 1)
J = block([[A, 0], [C, D]])
c = Norm(C)
kappa = c / (1 - gamma)
STATEMENT = KreissConstant(J) >= kappa / 4 + 1 / kappa
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma, attained=True), D: symmetric(rho=gamma, attained=True), C: coupling()}
HYPOTHESES = (c >= 2 * (1 - gamma), PositiveSemidefinite(A), PositiveSemidefinite(D))

CLAIM = Claim(
    id="bank-s2-true-04",
    title="A lower bound by the eigenvalue, order one",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
