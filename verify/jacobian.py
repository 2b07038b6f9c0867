"""The Jacobian of a training step, from the code of the step: JAX and PyTorch. Floating point.

A step is a function ``update(x, y) -> (x', y')`` of the two players' parameters: real floating arrays, or nested dicts, lists and (named) tuples of
them. Its Jacobian has the blocks ``[[A, B], [C, D]]``, ``A`` and ``D`` of each player alone, ``C`` and ``B`` their cross-dependencies::

    J = verify.jacobian.from_jax(update, generator, discriminator)
    print(J.departures())
    print(verify.kreiss_constant(J, 1e-3, radius=1.001 * J.spectral_radius))

A derivative says nothing of what was detached from it: a step whose gradient was taken without ``create_graph=True`` differentiates to the identity. So
each Jacobian is compared with differences of the step itself, block by block, and refused where they grossly disagree (``check=False`` leaves
that out). Neither library is imported before it is used, and neither is a dependency of this package: the extra ``experiments`` brings JAX.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, reduce
from types import ModuleType
from typing import Any, Protocol

import numpy as np
from scipy.sparse.linalg import LinearOperator

from verify.numerics.arrays import Array, RealArray, square

__all__ = ["Departures", "StepJacobian", "from_jax", "from_torch", "of_matrix", "operator_from_jax", "operator_from_torch"]

Update = Callable[[Any, Any], tuple[Any, Any]]
Product = Callable[[RealArray], RealArray]
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
    """``matrix`` is ``[[A, B], [C, D]]``, shape ``(n, n)``, ``A`` of order ``p``; the object is taken wherever a matrix is.

    ``precision`` is the coarsest type of number among the parameters, in which the entries were computed: with ``float32`` they are good to about
    ``1e-7`` relatively, and ``ρ(J)`` is not told from 1 any closer, whatever the accuracy of what is computed from them.
    """

    matrix: Array
    p: int
    precision: str = "float64"

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.matrix, dtype=dtype, copy=copy)

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


def of_matrix(matrix: Any, p: int, precision: str = "float64") -> StepJacobian:
    """A Jacobian from a matrix and the order of its first block.

    Raises:
        TypeError, ValueError: if it is not a square matrix of finite machine numbers, or ``p`` is not in ``1 … n − 1``.
    """
    array = square(matrix, "the Jacobian")
    if isinstance(p, bool) or not isinstance(p, (int, np.integer)) or not 0 < p < len(array):
        raise ValueError(f"p = {p!r}; the first block has an order from 1 to {len(array) - 1}")
    return StepJacobian(array, int(p), precision)


def from_jax(update: Update, x: Any, y: Any, *, check: bool = True) -> StepJacobian:
    """The Jacobian of ``update`` at ``(x, y)`` by forward-mode differentiation, exact up to rounding; in the precision of the parameters (prefer float64).

    Nothing is compiled here, so Python's own branches and loops may follow values; ``jax.jit(update)`` may be passed as well.

    Raises:
        ImportError: if JAX is not installed.
        TypeError: if a parameter is not real and floating, or the step makes Python or NumPy of a traced value.
        ValueError: if the step is not finite, does not keep names and shapes, is no function (two calls differ), there are more than
            ``LARGEST_DENSE`` parameters, or the Jacobian disagrees with the step's differences.
    """
    library = _Jax()
    step = _flat(library, update, x, y)
    _refuse_large(step.n, "operator_from_jax")
    with library.tracing():
        matrix = _finite(library.jax.jacfwd(step.traced)(step.start), "the Jacobian of the step")
    return _dense(step, matrix, check)


def operator_from_jax(update: Update, x: Any, y: Any, *, check: bool = True) -> tuple[LinearOperator, int]:
    """The Jacobian as products only, ``(operator, p)``, for :func:`verify.kreiss_lower_bound`; nothing of size ``n × n`` is formed.

    Raises:
        ImportError, TypeError, ValueError: as :func:`from_jax`.
    """
    library = _Jax()
    step = _flat(library, update, x, y)
    with library.tracing():
        _, tangent = library.jax.linearize(step.traced, step.start)
        _, cotangent = library.jax.vjp(step.traced, step.start)
    forward, backward = library.jax.jit(tangent), library.jax.jit(lambda w: cotangent(w)[0])
    return _products(step, lambda v: forward(step.vector(v)), lambda w: backward(step.vector(w)), check)


def from_torch(update: Update, x: Any, y: Any, *, check: bool = True) -> StepJacobian:
    """The Jacobian of ``update`` at ``(x, y)``, exact up to rounding; gradients inside the step must be taken with ``create_graph=True``.

    Raises:
        ImportError: if PyTorch is not installed.
        TypeError, ValueError: as :func:`from_jax`.
    """
    library = _Torch()
    step = _flat(library, update, x, y)
    _refuse_large(step.n, "operator_from_torch")
    matrix = library.torch.autograd.functional.jacobian(step.traced, step.start)
    return _dense(step, _finite(library.numbers(matrix), "the Jacobian of the step"), check)


def operator_from_torch(update: Update, x: Any, y: Any, *, check: bool = True) -> tuple[LinearOperator, int]:
    """The Jacobian as products only, as :func:`operator_from_jax`."""
    library = _Torch()
    step = _flat(library, update, x, y)
    functional = library.torch.autograd.functional
    return _products(
        step,
        lambda v: library.numbers(functional.jvp(step.traced, step.start, step.vector(v))[1]),
        lambda w: library.numbers(functional.vjp(step.traced, step.start, step.vector(w))[1]),
        check,
    )


@dataclass(frozen=True)
class _Step:
    """A step on one vector of the library, with ``x`` its first ``p`` entries, at ``start``, where it has the value ``after``."""

    library: _Library
    traced: Callable[[Any], Any]
    start: Any
    p: int
    precision: str
    eps: float
    after: RealArray

    @property
    def n(self) -> int:
        return len(self.after)

    @property
    def at(self) -> RealArray:
        return self.library.numbers(self.start).astype(np.float64)

    def vector(self, v: RealArray) -> Any:
        return self.library.vector(v, self.start)

    def __call__(self, v: RealArray) -> RealArray:
        return self.library.call(self.traced, self.vector(v))


def _flat(library: _Library, update: Update, x: Any, y: Any) -> _Step:
    """The step on one vector, after every check that needs no derivative. The vector has the widest of the leaves' types, at least float32."""
    players = [list(part) if isinstance(part, Iterator) else part for part in (x, y)]
    leaves = [_leaves(library, part, name) for part, name in zip(players, "xy", strict=True)]
    sizes = [sum(int(np.prod(leaf.shape)) for leaf in part.values()) for part in leaves]
    if 0 in sizes:
        raise ValueError(f"x has {sizes[0]} parameters and y has {sizes[1]}; both players need at least one")
    flat = [leaf for part in leaves for leaf in part.values()]
    wide = library.widest([leaf.dtype for leaf in flat])
    cuts = np.cumsum([int(np.prod(leaf.shape)) for leaf in flat])

    def step(v: Any) -> Any:
        pieces = [
            library.cast(v[end - int(np.prod(leaf.shape)) : end].reshape(tuple(leaf.shape)), leaf.dtype) for leaf, end in zip(flat, cuts, strict=True)
        ]
        first = len(leaves[0])
        after = _pair(update(library.rebuilt(players[0], pieces[:first]), library.rebuilt(players[1], pieces[first:])))
        parts = []
        for name, before, part in zip("xy", leaves, after, strict=True):
            found = _leaves(library, list(part) if isinstance(part, Iterator) else part, name, "after the step")
            _same_shapes(name, before, found)
            parts += [library.cast(found[key].reshape(-1), wide) for key in before]
        return library.join(parts)

    start = library.join([library.cast(leaf.reshape(-1), wide) for leaf in flat])
    coarsest = max((leaf.dtype for leaf in flat), key=library.eps)
    after = _finite(library.call(step, start), "the step")
    return _Step(library, step, start, sizes[0], str(coarsest).removeprefix("torch."), library.eps(coarsest), after)


