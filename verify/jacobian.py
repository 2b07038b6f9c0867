"""The Jacobian of a training step, from the code of the step: JAX and PyTorch. Floating point.

A step is a function ``update(x, y) -> (x', y')`` of the two players' parameters (arrays, or nested dicts, lists and tuples of arrays). Its Jacobian has the
blocks ``[[A, B], [C, D]]``, ``A`` and ``D`` of each player alone, ``C`` and ``B`` their cross-dependencies::

    J = verify.jacobian.from_jax(update, generator, discriminator)
    print(J.departures())
    print(verify.kreiss_constant(J.matrix, 1e-3, radius=1.001 * J.spectral_radius))

Neither library is imported before it is used, and neither is a dependency of this package: the extra ``experiments`` brings JAX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse.linalg import LinearOperator

from verify.numerics.arrays import Array, RealArray, square

__all__ = ["Departures", "StepJacobian", "from_jax", "from_torch", "of_matrix", "operator_from_jax", "operator_from_torch"]

Update = Callable[[Any, Any], tuple[Any, Any]]
LARGEST_DENSE = 5000


@dataclass(frozen=True)
class Departures:
    """How far a Jacobian is from what the theory assumes: ``B = 0``, ``A`` and ``D`` symmetric, ``ρ(A), ρ(D) <= γ < 1``.

    Attributes:
        b, c: ``‖B‖`` and ``‖C‖``.
        gamma: ``max(ρ(A), ρ(D))``.
        radius: ``ρ(J)``.
        asymmetry: the larger of ``‖A − A*‖/‖A‖`` and ``‖D − D*‖/‖D‖``.
    """

    b: float
    c: float
    gamma: float
    radius: float
    asymmetry: float

    @property
    def unmet(self) -> tuple[str, ...]:
        """The assumptions that are not met, in words; empty where the bound of Theorem 4 applies."""
        reasons = []
        if self.b > 0:
            reasons.append(f"‖B‖ = {self.b:.3g}, not 0")
        if self.asymmetry > 1e-6:
            reasons.append(f"A or D is not symmetric (relative defect {self.asymmetry:.1e})")
        if self.gamma >= 1:
            reasons.append(f"max(ρ(A), ρ(D)) = {self.gamma:.6g}, not below 1")
        return tuple(reasons)


@dataclass(frozen=True)
class StepJacobian:
    """``matrix`` is ``[[A, B], [C, D]]``, shape ``(n, n)``, ``A`` of order ``p``."""

    matrix: Array
    p: int

    @property
    def A(self) -> Array:
        return self.matrix[: self.p, : self.p]

    @property
    def B(self) -> Array:
        return self.matrix[: self.p, self.p :]

    @property
    def C(self) -> Array:
        return self.matrix[self.p :, : self.p]

    @property
    def D(self) -> Array:
        return self.matrix[self.p :, self.p :]

    @cached_property
    def spectral_radius(self) -> float:
        return _radius(self.matrix)

    def departures(self) -> Departures:
        """How far the matrix is from the theory's assumptions."""
        defects = [_norm(block - block.conj().T) / max(_norm(block), np.finfo(float).tiny) for block in (self.A, self.D)]
        return Departures(_norm(self.B), _norm(self.C), max(_radius(self.A), _radius(self.D)), self.spectral_radius, max(defects))



def of_matrix(matrix: Any, p: int) -> StepJacobian:
    """A Jacobian from a matrix and the order of its first block.

    Raises:
        TypeError, ValueError: if it is not a square matrix of finite machine numbers, or ``p`` is not in ``1 … n − 1``.
    """
    array = square(matrix, "the Jacobian")
    if isinstance(p, bool) or not isinstance(p, (int, np.integer)) or not 0 < p < len(array):
        raise ValueError(f"p = {p!r}; the first block has an order from 1 to {len(array) - 1}")
    return StepJacobian(array, int(p))


def from_jax(update: Update, x: Any, y: Any) -> StepJacobian:
    """The exact Jacobian of ``update`` at ``(x, y)`` by forward-mode differentiation; in the precision of the parameters (prefer float64).

    Raises:
        ImportError: if JAX is not installed.
        ValueError: if the step is not finite, does not keep shapes, or there are more than ``LARGEST_DENSE`` parameters.
    """
    import jax

    step, start, p = _flat_jax(update, x, y)
    _refuse_large(len(start), "operator_from_jax")
    return of_matrix(_finite(jax.jit(jax.jacfwd(step))(start), "the Jacobian of the step"), p)


def operator_from_jax(update: Update, x: Any, y: Any) -> tuple[LinearOperator, int]:
    """The Jacobian as products only, ``(operator, p)``, for :func:`verify.kreiss_lower_bound`; nothing of size ``n × n`` is formed.

    Raises:
        ImportError, ValueError: as :func:`from_jax`.
    """
    import jax

    step, start, p = _flat_jax(update, x, y)
    _, forward = jax.linearize(step, start)
    _, backward = jax.vjp(step, start)
    forward, pull = jax.jit(forward), jax.jit(lambda w: backward(w)[0])
    return _operator(len(start), lambda v: np.asarray(forward(v.astype(start.dtype))), lambda w: np.asarray(pull(w.astype(start.dtype)))), p


def from_torch(update: Update, x: Any, y: Any) -> StepJacobian:
    """The exact Jacobian of ``update`` at ``(x, y)``; the step may itself use ``torch.autograd.grad(..., create_graph=True)``.

    Raises:
        ImportError: if PyTorch is not installed.
        ValueError: as :func:`from_jax`.
    """
    import torch

    step, start, p = _flat_torch(update, x, y)
    _refuse_large(len(start), "operator_from_torch")
    matrix = torch.autograd.functional.jacobian(step, start)
    return of_matrix(_finite(matrix.detach().cpu().numpy(), "the Jacobian of the step"), p)


