"""A run in miniature: every verdict, matrices of every kind, hostile strings. Its verdicts and numbers serve layout and claim nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from verify.report import SCHEMA_VERSION, Curve, FigureData, write_report
from verify.results import ClaimResult, Evidence, FamilyTightness, ReadingResult, RegionTightness, RunResult, Step, Tightness, Witness

HOSTILE = "<script>alert('x')</script> & \"quotes\" | bar `tick` ]( $5 \\x *star* _under_"
BOUND = r"K\left(J\right) \leq \frac{2}{1 - \gamma} + \frac{c}{4 \left(1 - \gamma\right)}"
CLASS = r"\forall A = A^{\top},\; D = D^{\top},\; \rho(A) \leq \gamma,\; \rho(D) \leq \gamma < 1:\quad "
PERTURBED = (
    r"\varepsilon \left\|B_0\right\| K_0 < 1 - \gamma \implies "
    r"K(J_\varepsilon) \leq \frac{K_0}{1 - \varepsilon \left\|B_0\right\| K_0 / (1 - \gamma)}"
)
PLAIN = ReadingResult(
    reading="i", statement="", latex="", provenance="G", provenance_text="", status="conjectured", verdict="UNDECIDED", phrase="",
    reason="", advice="", evidence=Evidence("NONE", ""), tightness=Tightness("UNKNOWN", "Not looked at."),
)


def reading(key: str, verdict: str, latex: str, statement: str, **changes: Any) -> ReadingResult:
    """A reading with everything unremarkable but what is given."""
    return dataclasses.replace(PLAIN, reading=key, verdict=verdict, latex=latex, statement=statement, **changes)


def claim(name: str, title: str, *readings: ReadingResult, group: str = "paper", **changes: Any) -> ClaimResult:
    """A claim with the headline that its readings call for."""
    verdicts = {item.verdict for item in readings}
    headline = verdicts.pop() if len(verdicts) == 1 else "DEPENDS_ON_READING" if verdicts else "ERROR"
    source = f"arXiv:2606.04031v1, {title}" if group == "paper" else "theory of this project"
    file = f"theorems/{group}/{name.lower()}.py"
    return dataclasses.replace(ClaimResult(name, title, source, group, headline, readings, file=file), **changes)


def rational(value: str) -> dict[str, Any]:
    return {"type": "rational", "value": value}


def matrix(*rows: list[Any]) -> dict[str, Any]:
    return {"type": "matrix", "rows": list(rows)}


def symmetric(*upper: list[str]) -> dict[str, Any]:
    return {"type": "symmetric", "upper": list(upper)}


def instance(p: int, q: int, **values: Any) -> dict[str, Any]:
    return {"sizes": {"p": p, "q": q}, "values": values}


def t4() -> ClaimResult:
    """Proved, with two steps and a sharpest instance."""
    steps = (
        Step(
            "lemma", "Resolvent of a block-triangular matrix, E5.", "‖R(z)‖ ≤ ‖R_A‖ + ‖R_D‖ + ‖R_D C R_A‖", True, "E5 and L14, proved here",
            r"\left\|R(z)\right\| \leq \left\|R_A\right\| + \left\|R_D\right\| + \left\|R_D C R_A\right\|",
        ),
        Step(
            "obligation", "The supremum over radii.", "c (r−1)/(r−γ)² ≤ c/(4(1−γ)) for r > 1", True, "z3 and an exact sum of squares",
            r"\frac{c \left(r - 1\right)}{\left(r - \gamma\right)^{2}} \leq \frac{c}{4 \left(1 - \gamma\right)}",
        ),
    )
    data = instance(1, 1, gamma=rational("9/10"), A=matrix(["9/10"]), D=matrix(["9/10"]), C=matrix(["1"]))
    sharpest = Witness("sharpest", data, "3.0151134457776362…", "22.5", -19.48, "extreme member", "certificates/T4-i-sharpest.json")
    return claim("T4", "Theorem 4", reading(
        "i", "PROVED", CLASS + BOUND, "For B = 0 and symmetric A, D of spectral radius at most γ < 1: K(J) ≤ 2/(1−γ) + c/(4(1−γ)).",
        provenance="S", provenance_text="Displayed in the abstract and used for every row of Table 1.", status="confirmed",
        phrase="Theorem 4 is true.", reason="Two lemmas and one scalar inequality, all discharged by machine.",
        evidence=Evidence("P3", "Two steps, none by hand.", steps), effort={"obligations": 2}, witnesses=(sharpest,),
        tightness=Tightness("LOOSE", "A factor of at least 2 separates the bound from the worst case.", "67/500", "147/100", "96/65", REGIONS),
        certificates=("certificates/T4-i-sharpest.json", "certificates/T4-i-proof.json"),
        sharp_statement="The worst case over the class is attained by the 2×2 member with A = D = γ.",
        sharp_latex=r"\sup_{J} K(J) = \frac{1}{2} + \frac{c}{4(1-\gamma)} + O(1)",
    ))


REGIONS = (
    RegionTightness("‖C‖/(1 - gamma)", "0", "4", "LOOSE", "12/5", "12/5", "z3"),
    RegionTightness("‖C‖/(1 - gamma)", "4", "infinity", "LOOSE", "147/100", "96/65", "z3"),
)
GROWING = FamilyTightness(
    "gamma = 0, C = [[x]]", "x → ∞", "1", "SymPy limit, z3", "1 − 9/x", "c → ∞", ({"at": "16", "ratio": "65/96"}, {"at": "160", "ratio": "20/21"}),
)
SINGLE = FamilyTightness(HOSTILE, "", "1", HOSTILE, "", HOSTILE)


def t9() -> ClaimResult:
    """Refuted, with three counterexamples: exact, rounded and complex, and too large to print."""
    small = instance(
        1, 1, gamma=rational("1/2"), epsilon=rational("1/5"), A=matrix(["1/2"]), D=matrix(["-1/2"]), C=matrix(["1"]), B_0=matrix(["1"]),
    )
    large = instance(
        2, 2, gamma=rational("4503599627370496/5003999585967217"), A=symmetric(["9/10", "-1/7"], ["1/3"]),
        D=symmetric(["0", "2/9"], ["-9/10"]), C=matrix(["4503599627370497/9007199254740992", "-1"], [["1/2", "-3/4"], ["0", "1"]]),
    )
    witnesses = (
        Witness("simplest", small, "1.618033988749 ± 2e-13", "1.5", 0.118, "extreme member", "certificates/T9-i-simplest.json"),
        Witness("worst", large, "[17.20508075, 17.20508076]", "[9.0, 9.1]", 8.1, "optimiser", "certificates/T9-i-worst.json"),
        Witness("generic", instance(40, 40, A=matrix(*[["0"] * 40] * 40)), "5.1", "4.9", float("inf"), "Hypothesis"),
    )
    exact = Evidence("R3", "Violated at an exact rational instance; every hypothesis holds.", found_from_scratch=True, source="optimiser")
    return claim("T9", "Theorem 9, feedback as a perturbation", reading(
        "i", "REFUTED", PERTURBED, "If ε‖B₀‖K₀ < 1−γ then K(J_ε) ≤ K₀/(1 − ε‖B₀‖K₀/(1−γ)), for B₀ in the upper right block.",
        provenance="N", provenance_text="Two sets of public notes quote the display.", phrase="Theorem 9, as quoted by others, is false.",
        reason="The proof bounds the resolvent by K₀/(1−γ), but K₀ controls it only after division by |z|−1, which tends to 0.",
        advice="Replace the step by the resolvent bound S12, or add a factor as in the corrected statement.", evidence=exact,
        tightness=Tightness("UNKNOWN", "A false bound has no tightness."), witnesses=witnesses,
        certificates=("certificates/T9-i-worst.json", "certificates/T9-i-simplest.json"),
        effort={"strategies": {"extreme_members": 120, "optimiser": 20480, "random": 100000}, "sizes": [1, 2, 4, 40]},
        sharp_statement="The corrected bound.", sharp_latex=r"K(J_\varepsilon) \leq \frac{K_0}{1 - 4 \varepsilon \left\|B_0\right\| K_0^2}",
    ), reading(
        "ii", "REFUTED", PERTURBED, "The same for arbitrary B₀.", phrase="Reading (ii), our reconstruction, is false.",
        reason="Follows from reading (i).", evidence=Evidence("P3", "A family with a proved limit."),
    ))


def t5() -> tuple[ClaimResult, ClaimResult]:
    """A claim that depends on its reading, and the false step of its proof."""
    by_hand = Step("by hand", "Let r tend to infinity.", "", False, "a human", r"\lim_{r \to \infty}")
    return (
        claim("T5", "Theorem 5, lower bound", reading(
            "iii", "REFUTED", r"K(J) \geq \frac{1}{1-\gamma}", "K(J) ≥ 1/(1−γ) whenever A has the eigenvalue γ.",
            evidence=Evidence("R3", "C = 0."), phrase="Reading (iii), our reconstruction, is false.", reason="For C = 0, K = 1.",
        ), reading(
            "iv", "PROVED_MODULO", r"\forall \gamma, c\; \exists J:\; K(J) \geq \frac{c}{4(1-\gamma)}", "Sharpness.",
            reason="One limit is by hand.", evidence=Evidence("P1", "One step by hand.", (by_hand,)),
            tightness=Tightness("SHARP_LIMIT", "As c → ∞.", "", "1", "1", (), (GROWING, SINGLE)),
        )),
        claim("T5-step", "the eigenvector step", reading(
            "i", "PROVED", r"\|R(r)\| \geq \frac{\sqrt{1 + \|R_D C v\|^2}}{r - \gamma}", "For real r > 1.", evidence=Evidence("P3", ""),
        ), reading(
            "ii", "REFUTED", r"\|R_D C v\| = \frac{c}{r-\gamma}", "For every J.", evidence=Evidence("R3", "C v = 0."),
            reason="C v may vanish.",
        )),
    )


def t10() -> tuple[ClaimResult, ClaimResult]:
    """A claim that survived although a step of its proof is false."""
    return (
        claim("T10", "Theorem 10, stability under feedback", reading(
            "a", "SURVIVED", r"bc < (1-\gamma)^{2} \implies \rho(J) < 1", "bc < (1−γ)² implies ρ(J) < 1.", provenance="R",
            effort={"strategies": {"random": 1000000, "Hypothesis": 5000}, "largest order": 64}, advice="Prove it through tool B.",
            reason="No violation in 1 005 000 evaluations.", phrase="No violation found.",
            tightness=Tightness("SHARP_ATTAINED", "Equality at A = D = γ.", "999999/1000000"),
        )),
        claim("T10-step", "Schur complement and Weyl", reading(
            "i", "REFUTED", r"\rho(J) \leq \max(\rho(A), \rho(D - C A^{-1} B))", "A invertible.", evidence=Evidence("R2", "Balls."),
        )),
    )


def others() -> tuple[ClaimResult, ...]:
    """One claim for each remaining verdict, and one made of hostile strings."""
    surrogate = "Nearest surrogate: the linearised network at width 512; its refutation would not refute the theorem."
    hostile_step = Step(HOSTILE, HOSTILE, HOSTILE, True, HOSTILE, r"\text{<b>}")
    return (
        claim("T4-step", "the displayed intermediate bound", reading(
            "i", "UNDECIDED", r"K(J) \leq \sup_{r > 1} \left[\frac{2(r-1)}{r-\gamma}\right]", "K(J) ≤ sup …",
            reason="The enclosures of both sides overlap by 3e-12 at the best candidate.", advice="Raise the precision to 200 bits.",
        )),
        claim("T7", "Theorem 7, minimax", reading("i", "UNWITNESSED", "", "No LaTeX, only this plain sentence.", reason="None found.")),
        claim("T8", "Theorem 8, transients", reading("v", "VACUOUS", r"\unknowncommand{x} \leq 1", "Its LaTeX does not convert.")),
        claim("T12", "Theorem 12, lazy networks", reading(
            "i", "NOT_TESTABLE", "", "In the lazy regime …", reason="INFINITE_WIDTH: a limit no finite run reaches.", notes=surrogate,
        )),
        claim("T18", "Theorem 18", error=f"ValueError: {HOSTILE}"),
        claim("S2", HOSTILE, reading(
            "i<b>", "PROVED", r"k(c) \leq K", HOSTILE, provenance="own", phrase=HOSTILE, reason=HOSTILE, advice=HOSTILE, notes=HOSTILE,
            provenance_text=HOSTILE, evidence=Evidence("P2", HOSTILE, (hostile_step,), source=HOSTILE),
            certificates=("javascript:alert(1)", "../escape.json"), effort={HOSTILE: HOSTILE},
        ), group="sharp", notes=HOSTILE),
        claim("E2", "Kreiss matrix theorem", reading(
            "i", "PROVED", r"K(M) \leq \sup_{t \geq 0} \left\|M^t\right\| \leq e n K(M)", "Spijker 1991.", provenance="classical",
            phrase="Cited theorem.",
        ), group="classical"),
    )


@pytest.fixture(scope="session")
def result() -> RunResult:
    """The run in miniature."""
    return RunResult(
        SCHEMA_VERSION, "Pseudospectral Bounds for Transient Amplification in Coupled Gradient Descent: a verification", "standard",
        20260604, {"sympy": "1.14.0", "python": "3.11", "python-flint": "0.9.0"}, "sha256:5d41402abc4b2a76b9719d911017c592",
        (t4(), t9(), *t5(), *t10(), *others()),
    )


@pytest.fixture(scope="session")
def figures() -> tuple[FigureData, ...]:
    """Two figures, every kind of curve among them."""
    kappa = tuple(10 ** (k / 12) for k in range(-12, 49))
    sharp = tuple(max(1.0, 0.5 + k / 4) for k in kappa)
    times = tuple(range(60))
    powers = tuple(t * 0.9 ** (t - 1) if t else 1.0 for t in times)
    first = FigureData("worst-case", "Worst case over the class", r"$\kappa = c/(1-\gamma)$", "$K$", "log", "log", (
        Curve("Theorem 4", kappa, tuple(20 + k / 4 for k in kappa), "claimed"),
        Curve("exact worst case", kappa, sharp, "sharp"),
        Curve("certified instances", kappa[::6], tuple(0.97 * s for s in sharp[::6]), "found"),
        Curve("Theorem 5 (iv)", kappa, tuple(k / 4 for k in kappa), "lower"),
    ), r"The bound of Theorem 4 for $\gamma = 0.9$ beside the exact worst case; circles are certified in exact arithmetic.")
    second = FigureData("powers", "Transient and peak", "$t$", r"$\|J^t\|$", "linear", "linear", (
        Curve("$c = 1$", times, powers, "sharp"),
        Curve("$c = 2$", times, tuple(2 * y for y in powers), "sharp"),
        Curve("asymptotic rate", times, tuple(20 * 0.9**t for t in times), "reference"),
    ), r"Norms of powers for $\gamma = 0.9$.")
    return first, second


@pytest.fixture(scope="session")
def folder(result: RunResult, figures: tuple[FigureData, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report of the run in miniature, shared by all tests: copy it before you change it."""
    return write_report(result, tmp_path_factory.mktemp("report") / "paper", figures).parent
