"""Two small networks trained against each other by simultaneous gradient descent, in JAX: the experiment of Table 3.

Generator ``2 → 64 → 2`` and discriminator ``2 → 32 → 1``, ReLU, on a mixture of eight Gaussians in the plane: with two layers each and 64 and 32 hidden
units the paper's description gives ``n = 322 + 129 = 451`` parameters. The loss did not survive; it is the logistic minimax loss of Goodfellow et al. 2014,
on a fixed batch of samples and latent points, so that the update map is a function and has one Jacobian. Double precision: call :func:`double_precision`
first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from verify.experiments.problems import generator
from verify.numerics.arrays import RealArray

__all__ = ["Game", "Network", "Run", "compiled", "double_precision", "function_space", "train"]

MODES, RING, WIDTH = 8, 2.0, 0.2
"""The mixture: modes on a circle of this radius, with this standard deviation."""
PROBES = 16
"""Latent points and samples at which the two networks are looked at as functions."""


@dataclass(frozen=True)
class Network:
    """Hidden units of generator and discriminator, and points in the batch."""

    generator: int = 64
    discriminator: int = 32
    batch: int = 128

    @property
    def sizes(self) -> tuple[int, int]:
        """Parameters of generator and discriminator."""
        return 5 * self.generator + 2, 4 * self.discriminator + 1


@dataclass(frozen=True)
class Game:
    """One seed's data and initial weights (He's scaling), drawn by NumPy so that they do not depend on JAX's version."""

    network: Network
    rate: float
    samples: RealArray
    latent: RealArray
    start: tuple[RealArray, RealArray]

    @staticmethod
    def of(network: Network, rate: float, seed: int) -> Game:
        rng = generator(seed, "table 3")
        turn = 2 * np.pi * rng.integers(MODES, size=network.batch) / MODES
        samples = RING * np.stack([np.cos(turn), np.sin(turn)], axis=1) + WIDTH * rng.standard_normal((network.batch, 2))
        latent = rng.standard_normal((network.batch, 2))
        return Game(network, rate, samples, latent, (_weights(rng, network.generator, 2), _weights(rng, network.discriminator, 1)))

    @property
    def data(self) -> tuple[RealArray, RealArray, float]:
        """What the compiled functions take besides the parameters."""
        return self.samples, self.latent, self.rate

    def update(self, x: Any, y: Any) -> tuple[Any, Any]:
        """One simultaneous step of both players."""
        return compiled(self.network).update(x, y, *self.data)


@dataclass(frozen=True)
class Run:
    """A training run: parameters ``(x, y)`` at the checkpoints reached, gradient norms of all steps, and why it ended early (or empty)."""

    states: dict[int, tuple[RealArray, RealArray]]
    gradients: RealArray
    stopped: str


def double_precision() -> None:
    """Float64 in this process."""
    import jax

    jax.config.update("jax_enable_x64", True)


def _weights(rng: np.random.Generator, hidden: int, out: int) -> RealArray:
    """Weights and biases of a network ``2 → hidden → out`` as one vector."""
    first, last = rng.standard_normal(2 * hidden), rng.standard_normal(hidden * out) * np.sqrt(2 / hidden)
    return np.concatenate([first, np.zeros(hidden), last, np.zeros(out)])


@cache
def compiled(network: Network) -> SimpleNamespace:
    """The functions of this architecture, compiled once for all seeds and rates.

    ``update(x, y, samples, latent, rate)``; ``jacobian`` of it, ``(n, n)``; ``advance(x, y, …, length)`` many steps with their gradient norms; ``kernels``, see
    :func:`function_space`.
    """
    import jax
    import jax.numpy as jnp

    p, q = network.sizes

    def layers(weights: Any, points: Any, hidden: int, out: int) -> Any:
        cuts = np.cumsum([2 * hidden, hidden, hidden * out])
        W, b, V, a = (weights[i:j] for i, j in zip((0, *cuts), (*cuts, len(weights)), strict=True))
        return jax.nn.relu(points @ W.reshape(2, hidden) + b) @ V.reshape(hidden, out) + a

    def outputs(x: Any, latent: Any) -> Any:
        return layers(x, latent, network.generator, 2)

    def logits(y: Any, points: Any) -> Any:
        return layers(y, points, network.discriminator, 1)[:, 0]

    def game(made: Any, y: Any, samples: Any) -> Any:
        """What the generator minimises and the discriminator maximises, as a function of the generated points."""
        return -jnp.mean(jax.nn.softplus(-logits(y, samples))) - jnp.mean(jax.nn.softplus(logits(y, made)))

    def update(x: Any, y: Any, samples: Any, latent: Any, rate: Any) -> tuple[Any, Any]:
        by_x, by_y = jax.grad(lambda x, y: game(outputs(x, latent), y, samples), argnums=(0, 1))(x, y)
        return x - rate * by_x, y + rate * by_y

    def flat(v: Any, *data: Any) -> Any:
        return jnp.concatenate(update(v[:p], v[p:], *data))

    def advance(v: Any, samples: Any, latent: Any, rate: Any, length: int) -> tuple[Any, Any]:
        def step(v: Any, _: Any) -> tuple[Any, Any]:
            after = flat(v, samples, latent, rate)
            return after, jnp.linalg.norm(after - v) / rate

        return jax.lax.scan(step, v, None, length=length)

    def path(v: Any, samples: Any, latent: Any, rate: Any, length: int) -> Any:
        return jax.lax.scan(lambda v, _: (flat(v, samples, latent, rate),) * 2, v, None, length=length)[1]

    def kernels(v: Any, samples: Any, latent: Any) -> tuple[Any, Any, Any]:
        """Jacobians of the outputs in the parameters, and the mixed derivative of the game in ``y`` and the generated points."""
        x, y = v[:p], v[p:]
        made = outputs(x, latent)
        first = jax.jacrev(lambda x: outputs(x, latent).reshape(-1))(x)
        second = jax.jacrev(lambda y: logits(y, jnp.concatenate([samples, made])))(y)
        mixed = jax.jacfwd(jax.grad(lambda y, made: game(made, y, samples)), argnums=1)(y, made)
        return first, second, mixed.reshape(q, -1)

    return SimpleNamespace(
        update=jax.jit(update), jacobian=jax.jit(jax.jacfwd(flat)), advance=jax.jit(advance, static_argnums=4), path=jax.jit(path, static_argnums=4),
        kernels=jax.jit(kernels),
    )


