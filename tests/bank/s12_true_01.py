"""The resolvent by the Kreiss constant, up to the circle.

Tool E: ‖R(z)‖ <= 4K/dist(z, [−γ, γ]) and dist >= |z| − γ. At [[γ, 0], [c, γ]], z → 1, the left side tends to (κ + √(κ² + 4))/2 and 4K = κ +
4/κ: the ratio tends to 1 as κ → ∞ and is never 1.
"""

from sympy import Abs, MatrixSymbol, Symbol, symbols

from verify import Claim, KreissConstant, Reading, ResolventNorm, between, block, complex_outside, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
z = Symbol("z", complex=True)
STATEMENT = (Abs(z) - gamma) * ResolventNorm(J, z) < 4 * KreissConstant(J)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(), z: complex_outside(1)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s12-true-01",
    title="Resolvent in terms of the Kreiss constant",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
