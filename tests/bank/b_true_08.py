"""Tool B, form "norms", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[α, b], [c, d]]), α = 467388/885125, b = 4998/885125, c = 50133474/15047125, d = 417737/885125,
itself a member. Its eigenvalues are 16/25, 9/25, and ν = c − b = 7068/2125; the formula of tool B at these gives τ = 17/5. So K = (τ +
1/τ)/2 = 157/85 there. The constant is that value: equality is attained.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own

p, q = symbols("p q", integer=True)
A, D = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q)
B, C = MatrixSymbol("B", p, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, B], [C, D]])) <= Rational(157, 85)
DOMAIN = {
    A: coupling(norm=Rational(467388, 885125)),
    D: coupling(norm=Rational(417737, 885125)),
    B: coupling(norm=Rational(4998, 885125)),
    C: coupling(norm=Rational(50133474, 15047125)),
}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-08",
    title="A Kreiss constant by tool B (norms)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
