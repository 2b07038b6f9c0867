"""Tool B, form "norms", drawn by ``draw.py``.

Comparison principle (tool A): K(J) <= K([[α, b], [c, d]]), α = 979951/1458125, b = 9828/1458125, c = 306109991/39369375, d =
769799/1458125, itself a member. Its eigenvalues are 21/25, 9/25, and ν = c − b = 26219/3375; the formula of tool B at these gives τ = 54/5.
So K = (τ + 1/τ)/2 = 2941/540 there. The constant is that value: equality is attained.
"""

from sympy import MatrixSymbol, Rational, symbols

from verify import Claim, KreissConstant, Reading, block, coupling, own

p, q = symbols("p q", integer=True)
A, D = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q)
B, C = MatrixSymbol("B", p, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, B], [C, D]])) <= Rational(2941, 540)
DOMAIN = {
    A: coupling(norm=Rational(979951, 1458125)),
    D: coupling(norm=Rational(769799, 1458125)),
    B: coupling(norm=Rational(9828, 1458125)),
    C: coupling(norm=Rational(306109991, 39369375)),
}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-03",
    title="A Kreiss constant by tool B (norms)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
