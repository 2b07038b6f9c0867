"""Beyond the toy: two-player steps that are not the paper's, with their Jacobians, certified constants and every bound that applies.

Bilevel optimisation (the weight decay of a ridge regression, and of a small network), two-time-scale TD learning with a linear critic, descent–ascent on
bilinear–quadratic games, heavy-ball momentum. All data are generated. Jacobians of non-linear steps are exact, by automatic differentiation, at the
point that the step itself converges to, polished by Newton's method.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np

from verify import jacobian
from verify.experiments import bounds, figures
from verify.experiments.jobs import Steps, in_order
from verify.experiments.model import Cell, Report, Table, between, failed, measured, text
from verify.experiments.problems import generator
from verify.numerics.arrays import RealArray
from verify.numerics.structured import kreiss_constant
from verify.quantities import kreiss_enclosure, similarity_bound_enclosure, transient_peak_enclosure

__all__ = ["PROBLEMS", "Problem", "Settings", "Study", "comparison", "fixed_point", "study", "table_beyond"]

RTOL = 1e-6
SIMILARITY_RTOL = 0.01
NEWTON_STEPS, NEARBY = 20, 0.3
SETTLED = 1e-9
"""A step that moves by at most this, relatively, has converged."""


@dataclass(frozen=True)
class Settings:
    """``size`` scales the games; ``steps`` is how long a non-linear step is iterated."""

    size: int = 6
    steps: int = 20_000
    seed: int = 0

    @staticmethod
    def quick(seed: int = 0) -> Settings:
        return Settings(3, 5_000, seed)


@dataclass(frozen=True)
class Problem:
    """A step's Jacobian. ``residual``: how far the point still moves in a step, relatively; 0 for linear steps."""

    J: jacobian.StepJacobian
    residual: float = 0.0


def fixed_point(step: Callable[[RealArray], RealArray], start: RealArray, steps: int) -> tuple[RealArray, float]:
    """``(z, ‖step(z) − z‖/max(1, ‖z‖))`` after at most ``steps`` steps.

    Raises:
        ValueError: if the iteration leaves the finite numbers.
    """
    z, residual = start, float("inf")
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            after = step(z)
            if not np.isfinite(after).all():
                raise ValueError("the step diverges: its iterates are not finite")
            residual = float(np.linalg.norm(after - z) / max(1.0, float(np.linalg.norm(z))))
            z = after
            if residual <= 0.01 * SETTLED:
                break
    return z, residual


def ridge(settings: Settings) -> Problem:
    """Bilevel: ``y`` descends the ridge loss with weight decay ``e^x``, ``x`` the validation loss by the implicit hyper-gradient at the current ``y``."""
    rng, n = generator(settings.seed, "ridge"), settings.size
    X, V = rng.standard_normal((3 * n, n)), rng.standard_normal((3 * n, n))
    truth = rng.standard_normal(n)
    t, v = X @ truth + rng.standard_normal(3 * n), V @ truth + rng.standard_normal(3 * n)
    gram, pull = X.T @ X / len(t), X.T @ t / len(t)
    rate = 1 / (np.linalg.eigvalsh(gram)[-1] + 1)

    def step(z: Any) -> Any:
        x, y = z[0], z[1:]
        decay = anp.exp(x)
        validation = V.T @ (V @ y - v) / len(v)
        hyper = -decay * anp.dot(y, anp.linalg.solve(gram + decay * np.eye(n), validation))
        return anp.concatenate([anp.array([x - 0.5 * hyper]), y - rate * (gram @ y - pull + decay * y)])

    return _at_rest(step, np.concatenate([[-2.0], np.zeros(n)]), 1, settings)


