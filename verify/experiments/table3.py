"""Table 3, neural networks: the Jacobian of the update map along training, and how far it is from what the theory assumes.

What survives are three rows read as learning rate and ``γ``, and sentences. Everything here is floating point; ``K_r`` is labelled *local* (the best
value found, a lower bound) or *global in floating point* as the library labels it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from scipy.linalg import eigh

from verify import jacobian
from verify.experiments import bounds, figures
from verify.experiments.jobs import Steps, Stopped, in_order
from verify.experiments.model import (
    NOT_REPRODUCED,
    REPRODUCED,
    Cell,
    Report,
    Sentence,
    Table,
    between,
    compared,
    exact_text,
    failed,
    number_text,
    text,
)
from verify.experiments.networks import Game, Network, compiled, double_precision, function_space, train
from verify.experiments.printed import TABLE_3
from verify.numerics.arrays import Array, RealArray
from verify.numerics.batch import kreiss_lower_bounds
from verify.numerics.kreiss import kreiss_constant
from verify.numerics.structured import kreiss_constant_blocks
from verify.report.figures import Curve, FigureData

__all__ = ["Checkpoint", "Settings", "Training", "examine_training", "powers", "sentences", "table_3"]

OUTSIDE = 1.001
"""``K_r`` is taken at this multiple of ``ρ(J)``."""
GLOBAL_RTOL = 0.01
PERTURBATIONS = (1e-6, 1e-2)
"""Sizes of the initial difference of two trajectories, relative to the parameters' norm."""
CONVERGED = 0.1
"""A run counts as converged if its last gradient norm is at most this part of its largest."""
AMPLIFIED = 1.1
"""A norm counts as amplified if it exceeds its initial value by this factor."""
STEADY = 0.1
"""“Variability below 10 %”."""

DRAWN, EPS = ("0.010", 0), 0.01
"""The run in the figures, and the ``ε`` of the pseudospectra in them."""
REGION = (tuple(np.linspace(0.82, 1.26, 67).tolist()), tuple(np.linspace(-0.15, 0.15, 46).tolist()))


@dataclass(frozen=True)
class Settings:
    """``seeds`` runs for each rate; ``checkpoints`` are steps of training; powers are taken up to ``horizon``. In the first ``bracketed`` runs of each rate
    ``K_r`` at the last checkpoint is bracketed by the global method; elsewhere it is the best value found.

    A small rate is given more steps: its checkpoints are multiplied by the least whole number that makes the last one at least ``time`` divided by the rate.
    """

    network: Network = field(default_factory=Network)
    seeds: int = 5
    checkpoints: tuple[int, ...] = (0, 1000, 2000)
    horizon: int = 100
    bracketed: int = 1
    seed: int = 0
    time: float = 20.0

    @staticmethod
    def quick(seed: int = 0) -> Settings:
        return Settings(Network(16, 8, 64), 2, (0, 300, 600), 50, 0, seed, 6.0)

    def steps(self, rate: str) -> tuple[int, ...]:
        """The checkpoints of a run at this learning rate."""
        last = max(1, self.checkpoints[-1])
        factor = max(1, math.ceil(self.time / float(rate) / last - 1e-9))
        return tuple(factor * step for step in self.checkpoints)


@dataclass(frozen=True)
class Checkpoint:
    """What was found at one step of training.

    ``peak``: ``max_{t<=horizon} ‖J^t‖`` (inf beyond what a float holds), and ``excess`` the same of ``‖J^t‖/ρ^t``. ``kreiss``: ``K_r`` with its bracket's
    upper end (inf where there is none). ``lazy``: ``(1 − γ, c, K)`` of the function-space Jacobian and whether a bracket supports its ``K``. ``linear``:
    the largest growth of the worst initial direction under ``J``; ``real``: the same of the real dynamics, one for each of ``PERTURBATIONS``, NaN where a
    trajectory diverged. ``norms``: every ``‖J^t‖``. ``contour``: the boundary of ``Λ_ε(J)`` near 1, for the run that is drawn.
    """

    departures: jacobian.Departures
    peak: float
    excess: float
    radius: float
    kreiss: tuple[float, float]
    label: str
    lazy: tuple[float, float, float, bool]
    linear: float
    real: tuple[float, ...]
    norms: tuple[float, ...] = ()
    contour: tuple[tuple[float, ...], tuple[float, ...]] | None = None


