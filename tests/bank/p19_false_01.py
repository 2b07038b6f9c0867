"""The coupling term with the wrong power of the distance.

At [[γ, 0], [c, γ]], s = |z − γ|: ‖R‖ >= c/s², which exceeds (1 + c)/s as soon as c > s(1 + c); as s → 0, γ → 1 by any factor.
"""

from sympy import Abs, MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, Reading, ResolventNorm, between, block, complex_outside, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
z = Symbol("z", complex=True)
s = Abs(z) - gamma
STATEMENT = ResolventNorm(J, z) <= 1 / s + c / s
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(), z: complex_outside(1)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-p19-false-01",
    title="Resolvent norm, power of the distance",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