def _dense(step: _Step, matrix: RealArray, check: bool) -> StepJacobian:
    if check:
        _compare(step, lambda v: matrix @ v)
    return of_matrix(matrix, step.p, step.precision)


def _products(step: _Step, forward: Callable[[RealArray], Any], backward: Callable[[RealArray], Any], check: bool) -> tuple[LinearOperator, int]:
    """Products with finite numbers, tried once; on real and imaginary parts where a vector is complex."""

    def both(product: Callable[[RealArray], Any]) -> Callable[[Array], Array]:
        def real(v: RealArray) -> RealArray:
            return _finite(product(v), "a product with the Jacobian of the step")

        def apply(v: Array) -> Array:
            v = np.asarray(v).reshape(-1)
            return real(v.real) + 1j * real(v.imag) if np.iscomplexobj(v) else real(v)

        return apply

    onward, back = both(forward), both(backward)
    trial = np.random.default_rng(0).standard_normal(step.n)
    onward(trial), back(trial)
    if check:
        _compare(step, onward)
    dtype = np.float64 if step.eps <= np.finfo(np.float64).eps else np.float32
    return LinearOperator((step.n, step.n), matvec=onward, rmatvec=back, dtype=dtype), step.p


BLOCKS = {("x", "x"): "A", ("x", "y"): "B", ("y", "x"): "C", ("y", "y"): "D"}
"""``∂x'/∂x``, ``∂x'/∂y``, ``∂y'/∂x``, ``∂y'/∂y``."""