@dataclass(frozen=True)
class Training:
    """One run. ``gradient``: initial, largest, last norm, and the step of the largest."""

    rate: str
    number: int
    checkpoints: dict[int, Checkpoint]
    gradient: tuple[float, float, float, int]
    stopped: str

    @property
    def converged(self) -> bool:
        return not self.stopped and self.gradient[2] <= CONVERGED * self.gradient[1]


def examine_training(rate: str, number: int, settings: Settings) -> Training:
    """Train one pair of networks and examine its Jacobian at the checkpoints."""
    double_precision()
    game = Game.of(settings.network, float(rate), 1000 * settings.seed + number)
    checkpoints = settings.steps(rate)
    run = train(game, checkpoints)
    found, stopped = {}, [run.stopped] if run.stopped else []
    for step, state in run.states.items():
        try:
            found[step] = _checkpoint(
                game, *state, settings, step == checkpoints[-1] and number < settings.bracketed, (rate, number) == DRAWN
            )
        except ValueError as error:
            stopped.append(f"step {step}: {error}")
    norms = run.gradients[np.isfinite(run.gradients)]
    gradient = (float(norms[0]), float(norms.max()), float(norms[-1]), int(norms.argmax())) if norms.size else (np.nan, np.nan, np.nan, 0)
    return Training(rate, number, found, gradient, "; ".join(stopped))


def _checkpoint(game: Game, x: RealArray, y: RealArray, settings: Settings, bracketed: bool, drawn: bool) -> Checkpoint:
    tools = compiled(game.network)
    J = jacobian.of_matrix(np.asarray(tools.jacobian(np.concatenate([x, y]), *game.data)), len(x))
    departures = J.departures()
    logs, last = powers(J.matrix, settings.horizon)
    with np.errstate(over="ignore"):
        norms = np.exp(logs)
    radius = OUTSIDE * J.spectral_radius
    if bracketed:
        one = kreiss_constant(J.matrix, GLOBAL_RTOL, radius=radius)
        kreiss, label = one.bracket, one.label
    else:
        kreiss, label = (float(kreiss_lower_bounds((J.matrix / radius)[None])[0][0]), np.inf), "local"
    direction = np.linalg.svd(last)[2][0]
    direction *= np.sign(direction[np.abs(direction).argmax()])  # of the two signs always the same
    return Checkpoint(
        departures, float(norms.max()), float(np.exp((logs - np.arange(len(logs)) * np.log(J.spectral_radius)).max())), radius, kreiss, label,
        _lazy(game, x, y),
        _linear_growth(J.matrix, direction, settings.horizon), tuple(_real_growth(game, x, y, direction, size, settings.horizon) for size in PERTURBATIONS),
        tuple(norms.tolist()), figures.pseudospectra_curves(J.matrix, EPS, *REGION) if drawn else None,
    )


def powers(J: Array, horizon: int) -> tuple[RealArray, Array]:
    """``ln ‖J^t‖`` for ``t = 0, …, horizon`` (−inf where ``J^t = 0``), and ``J^horizon`` up to a positive factor; nothing overflows."""
    power, logs, scale = np.eye(len(J)), [0.0], 0.0
    for _ in range(horizon):
        power = power @ J
        size = _norm(power)
        if not size > 0:
            return np.append(logs, np.full(horizon + 1 - len(logs), -np.inf)), power
        scale += np.log(size)
        power /= size
        logs.append(scale)
    return np.array(logs), power


def _norm(power: Array) -> float:
    """``‖M‖`` as the root of the largest eigenvalue of ``MᵀM``: a third of the time of singular values, and as accurate for the largest."""
    last = len(power) - 1
    scale = float(np.abs(power).max())
    if not 0 < scale < np.inf:
        return scale
    M = power / scale
    return scale * float(np.sqrt(eigh(M.T @ M, eigvals_only=True, subset_by_index=[last, last])[0]))


def _linear_growth(J: Array, direction: RealArray, horizon: int) -> float:
    """``max_t ‖J^t v‖``; NaN beyond what a float holds."""
    v, most = direction, 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(horizon):
            v = J @ v
            size = float(np.linalg.norm(v))
            if not np.isfinite(size):
                return float("nan")
            most = max(most, size)
    return most