def network(settings: Settings) -> Problem:
    """Bilevel: weights ``y`` of a network ``2 → size → 1`` (tanh) and its weight decay ``e^x``, which follows the validation loss one inner step ahead."""
    rng, hidden = generator(settings.seed, "network"), settings.size
    points, others = rng.standard_normal((30, 2)), rng.standard_normal((30, 2))
    target, other = (np.sin(Z[:, 0]) * Z[:, 1] + 0.3 * rng.standard_normal(30) for Z in (points, others))
    rate, outer = 0.2, 0.5

    def loss(y: Any, Z: RealArray, t: RealArray) -> Any:
        W, b, a, bias = anp.reshape(y[: 2 * hidden], (2, hidden)), y[2 * hidden : 3 * hidden], y[3 * hidden : 4 * hidden], y[-1]
        return 0.5 * anp.mean((anp.dot(anp.tanh(anp.dot(Z, W) + b), a) + bias - t) ** 2)

    slope = autograd.grad(loss)

    def step(z: Any) -> Any:
        x, y = z[0], z[1:]
        decay = anp.exp(x)
        after = y - rate * (slope(y, points, target) + decay * y)
        hyper = -rate * decay * anp.dot(y, slope(after, others, other))
        return anp.concatenate([anp.array([x - outer * hyper]), after])

    return _at_rest(step, np.concatenate([[-3.0], 0.5 * rng.standard_normal(4 * hidden + 1)]), 1, settings)