def _compare(step: _Step, product: Product) -> None:
    """Differences of the step against products with its Jacobian, along two random directions for each player.

    Raises:
        ValueError: if the step is no function, or a block disagrees along both directions.
    """
    change = float(np.linalg.norm(step(step.at) - step.after))
    if change > 64 * step.eps * float(np.linalg.norm(step.after)):
        raise ValueError(
            f"two calls of update at the same point differ by {change:.2g}: the step is stochastic or keeps a state; "
            "fix its noise, its batch and its state, so that it is a function of (x, y)"
        )
    rng = np.random.default_rng(0)
    first = _disagreements(step, product, rng)
    wrong = [block for block in _disagreements(step, product, rng) if block in first] if first else []
    if wrong:
        raise ValueError(
            f"the Jacobian disagrees with the step's own differences, in {' and '.join(wrong)} of [[A, B], [C, D]]: a gradient was detached? "
            f"{step.library.remedy}. Where the step is right and has kinks (ReLU), use float64, or check=False"
        )


def _disagreements(step: _Step, product: Product, rng: np.random.Generator) -> list[str]:
    """The blocks whose product with a random vector is grossly not the step's difference quotient.

    The tolerance has three parts: a tenth of what the block moves beyond the identity; four times how far the forward and the backward quotient differ, or
    those over ``h`` and ``4h``, which measures curvature, kinks, jumps and the step's own rounding; and the rounding of the result. In double precision
    ``h`` is so short that few kinks are crossed. Below that the quotients of a network with ReLU are those of a smoothed step: only a block that is exactly 0
    or exactly the identity, as a detached gradient leaves it, is judged.
    """
    found = []
    at, f, typical = step.at, step.after, float(np.sqrt(np.mean(step.after**2)))
    double = step.eps <= np.finfo(np.float64).eps
    ranges = {"x": slice(0, step.p), "y": slice(step.p, None)}
    for moved, entries in ranges.items():
        v = np.zeros(step.n)
        v[entries] = rng.choice((-1.0, 1.0), size=len(at[entries]))
        h = (1e-8 if double else step.eps ** (1 / 3)) * max(float(np.sqrt(np.mean(at[entries] ** 2))), 1e-3)
        (forward, backward), wider = (((step(at + k * v) - f) / k, (f - step(at - k * v)) / k) for k in (h, 4 * h))
        quotient, derivative = 0.5 * (forward + backward), product(v)
        bends = forward - backward, quotient - 0.5 * (wider[0] + wider[1])
        for seen, rows in ranges.items():
            own, J, D = v[rows], derivative[rows], quotient[rows]
            if not (double or np.array_equal(J, own) or not J.any()):
                continue
            bend = max(np.linalg.norm(part[rows]) for part in bends)
            rounding = 2 * step.eps * (np.linalg.norm(f[rows]) + typical * np.sqrt(len(own))) / h
            if np.linalg.norm(J - D) > 0.1 * np.linalg.norm(D - own) + 4 * bend + rounding:  # false where a quotient is NaN: no witness
                found.append(BLOCKS[seen, moved])
    return found


