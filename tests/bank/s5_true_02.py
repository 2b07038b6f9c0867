"""Products of any length stay below max(1, c/(1 − γ²)).

Row P22. With S = diag(sI, I), s = max(1, c/(1 − γ²)), each factor becomes a contraction, and √cond = s. Equality at γ = 0, c >= 1, T = 1.
"""

from sympy import Max, Symbol, symbols

from verify import Claim, MatrixProduct, MatrixSequence, Norm, Reading, between, block, coupling, integer, nonnegative, own, sequence, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
x = Symbol("c", real=True)
T, k = symbols("T k", integer=True)
A, D, C = MatrixSequence("A", p, p, T), MatrixSequence("D", q, q, T), MatrixSequence("C", q, p, T)
PRODUCT = Norm(MatrixProduct(block([[A[k], 0], [C[k], D[k]]]), (k, 1, T)))
STATEMENT = PRODUCT <= Max(1, x / (1 - gamma**2))
DOMAIN = {
    gamma: between(0, 1, open_high=True),
    x: nonnegative(),
    T: integer(1, 4),
    A: sequence(symmetric(rho=gamma), T),
    D: sequence(symmetric(rho=gamma), T),
    C: sequence(coupling(norm=x), T),
}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s5-true-02",
    title="Products of any length",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
