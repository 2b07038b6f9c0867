"""The paper's letters (arXiv:2606.04031, section 2), shared by the files of this pack.

``J = [[A, 0], [C, D]]`` has blocks of orders ``p`` and ``q``; ``gamma`` bounds the spectral radii of ``A`` and ``D``, ``c = ‖C‖``,
``b = ‖B‖``, ``kappa = c/(1 − gamma)``. The default domain ``TRIANGULAR`` is the block-triangular class with symmetric diagonal blocks.
Formulas that several claims share stand here, as functions of what they depend on, so that none is written twice.
"""

from __future__ import annotations

from sympy import Expr, Identity, Integer, Matrix, MatrixExpr, MatrixSymbol, Max, Piecewise, Rational, Symbol, Transpose, eye, oo, sqrt, symbols

from verify import Axis, Family, KreissConstant, Norm, between, block, coupling, nonnegative, positive, symmetric

p, q, n = symbols("p q n", integer=True)
gamma = Symbol("gamma", real=True)
mu = Symbol("mu", real=True)
epsilon = Symbol("epsilon", real=True)
r = Symbol("r", real=True)
s = Symbol("s", real=True)
strength = Symbol("c", real=True)
"""The number ``c`` where it is a parameter or a step's variable; ``c`` itself is the norm of a free ``C``."""
z = Symbol("z", complex=True)
t = Symbol("t", integer=True)
k = Symbol("k", integer=True)

A = MatrixSymbol("A", p, p)
B = MatrixSymbol("B", p, q)
C = MatrixSymbol("C", q, p)
D = MatrixSymbol("D", q, q)
M = MatrixSymbol("M", n, n)

J = block([[A, 0], [C, D]])
c = Norm(C)
b = Norm(B)
kappa = c / (1 - gamma)
KAPPA_CELLS = (0, 1, 2, 4, 16, oo)
MAP = (Axis(gamma, (0, Rational(1, 2), Rational(9, 10), Rational(99, 100), 1)), Axis(kappa, KAPPA_CELLS))
"""Where failures are mapped: ``γ`` and ``κ``; :data:`MAP_OF_PARAMETERS` where ``c`` is a number and not the norm of a free ``C``."""
MAP_OF_PARAMETERS = (MAP[0], Axis(strength / (1 - gamma), KAPPA_CELLS))

REGIONS = Axis(kappa, (0, 2, 4, 16, oo))
"""Where printed bounds are compared with sharp ones; :data:`REGIONS_OF_PARAMETERS` where ``c`` is a number."""
REGIONS_OF_PARAMETERS = Axis(strength / (1 - gamma), (0, 2, 4, 16, oo))

CONTRACTION = between(0, 1, open_high=True)
TRIANGULAR = {gamma: CONTRACTION, A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
GIVEN_COUPLING = {gamma: CONTRACTION, strength: nonnegative(), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(norm=strength)}
"""The block-triangular class with ``c`` a parameter, for statements about what the class as a whole holds."""

# The member [[γ, 0], [c, γ]] of the class, as one matrix and as a family of blocks.
EXTREMAL = Matrix([[gamma, 0], [strength, gamma]])
EXTREMAL_BLOCKS = {A: Matrix([[gamma]]), D: Matrix([[gamma]]), C: Matrix([[strength]])}
SCALAR = {gamma: CONTRACTION, strength: nonnegative()}

# Families that grow without bound with ``x``: the member [[0, 0], [x, 0]], at which κ = c = x.
growing = Symbol("x", real=True)
GROWING_BLOCKS = {A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[growing]])}
GROWING = {gamma: Integer(0), **GROWING_BLOCKS}
STRONG = (Family(GROWING, growing, "the member [[0, 0], [c, 0]], κ = c → ∞", start=16),)
"""As ``κ → ∞``; its members lie beyond ``κ = 16``."""

# Feedback: B is free.
J_feedback = block([[A, B], [C, D]])
FEEDBACK = {**TRIANGULAR, B: coupling()}

# Perturbation theory: J_ε = J_0 + ε B_0 with J_0 = J. Only the product ε B_0 enters; it is written E, and η = ‖E‖ = ε‖B_0‖. Here E is the
# upper-right block.
K_0 = KreissConstant(J)
corner = MatrixSymbol("E", p, q)
eta = Norm(corner)
J_perturbed = block([[A, corner], [C, D]])
PERTURBED = {**TRIANGULAR, corner: coupling()}

