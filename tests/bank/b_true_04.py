"""Tool B, form "triangular", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[133/145, 0], [26196/13775, 14/29]]), itself a member; the formula of tool B at λ = 133/145,
14/29, ν = 26196/13775 gives τ = 19/5. So K = (τ + 1/τ)/2 = 193/95 there. The constant is that value: equality is attained.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, 0], [C, D]])) <= Rational(193, 95)
DOMAIN = {A: symmetric(rho=Rational(133, 145)), D: symmetric(rho=Rational(14, 29)), C: coupling(norm=Rational(26196, 13775))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-04",
    title="A Kreiss constant by tool B (triangular)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
