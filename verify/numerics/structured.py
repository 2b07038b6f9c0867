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
from verify.numerics.arrays import Array, ComplexArray, RealArray, matrix, square, square_stack
from verify.numerics.batch import kreiss_lower_bounds
from verify.numerics.kreiss import AT_INFINITY, GLOBAL, LOCAL, LOOSEST, KreissConstant, KreissCost
from verify.numerics.one_way import OneWay, one_way_partition, one_way_partitions
from verify.numerics.starts import SMALLEST_GAP, excesses
from verify.numerics.tangents import ROUNDING, corners, split, tangent_points

__all__ = ["KreissConstants", "kreiss_constant", "kreiss_constant_blocks", "kreiss_constants"]

EPS = float(np.finfo(float).eps)
SMALL = 64
"""Up to this order the structure is looked for in all matrices at once."""
WAVES = 60
ROUNDS = 8
STEPS = 50
FLAT = 1.01
"""Up to here a value counts as close to 1."""
FARTHEST, FAR_POINTS = 1e7, 24
"""Where the search for a maximiser of such a value ends, and its grid."""
BEND_STEP = 0.02
MOST_ROUNDING = 1e-4
"""A test whose level is off by more than this, relatively, proves nothing."""
WORTH_CLIMBING = 1.0


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
        for p, upside_down, _ in _partitions(matrix[None]):
            A, C, D, neglected = _blocks_of((matrix.conj().T if upside_down else matrix)[None], p)
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
    for p, upside_down, index in _partitions(array):
        part = array[index].conj().swapaxes(1, 2) if upside_down else array[index]
        A, C, D, neglected = _blocks_of(part, p)
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
    return _of_blocks(_hermitian(first), coupling, _hermitian(second), 0.0, rtol)


def _of_blocks(A: Array, C: Array, D: Array, neglected: float, rtol: float) -> KreissConstant:
    size = np.sqrt(sum(np.linalg.norm(part) ** 2 for part in (A, C, D)))
    found = _solve(OneWay.of(A[None], C[None], D[None]), np.array([size]), np.array([neglected]), rtol, True)
    value, upper = float(found.values[0]), float(found.upper[0])
    label = GLOBAL if found.settled[0] else LOCAL
    return KreissConstant(value, complex(found.z[0]), (value, upper), label, KreissCost(found.circles, 0, found.norms), tuple(found.passed))


def _hermitian(stack: Array) -> Array:
    return 0.5 * (stack + stack.conj().swapaxes(-1, -2))


def _blocks_of(stack: Array, p: int) -> tuple[Array, Array, Array, RealArray]:
    """``A``, ``C``, ``D`` of a stack, the diagonal blocks made Hermitian, and the norm of what that and the zero block leave out."""
    first, second = stack[:, :p, :p], stack[:, p:, p:]
    A, D = _hermitian(first), _hermitian(second)
    left_out = sum(np.linalg.norm(part, axis=(1, 2)) ** 2 for part in (first - A, second - D, stack[:, :p, p:]))
    return A, stack[:, p:, :p], D, np.sqrt(left_out)


def _check_tolerance(rtol: float) -> None:
    if not 1e-12 <= rtol < 1:
        raise ValueError(f"rtol = {rtol}; float64 admits relative tolerances in [1e-12, 1), such as 1e-8")


def _partitions(stack: Array) -> list[tuple[int, bool, NDArray[np.intp]]]:
    """Members that are one-way coupled, grouped by ``(p, transposed)``."""
    small = len(stack) > 1 and stack.shape[1] <= SMALL
    p, upside_down = (one_way_partitions(part) if small else np.array([one_way_partition(J) for J in part], dtype=np.intp)
                      for part in (stack, stack.swapaxes(1, 2)))
    groups = []
    for transposed, orders in ((False, p), (True, np.where(p == 0, upside_down, 0))):
        groups += [(int(order), transposed, np.flatnonzero(orders == order)) for order in np.unique(orders) if order]
    return groups


@dataclass
class _Found:
    """What is known of each matrix so far, and the work done."""

    values: RealArray
    z: ComplexArray
    upper: RealArray
    settled: NDArray[np.bool_]
    circles: int = 0
    norms: int = 0
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
    count, n = len(sizes), one_way.a.shape[1] + one_way.b.shape[1]
    found = _Found.empty(count)
    gaps = np.minimum(one_way.a.min(axis=1), one_way.b.min(axis=1)).reshape(2, count)
    outside = gaps.min(axis=0) < -8 * n * EPS * np.maximum(sizes, 1.0)
    found.values[outside], found.upper[outside], found.settled[outside] = np.inf, np.inf, True
    found.z[outside] = ((1.0 - gaps.min(axis=0)) * np.where(gaps[0] <= gaps[1], 1.0, -1.0))[outside]
    contractive = ~outside & ~_expanding(one_way, n).reshape(2, count).any(axis=0)
    found.upper[contractive], found.settled[contractive] = 1.0, True
    open_ = np.flatnonzero(~outside & ~contractive)
    if open_.size:
        top = _climb(one_way, open_, sizes, found)
        if bracket:
            inner = gaps.min(axis=0)[open_] > SMALLEST_GAP
            _bound(one_way, open_[inner], _Tops(*(part[inner] for part in (top.row, top.s, top.value, top.bend))), sizes, neglected, rtol, found)
            top.keep(found, open_[~inner])
        else:
            top.keep(found, open_)
    return found