# Continuous time: x' = G x.
H_A = MatrixSymbol("H_A", p, p)
H_D = MatrixSymbol("H_D", q, q)
G = block([[-H_A, 0], [-C, -H_D]])
FLOW = {mu: positive(), H_A: symmetric(above=mu), H_D: symmetric(above=mu), C: coupling()}
EXTREMAL_FLOW = {H_A: Matrix([[mu]]), H_D: Matrix([[mu]]), C: Matrix([[strength]])}


def printed_bound(x: Expr) -> Expr:
    """Theorem 4's bound ``2/(1 − γ) + x/(4(1 − γ))`` at coupling ``x``."""
    return 2 / (1 - gamma) + x / (4 * (1 - gamma))


def sharp_kreiss(x: Expr) -> Expr:
    """``k(x) = 1`` for ``x <= 2`` and ``x/4 + 1/x`` beyond: the Kreiss constant of ``[[γ, 0], [c, γ]]`` at ``x = c/(1 − γ)``."""
    return Piecewise((1, x <= 2), (x / 4 + 1 / x, True))


def sharp_resolvent(x: Expr, distance: Expr) -> Expr:
    """The norm of ``[[1/s, 0], [x/s², 1/s]]``, the resolvent of ``[[γ, 0], [x, γ]]`` at distance ``s`` from ``γ``.

    It equals ``2/(√(4s² + x²) − x)``.
    """
    return (x + sqrt(x**2 + 4 * distance**2)) / (2 * distance**2)


def sharp_radius(x: Expr, y: Expr) -> Expr:
    """``γ + √(xy)``: the spectral radius of ``[[γ, x], [y, γ]]`` for ``x, y >= 0``."""
    return gamma + sqrt(x * y)


# The class of given norms, ‖A‖, ‖D‖ <= γ, ‖B‖ <= b, ‖C‖ <= c (no symmetry), and its member M = [[γ, b], [c, γ]], the worst by the
# comparison principle S1.
feedback = Symbol("b", real=True)
"""The number ``b`` as a parameter; ``b`` itself is the norm of a free ``B``."""
GIVEN_NORMS = {
    gamma: CONTRACTION, feedback: nonnegative(), strength: nonnegative(),
    A: coupling(norm=gamma), D: coupling(norm=gamma), B: coupling(norm=feedback), C: coupling(norm=strength),
}
COMPARISON = Matrix([[gamma, feedback], [strength, gamma]])
COMPARISON_BLOCKS = {A: Matrix([[gamma]]), D: Matrix([[gamma]]), B: Matrix([[feedback]]), C: Matrix([[strength]])}


def sharp_power(x: Expr, steps: Expr) -> Expr:
    """``½ γ^{t−1}(tx + √(t²x² + 4γ²))``, the norm of ``[[γ, 0], [x, γ]]^t`` for ``t >= 1``."""
    return gamma ** (steps - 1) * (steps * x + sqrt(steps**2 * x**2 + 4 * gamma**2)) / 2


def sharp_reach(x: Expr, y: Expr, size: Expr) -> Expr:
    """``γ + √((ε + x)(ε + y))``, the pseudospectral radius of ``[[γ, x], [y, γ]]`` for ``x, y >= 0``."""
    return gamma + sqrt((size + x) * (size + y))


def change_of_scale(x: Expr) -> Expr:
    """``s = max(1, x/(1 − γ²))``, the scale at which ``diag(sI, I)`` makes every member with coupling ``x`` a contraction (S10)."""
    return Max(1, x / (1 - gamma**2))


def scaling_form(scale: Expr) -> MatrixExpr:
    """``P = diag(s²I, I)``, with ``√cond(P) = s`` for ``s >= 1``."""
    return block([[scale**2 * Identity(p), 0], [0, Identity(q)]])


def decrease(form: MatrixExpr) -> MatrixExpr:
    """``P − JᵀPJ``."""
    return form - Transpose(J) * form * J


def jordan(n: int, coupling: Expr | int = 1) -> Matrix:
    """``γI + cN`` of order ``n``, with the shift ``N``."""
    return gamma * eye(n) + coupling * Matrix(n, n, lambda i, j: int(j == i + 1))
