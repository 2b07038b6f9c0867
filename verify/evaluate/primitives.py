"""The quantities on stacks of float matrices, with their derivatives.

Each function maps a stack ``(N, m, n)`` (and scalars ``(N,)``) to values ``(N,)``. Derivatives are those of a simple singular value or
eigenvalue at the maximiser: for a singular triplet ``Xv = σu`` one has ``dσ = Re(u* dX v)``, and a supremum moves like its value at the
place where it is attained (envelope theorem). They are registered with autograd, so that a whole statement can be differentiated.
Floating point: nothing here is rigorous.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from autograd.extend import defvjp, primitive
from scipy.linalg import expm

from verify.numerics import batch
from verify.numerics.pseudospectrum import pseudospectral_maximisers
from verify.numerics.radii import numerical_ranges_support

__all__ = [
    "continuous_kreiss", "determinant", "exponential_norm", "inverse", "kreiss", "largest_eigenvalue", "norm", "numerical_radius", "pseudospectral_radius",
    "resolvent_norm", "smallest_eigenvalue", "smallest_singular_value", "spectral_abscissa", "spectral_radius", "spectrum_distance", "transient_peak",
]

Stack = np.ndarray
_LARGEST_EXPONENT = 600.0
"""Of ``‖tX‖``: beyond it the exponential may be no float."""
Weights = np.ndarray


def _finite(stack: Stack) -> Stack:
    """Matrices with infinite or undefined entries are replaced by zero; their values are masked by :func:`_masked`."""
    bad = ~np.isfinite(stack).all(axis=(-2, -1), keepdims=True)
    return np.where(bad, 0.0, stack) if bad.any() else np.asarray(stack)


def _masked(stack: Stack, values: np.ndarray) -> np.ndarray:
    bad = ~np.isfinite(stack).all(axis=(-2, -1))
    return np.where(bad, np.nan, values) if bad.any() else values


def _quiet(weights: np.ndarray) -> np.ndarray:
    """Derivatives where a value is infinite or undefined are no information: zero."""
    return np.where(np.isfinite(weights), weights, 0.0)


def _outer(left: np.ndarray, right: np.ndarray, like: Stack) -> np.ndarray:
    """``conj(u) vᵀ``: the gradient of ``Re(u* X v)``."""
    grad = np.conj(left)[..., :, None] * right[..., None, :]
    return grad if np.iscomplexobj(like) else grad.real


def _top(stack: Stack) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    u, s, vh = np.linalg.svd(_finite(stack), full_matrices=False)
    return s[..., 0], u[..., :, 0], np.conj(vh[..., 0, :])


def _bottom(stack: Stack) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    u, s, vh = np.linalg.svd(_finite(stack), full_matrices=False)
    return s[..., -1], u[..., :, -1], np.conj(vh[..., -1, :])


@primitive
def norm(stack: Stack) -> np.ndarray:
    """Spectral norms."""
    return _masked(stack, np.linalg.norm(_finite(stack), 2, axis=(-2, -1)))


def _norm_vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        _, u, v = _top(stack)
        return _quiet(weights)[:, None, None] * _outer(u, v, stack)

    return pull


@primitive
def smallest_singular_value(stack: Stack) -> np.ndarray:
    """Smallest singular values of square matrices."""
    return _masked(stack, np.linalg.svd(_finite(stack), compute_uv=False)[..., -1])


def _smallest_vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        _, u, v = _bottom(stack)
        return _quiet(weights)[:, None, None] * _outer(u, v, stack)

    return pull


def _at(stack: Stack, z: np.ndarray) -> np.ndarray:
    return np.reshape(z, (-1, 1, 1)) * np.eye(stack.shape[-1]) - _finite(stack)


@primitive
def resolvent_norm(stack: Stack, z: np.ndarray) -> np.ndarray:
    """``‖(zI − X)^{-1}‖``."""
    with np.errstate(divide="ignore"):
        return _masked(stack, 1 / np.linalg.svd(_at(stack, z), compute_uv=False)[..., -1])


def _resolvent_pull(ans: np.ndarray, stack: Stack, z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    _, u, v = _bottom(_at(stack, z))
    return np.square(ans), u, v


def _resolvent_vjp(ans: np.ndarray, stack: Stack, z: np.ndarray) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        square, u, v = _resolvent_pull(ans, stack, z)
        return _quiet(weights * square)[:, None, None] * _outer(u, v, stack)

    return pull


def _resolvent_place_vjp(ans: np.ndarray, stack: Stack, z: np.ndarray) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        square, u, v = _resolvent_pull(ans, stack, z)
        slope = -np.sum(np.conj(u) * v, axis=-1) * _quiet(weights * square)
        return slope if np.iscomplexobj(z) else slope.real

    return pull


class _Latest:
    """A function of a stack that remembers its last few values: the backward pass asks for what the forward pass has just computed."""

    def __init__(self, function: Callable[[Stack], tuple[np.ndarray, np.ndarray]], size: int = 4) -> None:
        self._function, self._size = function, size
        self._known: list[tuple[Stack, tuple[np.ndarray, np.ndarray]]] = []

    def __call__(self, stack: Stack) -> tuple[np.ndarray, np.ndarray]:
        for known, value in self._known:
            if known.shape == stack.shape and np.array_equal(known, stack):
                return value
        value = _once_each(self._function, stack)
        self._known = [(np.array(stack), value), *self._known[: self._size - 1]]
        return value


def _once_each(function: Callable[[Stack], tuple[np.ndarray, np.ndarray]], stack: Stack) -> tuple[np.ndarray, np.ndarray]:
    """A costly function of a stack in which matrices may be repeated (along a line of a parameter that is not in them): each is looked at once."""
    if len(stack) < 2:
        return function(stack)
    rows = np.ascontiguousarray(stack).reshape(len(stack), -1)
    _, first, place = np.unique(rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel(), return_index=True, return_inverse=True)
    if len(first) == len(stack):
        return function(stack)
    order = np.argsort(first)  # as they come in the stack
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    values, places = function(stack[first[order]])
    return values[back[place]], places[back[place]]


def _supremum(values_and_places: Callable[[Stack], tuple[np.ndarray, np.ndarray]], factor: Callable[[np.ndarray], np.ndarray], doc: str) -> Any:
    """A supremum of ``factor(z) ‖R(z)‖`` as a primitive; its derivative is taken at the maximiser."""

    found = _Latest(values_and_places)

    def value(stack: Stack) -> np.ndarray:
        return _masked(stack, found(_finite(stack))[0])

    value.__doc__ = doc
    function = primitive(value)

    def vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
        def pull(weights: Weights) -> np.ndarray:
            values, z = found(_finite(stack))
            far = ~np.isfinite(z) | ~np.isfinite(values)
            place = np.where(far, 2.0, z)
            sigma, u, v = _bottom(_at(stack, place))
            with np.errstate(divide="ignore", invalid="ignore"):
                slope = np.where(far, 0.0, factor(place) / np.square(sigma))
            return _quiet(weights * slope)[:, None, None] * _outer(u, v, stack)

        return pull

    defvjp(function, vjp)
    return function


kreiss = _supremum(lambda stack: batch.kreiss_lower_bounds(stack), lambda z: np.abs(z) - 1, "Local Kreiss constants.")
continuous_kreiss = _supremum(lambda stack: batch.continuous_kreiss_lower_bounds(stack), lambda z: np.real(z), "Local continuous-time Kreiss constants.")


def _of_eigenvalues(size: Callable[[np.ndarray], np.ndarray], slope: Callable[[np.ndarray], np.ndarray], doc: str) -> Any:
    """The largest ``size(λ)`` over the eigenvalues; its derivative at the largest is ``Re(slope(λ) dλ)``, ``dλ = u* dX v/(u*v)``."""

    def value(stack: Stack) -> np.ndarray:
        return _masked(stack, size(np.linalg.eigvals(_finite(stack))).max(axis=-1))

    value.__doc__ = doc
    function = primitive(value)

    def vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
        def pull(weights: Weights) -> np.ndarray:
            values, right = np.linalg.eig(_finite(stack))
            first = np.argmax(size(values), axis=-1)
            rows = np.arange(len(stack))
            largest, v = values[rows, first], right[rows, :, first]
            shifted = np.swapaxes(np.conj(_at(stack, largest)), -1, -2)
            left = np.linalg.svd(shifted)[2][..., -1, :].conj()
            with np.errstate(divide="ignore", invalid="ignore"):
                direction = slope(largest) / np.sum(np.conj(left) * v, axis=-1)
                grad = np.conj(left)[..., :, None] * (direction[:, None] * v)[..., None, :]
            return _quiet(_quiet(weights)[:, None, None] * (grad if np.iscomplexobj(stack) else grad.real))

        return pull

    defvjp(function, vjp)
    return function


spectral_radius = _of_eigenvalues(np.abs, lambda z: np.conj(z) / np.abs(z), "Largest moduli of eigenvalues.")
spectral_abscissa = _of_eigenvalues(np.real, np.ones_like, "Largest real parts of eigenvalues.")


def _extreme_eigenvalue(index: int, doc: str) -> Any:
    def value(stack: Stack) -> np.ndarray:
        return _masked(stack, np.linalg.eigvalsh(_finite(stack))[..., index])

    value.__doc__ = doc
    function = primitive(value)

    def vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
        def pull(weights: Weights) -> np.ndarray:
            v = np.linalg.eigh(_finite(stack))[1][..., index]
            return _quiet(weights)[:, None, None] * _outer(v, v, stack)

        return pull

    defvjp(function, vjp)
    return function


largest_eigenvalue = _extreme_eigenvalue(-1, "Largest eigenvalues of Hermitian matrices.")
smallest_eigenvalue = _extreme_eigenvalue(0, "Smallest eigenvalues of Hermitian matrices.")


@primitive
def numerical_radius(stack: Stack) -> np.ndarray:
    """Numerical radii."""
    return _masked(stack, batch.numerical_radii(_finite(stack)))


def _numerical_vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        phase = np.exp(-1j * numerical_ranges_support(_finite(stack))[1])
        turned = phase[:, None, None] * _finite(stack)
        v = np.linalg.eigh((turned + np.conj(np.swapaxes(turned, -1, -2))) / 2)[1][..., -1]
        grad = phase[:, None, None] * np.conj(v)[:, :, None] * v[:, None, :]
        return _quiet(weights)[:, None, None] * (grad if np.iscomplexobj(stack) else grad.real)

    return pull


@primitive
def transient_peak(stack: Stack) -> np.ndarray:
    """``sup_t ‖X^t‖`` over integers ``t >= 0``."""
    return _masked(stack, batch.transient_peaks(_finite(stack))[0])


def _peak_vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        times = batch.transient_peaks(_finite(stack))[1]
        return np.stack([_power_gradient(x, min(int(t), 2000)) * w for x, t, w in zip(_finite(stack), times, _quiet(weights), strict=True)])

    return pull


def _power_gradient(matrix: np.ndarray, t: int) -> np.ndarray:
    """Gradient of ``‖X^t‖``: the sum over ``k`` of ``(X^k)ᵀ G (X^{t−1−k})ᵀ``, gathered by the doubling-free recurrence."""
    if t <= 0:  # at t = 0 the norm is 1; a negative time says that the powers have no peak
        return np.zeros_like(matrix)
    _, u, v = _top(np.linalg.matrix_power(matrix, t)[None])
    left, grads, right = np.conj(u[0]), np.zeros_like(matrix), [v[0].real]
    for _ in range(t - 1):
        right.append(matrix @ right[-1])
    row = left.real
    for column in reversed(right):
        grads = grads + np.outer(row, column)
        row = row @ matrix
    return grads


@primitive
def pseudospectral_radius(stack: Stack, eps: np.ndarray) -> np.ndarray:
    """``ρ_ε``."""
    return _masked(stack, pseudospectral_maximisers(_finite(stack), _admissible(eps, stack))[0])


def _admissible(eps: np.ndarray, stack: Stack) -> np.ndarray:
    return np.clip(np.nan_to_num(np.broadcast_to(eps, (len(stack),)), nan=1.0), 1e-300, 1e300)


def _pseudo_parts(stack: Stack, eps: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Left and right singular vectors at the point of largest modulus, and ``Re(z̄ u*v)/|z|``, the growth of σ along the ray."""
    z = pseudospectral_maximisers(_finite(stack), _admissible(eps, stack))[1]
    _, u, v = _bottom(_at(stack, z))
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.real(z / np.abs(z) * np.sum(np.conj(u) * v, axis=-1))
    return u, v, growth


