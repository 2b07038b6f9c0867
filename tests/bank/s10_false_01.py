"""The contraction condition without the condition on xy.

At γ = 0, x = y = 2: x + y = 4 <= 1 + 4, yet the norm is 2. (The other root of the quadratic: xy > (1 − γ)².)
"""

from sympy import Implies, Matrix, Symbol, symbols

from verify import Claim, Norm, Reading, between, nonnegative, own

gamma = Symbol("gamma", real=True)
x, y = symbols("x y", real=True)
STATEMENT = Implies(x + y <= 1 - gamma**2 + x * y, Norm(Matrix([[gamma, x], [y, gamma]])) <= 1)
DOMAIN = {gamma: between(0, 1, open_high=True), x: nonnegative(), y: nonnegative()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s10-false-01",
    title="A contraction condition without its hypothesis",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
