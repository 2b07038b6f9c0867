"""Classes of matrices."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import autograd.numpy as np
import numpy
from hypothesis import strategies as st
from sympy import Determinant, Eq, Expr, Identity, MatMul, MatrixSymbol, sympify
from sympy.logic.boolalg import Boolean

from verify.domain.base import DomainClass, Environment, ExactEnvironment, Shape, exact_value, float_value
from verify.domain.rational import cayley, fractions_up_to, rounded, rounded_matrix, scaled_into_ball, unit_vector_near
from verify.language.logic import MatrixEq, Normal, PositiveSemidefinite, Symmetric
from verify.language.quantities import Norm, SpectralRadius
from verify.numerics.exact import RationalMatrix

__all__ = ["coupling", "general", "normal", "symmetric", "unit_vector"]

_SMALL = st.integers(-3, 3).map(Fraction) | st.sampled_from(fractions_up_to(4, 8))


def orthogonal(x: Any, n: int) -> Any:
    """Rotations ``(I − S)(I + S)^{-1}`` from ``n(n−1)/2`` parameters each; shape ``(N, n, n)``, differentiable."""
    if n == 1:
        return np.ones((len(x), 1, 1))
    rows, cols = numpy.triu_indices(n, 1)
    basis = numpy.zeros((len(rows), n, n))
    basis[numpy.arange(len(rows)), rows, cols] = 1
    basis[numpy.arange(len(rows)), cols, rows] = -1
    skew = np.einsum("ki,iab->kab", x, basis)
    identity = numpy.eye(n)
    return np.matmul(identity - skew, np.linalg.inv(identity + skew))


def _rotations(n: int) -> int:
    return n * (n - 1) // 2


@functools.cache
def _spectra_and_turns(n: int, unit: bool) -> st.SearchStrategy[tuple[list[Fraction], list[Fraction]]]:
    """Eigenvalues (of modulus at most 1, if ``unit``) and the skew parameters of a rotation; made once, for building a strategy is slow."""
    entries = st.sampled_from(fractions_up_to(1, 8)) | st.sampled_from([Fraction(1), Fraction(-1)]) if unit else _SMALL
    turns = st.sampled_from([Fraction(k) for k in ("0", "0", "1", "-1", "1/2", "1/3", "2")])
    return st.tuples(st.lists(entries, min_size=n, max_size=n), st.lists(turns, min_size=_rotations(n), max_size=_rotations(n)))


@functools.cache
def _tables(rows: int, cols: int) -> st.SearchStrategy[list[list[Fraction]]]:
    return st.lists(st.lists(_SMALL, min_size=cols, max_size=cols), min_size=rows, max_size=rows)


def _conjugated(turn: Any, eigenvalues: Any) -> Any:
    return np.einsum("kij,kj,klj->kil", turn, eigenvalues, turn)


def proper_signs(turn: numpy.ndarray) -> numpy.ndarray:
    """Signs of columns that take an orthogonal matrix as far as possible from the eigenvalue −1, where Cayley's map has no parameters."""
    n = len(turn)
    candidates = itertools.product((1.0, -1.0), repeat=n) if n <= 8 else ([1.0] * n,)
    return numpy.array(max(candidates, key=lambda signs: abs(numpy.linalg.det(numpy.eye(n) + turn * numpy.array(signs)))))


def skew_of(turn: numpy.ndarray) -> numpy.ndarray:
    """The parameters that :func:`orthogonal` maps to an orthogonal matrix, up to signs of its columns."""
    return cayley_parameters(turn * proper_signs(turn))


def cayley_parameters(turn: numpy.ndarray) -> numpy.ndarray:
    """``S = (I + Q)^{-1} (I − Q)``, its upper triangle."""
    n = len(turn)
    skew = numpy.linalg.solve(numpy.eye(n) + turn, numpy.eye(n) - turn)
    return skew[numpy.triu_indices(n, 1)]


def first_value(bound: Expr, env: Environment) -> float:
    return float(numpy.ravel(float_value(bound, env))[0])


def _random_orthogonal(rng: numpy.random.Generator, count: int, n: int) -> numpy.ndarray:
    q, r = numpy.linalg.qr(rng.standard_normal((count, n, n)))
    return q * numpy.sign(numpy.einsum("kii->ki", r))[:, None, :]


