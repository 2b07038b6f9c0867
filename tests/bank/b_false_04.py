"""Tool B, form "triangular", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[58/85, 0], [76076/9775, 2/17]]), itself a member; the formula of tool B at λ = 58/85, 2/17, ν =
76076/9775 gives τ = 69/10. So K = (τ + 1/τ)/2 = 4861/1380 there. The constant is that value times 1 − 0.003.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, 0], [C, D]])) <= Rational(4846417, 1380000)
DOMAIN = {A: symmetric(rho=Rational(58, 85)), D: symmetric(rho=Rational(2, 17)), C: coupling(norm=Rational(76076, 9775))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-04",
    title="A Kreiss constant by tool B (triangular)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