def _real_growth(game: Game, x: RealArray, y: RealArray, direction: RealArray, size: float, horizon: int) -> float:
    """``max_t ‖difference at t‖/‖difference at 0‖`` of two trajectories of the real dynamics; NaN if one diverges."""
    start = np.concatenate([x, y])
    delta = size * np.linalg.norm(start) * direction
    path = compiled(game.network).path
    with np.errstate(over="ignore", invalid="ignore"):
        away = np.asarray(path(start + delta, *game.data, horizon)) - np.asarray(path(start, *game.data, horizon))
        sizes = np.linalg.norm(away, axis=1) / np.linalg.norm(delta)
    return max(1.0, float(sizes.max())) if np.isfinite(sizes).all() else float("nan")


def _lazy(game: Game, x: RealArray, y: RealArray) -> tuple[float, float, float, bool]:
    A, C, D, gap = function_space(game, x, y)
    if gap <= 0:
        return gap, float(np.linalg.norm(C, 2)), math.inf, False
    found = kreiss_constant_blocks(A, C, D, 1e-6)
    return gap, float(np.linalg.norm(C, 2)), max(1.0, found.value), bool(np.isfinite(found.bracket[1]))


def table_3(settings: Settings, jobs: int, steps: Steps) -> Report:
    """The whole of Table 3."""
    plan = [(rate, number, settings) for number in range(settings.seeds) for rate, _ in TABLE_3]
    stopped = ""
    try:
        runs: list[Training] = in_order(examine_training, plan, jobs, steps, "Table 3")
    except Stopped as error:
        runs = [run for run in error.finished if run is not None]
        if not runs:
            raise
        stopped = f"Stopped: {len(runs)} of {len(plan)} runs were finished, and only those count here."
    groups = {rate: [run for run in runs if run.rate == rate] for rate, _ in TABLE_3}
    tables = (
        _as_printed(groups, settings), _assumptions(groups, settings), _growth(groups, settings), _lazy_table(groups, settings), _dynamics(groups, settings),
        _variability(groups, settings), _trainings(runs),
    )
    network = settings.network
    options = {
        "hidden units": [network.generator, network.discriminator], "parameters": list(network.sizes), "batch": network.batch, "seeds": settings.seeds,
        "checkpoints": {rate: list(settings.steps(rate)) for rate, _ in TABLE_3}, "horizon": settings.horizon,
        "seed": settings.seed, "loss": "minimax, logistic",
    }
    lead = LEAD.format(n=sum(network.sizes))
    return Report("table3", "Table 3: neural networks", lead, tables, sentences(groups, settings), _figures(runs), options, stopped=stopped)


LEAD = (
    "Generator and discriminator (2 layers each, ReLU, n = {n} parameters together) on a mixture of eight Gaussians, simultaneous full-batch gradient "
    "descent on the minimax loss. J is the exact Jacobian of the update map. Where ρ(J) ≥ 1 the bound of Theorem 4 does not apply, and where ρ(J) > 1, "
    "K(J) = ∞; the table then gives the largest ‖Jᵗ‖ up to a horizon and K_r = sup (|z| − r)‖R(z)‖ over |z| > r for r = 1.001 ρ(J), which measures growth "
    "beyond rᵗ. All in floating point."
)


def _last(group: Sequence[Training], settings: Settings) -> list[Checkpoint]:
    return [run.checkpoints[last] for run in group if (last := settings.steps(run.rate)[-1]) in run.checkpoints]


def _as_printed(groups: dict[str, list[Training]], settings: Settings) -> Table:
    rows = []
    for rate, printed in TABLE_3:
        found = [one.departures.gamma for one in _last(groups[rate], settings)]
        ours = compared(float(np.mean(found)), printed, 6) if found else Cell("—", None, printed, NOT_REPRODUCED, "no run reached the last checkpoint")
        twice = 1 - 2 * Fraction(rate)
        agrees = "equals the printed number exactly" if twice == Fraction(printed) else "differs from the printed number"
        rows.append((
            text(rate), replace(ours, reason=ours.reason or f"mean of {len(found)} runs at step {settings.steps(rate)[-1]}"),
            _spread(found, 6), Cell(exact_text(twice), float(twice), reason=agrees),
        ))
    notes = (
        "γ is max(ρ(A), ρ(D)), the number that Assumption 3 asks to be below 1.",
        "The printed second column equals 1 − 2η: what gradient descent on a quadratic of curvature 2 gives, not what these networks show.",
    )
    return Table("printed", "As printed", ("learning rate η", "γ", "γ, smallest … largest", "1 − 2η"), tuple(rows), notes)