def _pseudo_vjp(ans: np.ndarray, stack: Stack, eps: np.ndarray) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        u, v, growth = _pseudo_parts(stack, eps)
        with np.errstate(divide="ignore", invalid="ignore"):
            return _quiet(weights / growth)[:, None, None] * _outer(u, v, stack)

    return pull


def _pseudo_eps_vjp(ans: np.ndarray, stack: Stack, eps: np.ndarray) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return _quiet(weights / _pseudo_parts(stack, eps)[2])

    return pull


@primitive
def exponential_norm(stack: Stack, t: np.ndarray) -> np.ndarray:
    """``‖e^{tX}‖``; undefined where ``‖tX‖`` is too large for floats."""
    return _masked(stack, _exponential_parts(stack, t)[1])


def _exponential_parts(stack: Stack, t: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """``(tX, ‖e^{tX}‖, u, v)`` with the leading singular vectors; zero matrices in place of those whose exponential is no float."""
    scaled = _finite(stack) * np.nan_to_num(np.real(t))[:, None, None]
    small = np.linalg.norm(scaled, axis=(-2, -1)) < _LARGEST_EXPONENT
    powers = expm(np.where(small[:, None, None], scaled, 0.0))
    values, u, v = _top(powers)
    return scaled, np.where(small, values, np.nan), u, v


def _exponential_vjp(ans: np.ndarray, stack: Stack, t: np.ndarray) -> Callable[[Weights], np.ndarray]:
    """``d‖e^Y‖ = Re tr(vu* L(Y, dY))`` with the derivative ``L`` of the exponential, and ``tr(A L(Y, B)) = tr(L(Y, A) B)``."""

    def pull(weights: Weights) -> np.ndarray:
        scaled, _, u, v = _exponential_parts(stack, t)
        order = scaled.shape[-1]
        block = np.zeros((len(scaled), 2 * order, 2 * order), dtype=np.result_type(scaled, u))
        block[:, :order, :order] = block[:, order:, order:] = np.where(np.isfinite(ans)[:, None, None], scaled, 0.0)
        block[:, :order, order:] = v[..., :, None] * np.conj(u)[..., None, :]
        slope = np.swapaxes(expm(block)[:, :order, order:], -1, -2) * np.real(t)[:, None, None]
        return _quiet(weights)[:, None, None] * np.nan_to_num(slope if np.iscomplexobj(stack) else slope.real)

    return pull


def _exponential_time_vjp(ans: np.ndarray, stack: Stack, t: np.ndarray) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        _, values, u, _v = _exponential_parts(stack, t)
        turned = np.einsum("kij,kj->ki", _finite(stack), np.nan_to_num(values)[:, None] * u)  # X commutes with e^{tX}, and e^{tX} v = ‖e^{tX}‖ u
        return _quiet(weights) * np.nan_to_num(np.real(np.sum(np.conj(u) * turned, axis=-1)))

    return pull


@primitive
def spectrum_distance(stack: Stack, z: np.ndarray) -> np.ndarray:
    """Distances from ``z`` to the spectra."""
    return _masked(stack, np.abs(np.linalg.eigvals(_finite(stack)) - np.reshape(z, (-1, 1))).min(axis=-1))


@primitive
def inverse(stack: Stack) -> np.ndarray:
    """Inverses; a singular matrix gives ``nan`` for that member only."""
    out = np.full(stack.shape, np.nan, dtype=stack.dtype)
    good = np.isfinite(stack).all(axis=(-2, -1)) & (np.abs(np.linalg.det(_finite(stack))) > 0)
    if good.any():
        out[good] = np.linalg.inv(stack[good])
    return out


def _inverse_vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
    turned = np.swapaxes(np.nan_to_num(ans), -1, -2)
    return lambda weights: -turned @ np.nan_to_num(weights) @ turned


@primitive
def determinant(stack: Stack) -> np.ndarray:
    """Determinants."""
    return _masked(stack, np.linalg.det(_finite(stack)))


def _determinant_vjp(ans: np.ndarray, stack: Stack) -> Callable[[Weights], np.ndarray]:
    def pull(weights: Weights) -> np.ndarray:
        with np.errstate(all="ignore"):
            return _quiet(weights * ans)[:, None, None] * np.nan_to_num(np.swapaxes(inverse(stack), -1, -2))

    return pull


def _no_information(ans: np.ndarray, *inputs: np.ndarray) -> Callable[[Weights], np.ndarray]:
    return lambda weights: np.zeros_like(inputs[0])


defvjp(norm, _norm_vjp)
defvjp(smallest_singular_value, _smallest_vjp)
defvjp(resolvent_norm, _resolvent_vjp, _resolvent_place_vjp)
defvjp(numerical_radius, _numerical_vjp)
defvjp(transient_peak, _peak_vjp)
defvjp(pseudospectral_radius, _pseudo_vjp, _pseudo_eps_vjp)
defvjp(exponential_norm, _exponential_vjp, _exponential_time_vjp)
defvjp(inverse, _inverse_vjp)
defvjp(determinant, _determinant_vjp)
defvjp(spectrum_distance, _no_information, lambda ans, stack, z: lambda weights: np.zeros_like(z))