class _Library(Protocol):
    """The little in which JAX and PyTorch differ."""

    remedy: str

    def walk(self, tree: Any, name: str) -> Iterator[tuple[str, Any]]:
        """The leaves with their names, in a fixed order."""

    def rebuilt(self, tree: Any, leaves: Sequence[Any]) -> Any: ...

    def array(self, leaf: Any) -> Any:
        """The leaf as an array of the library; TypeError or ValueError if it is none."""

    def floating(self, dtype: Any) -> bool: ...

    def eps(self, dtype: Any) -> float: ...

    def widest(self, dtypes: Sequence[Any]) -> Any: ...

    def cast(self, array: Any, dtype: Any) -> Any: ...

    def join(self, parts: Sequence[Any]) -> Any: ...

    def vector(self, v: RealArray, like: Any) -> Any: ...

    def numbers(self, array: Any) -> RealArray: ...

    def call(self, step: Callable[[Any], Any], v: Any) -> RealArray: ...


class _Jax:
    remedy = "a jax.lax.stop_gradient inside the step stops this derivative too: pass what is held fixed as an argument of its own"

    def __init__(self) -> None:
        self.jax = _installed("jax", 'JAX', 'pip install "transient-verify[experiments]" (in a checkout: pip install -e ".[experiments]")')
        self.jnp = self.jax.numpy

    def walk(self, tree: Any, name: str) -> Iterator[tuple[str, Any]]:
        for path, leaf in self.jax.tree_util.tree_flatten_with_path(tree)[0]:
            yield name + self.jax.tree_util.keystr(path), leaf

    def rebuilt(self, tree: Any, leaves: Sequence[Any]) -> Any:
        return self.jax.tree_util.tree_unflatten(self.jax.tree_util.tree_structure(tree), leaves)

    def array(self, leaf: Any) -> Any:
        return self.jnp.asarray(leaf)

    def floating(self, dtype: Any) -> bool:
        return bool(self.jnp.issubdtype(dtype, self.jnp.floating))

    def eps(self, dtype: Any) -> float:
        return float(self.jnp.finfo(dtype).eps)

    def widest(self, dtypes: Sequence[Any]) -> Any:
        return self.jnp.result_type(self.jnp.float32, *dtypes)

    def cast(self, array: Any, dtype: Any) -> Any:
        return array.astype(dtype)

    def join(self, parts: Sequence[Any]) -> Any:
        return self.jnp.concatenate(parts)

    def vector(self, v: RealArray, like: Any) -> Any:
        return self.jnp.asarray(v, like.dtype)

    def numbers(self, array: Any) -> RealArray:
        return np.asarray(array)

    def call(self, step: Callable[[Any], Any], v: Any) -> RealArray:
        with self.tracing():
            return self.numbers(step(v)).astype(np.float64)

    @contextmanager
    def tracing(self) -> Iterator[None]:
        try:
            yield
        except self.jax.errors.JAXTypeError as error:
            raise TypeError(
                f"update makes a Python or NumPy value of a traced one ({type(error).__name__}): in what jax.jit compiles write a branch as jax.lax.cond or "
                "jnp.where, or do not jit it; and use jnp for NumPy's functions, without float(), int() or .item()"
            ) from error


