"""The worst case taken for every case.

"If γ is an eigenvalue of A and of D, both positive semidefinite, then K >= k(κ)." True for 1×1 blocks. With A = γ, D = diag(γ, 0), C = (0,
c)ᵀ, the coupling avoids the eigenvector: K = max(1, K([[γ, 0], [c, 0]])), smaller than k(κ): at γ = 1/2, c = 4: τ = (4 + √16.25)/(√½ + 1)²
= 2.7545, K = 1.5588 against k(8) = 2.125, and with γ → 1 it is worse by any factor.
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, KreissConstant, Norm, PositiveSemidefinite, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
kappa = c / (1 - gamma)
STATEMENT = KreissConstant(J) >= kappa / 4 + 1 / kappa
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma, attained=True), D: symmetric(rho=gamma, attained=True), C: coupling()}
HYPOTHESES = (c >= 2 * (1 - gamma), PositiveSemidefinite(A), PositiveSemidefinite(D))

CLAIM = Claim(
    id="bank-s2-false-05",
    title="A lower bound by the eigenvalue",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