def _expanding(one_way: OneWay, n: int) -> NDArray[np.bool_]:
    """Whether ``Re J`` (of each row) has an eigenvalue above 1: with gaps ``a, b > 0``, iff ``‖b^{-1/2} C a^{-1/2}‖ > 2``; if for no row, ``K = 1``."""
    inner = np.minimum(one_way.a.min(axis=1), one_way.b.min(axis=1)) > 0
    expanding = ~inner
    for part in np.array_split(np.flatnonzero(inner), max(1, inner.sum() // 512)):
        a, b, C = one_way.a[part], one_way.b[part], one_way.C[one_way.coupling[part]]
        scaled = C / np.sqrt(b)[:, :, None] / np.sqrt(a)[:, None, :]
        expanding[part] = np.linalg.svd(scaled, compute_uv=False)[:, 0] > 2.0 * (1 + 4 * n * EPS)
    return expanding


@dataclass
class _Tops:
    """The best point of each matrix: its row of :class:`OneWay`, ``s``, the value, and minus the second derivative in ``log s``."""

    row: NDArray[np.int64]
    s: RealArray
    value: RealArray
    bend: RealArray

    def keep(self, found: _Found, index: NDArray[np.intp]) -> None:
        """Write values and places of the matrices ``index``; the tops belong to rows ``index`` and ``N + index``."""
        count = len(found.values)
        place = {int(row % count): k for k, row in enumerate(self.row)}
        chosen = np.array([place[int(i)] for i in index], dtype=np.intp)
        above = self.value[chosen] > 1.0
        sign = np.where(self.row[chosen] < count, 1.0, -1.0)
        found.values[index] = np.maximum(self.value[chosen], 1.0)
        found.z[index] = np.where(above, sign * (1.0 + self.s[chosen]), AT_INFINITY)


def _climb(one_way: OneWay, index: NDArray[np.intp], sizes: RealArray, found: _Found) -> _Tops:
    """The best of the local maxima over the two half axes, from the best grid point of each."""
    count = len(sizes)
    rows = np.concatenate([index, index + count])
    part = OneWay(one_way.a[rows], one_way.b[rows], one_way.C, one_way.coupling[rows])
    values = (1.0 - np.concatenate([part.a, part.b], axis=1)).astype(np.complex128)
    s = excesses(values, np.tile(sizes[index], 2), False)
    height = part.heights(s)
    found.norms += height.size
    owner, best = _summits(height)
    log_s = np.log(s)
    low, high = log_s[owner, np.maximum(best - 1, 0)], log_s[owner, best + 1]
    tops = _ascend(one_way, rows[owner].astype(np.int64), log_s[owner, best], low, high, found)
    tops = _best_of(tops, index, count)
    flat = np.flatnonzero(tops.value <= FLAT)
    if flat.size:
        other = _climb_far(one_way, index[flat], sizes, found)
        for name, value in vars(other).items():
            getattr(tops, name)[flat] = np.where(other.value > tops.value[flat], value, getattr(tops, name)[flat])
    return tops


def _climb_far(one_way: OneWay, index: NDArray[np.intp], sizes: RealArray, found: _Found) -> _Tops:
    """As :func:`_climb` where the value is close to 1: the hill is low and may be far out, and only accurate heights show it."""
    count = len(sizes)
    rows = np.concatenate([index, index + count]).astype(np.int64)
    log_s = np.linspace(np.log(0.01), np.log(FARTHEST * np.maximum(1.0, sizes[rows % count])), FAR_POINTS, axis=1)
    sigma = one_way.sigmas(np.repeat(rows, FAR_POINTS), np.exp(log_s).ravel())[0].reshape(log_s.shape)
    found.norms += sigma.size
    owner, best = _summits(log_s - np.log(sigma))
    return _best_of(_ascend(one_way, rows[owner], log_s[owner, best], log_s[owner, np.maximum(best - 1, 0)], log_s[owner, best + 1], found), index, count)


def _summits(height: RealArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row and column of the local maxima that are worth climbing; the outermost column is left out: there the height is 0 up to ``1e-3``."""
    padded = np.pad(height, ((0, 0), (1, 0)), constant_values=-np.inf)
    summit = (height[:, :-1] >= padded[:, :-2]) & (height[:, :-1] >= height[:, 1:])
    peak = height[:, :-1].max(axis=1).reshape(2, -1).max(axis=0)
    floor = np.tile(np.maximum(peak, 0.0), 2) - WORTH_CLIMBING
    owner, best = np.nonzero(summit & (height[:, :-1] >= floor[:, None]))
    lone = np.setdiff1d(np.arange(peak.size), owner % peak.size)  # no summit but the outermost column
    return np.append(owner, lone), np.append(best, np.full(lone.size, height.shape[1] - 2))


def _best_of(tops: _Tops, index: NDArray[np.intp], count: int) -> _Tops:
    """One top for each matrix of ``index`` (sorted)."""
    order = np.lexsort((tops.value, tops.row % count))
    owner = (tops.row % count)[order]
    last = order[np.append(owner[1:] != owner[:-1], True)]
    assert np.array_equal(np.sort(index), tops.row[last] % count)
    return _Tops(*(part[last] for part in (tops.row, tops.s, tops.value, tops.bend)))


def _ascend(one_way: OneWay, row: NDArray[np.int64], at: RealArray, low: RealArray, high: RealArray, found: _Found) -> _Tops:
    """A zero of the derivative of ``log(s / sigma)`` in ``log s`` where it falls, by secants kept inside ``[low, high]``."""
    at, low, high = at.copy(), low.copy(), high.copy()
    before, slope_before = np.full(at.shape, np.nan), np.full(at.shape, np.nan)
    active = np.arange(len(at))
    for _ in range(STEPS):
        x = at[active]
        slope = _slope(one_way, row[active], x, found)
        rising = slope > 0
        low[active[rising]], high[active[~rising]] = x[rising], x[~rising]
        with np.errstate(divide="ignore", invalid="ignore"):
            step = -slope * (x - before[active]) / (slope - slope_before[active])
        blind = ~np.isfinite(step) | (step * slope < 0)
        step = np.where(blind, 0.3 * np.sign(slope), step)
        following = x + step
        inside = (following > low[active]) & (following < high[active])
        following = np.where(inside, following, 0.5 * (low[active] + high[active]))
        before[active], slope_before[active], at[active] = x, slope, following
        active = active[(np.abs(following - x) > 1e-7) & (np.abs(slope) > 1e-15)]
        if active.size == 0:
            break
    bend = (_slope(one_way, row, at - BEND_STEP, found) - _slope(one_way, row, at + BEND_STEP, found)) / (2 * BEND_STEP)
    s = (1.0 + np.exp(at)) - 1.0  # the excess of the rounded radius: the value belongs to the z returned
    s = np.where(s > 0, s, np.exp(at))
    found.norms += len(s)
    return _Tops(row, s, s / one_way.sigmas(row, s)[0], bend)


def _slope(one_way: OneWay, row: NDArray[np.int64], log_s: RealArray, found: _Found) -> RealArray:
    s = np.exp(log_s)
    sigma, slope = one_way.sigmas(row, s)
    found.norms += len(s)
    return 1.0 - s * slope / sigma


def _bound(one_way: OneWay, index: NDArray[np.intp], top: _Tops, sizes: RealArray, neglected: RealArray, rtol: float, found: _Found) -> None:
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
            new = _ascend(one_way, np.array([row for row, _ in better.values()]), x, x - 1.0, x + 1.0, found)
            chosen = np.array(list(better), dtype=np.intp)
            higher = new.value > top.value[chosen]
            for name, value in vars(new).items():
                getattr(top, name)[chosen[higher]] = value[higher]
        open_ = open_[~proved[open_]]
        slack[[k for k in open_ if k not in better]] *= 1e3
        open_ = open_[slack[open_] <= LOOSEST]
        if open_.size == 0:
            break
    top.keep(found, index)
    if not np.all(found.upper[index] >= found.values[index]):
        raise ArithmeticError("an upper bound of a Kreiss constant came out below its value: please report the matrix")


def _rounding(one_way: OneWay, index: NDArray[np.intp], s: RealArray, sigma: RealArray, sizes: RealArray, neglected: RealArray) -> RealArray:
    """Relative error of ``sigma`` from rounding: in the gaps, in the coupling (``‖δC‖ ‖P‖ ‖Q‖ sigma``), and in what was neglected (``‖E‖/sigma``)."""
    count = len(one_way.a) // 2
    least_a, least_b = (np.minimum(*gap.min(axis=1).reshape(2, count))[index] for gap in (one_way.a, one_way.b))
    gaps = (1.0 + s) / (s + np.minimum(least_a, least_b))
    return 8 * EPS * (gaps + sizes * sigma / ((s + least_a) * (s + least_b))) + neglected / sigma


def _prove(
    one_way: OneWay, index: NDArray[np.intp], top: _Tops, log_bound: RealArray, slack: RealArray, boundary: RealArray, sizes: RealArray,
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
        found.circles += len(s)
        for side in (0, 1):
            rows = (index[owner] + side * count).astype(np.int64)
            here = np.flatnonzero(~failed)
            low = here[~one_way.above(rows[here], s[here], g[here])]
            found.norms += len(here)
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
    top: _Tops, log_bound: RealArray, slack: RealArray, boundary: RealArray, open_: NDArray[np.intp]
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