def _per_checkpoint(groups: dict[str, list[Training]], settings: Settings) -> list[tuple[str, int, list[Checkpoint], int]]:
    """For each rate and checkpoint, what the runs that reached it show, and how many runs there were."""
    return [
        (rate, step, [run.checkpoints[step] for run in group if step in run.checkpoints], len(group))
        for rate, group in groups.items() for step in settings.steps(rate)
    ]


def _spread(values: Sequence[float], digits: int = 4, reason: str = "") -> Cell:
    finite = [value for value in values if not np.isnan(value)]
    lost = len(values) - len(finite)
    words = "; ".join(filter(None, (reason, f"{lost} of {len(values)} diverged" if lost else "")))
    return between(min(finite), max(finite), digits, reason=words) if finite else failed(words or "no run reached this checkpoint")


def _assumptions(groups: dict[str, list[Training]], settings: Settings) -> Table:
    rows = []
    for rate, step, found, total in _per_checkpoint(groups, settings):
        apart = [one.departures for one in found]
        applies = sum(not d.unmet for d in apart)
        below = sum(d.radius < 1 for d in apart)
        rows.append((
            text(rate), text(str(step)), text(f"{len(found)} of {total}"), _spread([d.gamma for d in apart], 6), _spread([d.radius for d in apart], 6),
            text(f"{below} of {len(found)}"), _spread([d.b for d in apart]), _spread([d.c for d in apart]), _spread([d.asymmetry for d in apart], 1),
            text(f"in {applies} of {len(found)} runs"),
        ))
    columns = ("η", "step", "runs", "max(ρ(A), ρ(D))", "ρ(J)", "ρ(J) < 1", "‖B‖", "‖C‖", "asymmetry of A, D", "Theorem 4 applies")
    notes = (
        "Smallest … largest over the runs. The theory assumes B = 0, A and D symmetric, and γ < 1. A and D are symmetric up to rounding (Hessians); "
        "B = −Cᵀ in a minimax game, so B vanishes only with C.",
    )
    return Table("assumptions", "How far the Jacobian is from the theory's assumptions", columns, tuple(rows), notes)


def _growth(groups: dict[str, list[Training]], settings: Settings) -> Table:
    rows = []
    for rate, step, found, _ in _per_checkpoint(groups, settings):
        bracketed = [one for one in found if np.isfinite(one.kreiss[1])]
        brackets = "; ".join(between(*one.kreiss, digits=4).shown for one in bracketed)
        rows.append((
            text(rate), text(str(step)), _spread([one.peak for one in found], reason=_beyond(found)), _spread([one.excess for one in found]),
            _spread([one.kreiss[0] for one in found], reason="local: the best values found"),
            text(f"{brackets} (global in floating point)" if brackets else "not computed"),
        ))
    h = settings.horizon
    columns = ("η", "step", f"max ‖Jᵗ‖, t ≤ {h}", f"max ‖Jᵗ‖/ρᵗ, t ≤ {h}", "K_r, r = 1.001 ρ", "K_r bracketed (first run)")
    notes = (
        f"Every t ≤ {h} is looked at. K_r ≤ sup ‖Jᵗ‖/rᵗ ≤ e n K_r. K(J) itself is infinite wherever ρ(J) > 1.",
        "A local value is a lower bound of K_r; nothing bounds it from above. The global method takes most of a minute at this order and is run once for "
        "each rate.",
    )
    return Table("growth", "Transient growth of the linearisation", columns, tuple(rows), notes)


def _beyond(found: Sequence[Checkpoint]) -> str:
    lost = sum(np.isinf(one.peak) for one in found)
    return f"beyond 1.8e308 in {lost} of {len(found)} runs" if lost else ""


