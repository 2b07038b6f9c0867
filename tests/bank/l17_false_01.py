"""The wrong power of γ.

Row L17: at [[γ, 0], [c, γ]], ‖J^t‖ >= tcγ^{t−1}, which exceeds γ^t + tcγ^t for c large and γ < 1; by the factor 1/γ.
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, PowerNorm, Reading, between, block, coupling, integer, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
t = Symbol("t", integer=True)
STATEMENT = PowerNorm(J, t) <= gamma**t + t * gamma**t * c
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(), t: integer(1, 8)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-l17-false-01",
    title="Powers, the power of gamma",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
