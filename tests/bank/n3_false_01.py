"""The peak with 1 − γ² taken twice.

At γ = 0 both bounds agree. For γ > 0, M = [[γ, 0], [c, γ]]: with c large the peak is at least c (t = 1), and at γ = 1/2 ‖M²‖ is about 2γc =
c. Against max(1, c(1 − γ²)): c/(c(1 − γ²)), unbounded as γ → 1.
"""

from sympy import MatrixSymbol, Max, Symbol, symbols

from verify import Claim, Norm, Reading, TransientPeak, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = TransientPeak(J) <= Max(1, c * (1 - gamma**2))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-n3-false-01",
    title="The transient peak, upside down",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