def _lazy_table(groups: dict[str, list[Training]], settings: Settings) -> Table:
    rows = []
    for rate, step, found, _ in _per_checkpoint(groups, settings):
        stable = [one.lazy for one in found if one.lazy[0] > 0]
        bound = [float(bounds.paper_bound(1 - gap, c)) for gap, c, _, _ in stable]
        reason = f"a bracket supports {sum(supported for *_, supported in stable)} of {len(stable)}"
        if len(stable) < len(found):
            reason = f"γ ≥ 1 in {len(found) - len(stable)} of {len(found)} runs: K = ∞" + (f"; {reason}" if stable else "")
        rows.append((
            text(rate), text(str(step)), _spread([one.lazy[0] for one in found], 2), _spread([one.lazy[1] for one in found]),
            _spread([K for _, _, K, _ in stable], reason=reason) if stable else failed(reason),
            _spread(bound, 2) if bound else failed("γ ≥ 1: Theorem 4 does not apply"),
        ))
    columns = ("η", "step", "1 − γ, γ = max |1 − ηλ|", "c = ‖C‖", "K in function space", "bound of Theorem 4")
    notes = (
        "Theorem 12 in its reading (i): A = I − ηΘ₁, D = I − ηΘ₂, tangent kernels at 16 latent points and 16 samples, C the cross kernel; outputs that no "
        "parameter moves are left out. The theorem's diagonal blocks have unit curvature (a square loss), and C is that of the logistic game played here, "
        "whose own curvature is at most ¼ in a logit: where γ ≥ 1 the theorem's model is unstable, which the training itself need not be. "
        "γ = 1 − ηλ_min needs η below 2/λ_max.",
        "The kernels are nearly singular, so γ is nearly 1 and the bound of Theorem 4 says next to nothing, while K is small.",
    )
    return Table("function-space", "Function space (lazy regime)", columns, tuple(rows), notes)


def _dynamics(groups: dict[str, list[Training]], settings: Settings) -> Table:
    rows = []
    for rate, step, found, _ in _per_checkpoint(groups, settings):
        real = [_spread([one.real[k] for one in found]) for k in range(len(PERTURBATIONS))]
        rows.append((text(rate), text(str(step)), _spread([one.linear for one in found]), *real))
    columns = ("η", "step", "linearised", *(f"real, difference {size:g}" for size in PERTURBATIONS))
    notes = (
        f"Largest growth of a difference of two trajectories over {settings.horizon} steps, from the worst direction of J to that power at the checkpoint: "
        "under J kept fixed, and under the real dynamics from two starts (relative to the norm of the parameters).",
        "The gradient of a ReLU network jumps where a unit changes sign at a sample, so a small difference may grow more than any Jacobian says.",
    )
    return Table("dynamics", "Real dynamics beside the linearisation", columns, tuple(rows), notes)


MEASURES = {
    "γ": lambda one: one.departures.gamma, "ρ(J)": lambda one: one.departures.radius, "‖C‖": lambda one: one.departures.c,
    "max ‖Jᵗ‖": lambda one: one.peak, "K_r": lambda one: one.kreiss[0],
}


def _variation(values: Sequence[float]) -> float:
    """Standard deviation over mean; NaN for fewer than two values."""
    return float(np.std(values, ddof=1) / np.mean(values)) if len(values) > 1 and np.isfinite(values).all() else float("nan")


def _variability(groups: dict[str, list[Training]], settings: Settings) -> Table:
    rows = [
        (text(rate), text(str(step)), *(_percent(_variation([measure(one) for one in found])) for measure in MEASURES.values()))
        for rate, step, found, _ in _per_checkpoint(groups, settings)
    ]
    notes = (
        "Standard deviation over the runs, divided by the mean; the seeds draw the initial weights and the data. "
        f"It is at most the root of the number of runs ({number_text(100 * math.sqrt(settings.seeds), 3)} %), and near that where one run outweighs all.",
    )
    return Table("variability", "Variability across seeds", ("η", "step", *MEASURES), tuple(rows), notes)


def _percent(ratio: float) -> Cell:
    return failed("fewer than two finite values") if np.isnan(ratio) else Cell(_percentage(ratio), ratio)


def _percentage(ratio: float) -> str:
    return f"{100 * ratio:.0f} %" if ratio >= 0.1 else f"{number_text(100 * ratio, 2)} %"


def _trainings(runs: Sequence[Training]) -> Table:
    rows = []
    for run in sorted(runs, key=lambda run: (run.rate, run.number)):
        first, most, last, when = run.gradient
        rows.append((
            text(run.rate), text(str(run.number)), *(_spread([value], 4) for value in (first, most)), text(str(when)), _spread([last], 4),
            Cell("no", reason=run.stopped) if run.stopped else text("yes" if run.converged else "no"),
        ))
    columns = ("η", "run", "gradient norm, first", "largest", "at step", "last", "converged")
    return Table("runs", "The runs", columns, tuple(rows), (f"“Converged”: the last gradient norm is at most {CONVERGED:g} of the largest.",))