def train(game: Game, checkpoints: tuple[int, ...]) -> Run:
    """Simultaneous gradient descent up to the last checkpoint; stops where a parameter is no longer finite."""
    v: Any = np.concatenate(game.start)
    p = game.network.sizes[0]
    states: dict[int, tuple[RealArray, RealArray]] = {}
    gradients, done = [np.empty(0)], 0
    for checkpoint in checkpoints:
        if checkpoint > done:
            v, norms = compiled(game.network).advance(v, *game.data, checkpoint - done)
            gradients.append(np.asarray(norms))
            done = checkpoint
        if not np.isfinite(np.asarray(v)).all():
            norms = np.concatenate(gradients)
            return Run(states, norms, f"training diverged: the gradient is not finite from step {int(np.argmin(np.isfinite(norms)))} on")
        states[checkpoint] = (np.asarray(v)[:p], np.asarray(v)[p:])
    return Run(states, np.concatenate(gradients), "")


def function_space(game: Game, x: RealArray, y: RealArray) -> tuple[RealArray, RealArray, RealArray, float]:
    """``(A, C, D)`` of Theorem 12, the lazy dynamics of both networks' outputs at the probes, and ``1 − γ``, ``γ = max(‖A‖, ‖D‖)``.

    ``Θ = GGᵀ/m`` is the tangent kernel of a network with output Jacobian ``G`` at ``m`` probes; ``A = I − ηΘ₁`` for the generator's outputs ``u``,
    ``D = I − ηΘ₂`` for the discriminator's logits ``v`` at the samples and at the generated points, and ``C = η G₂ ∂²V/∂y∂u`` is how the
    generated points move the next logits. The theorem leaves out the other way, and so does this.

    Outputs that no parameter moves stay as they are and are not driven by ``C`` either (``wᵀG = 0`` gives ``wᵀC = 0``), so they are left out: what
    is returned lives on the column spaces of ``G₁`` and ``G₂``, where the kernels are definite. ``K`` of the whole is the larger of theirs and 1.
    ``1 − γ`` is ``min(ηλ_min, 2 − ηλ_max)`` over the eigenvalues ``σ²/m`` of the kernels, because ``1 − (1 − ηλ)`` would lose the small ones.
    """
    samples, latent = game.samples[:PROBES], game.latent[:PROBES]
    first, second, mixed = (np.asarray(part, dtype=float) for part in compiled(game.network).kernels(np.concatenate([x, y]), samples, latent))
    (U, low), (W, high) = _range(first), _range(second)
    rates = game.rate * np.concatenate([low, high]) ** 2 / PROBES
    A, D = (np.eye(basis.shape[1]) - game.rate * basis.T @ (G @ G.T) @ basis / PROBES for G, basis in ((first, U), (second, W)))
    return 0.5 * (A + A.T), W.T @ (game.rate * second @ mixed) @ U, 0.5 * (D + D.T), float(np.minimum(rates, 2 - rates).min())


def _range(G: RealArray) -> tuple[RealArray, RealArray]:
    """An orthonormal basis of the column space of ``G``, and the singular values that belong to it; those below 1e-6 of the largest count as 0."""
    basis, sigmas, _ = np.linalg.svd(G, full_matrices=False)
    kept = sigmas > 1e-6 * sigmas[0]
    return basis[:, kept], sigmas[kept]