class _Torch:
    remedy = "pass create_graph=True to torch.autograd.grad, and no .detach() or torch.no_grad() inside the step"

    def __init__(self) -> None:
        self.torch = _installed("torch", "PyTorch", "its own site, pytorch.org, says how to install it")

    def walk(self, tree: Any, name: str) -> Iterator[tuple[str, Any]]:
        if isinstance(tree, Mapping):
            for key, value in tree.items():
                yield from self.walk(value, f"{name}[{key!r}]")
        elif isinstance(tree, (list, tuple)):
            for key, value in zip(getattr(tree, "_fields", range(len(tree))), tree, strict=True):
                yield from self.walk(value, f"{name}.{key}" if hasattr(tree, "_fields") else f"{name}[{key}]")
        else:
            yield name, tree

    def rebuilt(self, tree: Any, leaves: Sequence[Any]) -> Any:
        pieces = iter(leaves)

        def build(tree: Any) -> Any:
            if isinstance(tree, Mapping):
                return {key: build(value) for key, value in tree.items()}
            if isinstance(tree, (list, tuple)):
                values = [build(value) for value in tree]
                return type(tree)(*values) if hasattr(tree, "_fields") else type(tree)(values)
            return next(pieces)

        return build(tree)

    def array(self, leaf: Any) -> Any:
        return leaf if isinstance(leaf, self.torch.Tensor) else self.torch.as_tensor(np.asarray(leaf))

    def floating(self, dtype: Any) -> bool:
        return bool(dtype.is_floating_point)

    def eps(self, dtype: Any) -> float:
        return float(self.torch.finfo(dtype).eps)

    def widest(self, dtypes: Sequence[Any]) -> Any:
        return reduce(self.torch.promote_types, dtypes, self.torch.float32)

    def cast(self, array: Any, dtype: Any) -> Any:
        return array.to(dtype, copy=True)  # a copy, so that a step that writes into its argument writes into nobody else's

    def join(self, parts: Sequence[Any]) -> Any:
        return self.torch.cat(parts)

    def vector(self, v: RealArray, like: Any) -> Any:
        return self.torch.as_tensor(v, dtype=like.dtype, device=like.device)

    def numbers(self, array: Any) -> RealArray:
        return array.detach().cpu().numpy()

    def call(self, step: Callable[[Any], Any], v: Any) -> RealArray:
        with self.torch.enable_grad():
            return self.numbers(step(v.detach().clone().requires_grad_(True))).astype(np.float64)


def _installed(module: str, library: str, remedy: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise ImportError(f"{library} is not installed: {remedy}", name=module) from None


def _leaves(library: _Library, tree: Any, player: str, when: str = "") -> dict[str, Any]:
    """The arrays of a player by name; TypeError for the first that is not real and floating."""
    found = {}
    for name, leaf in library.walk(tree, player):
        try:
            array = library.array(leaf)
            kind = f"dtype {str(array.dtype).removeprefix('torch.')}"
        except (TypeError, ValueError, RuntimeError):
            array, kind = None, f"type {type(leaf).__name__}"
        if array is None or not library.floating(array.dtype):
            raise TypeError(f"leaf {name} has {kind}{when and ' '}{when}; pass only real floating parameters and close over the rest")
        found[name] = array
    return found


def _same_shapes(player: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    names = [f"lost the leaf {name}" for name in before if name not in after] + [f"has the new leaf {name}" for name in after if name not in before]
    if names:
        raise ValueError(f"after the step {player} {names[0]}; a step keeps the names and the shape of every leaf")
    for name, leaf in before.items():
        if tuple(leaf.shape) != tuple(after[name].shape):
            shapes = f"{tuple(leaf.shape)} before the step and {tuple(after[name].shape)} after it"
            raise ValueError(f"leaf {name} has shape {shapes}; a step keeps the names and the shape of every leaf")


def _pair(after: Any) -> Sequence[Any]:
    if not isinstance(after, tuple) or len(after) != 2:
        raise ValueError(f"update returned a {type(after).__name__}; it must return the pair (x', y') of both players' new parameters")
    return after


def _refuse_large(n: int, remedy: str) -> None:
    if n > LARGEST_DENSE:
        raise ValueError(f"the step has {n} parameters; a matrix is formed up to {LARGEST_DENSE}: use {remedy} and verify.kreiss_lower_bound")


def _finite(values: Any, what: str) -> RealArray:
    array = np.asarray(values)
    if not np.isfinite(array).all():
        bad = int((~np.isfinite(array)).sum())
        raise ValueError(f"{what} has {bad} entries that are NaN or infinite; training has diverged, or a gradient is undefined here")
    return array.astype(np.float64)


def _norm(block: Array) -> float:
    return float(np.linalg.norm(block, 2))


def _radius(block: Array) -> float:
    """``ρ``; of a symmetric block by its real eigenvalues."""
    symmetric = np.array_equal(block, block.conj().T)
    return float(np.abs(np.linalg.eigvalsh(block) if symmetric else np.linalg.eigvals(block)).max())
