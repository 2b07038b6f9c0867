"""Kreiss constants of one-way coupled matrices with symmetric blocks, many at once: climbed and bounded on the real axis alone.

:mod:`verify.numerics.one_way` shows that ``M(r) = max(‖R(r)‖, ‖R(-r)‖)`` and turns a level into one norm of the size of the coupling. So the ascent
has one variable, and the bound from above (:mod:`verify.numerics.tangents`) costs two such norms a circle instead of an eigenvalue problem of
twice the order. All matrices move in lockstep. Floating point, not rigorous.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verify.numerics import kreiss
from verify.numerics.arrays import EPS, Array, ComplexArray, RealArray, matrix, square, square_stack
from verify.numerics.batch import kreiss_lower_bounds
from verify.numerics.kreiss import GLOBAL, LOCAL, LOOSEST, KreissConstant, KreissCost
from verify.numerics.on_axis import AT_INFINITY, Tops, Work, ascended, attained, blocks_of, climbed, expanding, hermitian, outside, partitions
from verify.numerics.one_way import OneWay
from verify.numerics.starts import SMALLEST_GAP
from verify.numerics.tangents import ROUNDING, corners, split, tangent_points

__all__ = ["KreissConstants", "kreiss_constant", "kreiss_constant_blocks", "kreiss_constants"]

WAVES = 60
ROUNDS = 8
MOST_ROUNDING = 1e-4
"""A test whose level is off by more than this, relatively, proves nothing."""


@dataclass(frozen=True)
class KreissConstants:
    """``values[i] = (|z[i]| - 1) ‖R(z[i])‖`` up to rounding, a lower bound; ``upper[i]`` is ``inf`` where nothing bounds it from above.

    ``labels``: ``"global in floating point"`` or ``"local"``, one for each, as in :class:`verify.numerics.kreiss.KreissConstant`.
    """

    values: RealArray
    z: ComplexArray
    upper: RealArray
    labels: tuple[str, ...]


def kreiss_constant(J: ArrayLike, rtol: float = 1e-8, *, continuous: bool = False, radius: float = 1.0) -> KreissConstant:
    """:func:`verify.numerics.kreiss.kreiss_constant`, faster where ``J`` is ``[[A, 0], [C, D]]`` with Hermitian ``A``, ``D``, or the transpose of that.

    The structure is recognised up to rounding; what is left out, ``E``, moves ``K`` by ``‖E‖ ‖R‖`` relative, which the bracket allows for.
    Discrete time with ``radius = 1`` only; the continuous constant and other radii take the general way. Errors as there.
    """
    matrix = square(J)
    if not continuous and radius == 1:
        _check_tolerance(rtol)
        for p, upside_down, _ in partitions(matrix[None]):
            A, C, D, neglected = blocks_of((matrix.conj().T if upside_down else matrix)[None], p)
            found = _of_blocks(A[0], C[0], D[0], float(neglected[0]), rtol)
            if found.label == GLOBAL:
                return found
    return kreiss.kreiss_constant(matrix, rtol, continuous=continuous, radius=radius)


def kreiss_constants(stack: ArrayLike, rtol: float = 1e-8, *, bracket: bool = True) -> KreissConstants:
    """``K`` of each matrix of a stack ``(N, n, n)``.

    Members ``[[A, 0], [C, D]]`` with Hermitian ``A``, ``D``, or their transposes, are solved together; the others one by one (``bracket``) or by
    :func:`verify.numerics.batch.kreiss_lower_bounds`. With ``bracket=False`` every label is *local* and every upper bound ``inf``.

    Raises:
        TypeError, ValueError: as :func:`verify.numerics.kreiss.kreiss_constant` and :func:`verify.numerics.arrays.square_stack`.
    """
    array = square_stack(stack)
    _check_tolerance(rtol)
    found = _Found.empty(len(array))
    rest = np.ones(len(array), dtype=bool)
    for p, upside_down, index in partitions(array):
        part = array[index].conj().swapaxes(1, 2) if upside_down else array[index]
        A, C, D, neglected = blocks_of(part, p)
        solved = _solve(OneWay.of(A, C, D), np.linalg.norm(part, axis=(1, 2)), neglected, rtol, bracket)
        settled = np.isfinite(solved.upper) | np.isinf(solved.values) if bracket else np.ones(len(index), dtype=bool)
        found.put(index[settled], solved, settled)
        rest[index[settled]] = False
    others = np.flatnonzero(rest)
    if bracket:
        for i in others:
            one = kreiss.kreiss_constant(array[i], rtol)
            found.values[i], found.z[i], found.upper[i], found.settled[i] = one.value, one.z, one.bracket[1], one.label == GLOBAL
    elif others.size:
        found.values[others], found.z[others] = kreiss_lower_bounds(array[others])
    labels = tuple(GLOBAL if settled and bracket else LOCAL for settled in found.settled)
    return KreissConstants(found.values, found.z, found.upper if bracket else np.full(len(array), np.inf), labels)


def kreiss_constant_blocks(A: ArrayLike, C: ArrayLike, D: ArrayLike, rtol: float = 1e-8) -> KreissConstant:
    """``K([[A, 0], [C, D]])`` for Hermitian ``A`` ``(p, p)``, ``D`` ``(q, q)`` and any ``C`` ``(q, p)``, by their eigenbases.

    The same meaning as :func:`verify.numerics.kreiss.kreiss_constant`; ``cost.svds`` counts norms of the size of ``C``. Global, with a bracket,
    unless an eigenvalue is within ``1e-9`` of the unit circle. Not Hermitian up to rounding is an error, not a projection.

    Raises:
        TypeError, ValueError: if a block is not a matrix of finite machine numbers, ``A`` or ``D`` is not Hermitian up to rounding, the shapes do not
        fit, or ``rtol`` is not in ``[1e-12, 1)``.
    """
    first, second, coupling = square(A, "A"), square(D, "D"), matrix(C, "C")
    _check_tolerance(rtol)
    if coupling.shape != (len(second), len(first)):
        raise ValueError(f"C has shape {coupling.shape}; beside A {first.shape} and D {second.shape} it must be {(len(second), len(first))}")
    for name, block in (("A", first), ("D", second)):
        if np.abs(block - block.conj().T).max() > 4 * len(block) * EPS * np.linalg.norm(block):
            raise ValueError(f"{name} is not Hermitian: give 0.5 ({name} + {name}*) if that is meant, or the whole matrix to kreiss_constant")
    return _of_blocks(hermitian(first), coupling, hermitian(second), 0.0, rtol)


def _of_blocks(A: Array, C: Array, D: Array, neglected: float, rtol: float) -> KreissConstant:
    size = np.sqrt(sum(np.linalg.norm(part) ** 2 for part in (A, C, D)))
    found = _solve(OneWay.of(A[None], C[None], D[None]), np.array([size]), np.array([neglected]), rtol, True)
    value, upper = float(found.values[0]), float(found.upper[0])
    label = GLOBAL if found.settled[0] else LOCAL
    return KreissConstant(value, complex(found.z[0]), (value, upper), label, KreissCost(found.work.circles, 0, found.work.norms), tuple(found.passed))


def _check_tolerance(rtol: float) -> None:
    if not 1e-12 <= rtol < 1:
        raise ValueError(f"rtol = {rtol}; float64 admits relative tolerances in [1e-12, 1), such as 1e-8")


@dataclass
class _Found:
    """What is known of each matrix so far, and the work done."""

    values: RealArray
    z: ComplexArray
    upper: RealArray
    settled: NDArray[np.bool_]
    work: Work = field(default_factory=Work)
    passed: list[tuple[float, float]] = field(default_factory=list)
    """``(r - 1, bound of M(r))`` of the last attempt, for all matrices one after the other."""

    @staticmethod
    def empty(count: int) -> _Found:
        return _Found(np.ones(count), np.full(count, AT_INFINITY), np.full(count, np.inf), np.zeros(count, dtype=bool))

    def put(self, index: NDArray[np.intp], other: _Found, chosen: NDArray[np.bool_]) -> None:
        for name in ("values", "z", "upper", "settled"):
            getattr(self, name)[index] = getattr(other, name)[chosen]


def _solve(one_way: OneWay, sizes: RealArray, neglected: RealArray, rtol: float, bracket: bool) -> _Found:
    """``sizes`` are Frobenius norms of the matrices, ``neglected`` of what makes them not exactly one-way coupled and symmetric."""
    count = len(sizes)
    found = _Found.empty(count)
    unstable, leading = outside(one_way, neglected)
    found.values[unstable], found.upper[unstable], found.settled[unstable] = np.inf, np.inf, True
    found.z[unstable] = leading[unstable]
    contractive = ~unstable & ~expanding(one_way)
    found.upper[contractive], found.settled[contractive] = 1.0, True
    open_ = np.flatnonzero(~unstable & ~contractive)
    if open_.size:
        top = climbed(one_way, open_, sizes, found.work, bends=bracket)
        if bracket:
            inner = one_way.gaps.min(axis=0)[open_] > SMALLEST_GAP
            _bound(one_way, open_[inner], top.some(inner), sizes, neglected, rtol, found)
            attained(top.some(~inner), open_[~inner], count, found.values, found.z)
        else:
            attained(top, open_, count, found.values, found.z)
    return found


def _bound(one_way: OneWay, index: NDArray[np.intp], top: Tops, sizes: RealArray, neglected: RealArray, rtol: float, found: _Found) -> None:
    """Bound the matrices ``index`` from above; what beats a bound is climbed, what rounding or effort forbid gets a wider one."""
    count = len(sizes)
    zero = np.zeros(len(index))
    norms = [1.0 / one_way.sigmas((index + side * count).astype(np.int64), zero, 1e-6)[0] for side in (0, 1)]
    boundary = np.maximum(*norms)
    slack = np.maximum(rtol, _rounding(one_way, index, top.s, top.s / top.value, sizes[index], neglected[index]))
    open_ = np.arange(len(index))
    for _ in range(ROUNDS):
        log_bound = np.log(np.maximum(top.value, 1.0)) + np.log1p(slack)
        proved, better = _prove(one_way, index, top, log_bound, slack, boundary, sizes, neglected, open_, found)
        done = open_[proved[open_]]
        found.upper[index[done]] = np.exp(log_bound[done])
        if better:
            x = np.log(np.array([s for _, s in better.values()]))
            new = ascended(one_way, np.array([row for row, _ in better.values()]), x, x - 1.0, x + 1.0, found.work)
            chosen = np.array(list(better), dtype=np.intp)
            higher = new.value > top.value[chosen]
            for name, value in vars(new).items():
                getattr(top, name)[chosen[higher]] = value[higher]
        open_ = open_[~proved[open_]]
        slack[[k for k in open_ if k not in better]] *= 1e3
        open_ = open_[slack[open_] <= LOOSEST]
        if open_.size == 0:
            break
    attained(top, index, count, found.values, found.z)
    if not np.all(found.upper[index] >= found.values[index]):
        raise ArithmeticError("an upper bound of a Kreiss constant came out below its value: please report the matrix")


def _rounding(one_way: OneWay, index: NDArray[np.intp], s: RealArray, sigma: RealArray, sizes: RealArray, neglected: RealArray) -> RealArray:
    """Relative error of ``sigma`` from rounding: in the gaps, in the coupling (``‖δC‖ ‖P‖ ‖Q‖ sigma``), and in what was neglected (``‖E‖/sigma``)."""
    count = len(one_way.a) // 2
    least_a, least_b = (np.minimum(*gap.min(axis=1).reshape(2, count))[index] for gap in (one_way.a, one_way.b))
    gaps = (1.0 + s) / (s + np.minimum(least_a, least_b))
    return 8 * EPS * (gaps + sizes * sigma / ((s + least_a) * (s + least_b))) + neglected / sigma


def _prove(
    one_way: OneWay, index: NDArray[np.intp], top: Tops, log_bound: RealArray, slack: RealArray, boundary: RealArray, sizes: RealArray,
    neglected: RealArray, open_: NDArray[np.intp], found: _Found,
) -> tuple[NDArray[np.bool_], dict[int, tuple[int, float]]]:
    """Test the corners of every open matrix together. ``proved``, and for some others a point (row, ``s``) above the bound."""
    count = len(sizes)
    owner, left, right = _first_intervals(top, log_bound, slack, boundary, open_)
    proved, resolved = np.zeros(len(index), dtype=bool), np.ones(len(index), dtype=bool)
    proved[open_] = True
    found.passed.clear()
    better: dict[int, tuple[int, float]] = {}
    for _ in range(WAVES):
        if owner.size == 0:
            break
        s, levels = corners(left, right, log_bound[owner], False)
        g = np.exp(-levels - ROUNDING)
        failed = np.zeros(len(s), dtype=bool)
        found.work.circles += len(s)
        for side in (0, 1):
            rows = (index[owner] + side * count).astype(np.int64)
            here = np.flatnonzero(~failed)
            low = here[~one_way.above(rows[here], s[here], g[here])]
            found.work.norms += len(here)
            if low.size:
                failed[low] = True
                height = np.log(np.maximum(s[low], 1e-300)) - np.log(one_way.sigmas(rows[low], s[low])[0])
                better.update({int(owner[k]): (int(rows[k]), float(s[k])) for k, h in zip(low, height, strict=True) if h > log_bound[owner[k]]})
        noise = _rounding(one_way, index[owner], s, g, sizes[index[owner]], neglected[index[owner]])
        np.logical_and.at(resolved, owner[~failed], noise[~failed] <= MOST_ROUNDING)
        found.passed.extend(zip(s[~failed].tolist(), np.exp(levels[~failed]).tolist(), strict=True))
        stuck = failed & (left > 0) & (right < left * (1 + 1e-13))
        lost = np.union1d(owner[stuck], np.array(sorted(better), dtype=np.intp))
        proved[lost] = False
        going = failed & ~np.isin(owner, lost)
        new = np.concatenate([owner[going], owner[going]])
        left, right = split(left[going], right[going], s[going])
        owner = new
    proved[owner] = False
    found.settled[index[open_]] = proved[open_] & resolved[open_]
    return proved, better


def _first_intervals(
    top: Tops, log_bound: RealArray, slack: RealArray, boundary: RealArray, open_: NDArray[np.intp]
) -> tuple[NDArray[np.intp], RealArray, RealArray]:
    """Neighbouring tangent points of every open matrix; 0 stands for the unit circle, ``inf`` for infinity."""
    owners, lefts, rights = [], [], []
    for k in open_:
        points = tangent_points(float(top.s[k]), float(top.bend[k]), float(slack[k]), float(log_bound[k]), float(boundary[k]), False)
        owners.append(np.full(len(points) + 1, k))
        lefts.append(np.append(0.0, points))
        rights.append(np.append(points, np.inf))
    if not owners:
        return np.empty(0, dtype=np.intp), np.empty(0), np.empty(0)
    return np.concatenate(owners), np.concatenate(lefts), np.concatenate(rights)
