"""The resolvent of the whole class outside the unit circle.

Tool A: ‖R(z)‖ <= ‖(|z|I − M)^{-1}‖, M = [[γ, 0], [c, γ]], and by row P19 the latter is 2/(√(4s² + c²) − c), s = |z| − γ > 0. Written
without a quotient. Equality at M for real z > 1.
"""

from sympy import Abs, MatrixSymbol, Symbol, sqrt, symbols

from verify import Claim, Norm, Reading, ResolventNorm, between, block, complex_outside, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
z = Symbol("z", complex=True)
s = Abs(z) - gamma
STATEMENT = ResolventNorm(J, z) * (sqrt(4 * s**2 + c**2) - c) <= 2
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(), z: complex_outside(1)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-p19-true-01",
    title="Resolvent norm of the class",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
