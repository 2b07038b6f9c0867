"""Transient peaks by ball arithmetic: ``sup_t ‖X^t‖`` over integers and ``sup_t ‖e^{tX}‖`` over real ``t >= 0``, however long the transient.

Let ``E_t`` be the flow and ``A = X^q − I`` (steps of ``q``) or ``A = X``. Between two times ``a < b = a + h`` the flow differs from the linear
interpolation of its ends by at most ``h²/8 · sup ‖A²E_ξ‖`` (``h`` counted in steps): the remainder of interpolation is an integral, or a sum, of
``A²E_ξ`` against Green's function, which is non-negative with total ``θ(h − θ)/2 <= h²/8``. With ``u_k = sup ‖A^{2k}E_ξ‖`` over the interval,

    u_k <= max(‖A^{2k}E_a‖, ‖A^{2k}E_b‖) + h²/8 · u_{k+1},    u_k <= ‖A^{2k}E_a‖ S,

where ``S >= sup_t ‖E_t‖`` is a proved similarity (:mod:`similarity`); enough levels ``k`` are taken that the last one, the only one that needs ``S``,
does not matter for ``h <= 1/2``. Intervals are halved where the bound of ``u_0`` is largest: near the peak its error falls with ``h²``, elsewhere the
coarse bounds do, so that a relative width ``ε`` costs about ``log(1/ε)`` evaluations at any horizon.
If ``‖E_T‖ <= 1`` is proved, later times add nothing. Once the intervals cover all times the largest of their bounds may take the place of ``S``.

Entries of ``E_t`` are balls; norms are proved for their rational midpoints (:mod:`singular`), and radii are added in the Frobenius norm.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

import flint
import numpy as np

from verify.numerics.bounds.conditioning import prove_form
from verify.numerics.bounds.defective import prove_defective
from verify.numerics.bounds.ladder import require_square
from verify.numerics.bounds.precise import ball_matrix, precision
from verify.numerics.bounds.rounding import dyadic, is_moderate
from verify.numerics.bounds.similarity import prove_continuous_similarity, prove_similarity
from verify.numerics.bounds.singular import norm
from verify.numerics.bounds.spectral import prove_unstable
from verify.numerics.enclosure import Enclosure, Endpoint, Rigour, fraction_of
from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.numerics.similarity import similarity_bound

__all__ = ["LARGEST_EXPONENT", "PEAK_RTOL", "PeakEnclosure", "enclosed_exponential", "exponential_norm", "exponential_peak", "power_peak"]

PEAK_RTOL = Fraction(1, 10**8)
LARGEST_EXPONENT = 10**6
MAX_NODES = 1500
MAX_DOUBLINGS = 120
PRECISION = 192 + 3 * MAX_DOUBLINGS
MAX_STEP = 12
"""Longest step ``q`` tried, so that eigenvalues near a root of unity move slowly."""
Flow = flint.arb_mat | flint.acb_mat


@dataclass(frozen=True)
class PeakEnclosure:
    """``sup ‖E_t‖`` in ``enclosure``; its lower end is ``‖E_time‖``; later times than ``horizon`` were proved to add nothing.

    ``stopped`` says what kept the enclosure from the accuracy asked for; empty if it was reached.
    """

    enclosure: Enclosure
    time: Fraction | None
    horizon: Fraction | None
    stopped: str = ""


@dataclass(frozen=True)
class _Node:
    """Proved bounds at one time: ``low <= ‖E‖ <= high``, ``‖A^{2k}E‖ <= bends[k − 1]``."""

    time: Fraction
    low: Fraction
    high: Fraction
    bends: tuple[Fraction, ...]


def power_peak(matrix: RationalMatrix, rtol: Fraction = PEAK_RTOL, horizon: int | None = None) -> PeakEnclosure:
    """``sup_{t>=0} ‖X^t‖`` over integers, or ``max_{t<=horizon} ‖X^t‖``; ``+infinity`` where ``ρ(X) > 1`` or a defective
    eigenvalue on the circle is proved (no horizon given).

    Guarantee: rigorous, rigour ``BALL``, no witness (:func:`~verify.numerics.bounds.transient.transient_peak` has one where powers can be formed exactly).
    """
    require_square(matrix, "a transient peak")
    if not is_moderate(matrix):
        return PeakEnclosure(Enclosure(Fraction(1), math.inf, Rigour.BALL), Fraction(0), None, "entries too large to bound their powers")
    if horizon is None and (prove_unstable(matrix) or prove_defective(matrix)) is not None:
        return PeakEnclosure(Enclosure(math.inf, math.inf, Rigour.BALL), None, None)
    step = propose_step(matrix)
    search = _Search(_Powers(matrix, step), Fraction(rtol), _contraction(matrix))
    return search.run([Fraction(j) for j in range(step)], Fraction(step), None if horizon is None else Fraction(horizon))


def exponential_peak(matrix: RationalMatrix, rtol: Fraction = PEAK_RTOL, horizon: Fraction | None = None) -> PeakEnclosure:
    """``sup_{t>=0} ‖e^{tX}‖`` over real ``t``, or over ``0 <= t <= horizon``.

    Guarantee: rigorous, rigour ``BALL``, no witness. The upper end is ``+infinity`` where no contracting norm could be verified (a spectral abscissa
    of 0 or more) and no horizon was given; of instability itself only a defective eigenvalue on the axis is proved here.

    Raises:
        ValueError: if ``horizon · ‖X‖`` exceeds ``LARGEST_EXPONENT``.
    """
    require_square(matrix, "a transient peak")
    if not is_moderate(matrix):
        return PeakEnclosure(Enclosure(Fraction(1), math.inf, Rigour.BALL), Fraction(0), None, "entries too large to bound their exponentials")
    size = float(np.linalg.norm(matrix.to_numpy(), 2))
    if size == 0:
        return PeakEnclosure(Enclosure(Fraction(1), Fraction(1), Rigour.BALL), Fraction(0), Fraction(0))
    if horizon is None and prove_defective(matrix, continuous=True) is not None:
        return PeakEnclosure(Enclosure(math.inf, math.inf, Rigour.BALL), None, None)
    if horizon is not None:
        _require_size(matrix, Fraction(horizon))
    first = Fraction(2) ** -math.frexp(size)[1]
    search = _Search(_Exponentials(matrix), Fraction(rtol), _similarity(prove_continuous_similarity(matrix)))
    return search.run([Fraction(0)], first, None if horizon is None else Fraction(horizon))


def exponential_norm(matrix: RationalMatrix, time: Fraction, rtol: Fraction = PEAK_RTOL) -> Enclosure:
    """``‖e^{tX}‖`` (rigour ``BALL``).

    Raises:
        ValueError: if ``t‖X‖`` exceeds ``LARGEST_EXPONENT``.
    """
    require_square(matrix, "an exponential")
    _require_size(matrix, Fraction(time))
    low, high = _norm(_Exponentials(matrix).at(Fraction(time)), Fraction(rtol))
    return Enclosure(low, high, Rigour.BALL)


def _require_size(matrix: RationalMatrix, time: Fraction) -> None:
    size = max(Fraction(1), norm(matrix, "upper", Fraction(1, 10)).upper) * time  # type: ignore[type-var]
    if size > LARGEST_EXPONENT:
        raise ValueError(f"t = {float(time):.3g} times the norm of the matrix is beyond {LARGEST_EXPONENT}; the exponential would not fit: take a shorter time")


def propose_step(matrix: RationalMatrix) -> int:
    """The ``q`` for which the slow eigenvalues (those within a factor 2 of the slowest decay) move least: ``|λ^q − 1|/(1 − |λ|^q)`` least."""
    values = np.linalg.eigvals(matrix.to_numpy())
    moduli = abs(values)
    slow = values[1 - moduli <= 2 * max(1 - moduli.max(), 1e-15)] if moduli.max() < 1 else values[moduli >= moduli.max() * (1 - 1e-9)]
    cost = [float(abs(slow**q - 1).max() / max(1 - abs(slow).max() ** q, 1e-15)) for q in range(1, MAX_STEP + 1)]
    return 1 + next(q for q in range(MAX_STEP) if cost[q] <= 1.5 * min(cost))


class _Squares:
    """Powers of a ball matrix by its repeated squares; the precision leaves two bits to lose for every squaring."""

    def __init__(self, base: Flow) -> None:
        self.levels = [base]

    def power(self, exponent: int) -> Flow | None:
        """None for the exponent 0."""
        result = None
        for level in range(exponent.bit_length()):
            if level == len(self.levels):
                self.levels.append(self.levels[-1] * self.levels[-1])
            if exponent >> level & 1:
                result = self.levels[level] if result is None else result * self.levels[level]
        return result


class _Powers:
    """``X^t`` at integers; ``A = X^q − I``."""

    discrete = True

    def __init__(self, matrix: RationalMatrix, step: int) -> None:
        self.unit = Fraction(step)
        with precision(PRECISION):
            self.identity = ball_matrix(RationalMatrix.identity(matrix.shape[0]))
            self.squares = _Squares(ball_matrix(matrix))
            self.generator = self.at(self.unit) - self.identity

    def at(self, time: Fraction) -> Flow:
        with precision(PRECISION):
            found = self.squares.power(int(time))
            return self.identity if found is None else found

    def middle(self, left: Fraction, right: Fraction) -> Fraction | None:
        steps = int((right - left) / self.unit)
        return None if steps < 2 else left + self.unit * (steps // 2)


class _Exponentials:
    """``e^{tX} = (e^{τX})^m e^{(t − mτ)X}`` with ``τ‖X‖ <= 1``, so that no large exponential is summed; ``A = X``."""

    discrete = False

    def __init__(self, matrix: RationalMatrix) -> None:
        self.unit, self.matrix = Fraction(1), matrix
        self.tau = Fraction(2) ** -math.frexp(float(np.linalg.norm(matrix.to_numpy())))[1]
        with precision(PRECISION):
            self.generator = ball_matrix(matrix)
            self.squares = _Squares(ball_matrix(matrix * self.tau).exp())

    def at(self, time: Fraction) -> Flow:
        count = time // self.tau
        with precision(PRECISION):
            whole, rest = self.squares.power(count), ball_matrix(self.matrix * (time - count * self.tau)).exp()
            return rest if whole is None else whole * rest

    def middle(self, left: Fraction, right: Fraction) -> Fraction | None:
        return (left + right) / 2


@dataclass
class _Search:
    flow: _Powers | _Exponentials
    rtol: Fraction
    similarity: Fraction | None
    best: tuple[Fraction, Fraction] = (Fraction(1), Fraction(0))
    """The largest proved lower bound, and its time."""
    evaluations: int = 0
    levels: int = 1
    """How many ``u_k`` are bounded, see the module's docstring."""
    settled: bool = False
    """Whether the intervals cover all times, so that the largest of their bounds may serve as ``S``."""
    heap: list[tuple[Fraction, int, _Node, _Node]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.similarity is not None:
            self.levels = 2 + self.similarity.__ceil__().bit_length() // 5

    def run(self, starts: list[Fraction], first: Fraction, limit: Fraction | None) -> PeakEnclosure:
        nodes = self._ladder(first, limit)
        horizon = nodes[-1].time if limit is not None or nodes[-1].high <= 1 else None
        self.settled = limit is None
        if horizon is None:
            upper: Endpoint = math.inf if self.similarity is None else self.similarity
            return self._result(upper, None, "no time with a norm proved to be at most 1 was found")
        for pair in pairwise(nodes):
            self._push(*pair)
        for start in starts[1:]:
            shifted = [self._node(time, False) for time in self._residue(start, nodes, limit)]
            for pair in pairwise(shifted):
                self._push(*pair)
        return self._refine(horizon, nodes)

    def _residue(self, start: Fraction, nodes: list[_Node], limit: Fraction | None) -> list[Fraction]:
        times = [node.time + start for node in nodes]
        return times if limit is None else sorted({min(time, start + (limit - start) // self.flow.unit * self.flow.unit) for time in times if start <= limit})

    def _ladder(self, first: Fraction, limit: Fraction | None) -> list[_Node]:
        """Times that double, to the first at which the norm is at most 1 (or to the limit)."""
        nodes, time = [self._node(Fraction(0), True)], first
        last = None if limit is None else limit // first * first if self.flow.discrete else limit
        for _ in range(MAX_DOUBLINGS):
            if last is not None and time >= last:
                return [*nodes, *([self._node(last, True)] if last > nodes[-1].time else [])]
            nodes.append(self._node(time, True))
            if last is None and (nodes[-1].high <= 1 or (self.similarity is None and nodes[-1].low > 10**12)):
                break
            time *= 2
        return nodes

    def _refine(self, horizon: Fraction, nodes: list[_Node]) -> PeakEnclosure:
        while self.heap:
            bound, _, left, right = self.heap[0]
            top = -bound
            if top <= self.best[0] * (1 + self.rtol):
                return self._result(max(top, self.best[0]), horizon, "")
            if self.similarity is not None and self.settled:
                self.similarity = min(self.similarity, top)
            middle = self.flow.middle(left.time, right.time)
            if middle is None:
                return self._result(top, horizon, "")
            if self.evaluations >= MAX_NODES:
                return self._result(top, horizon, f"{MAX_NODES} times were looked at")
            heapq.heappop(self.heap)
            node = self._node(middle, False)
            self._push(left, node)
            self._push(node, right)
        return self._result(self.best[0], horizon, "")

    def _result(self, upper: Endpoint, horizon: Fraction | None, stopped: str) -> PeakEnclosure:
        return PeakEnclosure(Enclosure(self.best[0], max(upper, self.best[0]), Rigour.BALL), self.best[1], horizon, stopped)

    def _push(self, left: _Node, right: _Node) -> None:
        heapq.heappush(self.heap, (-self._bound(left, right), self.evaluations * 2 + len(self.heap) % 2, left, right))

    def _bound(self, left: _Node, right: _Node) -> Fraction:
        """See the module's docstring."""
        steps = (right.time - left.time) / self.flow.unit
        ends = max(left.high, right.high)
        if self.flow.discrete and steps <= 1:
            return ends
        if self.similarity is None:
            return self._growing(left, right, steps)
        half, bend = steps * steps / 8, Fraction(0)
        for k in reversed(range(len(left.bends))):
            ends_here = max(left.bends[k], right.bends[k])
            coarse = left.bends[k] * self.similarity
            bend = coarse if k == len(left.bends) - 1 else min(coarse, ends_here + half * bend)
        return min(ends + half * bend, left.high * self.similarity)

    def _growing(self, left: _Node, right: _Node, steps: Fraction) -> Fraction:
        """Without a similarity: ``‖E_ξ‖ <= (1 + ‖A‖)^h`` (powers) or ``e^{h‖A‖}``, for ``ξ <= h``."""
        with precision(96):
            size = _frobenius(self.flow.generator)
            exponent = _arb(steps) * ((1 + _arb(size)).log() if self.flow.discrete else _arb(size))
            growth = fraction_of(exponent.exp().upper()) if exponent.upper() < 4000 else math.inf
        if not isinstance(growth, Fraction):
            return max(left.high, right.high) * 10**1000
        return max(left.high, right.high) + steps * steps / 8 * left.bends[0] * growth

    def _node(self, time: Fraction, sharp: bool) -> _Node:
        """``sharp``: the norm is proved even where a glance at the Frobenius norm shows that it is below the best value."""
        self.evaluations += 1
        flow = self.flow.at(time)
        bends, bent = [], flow
        with precision(PRECISION):
            for _ in range(self.levels):
                bent = self.flow.generator * (self.flow.generator * bent)
                bends.append(_frobenius(bent))
        coarse = _frobenius(flow)
        if not sharp and coarse <= self.best[0]:
            return _Node(time, Fraction(0), coarse, tuple(bends))
        low, high = _norm(flow, self.rtol / 8)
        self.best = max(self.best, (low, time), key=lambda pair: pair[0])
        return _Node(time, low, min(high, coarse), tuple(bends))


def _contraction(matrix: RationalMatrix) -> Fraction | None:
    """Some verified ``S``: the optimised one, or (with entries that floats cannot hold apart) one of the closed forms."""
    found = prove_form(matrix, similarity_bound(matrix.to_numpy()))
    return Fraction(found[0]) if found is not None else _similarity(prove_similarity(matrix))


def _similarity(found: tuple[Fraction, object] | None) -> Fraction | None:
    return None if found is None else found[0]


def enclosed_exponential(matrix: RationalMatrix) -> tuple[RationalMatrix, Fraction]:
    """``(M, e)`` with ``‖e^X − M‖ <= e``, about 96 bits relative to the norm (which must not exceed :data:`LARGEST_EXPONENT`)."""
    return _middle(_Exponentials(matrix).at(Fraction(1)))


def _middle(flow: Flow) -> tuple[RationalMatrix, Fraction]:
    """The midpoints of the balls, rounded, and the distance of any member from them."""
    size = _frobenius(flow)
    places = 96 - (size.numerator.bit_length() - size.denominator.bit_length())
    middle = _rounded(flow, places)
    with precision(PRECISION):
        return middle, _frobenius(flow - ball_matrix(middle))


def _norm(flow: Flow, rtol: Fraction) -> tuple[Fraction, Fraction]:
    """``‖E‖`` for every member of the balls."""
    if _frobenius(flow) == 0:
        return Fraction(0), Fraction(0)
    middle, error = _middle(flow)
    found = norm(middle, rtol=rtol)
    return max(Fraction(0), found.lower - error), found.upper + error  # type: ignore[operator, return-value]


def _rounded(flow: Flow, places: int) -> RationalMatrix:
    """The midpoints as multiples of ``2^-places``."""

    def part(x: flint.arb) -> Fraction:
        return dyadic(x, places) if places >= 0 else Fraction(round(fraction_of(x.mid()) / 2**-places)) * 2**-places

    if isinstance(flow, flint.arb_mat):
        return RationalMatrix.from_rows([[part(x) for x in row] for row in flow.table()])
    return RationalMatrix.from_rows([[GaussianRational(part(x.real), part(x.imag)) for x in row] for row in flow.table()])


def _frobenius(flow: Flow) -> Fraction:
    """An upper bound of the Frobenius norm, 64 bits long."""
    with precision(64):
        total = sum((abs(x).abs_upper() ** 2 for x in flow.entries()), start=flint.arb(0))
        end = fraction_of(total.sqrt().upper()) if total.is_finite() else math.inf
    if not isinstance(end, Fraction):
        raise OverflowError("the flow overflowed ball arithmetic: give a shorter horizon")
    return end


def _arb(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))
