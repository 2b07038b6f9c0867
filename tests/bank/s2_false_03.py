"""One branch forgotten.

K([[γ, 0], [c, γ]]) = κ/4 + 1/κ only for κ >= 2; for κ < 2 it is 1, while κ/4 + 1/κ > 1 (and tends to ∞ as κ → 0).
"""

from sympy import Eq, Matrix, Symbol

from verify import Claim, KreissConstant, Reading, between, own, positive

gamma = Symbol("gamma", real=True)
c = Symbol("c", real=True)
J = Matrix([[gamma, 0], [c, gamma]])
kappa = c / (1 - gamma)
STATEMENT = Eq(KreissConstant(J), kappa / 4 + 1 / kappa)
DOMAIN = {gamma: between(0, 1, open_high=True), c: positive()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s2-false-03",
    title="Kreiss constant of the 2x2 example",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
