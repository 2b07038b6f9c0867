"""Table 2, the comparison with IQC (quadratic Lyapunov) bounds: ``min √cond(P)`` beside ``K``, the transient peak and the bound of Theorem 4.

No result of this table survives; its rows ``(γ, c)`` and sentences about it do (claim N3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.experiments import bounds, figures
from verify.experiments.jobs import Steps, in_order
from verify.experiments.model import (
    NOT_REPRODUCED,
    NOT_TESTABLE,
    REPRODUCED,
    Cell,
    Report,
    Sentence,
    Table,
    between,
    exact_text,
    failed,
    measured,
    number_text,
    text,
)
from verify.experiments.printed import TABLE_2
from verify.experiments.problems import coupled_quadratics, extremal, generator
from verify.experiments.semidefinite import Solved, solve
from verify.numerics.enclosure import Enclosure
from verify.quantities import kreiss_enclosure, similarity_bound_enclosure, transient_peak_enclosure
from verify.report.figures import FigureData

__all__ = ["Comparison", "Settings", "compare", "sentences", "table_2"]

RTOL = 1e-6
SIMILARITY_RTOL = 0.005
MARGIN = 1e-7
ABOUT = (1.25, 1.75)
"""What may be called “about 1.5×”."""


@dataclass(frozen=True)
class Settings:
    """``sizes`` are pairs ``(p, q)``, each with ``seeds`` instances."""

    sizes: tuple[tuple[int, int], ...] = ((2, 2), (5, 3))
    seeds: int = 3
    seed: int = 0

    @staticmethod
    def quick(seed: int = 0) -> Settings:
        return Settings(((2, 2),), 2, seed)


@dataclass(frozen=True)
class Comparison:
    """Enclosures of ``K``, of the peak and of ``min √cond(P)`` for one matrix, and what the solver said."""

    gamma: str
    c: str
    name: str
    kreiss: tuple[float, float]
    peak: tuple[float, float]
    similarity: tuple[float, float]
    solved: Solved
    with_margin: Solved

    @property
    def ratio(self) -> tuple[float, float]:
        """``min √cond(P) / K``."""
        return self.similarity[0] / self.kreiss[1], self.similarity[1] / self.kreiss[0]

    @property
    def over_peak(self) -> tuple[float, float]:
        """``min √cond(P) / peak``."""
        return self.similarity[0] / self.peak[1], self.similarity[1] / self.peak[0]

    @property
    def bound_over_peak(self) -> float:
        return float(bounds.paper_bound(Fraction(self.gamma), Fraction(self.c))) / self.peak[1]


def compare(gamma: str, c: str, p: int, q: int, number: int, seed: int) -> Comparison:
    """One instance; ``p = q = 0`` asks for the extremal one."""
    if p == 0:
        J: Any = [[Fraction(gamma), Fraction(0)], [Fraction(c), Fraction(gamma)]]
        array, name = extremal(float(gamma), float(c)), "1 + 1, extremal"
    else:
        J = array = coupled_quadratics(float(gamma), float(c), p, q, generator(seed, "table 2", gamma, c, p, q, number))
        name = f"{p} + {q}, seed {number}"
    K, peak, form = kreiss_enclosure(J, RTOL), transient_peak_enclosure(J, RTOL).enclosure, similarity_bound_enclosure(J, SIMILARITY_RTOL)
    return Comparison(gamma, c, name, _ends(K), _ends(peak), _ends(form), solve(array), solve(array, MARGIN))


def _ends(enclosure: Enclosure) -> tuple[float, float]:
    return float(enclosure.lower), float(enclosure.upper)


def table_2(settings: Settings, jobs: int, steps: Steps) -> Report:
    """The whole of Table 2."""
    kinds = ((0, 0), *settings.sizes)
    plan = [(gamma, c, p, q, number, settings.seed) for gamma, c in TABLE_2 for p, q in kinds for number in range(settings.seeds if p else 1)]
    found: list[Comparison] = in_order(compare, plan, jobs, steps, "Table 2")
    options = {"sizes": [list(size) for size in settings.sizes], "seeds": settings.seeds, "seed": settings.seed, "margin": MARGIN}
    return Report("table2", "Table 2: comparison with IQC bounds", LEAD, (_table(found),), sentences(found), (_transient(found),), options)


LEAD = (
    "Of this table only the rows (γ, c) survive. The IQC bound is min √cond(P) over P ≻ 0 with JᵀPJ ⪯ P. “Verified” is the project's own optimiser: its P "
    "and its dual point are verified in exact arithmetic, so the interval is proved. A solver's P is examined exactly; what is not admissible is no bound."
)


def _table(found: Sequence[Comparison]) -> Table:
    columns = (
        "γ", "c", "instance", "K", "peak", "min √cond(P), verified", "cvxpy + Clarabel", "the same with a margin", "closed form max(1, c/(1−γ²))",
        "bound of Theorem 4", "min √cond(P) / K", "min √cond(P) / peak", "bound / peak",
    )
    rows = []
    for one in found:
        gamma, c = Fraction(one.gamma), Fraction(one.c)
        rows.append((
            text(one.gamma), text(one.c), text(one.name), between(*one.kreiss), between(*one.peak), between(*one.similarity), _solved(one.solved),
            _solved(one.with_margin), _exact(bounds.similarity_closed_form(gamma, c)), _exact(bounds.paper_bound(gamma, c)),
            between(*one.ratio, digits=4), between(*one.over_peak, digits=4), measured(one.bound_over_peak, 4),
        ))
    notes = (
        "K and peak: certified. The closed form is the worst case of min √cond(P) over the class (claim S10), attained by the extremal instance.",
        f"Margin: P − JᵀPJ ⪰ {MARGIN:g}·I, to leave room for the solver's own error. A P that fails the exact test is "
        "reported with its reason, not as a number.",
    )
    return Table("comparison", "One row for each instance", columns, tuple(rows), notes)


def _transient(found: Sequence[Comparison]) -> FigureData:
    """The extremal instance of the middle row, where everything is largest beside the peak."""
    gamma, c = TABLE_2[1]
    one = next(one for one in found if (one.gamma, one.c) == (gamma, c))
    levels = {
        "$K$": (one.kreiss[0], "lower"), "min $\\sqrt{\\mathrm{cond}\\,P}$": (one.similarity[1], "reference"),
        "bound of Theorem 4": (float(bounds.paper_bound(Fraction(gamma), Fraction(c))), "claimed"),
    }
    caption = "The extremal instance: $K$ below the peak, the IQC bound and the bound of Theorem 4 above it."
    return figures.transient("table2-transient", f"Transient at γ = {gamma}, c = {c}", extremal(float(gamma), float(c)), levels, 150, caption)


def _exact(value: Fraction | float) -> Cell:
    return Cell(exact_text(Fraction(value)), float(value))


def _solved(solved: Solved) -> Cell:
    return failed(solved.reason) if solved.value is None else measured(solved.value, reason=solved.reason)


def sentences(found: Sequence[Comparison]) -> tuple[Sentence, ...]:
    """The sentences of N3, judged by the instances here."""
    chain = f"The enclosures are in this order at all {len(found)} instances."
    chained = all(one.kreiss[0] <= one.peak[1] and one.peak[0] <= one.similarity[1] for one in found)
    within = [one for one in found if 2 <= one.ratio[1] and one.ratio[0] <= 5]
    about = [one for one in found if ABOUT[0] <= one.bound_over_peak <= ABOUT[1]]
    tenfold = [one for one in found if one.over_peak[1] >= 10]
    constants = {key: [one.kreiss for one in found if (one.gamma, one.c) == key] for key in dict.fromkeys((one.gamma, one.c) for one in found)}
    spread = "; ".join(f"({g}, {c}) {number_text(min(k[0] for k in K), 4)} … {number_text(max(k[1] for k in K), 4)}" for (g, c), K in constants.items())
    return (
        Sentence(
            "K(J) ≤ sup ‖Jᵗ‖ ≤ √cond(P) for every P ≻ 0 with JᵀPJ ⪯ P", "R", REPRODUCED if chained else NOT_REPRODUCED,
            chain if chained else "Two enclosures contradict the theorem: an error of this library.",
        ),
        Sentence(
            "the IQC bound min √cond(P) exceeds K by a factor 2–5", "S", REPRODUCED if len(within) == len(found) else NOT_REPRODUCED,
            f"Between 2 and 5 at {_told(within, found)}, intervals that touch 2 counted in favour; the ratio is {_span([one.ratio for one in found])}. For "
            "(0.90, 0.10) the bound is 1 for every member of the class, as K is: the printed row cannot show a factor (claim N3 (ii)).",
        ),
        Sentence(
            "IQC bounds are uniform over a class while K is instance-dependent", "S", NOT_TESTABLE,
            f"The words are not defined. One P serves the whole class (claim S10), but min √cond(P) depends on the instance as K does. "
            f"K over the instances: {spread}.",
        ),
        Sentence(
            "the bound of Theorem 4 is about 1.5× the measured peak", "N", REPRODUCED if len(about) == len(found) else NOT_REPRODUCED,
            f"Between {ABOUT[0]} and {ABOUT[1]} at {_told(about, found)}; the ratio is {_span([(one.bound_over_peak,) * 2 for one in found])}.",
        ),
        Sentence(
            "the IQC bound is at least 10× the measured peak", "N", REPRODUCED if len(tenfold) == len(found) else NOT_REPRODUCED,
            f"At least 10 at {_told(tenfold, found)}; the ratio is {_span([one.over_peak for one in found])}.",
        ),
    )


def _told(some: Sequence[Comparison], found: Sequence[Comparison]) -> str:
    names = "" if len(some) in (0, len(found)) else " (" + "; ".join(f"γ = {one.gamma}, c = {one.c}, {one.name}" for one in some[:3]) + (
        "; …)" if len(some) > 3 else ")"
    )
    return f"{len(some)} of {len(found)} instances{names}"


def _span(pairs: Sequence[tuple[float, float]]) -> str:
    return f"{number_text(min(low for low, _ in pairs), 4)} … {number_text(max(high for _, high in pairs), 4)}"