def operator_from_torch(update: Update, x: Any, y: Any) -> tuple[LinearOperator, int]:
    """The Jacobian as products only, as :func:`operator_from_jax`."""
    import torch

    step, start, p = _flat_torch(update, x, y)

    def forward(v: RealArray) -> RealArray:
        return torch.autograd.functional.jvp(step, start, torch.as_tensor(v, dtype=start.dtype))[1].detach().cpu().numpy()

    def backward(w: RealArray) -> RealArray:
        return torch.autograd.functional.vjp(step, start, torch.as_tensor(w, dtype=start.dtype))[1].detach().cpu().numpy()

    return _operator(len(start), forward, backward), p


def _flat_jax(update: Update, x: Any, y: Any) -> tuple[Callable[[Any], Any], Any, int]:
    """The step on one vector, the vector, and the size of ``x``."""
    import jax.numpy as jnp
    from jax.flatten_util import ravel_pytree

    first, unravel_first = ravel_pytree(x)
    second, unravel_second = ravel_pytree(y)
    p, q = first.size, second.size

    def step(v: Any) -> Any:
        after = update(unravel_first(v[:p]), unravel_second(v[p:]))
        parts = [ravel_pytree(part)[0] for part in _pair(after)]
        _same_sizes((p, q), tuple(part.size for part in parts))
        return jnp.concatenate(parts)

    start = jnp.concatenate([first, second])
    _nonempty(p, q)
    _finite(step(start), "the step")
    return step, start, p


def _flat_torch(update: Update, x: Any, y: Any) -> tuple[Callable[[Any], Any], Any, int]:
    import torch

    sizes = [sum(leaf.numel() for leaf in _leaves(part)) for part in (x, y)]
    _nonempty(*sizes)
    start = torch.cat([leaf.detach().reshape(-1) for part in (x, y) for leaf in _leaves(part)])

    def step(v: Any) -> Any:
        pieces = iter(torch.split(v, [leaf.numel() for part in (x, y) for leaf in _leaves(part)]))
        after = _pair(update(_rebuilt(x, pieces), _rebuilt(y, pieces)))
        _same_sizes(tuple(sizes), tuple(sum(leaf.numel() for leaf in _leaves(part)) for part in after))
        return torch.cat([leaf.reshape(-1) for part in after for leaf in _leaves(part)])

    _finite(step(start.requires_grad_(True)).detach().cpu().numpy(), "the step")
    return step, start.detach(), sizes[0]


def _leaves(tree: Any) -> Iterator[Any]:
    """The arrays of nested mappings and sequences, in their order."""
    if isinstance(tree, Mapping):
        for value in tree.values():
            yield from _leaves(value)
    elif isinstance(tree, (list, tuple)):
        for value in tree:
            yield from _leaves(value)
    else:
        yield tree


def _rebuilt(tree: Any, pieces: Iterator[Any]) -> Any:
    if isinstance(tree, Mapping):
        return {key: _rebuilt(value, pieces) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_rebuilt(value, pieces) for value in tree)
    return next(pieces).reshape(tree.shape)


def _pair(after: Any) -> Sequence[Any]:
    if not isinstance(after, tuple) or len(after) != 2:
        raise ValueError(f"update returned a {type(after).__name__}; it must return the pair (x', y') of both players' new parameters")
    return after


def _same_sizes(before: tuple[int, ...], after: tuple[int, ...]) -> None:
    if before != after:
        raise ValueError(f"update maps parameters of sizes {before} to sizes {after}; a step keeps the sizes of x and of y")


def _nonempty(p: int, q: int) -> None:
    if p == 0 or q == 0:
        raise ValueError(f"x has {p} parameters and y has {q}; both players need at least one")


def _refuse_large(n: int, remedy: str) -> None:
    if n > LARGEST_DENSE:
        raise ValueError(f"the step has {n} parameters; a matrix is formed up to {LARGEST_DENSE}: use {remedy} and verify.kreiss_lower_bound")


def _finite(values: Any, what: str) -> RealArray:
    array = np.asarray(values)
    if not np.isfinite(array).all():
        bad = int((~np.isfinite(array)).sum())
        raise ValueError(f"{what} has {bad} entries that are NaN or infinite; training has diverged, or a gradient is undefined here")
    return array.astype(np.float64)


def _operator(n: int, forward: Callable[[RealArray], RealArray], backward: Callable[[RealArray], RealArray]) -> LinearOperator:
    """Real products on real vectors, on real and imaginary parts where a vector is complex."""

    def both(product: Callable[[RealArray], RealArray]) -> Callable[[Array], Array]:
        def apply(v: Array) -> Array:
            v = np.asarray(v).reshape(-1)
            if np.iscomplexobj(v):
                return product(v.real).astype(float) + 1j * product(v.imag).astype(float)
            return product(v).astype(float)

        return apply

    return LinearOperator((n, n), matvec=both(forward), rmatvec=both(backward), dtype=np.float64)


def _norm(block: Array) -> float:
    return float(np.linalg.norm(block, 2))


def _radius(block: Array) -> float:
    """``ρ``; of a symmetric block by its real eigenvalues."""
    symmetric = np.array_equal(block, block.conj().T)
    return float(np.abs(np.linalg.eigvalsh(block) if symmetric else np.linalg.eigvals(block)).max())