def _figures(runs: Sequence[Training]) -> tuple[FigureData, ...]:
    """Powers and pseudospectra of one run's Jacobian at its checkpoints; none where the run did not get that far."""
    found = next((run.checkpoints for run in runs if (run.rate, run.number) == DRAWN), {})
    contours = {f"step {step}": one.contour for step, one in found.items() if one.contour is not None}
    if not contours:
        return ()
    kinds = ("sharp", "claimed", "lower")
    curves = tuple(
        Curve(f"step {step}", tuple(map(float, range(len(one.norms)))), one.norms, kinds[k % 3]) for k, (step, one) in enumerate(found.items())
    )
    rate, number = DRAWN
    radii = ", ".join(f"$\\rho = {one.departures.radius:.5f}$ at step {step}" for step, one in found.items())
    run = f"Run {number} at learning rate {rate}"
    return (
        FigureData("table3-powers", "Powers of the Jacobian at several training steps", "$t$", "$\\|J^t\\|$", "linear", "log", curves, f"{run}."),
        figures.pseudospectra_figure(
            "table3-pseudospectra", "Pseudospectra of the Jacobian at several training steps", contours, 0.15,
            f"{run}: boundary of $\\Lambda_\\varepsilon(J)$ near 1, $\\varepsilon = {EPS:g}$; {radii}.",
        ),
    )


def _at_the_start(growth: Callable[[Checkpoint], float]) -> Callable[[Training], float]:
    return lambda run: growth(run.checkpoints[0]) if 0 in run.checkpoints else math.nan


def _part(k: int) -> Callable[[Checkpoint], float]:
    return lambda one: one.real[k]


GROWTHS: dict[str, Callable[[Training], float]] = {
    "the gradient norm exceeds its initial value": lambda run: run.gradient[1] / run.gradient[0],
    **{f"two trajectories that start {size:g} apart in the worst direction part": _at_the_start(_part(k)) for k, size in enumerate(PERTURBATIONS)},
    "‖Jᵗ‖ of the Jacobian at the start exceeds 1": _at_the_start(lambda one: one.peak),
}
"""What “transient amplification” can mean for a run, each as a factor that is to be at least :data:`AMPLIFIED`."""


def sentences(groups: dict[str, list[Training]], settings: Settings) -> tuple[Sentence, ...]:
    """The two sentences on these experiments, judged by the runs here in each sense that they can have."""
    converged = {rate: [run for run in group if run.converged] for rate, group in groups.items()}
    return (
        *(_amplifies(words, growth, converged, groups) for words, growth in GROWTHS.items()),
        *(_steady(name, groups, settings) for name in ("γ", "max ‖Jᵗ‖", "K_r")),
    )


def _amplifies(words: str, growth: Callable[[Training], float], converged: dict[str, list[Training]], groups: dict[str, list[Training]]) -> Sentence:
    """Holds if some run converges and every run that does has grown."""
    grown = {rate: [run for run in group if growth(run) >= AMPLIFIED] for rate, group in converged.items()}
    total, whole = (sum(map(len, runs.values())) for runs in (grown, converged))
    told = "; ".join(f"η = {rate}: {len(converged[rate])} of {len(group)} runs converge, {len(grown[rate])} of these amplify" for rate, group in groups.items())
    return Sentence(
        f"transient amplification precedes convergence; read: {words} by a factor {AMPLIFIED:g}", "S", REPRODUCED if 0 < whole == total else NOT_REPRODUCED,
        f"Among the runs that converge (last gradient norm at most {CONVERGED:g} of the largest). {told}.",
    )


def _steady(name: str, groups: dict[str, list[Training]], settings: Settings) -> Sentence:
    spread = {rate: _variation([MEASURES[name](one) for one in _last(group, settings)]) for rate, group in groups.items()}
    listed = "; ".join(f"η = {rate}: {'—' if math.isnan(value) else _percentage(value)}" for rate, value in spread.items())
    steady = all(value < STEADY for value in spread.values())
    return Sentence(
        f"variability across initialisations below 10 %; read: of {name}", "S", REPRODUCED if steady else NOT_REPRODUCED,
        f"Standard deviation over mean at the last checkpoint, {settings.seeds} seeds. {listed}.",
    )
