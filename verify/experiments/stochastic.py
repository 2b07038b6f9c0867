"""Stochastic descent (Theorem 11): ``x_{t+1} = J x_t + ξ_t`` with independent Gaussian ``ξ_t``, simulated beside exact moments and the claimed scaling.

The exact mean is ``J^t x_0``, the exact second moment ``E‖x_t‖² = ‖J^t x_0‖² + Σ_{k<t} tr(J^k Σ J^{kT})`` (T11 (iii)), and its limit is the trace of the
solution of ``X = J X Jᵀ + Σ``. Floating point; a simulated number has a standard error beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verify.experiments.jobs import Steps, in_order
from verify.experiments.model import NOT_REPRODUCED, REPRODUCED, Cell, Report, Sentence, Table, failed, measured, number_text, text
from verify.experiments.problems import coupled_quadratics, extremal, generator
from verify.numerics.arrays import Array, RealArray
from verify.numerics.similarity import discrete_lyapunov
from verify.numerics.structured import kreiss_constant
from verify.report.figures import Curve, FigureData

__all__ = ["Case", "Settings", "exact_moments", "settling_time", "simulate", "slope", "stationary", "table_stochastic"]

DELTA = 1e-2
SIGMA = 1.0
AGREES = 4.0
"""Standard errors within which a simulated moment agrees with the exact one."""
ENOUGH = 10.0
"""The largest constant with which a number of steps still counts as enough."""
SINGULAR = 1e12
LONGEST = 2**24
COUPLINGS = {"c = 0": lambda gamma: 0.0, "c = 1": lambda gamma: 1.0, "κ = c/(1−γ) = 4": lambda gamma: 4 * (1 - gamma)}


@dataclass(frozen=True)
class Settings:
    """``trajectories`` simulated for each case, moments at ``times``, steps counted for each ``γ = 1 − gap``."""

    trajectories: int = 4000
    times: tuple[int, ...] = (10, 100, 1000)
    gaps: tuple[float, ...] = (0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
    seed: int = 0

    @staticmethod
    def quick(seed: int = 0) -> Settings:
        return Settings(500, (10, 100), (0.1, 0.05, 0.02, 0.01), seed)


@dataclass(frozen=True)
class Case:
    """A matrix and a noise: ``noisy`` says which coordinates are disturbed, each with variance ``σ²/(their number)``."""

    name: str
    J: RealArray
    noisy: tuple[int, ...]

    @property
    def covariance(self) -> RealArray:
        diagonal = np.zeros(len(self.J))
        diagonal[list(self.noisy)] = SIGMA**2 / len(self.noisy)
        return np.diag(diagonal)


def cases(seed: int) -> list[Case]:
    """Extremal and random members of the class, one with noise in one block only, and one that is not stable."""
    found = [Case(f"extremal, γ = {g:g}, c = {c:g}", extremal(g, c), (0, 1)) for g, c in ((0.9, 0.0), (0.9, 1.0), (0.99, 0.1), (0.99, 1.0))]
    J = coupled_quadratics(0.95, 1.0, 3, 2, generator(seed, "stochastic"))
    return [
        *found, Case("coupled quadratics 3 + 2, γ = 0.95, c = 1", J, tuple(range(5))),
        Case("extremal, γ = 0.9, c = 1, noise in the second block", extremal(0.9, 1.0), (1,)), Case("γ = 1, c = 0", extremal(1.0, 0.0), (0, 1)),
    ]


def exact_moments(J: RealArray, covariance: RealArray, start: RealArray, times: Sequence[int]) -> list[tuple[RealArray, float]]:
    """``(E x_t, E‖x_t‖²)`` at increasing times, by the recursion ``X ↦ JXJᵀ + Σ``."""
    mean, second, found, done = start.copy(), np.outer(start, start), [], 0
    for time in times:
        for _ in range(time - done):
            mean, second = J @ mean, J @ second @ J.T + covariance
        done = time
        found.append((mean.copy(), float(np.trace(second))))
    return found


def stationary(J: RealArray, covariance: RealArray) -> RealArray | None:
    """The solution of ``X = JXJᵀ + Σ``; None where ``ρ(J) >= 1``, and no stationary law exists."""
    return discrete_lyapunov(J.T, covariance) if np.abs(np.linalg.eigvals(J)).max() < 1 else None


def simulate(
    J: RealArray, covariance: RealArray, start: RealArray, times: Sequence[int], trajectories: int, rng: np.random.Generator
) -> list[tuple[RealArray, RealArray, float, float]]:
    """``(mean, its standard errors, mean of ‖x_t‖², its standard error)`` over the trajectories, at increasing times."""
    scale, x, found, done = np.sqrt(np.diag(covariance)), np.tile(start, (trajectories, 1)), [], 0
    for time in times:
        for _ in range(time - done):
            x = x @ J.T + scale * rng.standard_normal(x.shape)
        done = time
        squares = (x**2).sum(axis=1)
        root = np.sqrt(trajectories)
        found.append((x.mean(axis=0), x.std(axis=0, ddof=1) / root, float(squares.mean()), float(squares.std(ddof=1) / root)))
    return found


def settling_time(J: Array, delta: float) -> int | None:
    """The least ``T`` with ``‖J^t‖ <= δ`` for every ``t >= T``; None if it is beyond ``LONGEST``.

    Between powers of two by bisection, sound where ``‖J^t‖`` rises at most once and then falls: for ``[[γ, 0], [c, γ]]`` the norm is
    ``γ^t exp(arsinh(tc/2γ))`` (L17), whose logarithm is concave in ``t``.
    """
    powers = [np.asarray(J)]
    while np.linalg.norm(powers[-1], 2) > delta or (len(powers) > 1 and np.linalg.norm(powers[-1], 2) > np.linalg.norm(powers[-2], 2)):
        if 2 ** len(powers) > LONGEST:
            return None
        powers.append(powers[-1] @ powers[-1])
    if len(powers) == 1:
        return 1
    low, power = 2 ** (len(powers) - 2), powers[-2]  # ‖J^low‖ > δ >= ‖J^{2 low}‖
    for k in range(len(powers) - 3, -1, -1):
        trial = power @ powers[k]
        if np.linalg.norm(trial, 2) > delta:
            low, power = low + 2**k, trial
    return low + 1


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """The slope of the least-squares line through ``(log x, log y)``; NaN where all ``x`` agree."""
    logs = np.log(x)
    return float("nan") if np.ptp(logs) < 1e-12 else float(np.polyfit(logs, np.log(y), 1)[0])


@dataclass(frozen=True)
class _Moments:
    case: Case
    exact: list[tuple[RealArray, float]]
    simulated: list[tuple[RealArray, RealArray, float, float]]
    floor: float | None
    condition: float
    kreiss: float


def _moments(case: Case, settings: Settings) -> _Moments:
    start = np.ones(len(case.J)) / np.sqrt(len(case.J))
    exact = exact_moments(case.J, case.covariance, start, settings.times)
    rng = generator(settings.seed, "stochastic", case.name)
    simulated = simulate(case.J, case.covariance, start, settings.times, settings.trajectories, rng)
    X = stationary(case.J, case.covariance)
    if X is None:
        return _Moments(case, exact, simulated, None, np.nan, np.inf)
    w = np.linalg.eigvalsh(X)
    return _Moments(case, exact, simulated, float(np.trace(X)), float(w[-1] / w[0]) if w[0] > 0 else np.inf, kreiss_constant(case.J).value)


def table_stochastic(settings: Settings, jobs: int, steps: Steps) -> Report:
    """Moments, and steps needed."""
    found: list[_Moments] = in_order(_moments, [(case, settings) for case in cases(settings.seed)], jobs, steps, "Stochastic descent")
    needed = {name: [_needed(gap, coupling(1 - gap)) for gap in settings.gaps] for name, coupling in COUPLINGS.items()}
    spread = [_needed(0.01, c) for c in (0.0, *np.geomspace(0.02, 0.02 * 4 ** len(settings.gaps), len(settings.gaps)).tolist())]
    tables = (_moment_table(found, settings), _floor_table(found), _steps_table(needed), _coupling_table(spread))
    options = {"trajectories": settings.trajectories, "times": list(settings.times), "1 − γ": list(settings.gaps), "δ": DELTA, "seed": settings.seed}
    figures = (_steps_figure(needed), _coupling_figure(spread))
    return Report("stochastic", "Stochastic descent (Theorem 11)", LEAD, tables, _sentences(found, needed, spread), figures, options)


LEAD = (
    "The recursion x ↦ Jx + ξ with independent Gaussian ξ, E‖ξ‖² = 1. The exact moments are computed, the simulated ones have standard errors. No number "
    "of the paper on this survives; its statements do: steps of order K² log(1/δ) in the abstract, K² log(1/δ)/(1−γ)² as quoted, “this scaling "
    "is sharp”."
)


@dataclass(frozen=True)
class _Needed:
    gamma: float
    c: float
    K: float
    steps: int | None


def _needed(gap: float, c: float) -> _Needed:
    J = extremal(1 - gap, c)
    return _Needed(1 - gap, c, kreiss_constant(J).value, settling_time(J, DELTA))


def _moment_table(found: Sequence[_Moments], settings: Settings) -> Table:
    rows = []
    for one in found:
        for time, (mean, second), (ours, errors, square, error) in zip(settings.times, one.exact, one.simulated, strict=True):
            rows.append((
                text(one.case.name), text(str(time)), measured(float(np.linalg.norm(mean))), measured(float(np.linalg.norm(ours)), 3),
                _deviation(_farthest(ours - mean, errors)), measured(second),
                Cell(f"{number_text(square, 4)} ± {number_text(error, 2)}", square), _deviation(abs(square - second) / error),
            ))
    columns = ("case", "t", "‖E x‖", "simulated", "deviation", "E‖x‖²", "simulated ± standard error", "deviation")
    notes = (f"From ‖x₀‖ = 1, {settings.trajectories} trajectories. Deviation: in standard errors (of the mean, the largest over the coordinates).",)
    return Table("moments", "First and second moments, exact and simulated", _distinct(columns), tuple(rows), notes)


def _distinct(columns: Sequence[str]) -> tuple[str, ...]:
    """Column titles told apart, as a JSON object needs them."""
    names: list[str] = []
    for column in columns:
        names.append(column if column not in names else f"{column} (second moment)")
    return tuple(names)


def _farthest(difference: RealArray, errors: RealArray) -> float:
    """The largest deviation in standard errors; where no noise arrives both means are the same up to rounding."""
    noisy = errors > 1e-9
    return float(np.abs(difference[noisy] / errors[noisy]).max()) if noisy.any() else float("nan")


def _deviation(errors: float) -> Cell:
    return measured(errors, 2, reason="" if errors <= AGREES else "does not agree")


def _floor_table(found: Sequence[_Moments]) -> Table:
    rows = []
    for one in found:
        gamma = float(np.abs(np.linalg.eigvals(one.case.J)).max())
        if one.floor is None:
            reason = "no stationary law: ρ(J) ≥ 1"
            rows.append((text(one.case.name), failed(reason), failed(reason), failed(reason), failed("K is infinite or ρ(J) = 1")))
            continue
        singular = not one.condition < SINGULAR
        rows.append((
            text(one.case.name), measured(one.floor), failed("singular covariance") if singular else measured(one.condition, 3), measured(one.kreiss),
            measured(one.floor * (1 - gamma) / (SIGMA**2 * one.kreiss**2)),
        ))
    columns = ("case", "lim E‖x‖²", "condition of the stationary covariance", "K", "lim E‖x‖² (1−γ)/(σ²K²)")
    notes = ("The last column is the constant that “noise floor ≤ C σ²K²/(1−γ)” (T11 (iv)) needs at least; S13 has the exact worst case.",)
    return Table("floor", "Noise floor", columns, tuple(rows), notes)


def _steps_table(needed: dict[str, list[_Needed]]) -> Table:
    rows, scale = [], np.log(1 / DELTA)
    for name, group in needed.items():
        for one in group:
            if one.steps is None:
                ratios = [failed("beyond the longest time")] * 3
            else:
                ratio = one.steps / (one.K**2 * scale)
                ratios = [measured(float(one.steps), 8), measured(ratio, 4), measured(ratio * (1 - one.gamma) ** 2, 4)]
            rows.append((text(name), measured(one.gamma), measured(one.K), *ratios))
    columns = ("coupling", "γ", "K", "steps", "steps / (K² log 1/δ)", "steps (1−γ)² / (K² log 1/δ)")
    notes = (
        f"Steps: the least T with ‖Jᵗ‖ ≤ δ = {DELTA:g} for every t ≥ T, J = [[γ, 0], [c, γ]]. The abstract says that the fifth column is bounded.",
    )
    return Table("steps", "Steps needed against the claimed scaling", columns, tuple(rows), notes)


def _coupling_table(spread: Sequence[_Needed]) -> Table:
    rows = [
        (measured(one.c, 4), measured(one.K), failed("beyond the longest time") if one.steps is None else measured(float(one.steps), 8)) for one in spread
    ]
    notes = ("If the power 2 of K were needed, the steps would grow like K² here.",)
    return Table("coupling", "Steps needed at γ = 0.99 as the coupling grows", ("c", "K", "steps"), tuple(rows), notes)


def _exponents(needed: dict[str, list[_Needed]]) -> dict[str, tuple[float, float, float]]:
    """Fitted exponents in ``1/(1 − γ)`` of the steps and of both claimed scalings, by coupling."""
    found = {}
    for name, group in needed.items():
        known = [one for one in group if one.steps is not None]
        gaps, squares = [1 / (1 - one.gamma) for one in known], [one.K**2 for one in known]
        found[name] = (slope(gaps, [one.steps for one in known]), slope(gaps, squares), 2 + slope(gaps, squares))  # type: ignore[misc]
    return found


def _sentences(found: Sequence[_Moments], needed: dict[str, list[_Needed]], spread: Sequence[_Needed]) -> tuple[Sentence, ...]:
    scale = np.log(1 / DELTA)
    alone = [one for one in needed["c = 0"] if one.steps is not None]
    first, last = (one.steps / (one.K**2 * scale) for one in (alone[0], alone[-1]))  # type: ignore[operator]
    grows = last / first > 0.5 * (1 - alone[0].gamma) / (1 - alone[-1].gamma)
    exponents = "; ".join(
        f"{name}: measured {number_text(a, 3)}, claimed {number_text(b, 3)} and {number_text(c, 3)}" for name, (a, b, c) in _exponents(needed).items()
    )
    coupled = [one for one in spread if one.steps is not None and one.K > 1.5]
    power = slope([one.K for one in coupled], [one.steps for one in coupled])  # type: ignore[misc]
    agree = all(
        abs(square - second) <= AGREES * error for one in found for (_, second), (_, _, square, error) in zip(one.exact, one.simulated, strict=True)
    )
    lowest = min(one.floor for one in found if one.floor is not None)
    shares = [one.steps * (1 - one.gamma) ** 2 / (one.K**2 * scale) for group in needed.values() for one in group if one.steps is not None]
    enough = max(shares) <= ENOUGH
    return (
        Sentence(
            "steps of order K² log(1/δ), with a constant free of γ", "S", NOT_REPRODUCED if grows else REPRODUCED,
            f"At c = 0, where K = 1, steps/(K² log 1/δ) grows from {number_text(first, 3)} to {number_text(last, 3)} as γ goes from {alone[0].gamma:g} to "
            f"{alone[-1].gamma:g}, like 1/(1−γ). Exponents of the steps in 1/(1−γ), measured, by the abstract, and as quoted: {exponents}.",
        ),
        Sentence(
            "K² log(1/δ)/(1−γ)² steps are enough, up to a constant", "N", REPRODUCED if enough else NOT_REPRODUCED,
            f"The constant that is needed lies between {number_text(min(shares), 2)} and {number_text(max(shares), 2)} here; {ENOUGH:g} was allowed.",
        ),
        Sentence(
            "this scaling is sharp (the power 2 of K)", "S", REPRODUCED if power > 1.9 else NOT_REPRODUCED,
            f"At γ = 0.99 the steps grow like K to the power {number_text(power, 2)} as K goes from {number_text(coupled[0].K, 3)} to "
            f"{number_text(coupled[-1].K, 3)}: the coupling costs a logarithm.",
        ),
        Sentence(
            "for fixed noise and every δ > 0, E‖x_T‖² ≤ δ after that many steps", "R", NOT_REPRODUCED if lowest > DELTA else REPRODUCED,
            f"E‖x_t‖² tends to the noise floor, which is at least {number_text(lowest, 3)} in every stable case here: no number of steps brings it below "
            f"δ = {DELTA:g}.",
        ),
        Sentence(
            "E‖x_t‖² = ‖Jᵗx₀‖² + Σ tr(Jᵏ Σ Jᵏᵀ)", "R", REPRODUCED if agree else NOT_REPRODUCED,
            f"Every simulated second moment is within {AGREES:g} standard errors." if agree else "Some simulated second moment is farther off than that.",
        ),
    )


def _steps_figure(needed: dict[str, list[_Needed]]) -> FigureData:
    curves, scale = [], np.log(1 / DELTA)
    for name, group in needed.items():
        known = [one for one in group if one.steps is not None]
        gaps = tuple(1 / (1 - one.gamma) for one in known)
        label = name.replace("κ = c/(1−γ)", "$\\kappa$").replace("c =", "$c$ =")
        curves.append(Curve(f"steps, {label}", gaps, tuple(float(one.steps or 0) for one in known), "sharp"))
        if name != "κ = c/(1−γ) = 4":
            curves.append(Curve(f"$K^2\\log(1/\\delta)$, {label}", gaps, tuple(one.K**2 * scale for one in known), "claimed"))
    caption = "Steps until $\\|J^t\\|\\leq\\delta$ for good, and the abstract's scaling: at $c=0$ that stays flat while the steps grow like $1/(1-\\gamma)$."
    return FigureData("stochastic-steps", "Steps needed", "$1/(1-\\gamma)$", "steps", "log", "log", tuple(curves), caption)


def _coupling_figure(spread: Sequence[_Needed]) -> FigureData:
    known = [one for one in spread if one.steps is not None and one.K > 1]
    K, steps = tuple(one.K for one in known), tuple(float(one.steps or 0) for one in known)
    curves = (
        Curve("steps", K, steps, "sharp"),
        Curve("$\\propto K^2$", K, tuple(steps[0] * (k / K[0]) ** 2 for k in K), "claimed"),
    )
    caption = "At $\\gamma = 0.99$: the steps needed grow like the logarithm of $K$, not like its square."
    return FigureData("stochastic-coupling", "Steps needed as the coupling grows", "$K$", "steps", "log", "log", curves, caption)
