"""The peak of the powers.

Row T18/N3: sup ‖J^t‖ <= max(1, c/(1 − γ²)); equality at γ = 0: [[0, 0], [c, 0]] has the peak max(1, c).
"""

from sympy import MatrixSymbol, Max, Symbol, symbols

from verify import Claim, Norm, Reading, TransientPeak, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = TransientPeak(J) <= Max(1, c / (1 - gamma**2))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-n3-true-01",
    title="The transient peak",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
