"""When diag(s², 1) certifies contraction with feedback.

X = [[γ, x], [y, γ]] with x, y >= 0, xy <= (1 − γ)². ‖X‖ <= 1 iff 1 + det² − ‖X‖_F² >= 0 and |det| <= 1. Here det = γ² − xy lies in [2γ − 1,
γ²], so |det| <= 1, and 1 + det² − ‖X‖_F² = (1 − γ² + xy)² − (x + y)². Both brackets are non-negative: iff x + y <= 1 − γ² + xy.
"""

from sympy import Equivalent, Matrix, Symbol, symbols

from verify import Claim, Norm, Reading, between, nonnegative, own

gamma = Symbol("gamma", real=True)
x, y = symbols("x y", real=True)
STATEMENT = Equivalent(Norm(Matrix([[gamma, x], [y, gamma]])) <= 1, x + y <= 1 - gamma**2 + x * y)
DOMAIN = {gamma: between(0, 1, open_high=True), x: nonnegative(), y: nonnegative()}
HYPOTHESES = (x * y <= (1 - gamma) ** 2,)

CLAIM = Claim(
    id="bank-s10-true-01",
    title="A contraction condition",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