def _column(value: Any) -> Any:
    """A bound as a column that broadcasts over eigenvalues."""
    return np.reshape(value, (-1, 1)) if np.ndim(value) else value


def diagonal(entries: Sequence[Fraction]) -> RationalMatrix:
    n = len(entries)
    return RationalMatrix.from_rows([[entries[i] if i == j else Fraction(0) for j in range(n)] for i in range(n)])


@dataclass(frozen=True)
class _Symmetric(DomainClass):
    """Real symmetric matrices with spectrum in ``[−radius, radius]`` or in ``[above, ∞)``, or free; possibly with a prescribed eigenpair."""

    radius: Expr | None = None
    above: Expr | None = None
    attained: bool = False
    eigenvector: MatrixSymbol | None = None
    square: bool = field(default=True, init=False)

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        found: list[Boolean] = [Symmetric(symbol)]
        if self.radius is not None:
            found.append(SpectralRadius(symbol) <= self.radius)
        if self.above is not None:
            found.append(PositiveSemidefinite(symbol - self.above * Identity(symbol.rows)))
        if self.eigenvector is not None:
            found.append(MatrixEq(MatMul(symbol, self.eigenvector), MatMul(self.radius, self.eigenvector)))
        elif self.attained:
            found.append(Eq(Determinant(self.radius * Identity(symbol.rows) - symbol), 0))
        return tuple(found)

    def wider(self, symbol: Any) -> Sequence[tuple[str, DomainClass]]:
        if self.attained or self.eigenvector is not None:
            return ()
        if self.above is not None:
            return ((f"{symbol.name} ⪰ {self.above} I", _Symmetric()),)
        bound = () if self.radius is None else ((f"rho({symbol.name}) <= {self.radius}", _Symmetric()),)
        return (*bound, (f"{symbol.name} symmetric", _General(self.radius)))

    # -- floats ------------------------------------------------------------------------------------------------------

    def dimension(self, shape: Shape) -> int:
        return shape[0] + _rotations(shape[0])

    def dial(self, shape: Shape) -> tuple[int, str] | None:
        """One eigenvalue (of two, where another is fixed)."""
        return (int(self.attained), "real" if self.radius is None else "sine") if self.eigenvector is None and shape[0] > self.attained else None

    def _eigenvalues(self, u: Any, env: Environment) -> Any:
        if self.above is not None:
            return _column(float_value(self.above, env)) + u**2
        return u if self.radius is None else _column(float_value(self.radius, env)) * np.sin(u)

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        n = shape[0]
        matrix = _conjugated(orthogonal(x[:, n:], n), self._eigenvalues(x[:, :n], env))
        if self.eigenvector is not None:
            return self._with_eigenvector(matrix, env[self.eigenvector.name], float_value(self.radius, env))
        if self.attained:
            first = numpy.eye(n)[0]
            eigenvalues = self._eigenvalues(x[:, :n], env) * (1 - first) + _column(float_value(self.radius, env)) * first
            return _conjugated(orthogonal(x[:, n:], n), eigenvalues)
        return matrix

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        eigenvalues, vectors = numpy.linalg.eigh(numpy.asarray(value, dtype=float))
        if self.attained:
            eigenvalues, vectors = eigenvalues[::-1], vectors[:, ::-1]
        if self.above is not None:
            u = numpy.sqrt(numpy.maximum(eigenvalues - first_value(self.above, env), 0.0))
        elif self.radius is None:
            u = eigenvalues
        else:
            radius = first_value(self.radius, env)
            u = numpy.arcsin(numpy.clip(eigenvalues / radius, -1, 1)) if radius > 0 else numpy.zeros(shape[0])
        return numpy.concatenate([u, skew_of(vectors)])

    @staticmethod
    def _with_eigenvector(matrix: Any, vector: Any, radius: Any) -> Any:
        projector = np.matmul(vector, np.swapaxes(vector, 1, 2))
        rest = numpy.eye(matrix.shape[1]) - projector
        return np.reshape(radius, (-1, 1, 1)) * projector + np.matmul(np.matmul(rest, matrix), rest)

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        n = shape[0]
        if self.above is not None:
            spread = 10.0 ** rng.uniform(-3, 2, (count, n)) * (rng.uniform(size=(count, n)) < 0.7)
            eigenvalues = _column(float_value(self.above, env)) + spread
        else:
            scale = 1.0 if self.radius is None else _column(float_value(self.radius, env))
            inside, edge = rng.uniform(-1, 1, (count, n)), rng.choice([-1.0, 1.0, 1.0], (count, n))
            near = edge * (1 - 10.0 ** rng.uniform(-6, 0, (count, n)))
            kind = rng.integers(0, 4, (count, n))
            eigenvalues = scale * numpy.select([kind == 0, kind == 1, kind == 2], [inside, edge, near], 0.0)
            if self.attained:
                eigenvalues[:, 0] = numpy.broadcast_to(numpy.ravel(scale), (count,))
        matrix = _conjugated(_random_orthogonal(rng, count, n), eigenvalues)
        if self.eigenvector is None:
            return matrix
        return self._with_eigenvector(matrix, env[self.eigenvector.name], float_value(self.radius, env))

    # -- exact -------------------------------------------------------------------------------------------------------

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[RationalMatrix]:
        spectra = _spectra_and_turns(shape[0], unit=self.above is None and self.radius is not None)
        return spectra.map(lambda drawn: self._exact(drawn[0], drawn[1], env))

    def _exact(self, unit: Sequence[Fraction], skew: Sequence[Fraction], env: ExactEnvironment) -> RationalMatrix:
        """``Q diag Q^T`` with a rational rotation, scaled into the class."""
        n = len(unit)
        if self.above is not None:
            eigenvalues = [exact_value(self.above, env) + abs(u) for u in unit]
        elif self.radius is None:
            eigenvalues = list(unit)
        else:
            eigenvalues = [exact_value(self.radius, env) * u for u in unit]
            if self.attained:
                eigenvalues[0] = exact_value(self.radius, env)
        turn = _exact_rotation(n, skew)
        matrix = turn * diagonal(eigenvalues) * turn.transpose()
        return matrix if self.eigenvector is None else self._exact_with_eigenvector(matrix, env)

    def _exact_with_eigenvector(self, matrix: RationalMatrix, env: ExactEnvironment) -> RationalMatrix:
        assert self.eigenvector is not None
        vector = env[self.eigenvector.name]
        projector = vector * vector.transpose()
        rest = RationalMatrix.identity(matrix.shape[0]) - projector
        return projector * exact_value(self.radius, env) + rest * matrix * rest

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[RationalMatrix]:
        n, none = shape[0], [Fraction(0)] * _rotations(shape[0])
        one, zero = Fraction(1), Fraction(0)
        patterns = [[one] * n, [zero] * n, [-one] * n, [one if i % 2 == 0 else -one for i in range(n)], [one] + [zero] * (n - 1)]
        found = [self._exact(pattern, none, env) for pattern in patterns]
        if n > 1:
            found.append(self._exact([one] + [-one] * (n - 1), [one, *none[1:]], env))
        return list(dict.fromkeys(found))

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> RationalMatrix:
        array = numpy.asarray(value, dtype=float)
        if self.above is not None:
            return self._rounded_above(array, env, digits)
        near = _symmetrised(rounded_matrix((array + array.T) / 2, digits))
        if self.eigenvector is not None:
            return self._exact_with_eigenvector(scaled_into_ball(near, exact_value(self.radius, env), digits), env)
        if self.attained:
            return self._rounded_attained(array, env, digits)
        return near if self.radius is None else _symmetrised(scaled_into_ball(near, exact_value(self.radius, env), digits))

    def snap(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> RationalMatrix:
        """``Q diag Qᵀ`` with a rational rotation and with eigenvalues that are simple multiples of their bound: those at the bound are exactly there."""
        if self.attained or self.eigenvector is not None:
            return self.round(value, shape, env, digits)
        array = numpy.asarray(value, dtype=float)
        eigenvalues, vectors = numpy.linalg.eigh((array + array.T) / 2)
        return self._exact([self._share(float(x), env, digits) for x in eigenvalues], _simple_skew(vectors, digits), env)

    def _share(self, eigenvalue: float, env: ExactEnvironment, digits: int) -> Fraction:
        """What :meth:`_exact` makes an eigenvalue of: a part of the radius, or a distance above the floor."""
        if self.above is not None:
            return max(Fraction(0), rounded(eigenvalue - float(exact_value(self.above, env)), digits))
        if self.radius is None:
            return rounded(eigenvalue, digits)
        radius = float(exact_value(self.radius, env))
        part = rounded(eigenvalue / radius, digits) if radius > 0 else Fraction(0)
        return max(Fraction(-1), min(Fraction(1), part))

    def _rounded_above(self, array: numpy.ndarray, env: ExactEnvironment, digits: int) -> RationalMatrix:
        from verify.numerics.positivity import is_psd

        floor = exact_value(self.above, env)
        identity = RationalMatrix.identity(len(array))
        excess = _symmetrised(rounded_matrix(array - float(floor) * numpy.eye(len(array)), digits))
        lift = Fraction(0)
        for power in range(digits + 2, -4, -1):
            if is_psd(excess + identity * lift):
                break
            lift = Fraction(10) ** -power
        return excess + identity * (floor + lift)

    def _rounded_attained(self, array: numpy.ndarray, env: ExactEnvironment, digits: int) -> RationalMatrix:
        radius = exact_value(self.radius, env)
        vector = unit_vector_near(numpy.linalg.eigh(array)[1][:, -1], digits)
        projector = vector * vector.transpose()
        rest = RationalMatrix.identity(len(array)) - projector
        inner = scaled_into_ball(_symmetrised(rounded_matrix((array + array.T) / 2, digits)), radius, digits)
        return projector * radius + rest * inner * rest


def _simple_skew(vectors: numpy.ndarray, digits: int) -> list[Fraction]:
    """Rounded Cayley parameters of an orthogonal matrix, as :func:`_exact_rotation` takes them; columns may change their sign."""
    turn = vectors * proper_signs(vectors)
    skew = numpy.linalg.solve(numpy.eye(len(turn)) + turn, numpy.eye(len(turn)) - turn)
    return [Fraction(0) if abs(x) < 10.0**-digits else rounded(float(x), digits) for x in skew[numpy.triu_indices(len(turn), 1)]]


def _exact_rotation(n: int, skew: Sequence[Fraction]) -> RationalMatrix:
    rows = [[Fraction(0)] * n for _ in range(n)]
    for value, (i, j) in zip(skew, itertools.combinations(range(n), 2), strict=True):
        rows[i][j], rows[j][i] = value, -value
    return cayley(RationalMatrix.from_rows(rows))


def _symmetrised(matrix: RationalMatrix) -> RationalMatrix:
    return (matrix + matrix.transpose()) * Fraction(1, 2)


def symmetric(*, rho: Any = None, above: Any = None, attained: bool = False, eigenvector: MatrixSymbol | None = None) -> DomainClass:
    """Real symmetric matrices.

    Args:
        rho: bound of the spectral radius (equal to the norm here); a number or a parameter of the domain.
        above: ``X ⪰ above·I`` instead.
        attained: ``rho`` is an eigenvalue.
        eigenvector: a unit vector of the domain (drawn before) that belongs to the eigenvalue ``rho``.
    """
    if rho is not None and above is not None:
        raise ValueError("symmetric(): give rho or above, not both")
    if (attained or eigenvector is not None) and rho is None:
        raise ValueError("symmetric(): attained and eigenvector speak of the eigenvalue rho: give rho")
    return _Symmetric(None if rho is None else sympify(rho), None if above is None else sympify(above), attained, eigenvector)


@dataclass(frozen=True)
class _General(DomainClass):
    """Real matrices, free or with ``‖X‖ <= norm``."""

    norm: Expr | None = None

    @property
    def free(self) -> bool:
        return self.norm is None

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        return () if self.norm is None else (Norm(symbol) <= self.norm,)

    def wider(self, symbol: Any) -> Sequence[tuple[str, DomainClass]]:
        return () if self.norm is None else ((f"‖{symbol.name}‖ <= {self.norm}", _General()),)

    def dial(self, shape: Shape) -> tuple[int, str] | None:
        """The size of a free matrix; the largest part of the bound of another."""
        return 0, "log" if self.norm is None else "sine"

    def dimension(self, shape: Shape) -> int:
        return 1 + shape[0] * shape[1] if self.norm is None else _rotations(shape[0]) + _rotations(shape[1]) + min(shape)

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        rows, cols = shape
        if self.norm is None:  # a scale and a shape, so that an optimiser moves over decades
            return np.reshape(np.exp(x[:, 0]), (-1, 1, 1)) * np.reshape(x[:, 1:], (len(x), rows, cols))
        k = min(shape)
        left = orthogonal(x[:, k : k + _rotations(rows)], rows)[:, :, :k]
        right = orthogonal(x[:, k + _rotations(rows) :], cols)[:, :, :k]
        return np.einsum("kia,ka,kja->kij", left, _column(float_value(self.norm, env)) * np.sin(x[:, :k]), right)

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        array = numpy.asarray(value, dtype=float)
        if self.norm is None:
            size = numpy.linalg.norm(array, 2)
            return numpy.concatenate([[numpy.log(size)], array.ravel() / size]) if size > 0 else numpy.concatenate([[-9.0], array.ravel()])
        left, sizes, right = numpy.linalg.svd(array)
        norm = first_value(self.norm, env)
        angles = numpy.arcsin(numpy.clip(sizes / norm, -1, 1)) if norm > 0 else numpy.zeros(len(sizes))
        left_signs, right_signs = proper_signs(left), proper_signs(right.T)
        k = len(sizes)
        return numpy.concatenate([angles * left_signs[:k] * right_signs[:k], skew_of(left), skew_of(right.T)])

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        raw = rng.standard_normal((count, *shape))
        thin = rng.standard_normal((count, shape[0], 1)) * rng.standard_normal((count, 1, shape[1]))
        raw = numpy.where(rng.uniform(size=(count, 1, 1)) < 0.4, thin, raw)
        raw *= numpy.where(rng.uniform(size=raw.shape) < 0.15, 0.0, 1.0)
        if shape[0] == shape[1] > 1:  # some are nilpotent
            raw = numpy.where(rng.uniform(size=(count, 1, 1)) < 0.1, numpy.tril(raw, -1), raw)
        size = numpy.linalg.norm(raw, 2, axis=(1, 2))[:, None, None]
        raw = numpy.divide(raw, size, out=numpy.zeros_like(raw), where=size > 0)
        if self.norm is None:
            return raw * 10.0 ** rng.uniform(-3, 2.5, (count, 1, 1))
        fill = numpy.where(rng.uniform(size=count) < 0.6, 1.0, rng.uniform(size=count))
        return raw * numpy.reshape(float_value(self.norm, env) * fill, (-1, 1, 1))

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[RationalMatrix]:
        rows, cols = shape
        table = _tables(rows, cols)
        if self.norm is None:
            scale = st.sampled_from([Fraction(k) for k in ("1", "10", "1/10", "100", "1/100")])
            return st.tuples(table, scale).map(lambda drawn: RationalMatrix.from_rows([[entry * drawn[1] for entry in row] for row in drawn[0]]))
        bound = exact_value(self.norm, env)
        return table.map(lambda drawn: _within(drawn, bound))

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[RationalMatrix]:
        rows, cols = shape
        patterns = [[[int(i == 0 and j == 0) for j in range(cols)] for i in range(rows)], [[int(i == j) for j in range(cols)] for i in range(rows)]]
        if rows > 1 and cols > 1:
            patterns.append([[int(i == rows - 1 and j == 0) for j in range(cols)] for i in range(rows)])
        if rows == cols and rows > 1:
            patterns.append([[int(j == i + 1) for j in range(cols)] for i in range(rows)])
        scales = [Fraction(k) for k in ("1", "1/10", "4", "1/100", "10", "1/1000", "100", "2", "-1")]
        if self.norm is not None:
            scales = [exact_value(self.norm, env), -exact_value(self.norm, env)]
        found = [RationalMatrix.from_rows([[scale * entry for entry in row] for row in pattern]) for pattern in patterns for scale in scales]
        return list(dict.fromkeys([RationalMatrix.zeros(rows, cols), *found]))

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> RationalMatrix:
        near = rounded_matrix(numpy.asarray(value, dtype=float), digits)
        return near if self.norm is None else scaled_into_ball(near, exact_value(self.norm, env), digits)

    def snap(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> RationalMatrix:
        """``U Σ Vᵀ`` with rational rotations and with singular values that are simple multiples of the bound (of a simple number, without one)."""
        left, sizes, right = numpy.linalg.svd(numpy.asarray(value, dtype=float))
        bound = rounded(float(sizes[0]), digits) if self.norm is None else exact_value(self.norm, env)
        parts = [min(Fraction(1), rounded(float(size) / float(bound), digits)) if bound > 0 else Fraction(0) for size in sizes]
        left_signs, right_signs = proper_signs(left), proper_signs(right.T)
        rows = [[Fraction(0)] * shape[1] for _ in range(shape[0])]
        for k, part in enumerate(parts):
            rows[k][k] = part * bound * int(left_signs[k] * right_signs[k])
        core = RationalMatrix.from_rows(rows)
        return _exact_rotation(shape[0], _simple_skew(left, digits)) * core * _exact_rotation(shape[1], _simple_skew(right.T, digits)).transpose()


def _within(rows: Sequence[Sequence[Fraction]], bound: Fraction) -> RationalMatrix:
    """Scaled into ``‖X‖ <= bound`` by ``‖X‖² <= ‖X‖_1 ‖X‖_∞``; a matrix with one non-zero entry keeps its full norm."""
    across = max(sum(abs(entry) for entry in row) for row in rows)
    down = max(sum(abs(row[j]) for row in rows) for j in range(len(rows[0])))
    size = max(across, down)
    factor = Fraction(0) if size == 0 else bound / size
    return RationalMatrix.from_rows([[entry * factor for entry in row] for row in rows])


def coupling(*, norm: Any = None) -> DomainClass:
    """Any real matrix; with ``norm``, those with ``‖X‖ <= norm``."""
    return _General(None if norm is None else sympify(norm))


def general() -> DomainClass:
    """Any real matrix."""
    return _General()


@dataclass(frozen=True)
class _Normal(DomainClass):
    """Real normal matrices: a rotation of 2×2 blocks, and a last 1×1 block for odd order.

    A block has parameters ``(a, s, m)``: for ``m >= 0`` it is ``[[a, ms], [−ms, a]]`` (conjugate eigenvalues), for ``m < 0`` it is
    ``diag(a − ms, a + ms)`` (real ones). Both kinds are reached, and the passage between them is continuous.
    """

    square: bool = field(default=True, init=False)

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        return (Normal(symbol),)

    def dimension(self, shape: Shape) -> int:
        return shape[0] + shape[0] // 2 + _rotations(shape[0])

    def _core(self, x: Any, gates: Any) -> Any:
        """The block-diagonal matrices of parameters ``(N, n)`` and gates ``(N, n // 2)``."""
        n = x.shape[1]
        middle, turn, split = numpy.zeros((3, n, n, n))
        spread = numpy.zeros((n // 2, n))
        for k in range(0, n - 1, 2):
            middle[k, k, k] = middle[k, k + 1, k + 1] = 1
            turn[k + 1, k, k + 1], turn[k + 1, k + 1, k] = 1, -1
            split[k + 1, k, k], split[k + 1, k + 1, k + 1] = 1, -1
            spread[k // 2, k + 1] = 1
        if n % 2:
            middle[n - 1, n - 1, n - 1] = 1
        plus, minus = np.matmul(np.maximum(gates, 0.0), spread) * x, np.matmul(np.maximum(-gates, 0.0), spread) * x
        return np.einsum("ki,iab->kab", x, middle) + np.einsum("ki,iab->kab", plus, turn) + np.einsum("ki,iab->kab", minus, split)

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        n = shape[0]
        turn = orthogonal(x[:, n + n // 2 :], n)
        return np.einsum("kij,kjl,kml->kim", turn, self._core(x[:, :n], x[:, n : n + n // 2]), turn)

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        core, gates, turn = _normal_form(numpy.asarray(value, dtype=float))
        return numpy.concatenate([core, gates, cayley_parameters(turn)])

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        n = shape[0]
        x = rng.standard_normal((count, n)) * 10.0 ** rng.uniform(-1, 1, (count, 1))
        core = self._core(x, rng.choice([-1.0, 1.0], (count, n // 2)))
        turn = _random_orthogonal(rng, count, n)
        return numpy.einsum("kij,kjl,kml->kim", turn, core, turn)

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[RationalMatrix]:
        n = shape[0]
        skew = st.lists(st.sampled_from([Fraction(k) for k in ("0", "0", "1", "1/2", "-1/3")]), min_size=_rotations(n), max_size=_rotations(n))
        gates = st.lists(st.sampled_from([1, -1]), min_size=n // 2, max_size=n // 2)
        return st.tuples(st.lists(_SMALL, min_size=n, max_size=n), gates, skew).map(lambda drawn: self._exact(*drawn))

    def _exact(self, core: Sequence[Fraction], gates: Sequence[int], skew: Sequence[Fraction]) -> RationalMatrix:
        n = len(core)
        rows = [[Fraction(0)] * n for _ in range(n)]
        for k in range(0, n - 1, 2):
            turn, split = (core[k + 1], Fraction(0)) if gates[k // 2] > 0 else (Fraction(0), core[k + 1])
            rows[k][k], rows[k + 1][k + 1] = core[k] + split, core[k] - split
            rows[k][k + 1], rows[k + 1][k] = turn, -turn
        if n % 2:
            rows[-1][-1] = core[-1]
        rotation = _exact_rotation(n, skew)
        return rotation * RationalMatrix.from_rows(rows) * rotation.transpose()

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[RationalMatrix]:
        n, none = shape[0], [Fraction(0)] * _rotations(shape[0])
        cores = ([Fraction(i % 2 == 0) for i in range(n)], [Fraction(0)] * n, [Fraction(1)] * n, [Fraction((-1) ** i, i + 1) for i in range(n)])
        return list(dict.fromkeys(self._exact(core, [gate] * (n // 2), none) for core in cores for gate in (1, -1)))

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> RationalMatrix:
        core, gates, turn = _normal_form(numpy.asarray(value, dtype=float))
        skew = [rounded(float(x), digits) for x in cayley_parameters(turn)]
        return self._exact([rounded(float(x), digits) for x in core], [int(gate) for gate in gates], skew)


def _normal_form(array: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """Block parameters, gates ±1 and an orthogonal matrix far from the eigenvalue −1 that give a normal matrix."""
    from scipy.linalg import schur

    form, turn = schur(array, output="real")
    pairs: list[int] = []
    singles: list[int] = []
    n, k = len(form), 0
    while k < n:
        width = 2 if k + 1 < n and abs(form[k + 1, k]) > 1e-13 * max(1.0, float(numpy.abs(form).max())) else 1
        (pairs if width == 2 else singles).extend(range(k, k + width))
        k += width
    turn = turn[:, pairs + singles]
    turn = turn * proper_signs(turn)
    core = turn.T @ array @ turn
    x, gates = numpy.zeros(n), numpy.ones(n // 2)
    for k in range(0, n - 1, 2):
        gates[k // 2] = 1.0 if k < len(pairs) else -1.0
        x[k] = (core[k, k] + core[k + 1, k + 1]) / 2
        x[k + 1] = (core[k, k + 1] - core[k + 1, k]) / 2 if k < len(pairs) else (core[k, k] - core[k + 1, k + 1]) / 2
    if n % 2:
        x[-1] = core[-1, -1]
    return x, gates, turn


def normal() -> DomainClass:
    """Real normal matrices, ``XXᵀ = XᵀX``."""
    return _Normal()


@dataclass(frozen=True)
class _UnitVector(DomainClass):
    """Columns of norm 1."""

    def relations(self, symbol: Any) -> tuple[Boolean, ...]:
        from sympy import Transpose

        return (MatrixEq(MatMul(Transpose(symbol), symbol), Identity(1)),)

    def dimension(self, shape: Shape) -> int:
        return shape[0]

    def build(self, x: Any, shape: Shape, env: Environment) -> Any:
        return np.reshape(x / np.sqrt(np.sum(x**2, axis=1, keepdims=True) + 1e-300), (len(x), shape[0], 1))

    def parameters(self, value: Any, shape: Shape, env: Environment) -> numpy.ndarray:
        return numpy.ravel(value)

    def sample(self, rng: numpy.random.Generator, count: int, shape: Shape, env: Environment) -> Any:
        return self.build(rng.standard_normal((count, shape[0])), shape, env)

    def strategy(self, shape: Shape, env: ExactEnvironment) -> st.SearchStrategy[RationalMatrix]:
        whole = st.lists(st.integers(-3, 3), min_size=shape[0], max_size=shape[0]).map(lambda v: v if any(v) else [1, *v[1:]])
        return whole.map(lambda v: unit_vector_near(numpy.array(v, dtype=float), 2))

    def extremes(self, shape: Shape, env: ExactEnvironment) -> Sequence[RationalMatrix]:
        return [RationalMatrix.from_rows([[Fraction(int(i == k))] for i in range(shape[0])]) for k in range(shape[0])]

    def round(self, value: Any, shape: Shape, env: ExactEnvironment, digits: int) -> RationalMatrix:
        return unit_vector_near(numpy.asarray(value), digits)


def unit_vector() -> DomainClass:
    """Real columns of Euclidean norm 1."""
    return _UnitVector()