def temporal_difference(settings: Settings) -> Problem:
    """Expected TDC (Sutton et al. 2009) on a ring of ``size + 2`` states: the fast correction ``w`` is the first block, the slow linear critic the second."""
    rng, states, discount, fast, slow = generator(settings.seed, "td"), settings.size + 2, 0.95, 0.5, 0.05
    features = rng.standard_normal((states, settings.size // 2 + 1))
    P = 0.1 / states + 0.9 * (0.7 * np.roll(np.eye(states), 1, axis=1) + 0.3 * np.roll(np.eye(states), -1, axis=1))
    weights = np.full(states, 1 / states)  # doubly stochastic
    C = features.T @ (weights[:, None] * features)
    A = features.T @ (weights[:, None] * (features - discount * P @ features))
    correction = discount * (P @ features).T @ (weights[:, None] * features)
    identity = np.eye(len(C))
    J = np.block([[identity - fast * C, -fast * A], [-slow * correction, identity - slow * A]])
    return Problem(jacobian.of_matrix(J, len(C)))


def descent_ascent(settings: Settings) -> Problem:
    """Simultaneous descent–ascent on ``½μ‖x‖² + xᵀMy − ½μ‖y‖²``."""
    rng, n, rate, mu = generator(settings.seed, "descent-ascent"), settings.size, 0.1, 0.5
    M = rng.standard_normal((n, n))
    M *= 1.5 / np.linalg.norm(M, 2)
    own = (1 - rate * mu) * np.eye(n)
    return Problem(jacobian.of_matrix(np.block([[own, -rate * M], [rate * M.T, own]]), n))


def slow_descender(settings: Settings) -> Problem:
    """The same game with a weak coupling and a descender fifty times slower than the ascender: here the block norms alone prove stability."""
    rng, n, slow, fast, mu = generator(settings.seed, "slow descender"), settings.size, 0.02, 1.0, 0.5
    M = rng.standard_normal((n, n))
    M *= 0.45 / np.linalg.norm(M, 2)
    identity = np.eye(n)
    return Problem(jacobian.of_matrix(np.block([[(1 - slow * mu) * identity, -slow * M], [fast * M.T, (1 - fast * mu) * identity]]), n))


def heavy_ball(settings: Settings) -> Problem:
    """``v⁺ = θv − αHx``, ``x⁺ = x + v⁺`` with curvatures from 0.01 to 1: positions are the first block, velocities the second."""
    n, momentum, rate = settings.size, 0.9, 1.0
    basis = np.linalg.qr(generator(settings.seed, "heavy ball").standard_normal((n, n)))[0]
    H = (basis * np.geomspace(0.01, 1.0, n)) @ basis.T
    H = 0.5 * (H + H.T)
    identity = np.eye(n)
    return Problem(jacobian.of_matrix(np.block([[identity - rate * H, momentum * identity], [-rate * H, momentum * identity]]), n))


def _at_rest(step: Callable[[Any], Any], start: RealArray, p: int, settings: Settings) -> Problem:
    z, residual = fixed_point(step, start, settings.steps)
    slope = autograd.jacobian(step)
    z, residual = polished(step, slope, z, residual)
    return Problem(jacobian.of_matrix(slope(z), p), residual)


def polished(step: Callable[[Any], Any], slope: Callable[[Any], Any], z: RealArray, residual: float) -> tuple[RealArray, float]:
    """Newton steps for ``step(z) = z``, as long as each comes closer and stays within :data:`NEARBY`, relatively, of the point reached by iterating."""
    here = z
    for _ in range(NEWTON_STEPS):
        if residual <= 0.01 * SETTLED:
            break
        move = np.linalg.lstsq(slope(here) - np.eye(len(here)), here - step(here), rcond=None)[0]
        there = here + move
        size = max(1.0, float(np.linalg.norm(there)))
        after = float(np.linalg.norm(step(there) - there) / size)
        if not after < residual or np.linalg.norm(there - z) > NEARBY * size:
            break
        here, residual = there, after
    return here, residual


PROBLEMS: dict[str, tuple[str, Callable[[Settings], Problem]]] = {
    "ridge": ("bilevel: weight decay of a ridge regression", ridge),
    "network": ("bilevel: weight decay of a small network", network),
    "td": ("two-time-scale TD learning, linear critic", temporal_difference),
    "descent-ascent": ("descent–ascent, bilinear–quadratic game", descent_ascent),
    "slow-descender": ("descent–ascent with a slow descender, weak coupling", slow_descender),
    "heavy-ball": ("heavy-ball momentum as a 2×2 block system", heavy_ball),
}


@dataclass(frozen=True)
class Study:
    """What was found of one problem; ``reason`` instead where there is no Jacobian to look at."""

    name: str
    reason: str = ""
    problem: Problem | None = None
    departures: jacobian.Departures | None = None
    kreiss: tuple[float, float] = (np.nan, np.nan)
    peak: tuple[float, float] = (np.nan, np.nan)
    peak_time: int | None = None
    similarity: tuple[float, float] = (np.nan, np.nan)
    comparison: float = np.nan


def comparison(J: jacobian.StepJacobian) -> float:
    """``K([[‖A‖, ‖B‖], [‖C‖, ‖D‖]])``, which bounds ``K(J)`` for any blocks (claim S1); inf where that matrix is not stable. Floating point."""
    norms = np.array([[np.linalg.norm(block, 2) for block in row] for row in ((J.A, J.B), (J.C, J.D))])
    return kreiss_constant(norms).value if np.abs(np.linalg.eigvals(norms)).max() < 1 else float("inf")


def study(name: str, settings: Settings) -> Study:
    """One problem."""
    try:
        problem = PROBLEMS[name][1](settings)
    except ValueError as error:
        return Study(name, str(error))
    matrix = problem.J.matrix
    K, peak, form = kreiss_enclosure(matrix, RTOL), transient_peak_enclosure(matrix, RTOL), similarity_bound_enclosure(matrix, SIMILARITY_RTOL)
    ends = [(float(one.lower), float(one.upper)) for one in (K, peak.enclosure, form)]
    time = None if peak.time is None else int(peak.time)
    return Study(name, "", problem, problem.J.departures(), ends[0], ends[1], time, ends[2], comparison(problem.J))


def table_beyond(settings: Settings, jobs: int, steps: Steps) -> Report:
    """All problems, with a figure each."""
    found: list[Study] = in_order(study, [(name, settings) for name in PROBLEMS], jobs, steps, "Beyond the toy")
    drawn = tuple(_figure(one) for one in found if one.problem is not None and np.isfinite(one.peak[1]))
    options = {"size": settings.size, "steps": settings.steps, "seed": settings.seed}
    matrices = {f"beyond-{one.name}": one.problem.J.matrix.tolist() for one in found if one.problem is not None}
    return Report("beyond", "Beyond the toy", LEAD, (_problems(found), _bounds(found)), figures=drawn, matrices=matrices, settings=options)


LEAD = (
    "Six steps of two players that the paper does not treat, or treats in a sentence. K, peak and √cond(P) are enclosures (exact and ball arithmetic) of "
    "the float Jacobian, whose entries stand in a file (its first p rows and columns are the first player's). The bound of Theorem 4 is given where its "
    "hypotheses hold."
)


def _title(one: Study) -> Cell:
    return text(PROBLEMS[one.name][0])


def _problems(found: Sequence[Study]) -> Table:
    rows = []
    for one in found:
        if one.problem is None or one.departures is None:
            rows.append((_title(one), *(failed(one.reason),) * 7))
            continue
        d, J = one.departures, one.problem.J
        residual = one.problem.residual
        rest = "" if residual <= SETTLED else f"the point still moves by {residual:.0e} a step"
        rows.append((
            _title(one), Cell(f"{J.p} + {len(J.matrix) - J.p}", reason=rest), measured(d.radius, 6), measured(d.gamma, 6), measured(d.b), measured(d.c),
            measured(d.asymmetry, 2), text("; ".join(d.unmet) or "none"),
        ))
    columns = ("problem", "p + q", "ρ(J)", "max(ρ(A), ρ(D))", "‖B‖", "‖C‖", "asymmetry of A, D", "assumptions of Theorem 4 that are not met")
    return Table("problems", "The Jacobians", columns, tuple(rows))


def _bounds(found: Sequence[Study]) -> Table:
    rows = []
    for one in found:
        if one.problem is None or one.departures is None:
            rows.append((_title(one), *(failed(one.reason),) * 6))
            continue
        d = one.departures
        paper = failed("its hypotheses are not met") if d.unmet else measured(float(bounds.paper_bound(d.gamma, d.c)))
        norms = measured(one.comparison) if np.isfinite(one.comparison) else failed("the matrix of block norms is not stable")
        when = "" if one.peak_time is None else f"at t = {one.peak_time}"
        rows.append((
            _title(one), between(*one.kreiss, reason=_unstable(one)), between(*one.peak, reason=_unstable(one) or when),
            between(*one.similarity, reason=_unstable(one)),
            measured(bounds.kreiss_theorem(len(one.problem.J.matrix), one.kreiss[1])), norms, paper,
        ))
    columns = ("problem", "K", "peak", "min √cond(P)", "e n K", "comparison bound on K", "bound of Theorem 4")
    notes = (
        "K ≤ peak ≤ min √cond(P), and peak ≤ e n K. The comparison bound is K of the 2×2 matrix of block norms (claim S1): it allows for feedback, but is "
        "blind to signs and to which directions meet.",
    )
    return Table("bounds", "Constants and bounds", columns, tuple(rows), notes)


def _unstable(one: Study) -> str:
    return "ρ(J) ≥ 1" if np.isinf(one.kreiss[1]) else ""


def _figure(one: Study) -> Any:
    assert one.problem is not None and one.departures is not None
    levels = {
        "$K$": (one.kreiss[0], "lower"),
        "$\\sqrt{\\mathrm{cond}\\,P}$": (one.similarity[1], "reference"),
        "$e\\,n\\,K$": (bounds.kreiss_theorem(len(one.problem.J.matrix), one.kreiss[1]), "claimed"),
    }
    times = max(40, min(400, 5 * (one.peak_time or 8)))
    title = PROBLEMS[one.name][0]
    peak = f"peak {one.peak[0]:.4g} at t = {one.peak_time}"
    return figures.transient(f"beyond-{one.name}", title[0].upper() + title[1:], one.problem.J.matrix, levels, times, f"The transient, {peak}, and its bounds.")
