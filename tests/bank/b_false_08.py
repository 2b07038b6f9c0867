"""Tool B, form "norms", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[α, b], [c, d]]), α = 213253/316706, b = 1045/316706, c = 7320095/3483766, d = 103453/316706,
itself a member. Its eigenvalues are 9/13, 4/13, and ν = c − b = 300/143; the formula of tool B at these gives τ = 11/5. So K = (τ + 1/τ)/2
= 73/55 there. The constant is that value times 1 − 0.01.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own

p, q = symbols("p q", integer=True)
A, D = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q)
B, C = MatrixSymbol("B", p, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, B], [C, D]])) <= Rational(657, 500)
DOMAIN = {
    A: coupling(norm=Rational(213253, 316706)),
    D: coupling(norm=Rational(103453, 316706)),
    B: coupling(norm=Rational(1045, 316706)),
    C: coupling(norm=Rational(7320095, 3483766)),
}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-08",
    title="A Kreiss constant by tool B (norms)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
