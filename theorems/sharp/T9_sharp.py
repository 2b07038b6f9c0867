"""The corrected perturbation theorem."""

from sympy import Implies, Integer, Matrix, MatrixSymbol, Symbol

from theorems.notation import (
    CONTRACTION,
    GIVEN_COUPLING,
    K_0,
    PERTURBED,
    TRIANGULAR,
    A,
    C,
    D,
    J,
    J_perturbed,
    corner,
    eta,
    gamma,
    p,
    q,
    strength,
)
from verify import (
    BestConstant,
    ByHand,
    Claim,
    KreissConstant,
    Lemma,
    Norm,
    Obligation,
    Proof,
    Reading,
    coupling,
    general,
    nonnegative,
    own,
)

full = MatrixSymbol("E", p + q, p + q)
size, constant, norm, modulus = (Symbol(name, real=True) for name in ("eta", "K", "R", "m"))


def uniform(value):
    """``4 K/(1 − γ)``."""
    return 4 * (value / (1 - gamma))


def small(perturbation, value, factor=4):
    """``4 η K < 1 − γ``."""
    return factor * perturbation * value < 1 - gamma


def perturbed(perturbation, value, factor=4):
    """``K/(1 − 4 η K/(1 − γ))``."""
    return value / (1 - factor * perturbation * value / (1 - gamma))


# At γ = 0, κ = c = 8/(4 − a) + 4 and a corner perturbation η = θ/c with θ = 1 + (4 − a)/8, aηK_0 < 1 while ρ = √θ > 1.
factor = Symbol("a", real=True)
margin = (4 - factor) / 8
strong = 1 / margin + 4
weak = (1 + margin) / strong
UNSTABLE = {gamma: Integer(0), A: Matrix([[0]]), D: Matrix([[0]]), C: Matrix([[strong]])}

ANY = {**TRIANGULAR, full: general()}


def corrected(key, where, K, perturbation, domain, member):
    """Theorem 9 with 4 in place of 1."""

    def statement(constant):
        return Implies(small(perturbation, K_0, constant), K <= perturbed(perturbation, K_0, constant))

    return Reading(
        key,
        statement(4),
        own(where),
        domain=domain,
        best_constant=BestConstant(factor, 4, statement(factor), {**UNSTABLE, **member}),
        proof=Proof(
            Lemma("T9-step-sharp", "i", "‖R_0(z)‖ <= 4 K_0/(1 − γ) for |z| > 1"),
            ByHand(
                "Let |z| > 1 and R = ‖R_0(z)‖. As ηR <= 4ηK_0/(1 − γ) < 1, zI − J_0 − E = (I − E R_0(z))(zI − J_0) is invertible with an inverse of norm at "
                "most R/(1 − ηR) (Neumann series). Multiply by m = |z| − 1, use mR <= K_0, and take the supremum."
            ),
            Obligation(
                "m R/(1 − ηR) is at most the bound",
                modulus * norm / (1 - size * norm) <= perturbed(size, constant),
                given=(
                    gamma >= 0, gamma < 1, size >= 0, constant >= 1, modulus > 0, norm >= 0, modulus * norm <= constant,
                    norm <= uniform(constant), small(size, constant),
                ),
            ),
        ),
    )


WORST = KreissConstant(Matrix([[gamma, size], [strength + size, gamma]]))

CLAIM = Claim(
    id="T9-sharp",
    title="Perturbation of the Kreiss constant, corrected",
    source="theory.md, row T9",
    domain=PERTURBED,
    notes="No smaller constant a will do in (i) and (ii): at J_0 = [[γ, 0], [c, γ]] with a corner perturbation η slightly above (1 − γ)²/c the "
    "perturbed matrix is unstable, while aηK_0/(1 − γ) is close to a(1/4 + 1/κ²), which is below 1 for large κ. (iii) is attained.",
    readings=[
        corrected("i", "row T9, upper-right perturbation", KreissConstant(J_perturbed), eta, PERTURBED, {corner: Matrix([[weak]])}),
        corrected("ii", "row T9, arbitrary perturbation", KreissConstant(J + full), Norm(full), ANY, {full: Matrix([[0, weak], [0, 0]])}),
        Reading(
            "iii",
            KreissConstant(J + full) <= WORST,
            own("row T9, in terms of γ, c and η"),
            hypotheses=(size * (strength + size) < (1 - gamma) ** 2,),
            domain={gamma: CONTRACTION, strength: nonnegative(), size: nonnegative(), **GIVEN_COUPLING, full: coupling(norm=size)},
            notes="Attained by a perturbation off the diagonal.",
            proof=Proof(
                Lemma("S6", "i", "ρ_ε(J) <= γ + √(ε(ε + c)), for b = 0"),
                ByHand(
                    "Let |z| > 1 and ‖(zI − J − E)^{-1}‖ > 1/ε. Then σ_min(zI − J) < ε + η, that is z lies in "
                    "the (ε + η)-pseudospectrum of J, and |z| <= γ + √((ε + "
                    "η)(ε + η + c)), which by S6 and its case of equality is ρ_ε of [[γ, η], [c + η, γ]]. For every matrix X, ρ_ε(X) <= 1 + εK(X) "
                    "(pseudospectral-radius); so |z| − 1 <= ε K([[γ, η], [c + η, γ]]). Let ε decrease to σ_min(zI − J − E)."
                ),
            ),
        ),
    ],
)
