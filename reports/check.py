#!/usr/bin/env python3
"""Stand-alone checker of certificates (``docs/certificate-format.md``, version 1). Python 3.11 or later, standard library alone.

    python reports/check.py CERT.json [CERT.json ...] [--quiet] [--json]

Exit status: 0 if every certificate is accepted, 1 if one is rejected, 2 if one cannot be read (no such file, wrong usage).

*What acceptance means.* The certificate carries a claim as an expression tree, exact data for its free symbols, and witnesses for
bounds of norms, radii and suprema. Every number here is a rational (``Fraction``), every matrix a matrix of Gaussian rationals, every
scalar an interval with rational endpoints that provably contains the true value; there is no floating point, except that ``±math.inf``
stands for an infinite endpoint. A relation *holds* or *is violated* only if the intervals leave no other possibility. A witness is never
believed: a rule, whose proof stands in the docstring of its function, turns it into a bound after the exact inequality that the proof
rests on has been checked. What the checker cannot know is whether the tree says what a paper says: it prints the tree in words, for a
reader to compare (``verify check`` compares it with the named claim file).

*How to read this file.* The mathematics is in sections 3, 5, 7, 8 and 9; the rest is bookkeeping that a reader may skim.

    1  limits and refusals         what is too large or malformed
    2  JSON                        reading a file that nobody vouches for
    3  intervals                   rational endpoints; exp, log, roots, pi with proved remainders
    4  exact matrices              integers over one common denominator
    5  positivity                  X >= 0 by elimination, or by a supplied factor
    6  witness records             typed access to the fields of a record
    7  quantities                  for each: what is known without a witness, and its witness rules *with proofs*
    8  circles and lines           upper bounds of Kreiss constants, *with proofs*
    9  suprema over one variable   polynomial certificates, *with proof*
    10 trees                       which nodes exist, their arguments, how they read in words
    11 values and the certificate  parsing
    12 evaluation                  trees to intervals, matrices and truth values
    13 inequalities            proofs by contradiction for all real values, *with proofs*
    14 verdict and printing
    15 command line

Notation: ``X*`` is the adjoint, ``|v|`` the Euclidean and ``|X|`` the spectral norm, ``R(z) = (zI - X)^-1`` (``|R(z)|`` is +infinity
where ``zI - X`` is singular), ``A >= B`` between Hermitian matrices the Loewner order, ``rho`` the spectral radius.
"""

from __future__ import annotations

import argparse
import enum
import functools
import itertools
import json
import math
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from operator import mul
from pathlib import Path
from typing import Any, NoReturn, TypeGuard

FORMAT = "verify-certificate/1"
Json = Any
Node = dict[str, Any]
Gaussian = tuple[Fraction, Fraction]

# ---------------------------------------------------------------------------------------------------------------------------------
# 1. Limits and refusals
# ---------------------------------------------------------------------------------------------------------------------------------

MAX_FILE_BYTES = 64 << 20
MAX_TOKENS = 2_000_000  # commas and opening brackets: bounds the memory that the parsed file can take
MAX_CHARACTERS = 20_000  # of one number
MAX_TEXT = 10_000  # of one title or name
MAX_NESTING = 200
MAX_ORDER = 400  # of a matrix
MAX_OWN_ORDER = 96  # of a real matrix whose positivity is decided here without a supplied factor
MAX_INVERSE_ORDER = 64
MAX_EXPONENTIAL, MAX_EXPONENTIAL_ORDER = 256, 32  # of the norm of tX in an exponential
MAX_RANGE = 100_000  # terms of one sum, and powers of a matrix
MAX_DEGREE = 200  # of a rational function
MAX_BITS = 1 << 20  # of a power
MAX_DENOMINATOR_BITS = 1 << 18  # of the common denominator of a matrix of the instance
MAX_MATRIX_BITS = 1 << 30  # of all entries of one matrix
MAX_STEPS = 300_000  # nodes evaluated and terms of ranges, as sums and products repeat their bodies
QUANTITY_STEPS = 100  # what a quantity counts, as it costs far more than a sum
MAX_SECONDS = 300


class Rejected(Exception):
    """The certificate proves nothing; the message says why."""


def reject(reason: str) -> NoReturn:
    raise Rejected(reason)


def require(condition: bool, reason: str) -> None:
    """Like ``assert``, but not switched off by ``python -O``."""
    if not condition:
        raise Rejected(reason)


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Rejects what takes too long, where the system has timers; a run in another thread has no guard. A timer that runs already goes on afterwards."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise Rejected(f"stopped: the check took longer than {seconds} s")

    start = time.monotonic()
    left, interval = signal.setitimer(signal.ITIMER_REAL, 0)
    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        if left > 0:
            signal.setitimer(signal.ITIMER_REAL, max(1e-3, left - (time.monotonic() - start)), interval)


@contextmanager
def long_integers() -> Iterator[None]:
    """Python refuses to read integers of more than 4300 digits; the format allows 20 000 (checked before conversion)."""
    previous = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(previous)


# ---------------------------------------------------------------------------------------------------------------------------------
# 2. JSON
# ---------------------------------------------------------------------------------------------------------------------------------

RATIONAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:/[1-9][0-9]*)?")
NAME = re.compile(r"[^\W\d][\w']{0,63}")


def read_json(data: bytes) -> Json:
    """The parsed file: no duplicate keys, no floats, no NaN, no trailing data, bounded size and nesting."""
    require(len(data) <= MAX_FILE_BYTES, f"the file is larger than {MAX_FILE_BYTES} bytes")
    require(sum(data.count(mark) for mark in (b",", b"[", b"{")) <= MAX_TOKENS, f"the file has more than {MAX_TOKENS} commas and brackets")
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_without_duplicates,
            parse_int=_json_integer,
            parse_float=lambda text: reject(f"a float in the file: {text[:40]}"),
            parse_constant=lambda text: reject(f"{text} in the file"),
        )
    except RecursionError:
        reject(f"nested deeper than {MAX_NESTING}")
    except ValueError as error:
        reject(f"not a JSON file: {error}")
    _check_nesting(value)
    return value


def _without_duplicates(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    require(len(result) == len(pairs), "a JSON object has a duplicate key")
    return result


def _json_integer(text: str) -> int:
    require(len(text) <= MAX_CHARACTERS, f"a number has more than {MAX_CHARACTERS} characters")
    return int(text)


def _check_nesting(value: Json) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        require(depth <= MAX_NESTING + 1, f"nested deeper than {MAX_NESTING}")
        lists = [parent.values() if isinstance(parent, dict) else parent for parent in level if isinstance(parent, (dict, list))]
        level = [child for children in lists for child in children]


def as_object(data: Json, where: str, needed: set[str], optional: set[str] = frozenset()) -> dict[str, Json]:
    require(isinstance(data, dict), f"{where} is not a JSON object")
    missing, unknown = needed - data.keys(), data.keys() - needed - optional
    require(not missing, f"{where} lacks {', '.join(sorted(missing))}")
    require(not unknown, f"{where} has an unknown key: {printable(shortened(', '.join(sorted(unknown)), 200))}")
    return data


def as_list(data: Json, where: str, smallest: int = 0) -> list[Json]:
    require(isinstance(data, list) and len(data) >= smallest, f"{where} is not a list" + (f" of {smallest} or more" if smallest else ""))
    return data


def as_text(data: Json, where: str) -> str:
    require(isinstance(data, str) and len(data) <= MAX_TEXT, f"{where} is not a text of at most {MAX_TEXT} characters")
    return data


def as_name(data: Json, where: str) -> str:
    require(isinstance(data, str) and NAME.fullmatch(data) is not None, f"{where} is not a name")
    return data


def as_integer(data: Json, where: str, least: int, most: int) -> int:
    require(type(data) is int, f"{where} is not an integer")  # a JSON true is an int to isinstance
    require(least <= data <= most, f"{where} is not between {least} and {most}")
    return data


def as_rational(data: Json, where: str) -> Fraction:
    require(isinstance(data, str), f"{where} is not a rational string")
    require(len(data) <= MAX_CHARACTERS, f"{where} has more than {MAX_CHARACTERS} characters")
    require(RATIONAL.fullmatch(data) is not None, f"{where} is not a rational number: {printable(data[:40])}")
    numerator, _, denominator = data.partition("/")
    return Fraction(int(numerator), int(denominator or 1))


def as_gaussian(data: Json, where: str) -> Gaussian:
    if isinstance(data, list):
        require(len(data) == 2, f"{where} is not a pair of rational strings")
        return as_rational(data[0], where), as_rational(data[1], where)
    return as_rational(data, where), Fraction(0)


def printable(text: str) -> str:
    """No control characters: a title must not be able to forge a line of the report."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


# ---------------------------------------------------------------------------------------------------------------------------------
# 3. Intervals
# ---------------------------------------------------------------------------------------------------------------------------------

Endpoint = Fraction | float
"""A Fraction; a float only as ``+INFINITY`` or ``-INFINITY``."""

INFINITY = math.inf
PRECISION = 256  # bits kept when an endpoint is rounded outward
FIXED = 448  # fractional bits inside the series
LONG = 2048  # an endpoint of a proper interval is rounded when it has more bits
EXACT = 1 << 17  # an exactly known number is kept exact up to this many bits


def finite(x: Endpoint) -> TypeGuard[Fraction]:
    return isinstance(x, Fraction)


def bits(x: Fraction) -> int:
    return x.numerator.bit_length() + x.denominator.bit_length()


def magnitude(x: Fraction) -> int:
    """An integer k with 2^(k-1) < |x| < 2^(k+1), for x != 0."""
    return x.numerator.bit_length() - x.denominator.bit_length()


def round_down(x: Fraction, precision: int = PRECISION) -> Fraction:
    """A dyadic number <= x, with about ``precision`` significant bits."""
    shift = precision - magnitude(x)
    if shift >= 0:
        return Fraction((x.numerator << shift) // x.denominator, 1 << shift)
    return Fraction((x.numerator // (x.denominator << -shift)) << -shift)


def round_up(x: Fraction, precision: int = PRECISION) -> Fraction:
    return -round_down(-x, precision)


def enclose(lo: Endpoint, hi: Endpoint) -> Interval:
    """[lo, hi], rounded outward if the numbers have grown long."""
    require(all(not finite(x) or bits(x) <= 8 * MAX_BITS for x in (lo, hi)), "a number has grown too long")
    limit = EXACT if lo == hi else LONG
    if finite(lo) and bits(lo) > limit:
        lo = round_down(lo)
    if finite(hi) and bits(hi) > limit:
        hi = round_up(hi)
    return Interval(lo, hi)


def _add_endpoints(x: Endpoint, y: Endpoint, outward: float) -> Endpoint:
    if finite(x) and finite(y):
        return x + y
    return outward if outward in (x, y) else (y if finite(x) else x)


def _multiply_endpoints(x: Endpoint, y: Endpoint) -> Endpoint:
    if finite(x) and finite(y):
        return x * y
    return INFINITY if (x > 0) == (y > 0) else -INFINITY


@dataclass(frozen=True, slots=True)
class Interval:
    """All extended reals x with lo <= x <= hi.

    ``EVERYTHING = [-infinity, infinity]`` also stands for a value that may be undefined (a division by something that may be zero, infinity
    - infinity, 0 * infinity); every operation on it gives EVERYTHING again and every comparison with it is undecided.
    """

    lo: Endpoint
    hi: Endpoint

    @property
    def exact(self) -> Fraction | None:
        return self.lo if self.lo == self.hi and finite(self.lo) else None

    @property
    def unbounded(self) -> bool:
        return not (finite(self.lo) and finite(self.hi))

    def __contains__(self, x: Fraction) -> bool:
        return self.lo <= x <= self.hi

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo)

    def __add__(self, other: Interval) -> Interval:
        if EVERYTHING in (self, other):
            return EVERYTHING
        return enclose(_add_endpoints(self.lo, other.lo, -INFINITY), _add_endpoints(self.hi, other.hi, INFINITY))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if EVERYTHING in (self, other) or (0 in self and other.unbounded) or (0 in other and self.unbounded):
            return EVERYTHING
        corners = [_multiply_endpoints(x, y) for x in {self.lo, self.hi} for y in {other.lo, other.hi}]
        return enclose(min(corners), max(corners))

    def inverse(self) -> Interval:
        if 0 in self:
            return EVERYTHING
        lo, hi = (1 / x if finite(x) else Fraction(0) for x in (self.hi, self.lo))
        return enclose(lo, hi)

    def hull(self, other: Interval) -> Interval:
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi))

    def modulus(self) -> Interval:
        if self == EVERYTHING or self.lo >= 0:
            return self
        return -self if self.hi <= 0 else Interval(Fraction(0), max(-self.lo, self.hi))

    def power(self, n: int) -> Interval:
        """x^n for an integer n; 0^0 = 1. On each side of zero x^n is monotone in |x|."""
        if self == EVERYTHING or (n == 0 and self.unbounded):
            return EVERYTHING
        if n < 0:
            return self.power(-n).inverse()
        if n == 0:
            return point(1)
        if self.lo >= 0:
            return enclose(power_bound(self.lo, n, round_down), power_bound(self.hi, n, round_up))
        if self.hi <= 0:
            mirrored = (-self).power(n)
            return mirrored if n % 2 == 0 else -mirrored
        below, above = power_bound(-self.lo, n, round_up), power_bound(self.hi, n, round_up)
        return enclose(Fraction(0), max(below, above)) if n % 2 == 0 else enclose(-below, above)

    def root(self, n: int) -> Interval:
        if self == EVERYTHING or self.lo < 0:
            return EVERYTHING
        return enclose(root_bounds(self.lo, n)[0], root_bounds(self.hi, n)[1])

    def exp(self) -> Interval:
        if self == EVERYTHING:
            return EVERYTHING
        return enclose(exp_bounds(self.lo)[0], exp_bounds(self.hi)[1])

    def log(self) -> Interval:
        if self == EVERYTHING or self.lo < 0 or self.hi == 0:
            return EVERYTHING
        return enclose(log_bounds(self.lo)[0], log_bounds(self.hi)[1])


EVERYTHING = Interval(-INFINITY, INFINITY)


def point(x: Fraction | int) -> Interval:
    return Interval(Fraction(x), Fraction(x))


def power_bound(x: Endpoint, n: int, rounded: Callable[[Fraction], Fraction]) -> Endpoint:
    """x^n for x >= 0, n >= 1: exact if short, else repeated squaring, each (non-negative) product rounded to the same side."""
    if not finite(x) or x in (0, 1):
        return x
    if bits(x) * n <= EXACT:
        return x**n
    require((abs(magnitude(x)) + 1) * n <= MAX_BITS, "a power is too large or too small")
    result = Fraction(1)
    for digit in bin(n)[2:]:
        result = rounded(result * result)
        if digit == "1":
            result = rounded(result * x)
    return result


def integer_root(y: int, n: int) -> int:
    """The largest r with r^n <= y (Newton's iteration from above decreases until it reaches it)."""
    if n == 2 or y < 2:
        return math.isqrt(y) if n == 2 else y
    r = 1 << -(-y.bit_length() // n)
    while True:
        smaller = ((n - 1) * r + y // r ** (n - 1)) // n
        if smaller >= r:
            return r
        r = smaller


def root_bounds(x: Endpoint, n: int) -> tuple[Endpoint, Endpoint]:
    """Rationals around x^(1/n) for x >= 0; equal if the root is rational.

    With r the integer root of floor(y), y = x 2^(nk): r^n <= y < floor(y) + 1 <= (r+1)^n, so r/2^k <= x^(1/n) < (r+1)/2^k.
    """
    if not finite(x) or x == 0:
        return x, x
    if bits(x) <= LONG * 8:  # a longer number is not worth the search for an exact root
        numerator, denominator = integer_root(x.numerator, n), integer_root(x.denominator, n)
        if numerator**n == x.numerator and denominator**n == x.denominator:
            return Fraction(numerator, denominator), Fraction(numerator, denominator)
    k = max(0, PRECISION - magnitude(x) // n)
    r = integer_root((x.numerator << (n * k)) // x.denominator, n)
    return Fraction(r, 1 << k), Fraction(r + 1, 1 << k)


def square_root(q: Fraction) -> Interval:
    return Interval(*root_bounds(q, 2))


EXP_TERMS, EXP_LIMIT = 48, Fraction(1 << 14)


def exp_bounds(x: Endpoint) -> tuple[Endpoint, Endpoint]:
    """Rationals around e^x; e^-x = 1/e^x, and beyond EXP_LIMIT only e^x >= e^EXP_LIMIT is said.

    For 0 <= y <= 2^-8 Horner's scheme 1 + y/1 (1 + y/2 (1 + ...)) has non-negative terms only, so rounding all of them down (up) in fixed
    point bounds it below (above); cut after n terms, the innermost bracket is at least 1 and at most 1 + y + y^2 + ... <= 2. Then e^x =
    (e^y)^(2^h), by squaring.
    """
    if not finite(x):
        return (INFINITY, INFINITY) if x > 0 else (Fraction(0), Fraction(0))
    if x < 0:
        lo, hi = exp_bounds(-x)
        return (1 / hi if finite(hi) else Fraction(0)), 1 / lo
    if x == 0:
        return Fraction(1), Fraction(1)
    if x > EXP_LIMIT:
        return exp_bounds(EXP_LIMIT)[0], INFINITY
    halvings, one = math.ceil(x).bit_length() + 8, 1 << FIXED
    below = (x.numerator << FIXED) // (x.denominator << halvings)
    above, lo, hi = below + 1, one, 2 * one
    for i in range(EXP_TERMS, 0, -1):
        lo = one + (below * lo >> FIXED) // i
        hi = one - (-above * hi >> FIXED) // i + 1
    low, high = Fraction(lo, one), Fraction(hi, one)
    for _ in range(halvings):
        low, high = round_down(low * low, FIXED), round_up(high * high, FIXED)
    return low, high


LOG_TERMS = 160


def _log_of_ratio(below: int, above: int) -> tuple[int, int]:
    """Fixed-point bounds of log((1+t)/(1-t)) = 2t sum_i t^2i/(2i+1) for 0 <= below/2^FIXED <= t <= above/2^FIXED <= 1/3 + 2^-FIXED.

    All terms are non-negative, so rounding down (up) throughout bounds the sum below (above); the terms cut off inside the innermost
    bracket are at least 0 and at most (1 + t^2 + t^4 + ...)/(2n+1) <= 2/(2n+1).
    """
    one = 1 << FIXED
    square_below, square_above = below * below >> FIXED, -(-above * above >> FIXED)
    lo, hi = 0, 2 * one // (2 * LOG_TERMS + 1) + 1
    for i in range(LOG_TERMS - 1, -1, -1):
        lo = one // (2 * i + 1) + (square_below * lo >> FIXED)
        hi = one // (2 * i + 1) + 1 - (-square_above * hi >> FIXED)
    return 2 * below * lo >> FIXED, -(-2 * above * hi >> FIXED)


def log_bounds(x: Endpoint) -> tuple[Endpoint, Endpoint]:
    """Rationals around log x for x >= 0: x = 2^k m with 1 <= m < 2, log m = log((1+t)/(1-t)) with t = (m-1)/(m+1), log 2 likewise with t =
    1/3."""
    if not finite(x) or x == 0:
        return (INFINITY, INFINITY) if x > 0 else (-INFINITY, -INFINITY)
    k = magnitude(x) if x >= Fraction(2) ** magnitude(x) else magnitude(x) - 1
    m = x / Fraction(2) ** k
    t, third = (m - 1) / (m + 1), (1 << FIXED) // 3
    below = (t.numerator << FIXED) // t.denominator
    lo, hi = _log_of_ratio(below, below + (t != 0))
    log2_lo, log2_hi = _log_of_ratio(third, third + 1)
    scale = 1 << FIXED
    return Fraction(lo + k * (log2_lo if k >= 0 else log2_hi), scale), Fraction(hi + k * (log2_hi if k >= 0 else log2_lo), scale)


def _arctangent_of_inverse(q: int) -> Interval:
    """arctan(1/q) = 1/q - 1/(3q^3) + ...: alternating and decreasing, so an even partial sum is below and the next one above."""
    below = sum(Fraction((-1) ** i, (2 * i + 1) * q ** (2 * i + 1)) for i in range(120))
    return enclose(round_down(below), round_up(below + Fraction(1, 241 * q**241)))


@functools.cache
def constant(name: str) -> Interval:
    """Euler's number, or pi = 16 arctan(1/5) - 4 arctan(1/239) (Machin)."""
    if name == "E":
        return point(1).exp()
    return point(16) * _arctangent_of_inverse(5) - point(4) * _arctangent_of_inverse(239)


@dataclass(frozen=True, slots=True)
class Complex:
    """A complex number whose parts lie in two intervals; real numbers have ``im`` exactly zero."""

    re: Interval
    im: Interval = Interval(Fraction(0), Fraction(0))

    @property
    def is_real(self) -> bool:
        return self.im.exact == 0

    @property
    def undefined(self) -> bool:
        """Possibly: see EVERYTHING."""
        return EVERYTHING in (self.re, self.im)

    @property
    def exact(self) -> Gaussian | None:
        re, im = self.re.exact, self.im.exact
        return None if re is None or im is None else (re, im)

    def __add__(self, other: Complex) -> Complex:
        return Complex(self.re + other.re, self.im + other.im)

    def __neg__(self) -> Complex:
        return Complex(-self.re, -self.im)

    def hull(self, other: Complex) -> Complex:
        return Complex(self.re.hull(other.re), self.im.hull(other.im))

    def __mul__(self, other: Complex) -> Complex:
        if self.is_real and other.is_real:
            return Complex(self.re * other.re)
        return Complex(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)

    def inverse(self) -> Complex:
        if self.is_real:
            return Complex(self.re.inverse())
        scale = (self.re.power(2) + self.im.power(2)).inverse()
        return Complex(self.re * scale, -self.im * scale)

    def modulus(self) -> Interval:
        return self.re.modulus() if self.is_real else (self.re.power(2) + self.im.power(2)).root(2)

    def power(self, n: int) -> Complex:
        if self.is_real:
            return Complex(self.re.power(n))
        if self.undefined:
            return Complex(EVERYTHING, EVERYTHING)
        if n < 0:
            return self.power(-n).inverse()
        require(n <= MAX_RANGE, "the exponent of a complex number is too large")
        result = Complex(point(1))
        for digit in bin(n)[2:]:
            result = result * result
            if digit == "1":
                result = result * self
        return result


def real_power(base: Interval, exponent: Interval) -> Interval:
    """base^exponent: exact or monotone for rational exponents p/q (base >= 0 unless q = 1), else e^(exponent log base)."""
    rational = exponent.exact
    if base.lo <= 0 and exponent.lo <= 0 and (rational is None or rational.denominator != 1):
        return EVERYTHING
    if rational is None or rational.denominator > 64:
        return (exponent * base.log()).exp()
    if rational.denominator == 1:
        require(abs(rational) <= MAX_BITS, "an exponent is too large")
        return base.power(rational.numerator)
    require(abs(rational.numerator) <= MAX_BITS, "an exponent is too large")
    return base.root(rational.denominator).power(rational.numerator)


# ---------------------------------------------------------------------------------------------------------------------------------
# 4. Exact matrices
# ---------------------------------------------------------------------------------------------------------------------------------

Rows = list[list[int]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """(re + i im)/den with integer entries; ``im`` is None for a real matrix. Built by ``matrix``, which normalises."""

    re: Rows
    im: Rows | None
    den: int

    @property
    def rows(self) -> int:
        return len(self.re)

    @property
    def cols(self) -> int:
        return len(self.re[0])

    @property
    def shape(self) -> str:
        return f"{self.rows}x{self.cols}"

    def imaginary(self) -> Rows:
        return self.im if self.im is not None else [[0] * self.cols for _ in self.re]

    def __getitem__(self, index: tuple[int, int]) -> Gaussian:
        i, j = index
        return Fraction(self.re[i][j], self.den), Fraction(0 if self.im is None else self.im[i][j], self.den)

    def __add__(self, other: Matrix) -> Matrix:
        require((self.rows, self.cols) == (other.rows, other.cols), f"a {self.shape} and a {other.shape} matrix are added")
        den = math.lcm(self.den, other.den)
        s, t = den // self.den, den // other.den
        re_part = _combined(self.re, s, other.re, t)
        both_real = self.im is None and other.im is None
        return matrix(re_part, None if both_real else _combined(self.imaginary(), s, other.imaginary(), t), den)

    def __sub__(self, other: Matrix) -> Matrix:
        return self + other.scaled(-1)

    def __matmul__(self, other: Matrix) -> Matrix:
        require(self.cols == other.rows, f"a {self.shape} and a {other.shape} matrix are multiplied")
        den, re_part = self.den * other.den, _product(self.re, other.re)
        if self.im is None and other.im is None:
            return matrix(re_part, None, den)
        mine, theirs = self.imaginary(), other.imaginary()
        re_part = _combined(re_part, 1, _product(mine, theirs), -1)
        return matrix(re_part, _combined(_product(self.re, theirs), 1, _product(mine, other.re), 1), den)

    def scaled(self, by: Fraction | int | Gaussian) -> Matrix:
        x, y = by if isinstance(by, tuple) else (Fraction(by), Fraction(0))
        den = math.lcm(x.denominator, y.denominator)
        p, q = x.numerator * (den // x.denominator), y.numerator * (den // y.denominator)
        if q == 0:
            im_part = None if self.im is None else [[p * e for e in row] for row in self.im]
            return matrix([[p * e for e in row] for row in self.re], im_part, self.den * den)
        im_part = self.imaginary()
        return matrix(_combined(self.re, p, im_part, -q), _combined(im_part, p, self.re, q), self.den * den)

    def transposed(self) -> Matrix:
        return matrix(_flipped(self.re), None if self.im is None else _flipped(self.im), self.den)

    def adjoint(self) -> Matrix:
        return matrix(_flipped(self.re), None if self.im is None else [[-e for e in row] for row in _flipped(self.im)], self.den)

    def trace(self) -> Gaussian:
        imaginary = 0 if self.im is None else sum(self.im[i][i] for i in range(self.rows))
        return Fraction(sum(self.re[i][i] for i in range(self.rows)), self.den), Fraction(imaginary, self.den)

    def squares(self) -> list[list[int]]:
        """den^2 times the squared moduli of the entries."""
        if self.im is None:
            return [[e * e for e in row] for row in self.re]
        return [[a * a + b * b for a, b in zip(*pair, strict=True)] for pair in zip(self.re, self.im, strict=True)]

    def frobenius(self) -> Fraction:
        """The squared Frobenius norm."""
        return Fraction(sum(map(sum, self.squares())), self.den**2)

    def lines(self) -> list[Fraction]:
        """The squared norms of all rows and columns."""
        squares = self.squares()
        return [Fraction(sum(line), self.den**2) for line in [*squares, *zip(*squares, strict=True)]]


def _combined(a: Rows, s: int, b: Rows, t: int) -> Rows:
    return [[s * x + t * y for x, y in zip(*pair, strict=True)] for pair in zip(a, b, strict=True)]


def _product(a: Rows, b: Rows) -> Rows:
    columns = list(zip(*b, strict=True))
    return [[sum(map(mul, row, column)) for column in columns] for row in a]


def _flipped(a: Rows) -> Rows:
    return [list(column) for column in zip(*a, strict=True)]


def matrix(re_part: Rows, im_part: Rows | None, den: int) -> Matrix:
    """In lowest terms; refuses what would not fit into memory."""
    require(den.bit_length() <= 4 * MAX_BITS, "a common denominator is too long")
    require(den.bit_length() * len(re_part) * len(re_part[0]) <= 2 * MAX_MATRIX_BITS, "the numbers of a matrix are too long")
    if im_part is not None and not any(map(any, im_part)):
        im_part = None
    common = den
    for e in (e for part in (re_part, im_part or []) for row in part for e in row):
        if common == 1:
            break
        common = math.gcd(common, e)
    if common > 1:
        re_part = [[e // common for e in row] for row in re_part]
        im_part = None if im_part is None else [[e // common for e in row] for row in im_part]
    return Matrix(re_part, im_part, den // common)


def matrix_of(entries: list[list[Gaussian]]) -> Matrix:
    den, size = 1, len(entries) * len(entries[0])
    for part in {part for row in entries for entry in row for part in entry}:
        den = math.lcm(den, part.denominator)
        length = den.bit_length()
        require(length <= MAX_DENOMINATOR_BITS and length * size <= MAX_MATRIX_BITS, "the common denominator of a matrix is too long")
    parts = [[[entry[k].numerator * (den // entry[k].denominator) for entry in row] for row in entries] for k in (0, 1)]
    return matrix(parts[0], parts[1], den)


def zero(rows: int, cols: int) -> Matrix:
    return Matrix([[0] * cols for _ in range(rows)], None, 1)


def identity(n: int, scale: Fraction | int | Gaussian = 1) -> Matrix:
    return Matrix([[int(i == j) for j in range(n)] for i in range(n)], None, 1).scaled(scale)


def block(blocks: list[list[Matrix]]) -> Matrix:
    """[[A, B], ...]; the shapes must fit together."""
    widths = [part.cols for part in blocks[0]]
    for row in blocks:
        fits = [part.cols for part in row] == widths and len({part.rows for part in row}) == 1
        require(fits, "the blocks of a matrix do not fit together")
    den = math.lcm(*(part.den for row in blocks for part in row))
    re_part: Rows = []
    im_part: Rows = []
    for row in blocks:
        for i in range(row[0].rows):
            re_part.append([e * (den // part.den) for part in row for e in part.re[i]])
            im_part.append([e * (den // part.den) for part in row for e in (part.im[i] if part.im is not None else [0] * part.cols)])
    return matrix(re_part, im_part, den)


def is_hermitian(x: Matrix) -> bool:
    return x.rows == x.cols and x == x.adjoint()


def is_normal(x: Matrix) -> bool:
    return x.rows == x.cols and x.adjoint() @ x == x @ x.adjoint()


def is_triangular(x: Matrix) -> bool:
    squares = x.squares()
    above = any(any(row[i + 1 :]) for i, row in enumerate(squares))
    below = any(any(row[:i]) for i, row in enumerate(squares))
    return not (above and below)


def matrix_power(x: Matrix, t: int) -> Matrix:
    """x^t for t >= 0."""
    longest = max(x.den.bit_length(), *(abs(e).bit_length() for part in (x.re, x.im or []) for row in part for e in row))
    require(t <= MAX_RANGE and t * (longest + x.rows.bit_length()) <= MAX_BITS, "a matrix power is too large")
    result = identity(x.rows)
    for digit in bin(t)[2:]:
        result = result @ result
        if digit == "1":
            result = result @ x
    return result


def determinant_and_inverse(x: Matrix) -> tuple[Gaussian, Matrix | None]:
    """By Faddeev and Le Verrier: M_1 = I, c_k = -tr(X M_k)/k, M_(k+1) = X M_k + c_k I.

    The c_k are the coefficients of det(zI - X) = z^n + c_1 z^(n-1) + ... + c_n (Newton's identities), so det X = (-1)^n c_n, and
    Cayley-Hamilton is X M_n = -c_n I. Division by k is the only one, so no pivot can fail.
    """
    n, m = x.rows, identity(x.rows)
    require(n <= MAX_INVERSE_ORDER, f"a determinant or an inverse of order above {MAX_INVERSE_ORDER}")
    for k in range(1, n + 1):
        product = x @ m
        re_part, im_part = product.trace()
        c = (-re_part / k, -im_part / k)
        if k < n:
            m = product + identity(n, c)
    sign = (-1) ** n
    return (sign * c[0], sign * c[1]), None if c == (0, 0) else m.scaled(_negated_inverse(c))


def _negated_inverse(c: Gaussian) -> Gaussian:
    size = c[0] ** 2 + c[1] ** 2
    return -c[0] / size, c[1] / size


# ---------------------------------------------------------------------------------------------------------------------------------
# 5. Positivity
# ---------------------------------------------------------------------------------------------------------------------------------


def is_positive(rows: Rows, strict: bool) -> bool:
    """Whether a symmetric integer matrix is positive semidefinite (``strict``: definite), by fraction-free elimination.

    Let S be the set of pivots taken so far. After the step each entry a[i][j] is the minor det X[S+i, S+j] (Bareiss: the division is exact)
    and ``previous`` is det X[S, S] > 0, so a/previous is the Schur complement of X[S, S]; X >= 0 iff that is >= 0. A negative diagonal
    entry refutes this, and so does a zero diagonal entry with a nonzero one in its row; a zero row can be left out.
    """
    n, previous = len(rows), 1
    a = [row[i:] for i, row in enumerate(rows)]
    for k in range(n):
        pivot, tail = a[k][0], a[k][1:]
        if pivot < 0 or (pivot == 0 and (strict or any(tail))):
            return False
        if pivot == 0:
            continue
        for offset, factor in enumerate(tail):
            row = a[k + 1 + offset]
            a[k + 1 + offset] = [(pivot * e - factor * f) // previous for e, f in zip(row, tail[offset:], strict=True)]
        previous = pivot
    return True


def real_form(x: Matrix) -> Rows:
    """A positive multiple of X if X is real, else of [[Re, -Im], [Im, Re]], which has the same form: v = a + ib <-> (a, b)."""
    if x.im is None:
        return x.re
    upper = [r + [-e for e in i] for r, i in zip(x.re, x.im, strict=True)]
    return upper + [i + r for r, i in zip(x.re, x.im, strict=True)]


def decide_positive(x: Matrix, strict: bool = False) -> bool:
    """X >= 0 (``strict``: > 0) decided exactly; X must be Hermitian."""
    rows = real_form(x)
    require(len(rows) <= MAX_OWN_ORDER, f"positivity of a matrix of order above {MAX_OWN_ORDER} needs a factor")
    return is_positive(rows, strict)


Factor = tuple[int, Rows, Rows]
"""(k, A, B): the lower triangular L = (A + iB)/2^k; row i of A and B has i + 1 entries."""


def proves_positive(x: Matrix, factor: Factor, strict: bool) -> bool:
    """X >= 0 (``strict``: > 0) because E = X - LL* is diagonally dominant (strictly) with a non-negative diagonal.

    LL* >= 0, and by Gershgorin the eigenvalues of E lie within sum_j |e_ij| of some e_ii; the modulus of e_ij is bounded by |re| + |im|.
    All is done in integers, on the lower triangle of den 4^k E; ``margins`` are the diagonal entries minus the sums.
    """
    k, a, b = factor
    imaginary, margins = x.imaginary(), [0] * x.rows
    for i in range(x.rows):
        for j in range(i + 1):
            re_part = sum(map(mul, a[j], a[i])) + sum(map(mul, b[j], b[i]))
            im_part = sum(map(mul, a[j], b[i])) - sum(map(mul, b[j], a[i]))
            re_part = (x.re[i][j] << 2 * k) - x.den * re_part
            if i == j:
                margins[i] += re_part
            else:
                size = abs(re_part) + abs((imaginary[i][j] << 2 * k) - x.den * im_part)
                margins[i] -= size
                margins[j] -= size
    return all(margin > 0 or (margin == 0 and not strict) for margin in margins)


def parse_factor(data: Json, x: Matrix, where: str) -> tuple[Matrix, Factor]:
    """X and the factor; if X is complex and the factor has twice its order, the real form of X."""
    as_object(data, where, {"scale", "rows"})
    scale = as_integer(data["scale"], f"{where}.scale", 0, MAX_CHARACTERS)
    rows = as_list(data["rows"], f"{where}.rows", 1)
    if x.im is not None and len(rows) == 2 * x.rows:
        x = matrix(real_form(x), None, x.den)
    require(len(rows) == x.rows, f"{where} has the wrong order")
    a: Rows = []
    b: Rows = []
    for i, row in enumerate(rows):
        pairs = [_integer_pair(e, where) for e in as_list(row, f"{where}.rows", i + 1)]
        require(len(pairs) <= x.rows and not any(map(any, pairs[i + 1 :])), f"{where} is not lower triangular")
        a.append([pair[0] for pair in pairs[: i + 1]])
        b.append([pair[1] for pair in pairs[: i + 1]])
    return x, (scale, a, b if any(map(any, b)) else [[] for _ in b])


def _integer_pair(data: Json, where: str) -> tuple[int, int]:
    pair = data if isinstance(data, list) else [data, 0]
    require(len(pair) == 2 and all(type(e) is int for e in pair), f"{where} has an entry that is not an integer or a pair of integers")
    return pair[0], pair[1]


# ---------------------------------------------------------------------------------------------------------------------------------
# 6. Witness records
# ---------------------------------------------------------------------------------------------------------------------------------

WITNESS_KEYS = {
    "vector": {"vector", "value"},
    "gram": {"value", "factor"},
    "lyapunov": {"value", "matrix", "vector", "factor", "factor_p"},
    "eigenvector": {"value", "z", "vector"},
    "ando": {"value", "matrix", "factor"},
    "point": {"value", "z", "vector"},
    "one": {"value"},
    "radius": {"value", "matrix", "vector", "factor"},
    "abscissa": {"value", "matrix", "vector", "factor"},
    "defective": {"value", "polynomial", "vector"},
    "similarity": {"value", "matrix", "factor", "factor_lower", "factor_upper"},
    "circles": {"value", "circles", "tail"},
    "lines": {"value", "lines", "tail"},
    "power": {"t", "vector", "value"},
    "powers": {"value", "m"},
    "circle": {"value", "r", "g", "matrix", "factor", "factor_p"},
    "psd": {"value", "factor"},
    "polynomial": {"value"},
}


@dataclass(frozen=True)
class Witness:
    """One record of evidence; its methods return fields in exact form or reject."""

    data: dict[str, Json]
    where: str

    @property
    def by(self) -> str:
        return self.data["by"]

    def has(self, key: str) -> bool:
        return key in self.data

    def get(self, key: str) -> Json:
        require(key in self.data, f"{self.where} lacks {key}")
        return self.data[key]

    def number(self, key: str) -> Fraction:
        return as_rational(self.get(key), f"{self.where}.{key}")

    def positive(self, key: str) -> Fraction:
        value = self.number(key)
        require(value > 0, f"{self.where}.{key} is not positive")
        return value

    def nonnegative(self, key: str) -> Fraction:
        value = self.number(key)
        require(value >= 0, f"{self.where}.{key} is negative")
        return value

    def gaussian(self, key: str) -> Gaussian:
        return as_gaussian(self.get(key), f"{self.where}.{key}")

    def vector(self, order: int) -> Matrix:
        """A nonzero column of the given order."""
        entries = [[as_gaussian(e, f"{self.where}.vector")] for e in as_list(self.get("vector"), f"{self.where}.vector", 1)]
        require(len(entries) == order, f"{self.where}.vector does not have {order} entries")
        v = matrix_of(entries)
        require(v.frobenius() != 0, f"{self.where}.vector is zero")
        return v

    def hermitian(self, order: int) -> Matrix:
        """The field ``matrix``."""
        m = parse_matrix(self.get("matrix"), f"{self.where}.matrix")
        require(is_hermitian(m) and m.rows == order, f"{self.where}.matrix is not a Hermitian matrix of order {order}")
        return m

    def prove(self, x: Matrix, what: str, factor: str = "factor", strict: bool = False) -> None:
        """Rejects unless X >= 0 (``strict``: X > 0) is proved, with the named factor if there is one."""
        require(is_hermitian(x), f"{self.where}: the matrix of {what} is not Hermitian")
        if self.has(factor):
            proved = proves_positive(*parse_factor(self.data[factor], x, f"{self.where}.{factor}"), strict)
            require(proved, f"{self.where}: the factor does not prove {what}")
        else:
            require(decide_positive(x, strict), f"{self.where}: {what} is false")

    def parts(self, key: str, needed: set[str], optional: set[str]) -> list[Witness]:
        """A list of sub-records."""
        items = as_list(self.get(key), f"{self.where}.{key}", 1)
        places = [f"{self.where}.{key}[{i}]" for i in range(len(items))]
        return [Witness(as_object(item, where, needed, optional), where) for item, where in zip(items, places, strict=True)]

    def part(self, key: str, needed: set[str], optional: set[str]) -> Witness:
        return Witness(as_object(self.get(key), f"{self.where}.{key}", needed, optional), f"{self.where}.{key}")


def parse_witness(data: Json, where: str) -> Witness:
    require(isinstance(data, dict) and isinstance(data.get("by"), str), f"{where} has no 'by'")
    require(data["by"] in WITNESS_KEYS, f"{where}: unknown witness {printable(data['by'][:40])}")
    return Witness(as_object(data, where, {"by"}, WITNESS_KEYS[data["by"]]), where)


# ---------------------------------------------------------------------------------------------------------------------------------
# 7. Quantities: what is known without a witness, and the witness rules
# ---------------------------------------------------------------------------------------------------------------------------------
#
# A rule takes the witness and the matrix (for ResolventNorm already Y = zI - X, for PowerNorm already X^t; for ExponentialNorm M and e with
# |exp(tX) - M| <= e) and returns the bound that it has proved. A rule whose bound is "value" returns exactly that rational.


def gram(x: Matrix) -> Matrix:
    return x.adjoint() @ x


def stretch(x: Matrix, v: Matrix) -> Fraction:
    """|Xv|^2 / |v|^2."""
    return (x @ v).frobenius() / v.frobenius()


def shifted(x: Matrix, z: Gaussian) -> Matrix:
    return identity(x.rows, z) - x


def square_of(z: Gaussian) -> Fraction:
    return z[0] ** 2 + z[1] ** 2


# -- |X|, sigma_min(X), |R(z)| -----------------------------------------------------------------------------------------------------


def norm_facts(x: Matrix) -> Interval:
    """The largest row or column <= |X| <= the Frobenius norm; both are exact for a single row or column."""
    return Interval(square_root(max(x.lines())).lo, square_root(x.frobenius()).hi)


def norm_by_vector(w: Witness, x: Matrix) -> Endpoint:
    """|X| >= |Xv|/|v|, by definition."""
    return square_root(stretch(x, w.vector(x.cols))).lo


def norm_by_gram(w: Witness, x: Matrix) -> Endpoint:
    """s >= 0 and s^2 I - X*X >= 0 say |Xv|^2 <= s^2 |v|^2 for all v."""
    s = w.nonnegative("value")
    w.prove(identity(x.cols, s * s) - gram(x), "s^2 I - X*X >= 0")
    return s


# -- norm of the exponential -------------------------------------------------------------------------------------------------------


def exponential_of(y: Matrix) -> tuple[Matrix, Fraction]:
    """M and e with |exp(Y) - M| <= e, in fixed point: a Taylor polynomial of x, about Y/2^s, squared s times.

    Rounding each part of an entry to a multiple of 2^-p moves a matrix by c = 2n 2^-p at most. With |Y|/2^s <= 1/2, |x| <= 1 and |exp(Y/2^s) - exp(x)|
    <= c exp(1) <= 3c. The polynomial I + x(I + x/2(... (I + x/K))) is rounded K times, and since |x|/k <= 1 no rounding grows: K c; what is left out is at
    most 2/(K+1)! <= c. Squaring: |(M+D)^2 - M^2| <= (2|M| + |D|)|D|. The bits lost by that, and the least exp(-|Y|) of the norm, are in p.
    """
    size, n = square_root(y.frobenius()).hi, y.rows
    if size == 0:
        return identity(n), Fraction(0)
    require(size <= MAX_EXPONENTIAL and n <= MAX_EXPONENTIAL_ORDER, "an exponential of too large a matrix")
    s = max(0, magnitude(size) + 2)
    p = 256 + 3 * math.ceil(size) + s * (2 + n.bit_length())
    c = Fraction(2 * n, 1 << p)
    x, terms, left_out = fixed_point(y.scaled(Fraction(1, 1 << s)), p), 0, Fraction(2)
    while left_out > c:
        terms += 1
        left_out /= terms + 1
    m = identity(n)
    for k in range(terms, 0, -1):
        m = identity(n) + fixed_point((x @ m).scaled(Fraction(1, k)), p)
    e = (terms + 4) * c
    for _ in range(s):
        e = round_up((2 * square_root(m.frobenius()).hi + e) * e + c)
        m = fixed_point(m @ m, p)
    return m, e


def fixed_point(x: Matrix, p: int) -> Matrix:
    """Every part of every entry rounded down to a multiple of 2^-p."""
    parts = ([[(e << p) // x.den for e in row] for row in part] for part in (x.re, x.im) if part is not None)
    re_part, *im_part = parts
    return matrix(re_part, im_part[0] if im_part else None, 1 << p)


def exponential_facts(m: Matrix, e: Fraction) -> Interval:
    """|M| - e <= |exp(Y)| <= |M| + e."""
    known = norm_facts(m)
    return Interval(max(known.lo - e, Fraction(0)), known.hi + e)


def exponential_by_vector(w: Witness, m: Matrix, e: Fraction) -> Endpoint:
    """|exp(Y)| >= |Mv|/|v| - e."""
    return max(norm_by_vector(w, m) - e, Fraction(0))


def exponential_by_gram(w: Witness, m: Matrix, e: Fraction) -> Endpoint:
    """s >= e and (s-e)^2 I - M*M >= 0 say |exp(Y)| <= |M| + e <= s."""
    s = w.number("value")
    require(s >= e, f"{w.where}.value is less than the error of the exponential")
    w.prove(identity(m.cols, (s - e) ** 2) - gram(m), "(s-e)^2 I - M*M >= 0")
    return s


def smallest_facts(x: Matrix) -> Interval:
    """0 <= sigma_min <= every row and column of a square X; exact for order 1."""
    smallest = square_root(min(x.lines()))
    return smallest if x.rows == 1 else Interval(Fraction(0), smallest.hi)


def smallest_by_gram(w: Witness, x: Matrix) -> Endpoint:
    """s >= 0 and X*X - s^2 I >= 0 say |Xv| >= s|v| for all v."""
    s = w.nonnegative("value")
    w.prove(gram(x) - identity(x.cols, s * s), "X*X - s^2 I >= 0")
    return s


def smallest_by_vector(w: Witness, x: Matrix) -> Endpoint:
    """sigma_min(X) <= |Xv|/|v|."""
    return square_root(stretch(x, w.vector(x.cols))).hi


def resolvent_facts(y: Matrix) -> Interval:
    """1/sigma_min(Y), +infinity if Y is singular."""
    sigma = smallest_facts(y)
    return Interval(1 / sigma.hi if sigma.hi != 0 else INFINITY, 1 / sigma.lo if sigma.lo != 0 else INFINITY)


def resolvent_by_vector(w: Witness, y: Matrix) -> Endpoint:
    """sigma_min(Y) <= |Yv|/|v|, so |Y^-1| >= |v|/|Yv|; Yv = 0 says that Y is singular."""
    q = stretch(y, w.vector(y.cols))
    return INFINITY if q == 0 else square_root(1 / q).lo


def resolvent_by_gram(w: Witness, y: Matrix) -> Endpoint:
    """g > 0 and g^2 Y*Y - I >= 0 say |Yv| >= |v|/g for all v, so Y is invertible and |Y^-1| <= g."""
    g = w.positive("value")
    w.prove(gram(y).scaled(g * g) - identity(y.cols), "g^2 (zI-X)*(zI-X) - I >= 0")
    return g


# -- spectral radius, numerical radius, eigenvalues --------------------------------------------------------------------------------


def radius_facts(x: Matrix) -> Interval:
    """Triangular: the largest |x_ii|. Real 2x2: closed form. Else 0 <= rho <= |X|, and rho = |X| for normal X."""
    if is_triangular(x):
        return square_root(max(square_of(x[i, i]) for i in range(x.rows)))
    if x.rows == 2 and x.im is None:
        trace, (a, b, c, d) = x.trace()[0], (x[i, j][0] for i in (0, 1) for j in (0, 1))
        determinant = a * d - b * c
        discriminant = trace * trace - 4 * determinant
        if discriminant < 0:  # a conjugate pair of modulus sqrt(det)
            return square_root(determinant)
        return (point(abs(trace)) + square_root(discriminant)) * point(Fraction(1, 2))
    bounds = norm_facts(x)
    return bounds if is_normal(x) else Interval(Fraction(0), bounds.hi)


def radius_by_lyapunov_above(w: Witness, x: Matrix) -> Endpoint:
    """t >= 0, P > 0, t^2 P - X*PX >= 0: if Xv = zv, v != 0, then 0 <= v*(t^2 P - X*PX)v = (t^2 - |z|^2) v*Pv, so |z| <= t."""
    t, p = w.nonnegative("value"), w.hermitian(x.rows)
    w.prove(p, "P > 0", "factor_p", strict=True)
    w.prove(p.scaled(t * t) - x.adjoint() @ p @ x, "t^2 P - X*PX >= 0")
    return t


def radius_by_lyapunov_below(w: Witness, x: Matrix) -> Endpoint:
    """t > 0, t^2 S - X*SX >= 0, u*Su < 0 give rho(X) >= t.

    Were rho(X) < t, then Y = X/t has Y^k -> 0 and S = sum_k (Y*)^k (S - Y*SY) Y^k is a convergent sum of matrices >= 0, against u*Su < 0.
    """
    t, s, u = w.positive("value"), w.hermitian(x.rows), w.vector(x.rows)
    require((u.adjoint() @ s @ u)[0, 0][0] < 0, f"{w.where}: u*Su is not negative")
    w.prove(s.scaled(t * t) - x.adjoint() @ s @ x, "t^2 S - X*SX >= 0")
    return t


def radius_by_eigenvector(w: Witness, x: Matrix) -> Endpoint:
    """Xv = zv exactly, v != 0: rho(X) >= |z| (>= value)."""
    z, v = w.gaussian("z"), w.vector(x.rows)
    require(x @ v == v.scaled(z), f"{w.where}: Xv is not zv")
    t = w.nonnegative("value") if w.has("value") else Fraction(0)
    require(t * t <= square_of(z), f"{w.where}: |z| is less than the value")
    return max(t, square_root(square_of(z)).lo)


def radius_by_vector(w: Witness, x: Matrix) -> Endpoint:
    """rho(X) = |X| for normal X (unitarily diagonalisable), so rho(X) >= |Xv|/|v|."""
    require(is_normal(x), f"{w.where}: 'vector' bounds the spectral radius of normal matrices only")
    return norm_by_vector(w, x)


def abscissa_facts(x: Matrix) -> Interval:
    """Triangular: the largest Re x_ii. Real 2x2: closed form. Else Re tr(X)/n <= alpha <= lambda_max((X+X*)/2) <= Gershgorin."""
    if is_triangular(x):
        return point(max(x[i, i][0] for i in range(x.rows)))
    if x.rows == 2 and x.im is None:
        trace, (a, b, c, d) = x.trace()[0], (x[i, j][0] for i in (0, 1) for j in (0, 1))
        return (point(trace) + square_root(max(trace * trace - 4 * (a * d - b * c), Fraction(0)))) * point(Fraction(1, 2))
    return Interval(x.trace()[0] / x.rows, gershgorin(x + x.adjoint()).hi / 2)


def abscissa_by_lyapunov_above(w: Witness, x: Matrix) -> Endpoint:
    """P > 0, 2tP - PX - X*P >= 0: if Xv = zv, v != 0, then 0 <= v*(2tP - PX - X*P)v = 2(t - Re z) v*Pv, so Re z <= t."""
    t, p = w.number("value"), w.hermitian(x.rows)
    w.prove(p, "P > 0", "factor_p", strict=True)
    px = p @ x
    w.prove(p.scaled(2 * t) - px - px.adjoint(), "2tP - PX - X*P >= 0")
    return t


def abscissa_by_psd(w: Witness, x: Matrix) -> Endpoint:
    """tI - (X+X*)/2 >= 0: the same with P = I."""
    t = w.number("value")
    w.prove(identity(x.rows, t) - (x + x.adjoint()).scaled(Fraction(1, 2)), "tI - (X+X*)/2 >= 0")
    return t


def abscissa_by_lyapunov_below(w: Witness, x: Matrix) -> Endpoint:
    """2tS - SX - X*S >= 0, u*Su < 0 give an eigenvalue with real part >= t.

    Were all real parts < t, then with Y = X - tI exp(aY) -> 0 exponentially and S is the integral over a >= 0 of exp(aY)* Q exp(aY) with
    Q = -SY - Y*S = 2tS - SX - X*S >= 0, against u*Su < 0.
    """
    t, s, u = w.number("value"), w.hermitian(x.rows), w.vector(x.rows)
    require((u.adjoint() @ s @ u)[0, 0][0] < 0, f"{w.where}: u*Su is not negative")
    sx = s @ x
    w.prove(s.scaled(2 * t) - sx - sx.adjoint(), "2tS - SX - X*S >= 0")
    return t


def abscissa_by_eigenvector(w: Witness, x: Matrix) -> Endpoint:
    """Xv = zv exactly, v != 0: alpha(X) >= Re z (>= value)."""
    z, v = w.gaussian("z"), w.vector(x.rows)
    require(x @ v == v.scaled(z), f"{w.where}: Xv is not zv")
    require(not w.has("value") or w.number("value") <= z[0], f"{w.where}: Re z is less than the value")
    return z[0]


def abscissa_by_vector(w: Witness, x: Matrix) -> Endpoint:
    """alpha(X) = lambda_max((X+X*)/2) for normal X (unitarily diagonalisable), so alpha(X) >= Re v*Xv/|v|^2."""
    require(is_normal(x), f"{w.where}: 'vector' bounds the spectral abscissa of normal matrices only")
    return rayleigh(w, x)


def numerical_facts(x: Matrix) -> Interval:
    """With v a unit vector: max |x_ii| <= w(X) <= |X| <= 2 w(X)."""
    norm = norm_facts(x)
    diagonal = square_root(max(square_of(x[i, i]) for i in range(x.rows)))
    return Interval(max(diagonal.lo, norm.lo / 2), norm.hi)


def numerical_by_vector(w: Witness, x: Matrix) -> Endpoint:
    """w(X) >= |v*Xv|/|v|^2, by definition."""
    v = w.vector(x.rows)
    return square_root(square_of((v.adjoint() @ x @ v)[0, 0]) / v.frobenius() ** 2).lo


def numerical_by_ando(w: Witness, x: Matrix, bound: Fraction | None = None) -> Endpoint:
    """[[wI + Z, X], [X*, wI - Z]] >= 0 with Hermitian Z gives w(X) <= w.

    On (v, -uv) with |u| = 1 the form is 2w|v|^2 - 2 Re(u v*Xv); choose u with u v*Xv = |v*Xv|. (Ando: the converse is true as well.)
    """
    value = w.number("value") if bound is None else bound
    z, level = w.hermitian(x.rows), identity(x.rows, value)
    w.prove(block([[level + z, x], [x.adjoint(), level - z]]), "[[wI+Z, X], [X*, wI-Z]] >= 0")
    return value


def gershgorin(x: Matrix) -> Interval:
    """The eigenvalues of a Hermitian X lie within sum_j |x_ij| of some x_ii; the modulus is bounded by |re| + |im|."""
    imaginary = x.imaginary()
    others = [sum(map(abs, row)) - abs(row[i]) + sum(map(abs, imaginary[i])) for i, row in enumerate(x.re)]
    low = min(row[i] - others[i] for i, row in enumerate(x.re))
    high = max(row[i] + others[i] for i, row in enumerate(x.re))
    return Interval(Fraction(low, x.den), Fraction(high, x.den))


def largest_facts(x: Matrix) -> Interval:
    """max x_ii <= lambda_max <= Gershgorin."""
    return Interval(max(x[i, i][0] for i in range(x.rows)), gershgorin(x).hi)


def smallest_eigenvalue_facts(x: Matrix) -> Interval:
    return -largest_facts(x.scaled(-1))


def rayleigh(w: Witness, x: Matrix) -> Endpoint:
    """lambda_min <= v*Xv/|v|^2 <= lambda_max for Hermitian X."""
    v = w.vector(x.rows)
    return (v.adjoint() @ x @ v)[0, 0][0] / v.frobenius()


def eigenvalues_above(w: Witness, x: Matrix) -> Endpoint:
    """X - sI >= 0 says that every eigenvalue is >= s."""
    s = w.number("value")
    w.prove(x - identity(x.rows, s), "X - sI >= 0")
    return s


def eigenvalues_below(w: Witness, x: Matrix) -> Endpoint:
    """sI - X >= 0 says that every eigenvalue is <= s."""
    s = w.number("value")
    w.prove(identity(x.rows, s) - x, "sI - X >= 0")
    return s


# -- distance to the spectrum, pseudospectral radius -------------------------------------------------------------------------------


def distance_facts(x: Matrix, z: Gaussian) -> Interval:
    """Triangular: min |z - x_ii|. Else 0 <= distance."""
    if is_triangular(x):
        y = shifted(x, z)
        return square_root(min(square_of(y[i, i]) for i in range(y.rows)))
    return Interval(Fraction(0), INFINITY)


def distance_as_smallest(rule: Callable[[Witness, Matrix], Endpoint]) -> Callable[[Witness, Matrix, Gaussian], Endpoint]:
    """distance = sigma_min(zI - X) for normal X: zI - X is normal as well, and its singular values are the moduli of its eigenvalues."""

    def bound(w: Witness, x: Matrix, z: Gaussian) -> Endpoint:
        require(is_normal(x), f"{w.where}: the matrix is not normal")
        return rule(w, shifted(x, z))

    return bound


def pseudospectral_facts(x: Matrix, eps: Interval) -> Interval:
    """rho(X) + eps <= rho_eps(X) <= |X| + eps.

    Left: |R(z)| >= 1/|z - lambda| for an eigenvalue lambda, so the open disc of radius eps around lambda belongs to the pseudospectrum.
    Right: |(zI - X)v| >= (|z| - |X|)|v|, so |R(z)| <= 1/eps where |z| >= |X| + eps.
    """
    return Interval((Interval(radius_facts(x).lo, INFINITY) + eps).lo, (point(0).hull(norm_facts(x)) + eps).hi)


def pseudospectral_by_point(w: Witness, x: Matrix, eps: Interval) -> Endpoint:
    """|(zI-X)v| < eps|v| gives |R(z)| > 1/eps: z belongs to the set, so rho_eps >= |z|. A lower bound of eps is used."""
    z = w.gaussian("z")
    inside = stretch(shifted(x, z), w.vector(x.rows)) < eps.lo**2
    require(inside, f"{w.where}: |(zI-X)v| < eps|v| is false")
    return square_root(square_of(z)).lo


def pseudospectral_by_circle(w: Witness, x: Matrix, eps: Interval) -> Endpoint:
    """The circle inequality gives |R(z)| <= g <= 1/eps for all |z| >= r: no such z belongs to the set. An upper bound of eps is used."""
    require(finite(eps.hi), f"{w.where}: eps has no upper bound")
    g = w.positive("g") if w.has("g") else 1 / eps.hi
    require(g * eps.hi <= 1, f"{w.where}: g is larger than 1/eps")
    r = w.positive("r" if w.has("r") else "value")
    prove_circle(w, x, r, g)
    return r


# -- Kreiss constants and the transient peak ---------------------------------------------------------------------------------------


def kreiss_facts(x: Matrix) -> Interval:
    """K >= 1; K = infinity if rho > 1; K = 1 if |X| <= 1. The same holds for the transient peak.

    K: (|z|-1)|R(z)| -> 1 as |z| -> infinity; a pole outside the closed disc; |(zI-X)v| >= (|z|-1)|v|.
    Peak: t = 0 gives 1; |X^t| >= rho^t; |X^t| <= |X|^t.
    """
    if radius_facts(x).lo > 1:
        return Interval(INFINITY, INFINITY)
    return Interval(Fraction(1), Fraction(1) if x.frobenius() <= 1 else INFINITY)


def continuous_facts(x: Matrix) -> Interval:
    """K_c >= 1; K_c = infinity if an eigenvalue has a positive real part; K_c = 1 if X + X* <= 0 (seen by Gershgorin).

    x|R(x)| -> 1 as x -> +infinity; a pole in the open half-plane; |(zI-X)v||v| >= Re v*(zI-X)v >= Re z |v|^2. Eigenvalues are known for
    triangular X; a real 2x2 has them in Re z <= 0 iff trace <= 0 and determinant >= 0 (Routh-Hurwitz, closed).
    """
    growing = is_triangular(x) and any(x[i, i][0] > 0 for i in range(x.rows))
    if x.rows == 2 and x.im is None:
        growing = growing or x.trace()[0] > 0 or determinant_and_inverse(x)[0][0] < 0
    if growing:
        return Interval(INFINITY, INFINITY)
    return Interval(Fraction(1), Fraction(1) if gershgorin(x + x.adjoint()).hi <= 0 else INFINITY)


def one(_w: Witness, _x: Matrix) -> Endpoint:
    """K, K_c and the peak are at least 1 (see the facts)."""
    return Fraction(1)


def kreiss_by_point(w: Witness, x: Matrix) -> Endpoint:
    """K >= (|z|-1)|R(z)| >= (|z|-1)|v|/|(zI-X)v| for |z| > 1; a zero denominator is an eigenvalue outside the disc, and K = infinity."""
    z = w.gaussian("z")
    require(square_of(z) > 1, f"{w.where}: |z| is not greater than 1")
    resolvent = resolvent_by_vector(w, shifted(x, z))
    return _weighted(max(square_root(square_of(z)).lo - 1, Fraction(0)), resolvent)


def continuous_by_point(w: Witness, x: Matrix) -> Endpoint:
    """K_c >= Re z |R(z)| >= Re z |v|/|(zI-X)v| for Re z > 0; a zero denominator is an eigenvalue there, and K_c = infinity."""
    z = w.gaussian("z")
    require(z[0] > 0, f"{w.where}: Re z is not positive")
    return _weighted(z[0], resolvent_by_vector(w, shifted(x, z)))


def _weighted(weight: Fraction, resolvent: Endpoint) -> Endpoint:
    return weight * resolvent if finite(resolvent) else INFINITY


def infinite_by_radius(w: Witness, x: Matrix) -> Endpoint:
    """rho(X) >= t > 1 by the rule of the spectral radius: a pole of R outside the closed disc, and |X^t| >= rho^t: K and the peak are
    infinite."""
    require(w.number("value") > 1, f"{w.where}: the value is not greater than 1")
    radius_by_lyapunov_below(w, x)
    return INFINITY


def infinite_by_abscissa(w: Witness, x: Matrix) -> Endpoint:
    """An eigenvalue with real part >= t > 0, so K_c is infinite."""
    w.positive("value")
    abscissa_by_lyapunov_below(w, x)
    return INFINITY


def infinite_by_defect(w: Witness, x: Matrix) -> Endpoint:
    """K and the peak are infinite, because X has a Jordan block of order >= 2 at an eigenvalue that is not inside the unit disc.

    q has rational coefficients that read the same backwards up to one sign, so with every root l it has 1/l and the conjugates; some root
    has |l| >= 1. Under the real form of X the vector v has the minimal polynomial q^2 over Q (``prove_square``), which divides that of the
    real form, so each root of q has a block of order >= 2 in X or in the conjugate of X, hence l or its conjugate in X. If |l| > 1 it is a
    pole outside the disc; if |l| = 1 then |R(z)| grows like (|z| - 1)^-2 along the ray through l, and |X^t| like t.
    """
    q = prove_square(w, x)
    backwards = q[::-1]
    require(q in (backwards, [-c for c in backwards]), f"{w.where}.polynomial does not read the same backwards, up to sign")
    return INFINITY


def continuous_infinite_by_defect(w: Witness, x: Matrix) -> Endpoint:
    """K_c is infinite: as above with q(-s) = q(s) or -q(s), so that with every root l it has -l and the conjugates; some root has Re l >= 0."""
    q = prove_square(w, x)
    mirrored = [-c if k % 2 else c for k, c in enumerate(q)]
    require(q in (mirrored, [-c for c in mirrored]), f"{w.where}.polynomial is neither even nor odd")
    return INFINITY


def prove_square(w: Witness, x: Matrix) -> Polynomial:
    """q such that q(X)^2 v = 0 while v, Xv, ..., X^(2d-1) v are independent over Q, d the degree of q: q^2 is the minimal polynomial of v.

    Coefficients from the lowest; a complex vector counts as the pair of its parts, on which X acts by its real form.
    """
    items = as_list(w.get("polynomial"), f"{w.where}.polynomial", 2)
    require(len(items) <= x.rows + 1, f"{w.where}.polynomial has a degree above the order of the matrix")
    q = [as_rational(e, f"{w.where}.polynomial") for e in items]
    require(q[-1] != 0, f"{w.where}.polynomial has a leading coefficient that is zero")
    columns = [w.vector(x.rows)]
    for _ in range(2 * (len(q) - 1)):
        columns.append(x @ columns[-1])
    total = columns[0].scaled(0)
    for coefficient, column in zip(poly_mul(q, q), columns, strict=True):
        total = total + column.scaled(coefficient)
    require(total.frobenius() == 0, f"{w.where}: q(X)^2 v is not zero")
    rows = [[row[0] for row in column.re] + [row[0] for row in column.imaginary()] for column in columns[:-1]]
    require(are_independent(rows), f"{w.where}: v, Xv, ... are dependent")
    return q


def are_independent(rows: Rows) -> bool:
    """Of integer vectors over Q, by fraction-free elimination."""
    rows, previous = [list(row) for row in rows], 1
    for k in range(len(rows)):
        pivot = next((j for j, e in enumerate(rows[k]) if e != 0), None)
        if pivot is None:
            return False
        for i in range(k + 1, len(rows)):
            factor = rows[i][pivot]
            rows[i] = [(rows[k][pivot] * e - factor * f) // previous for e, f in zip(rows[i], rows[k], strict=True)]
        previous = rows[k][pivot]
    return True


def bounded_by_similarity(w: Witness, x: Matrix) -> tuple[Fraction, Matrix]:
    """s > 0 and P with I <= P <= s^2 I."""
    s, p = w.positive("value"), w.hermitian(x.rows)
    w.prove(p - identity(x.rows), "P - I >= 0", "factor_lower")
    w.prove(identity(x.rows, s * s) - p, "s^2 I - P >= 0", "factor_upper")
    return s, p


def power_bounded_by_similarity(w: Witness, x: Matrix) -> Endpoint:
    """I <= P <= s^2 I, P - X*PX >= 0 give K <= sup_t |X^t| <= s.

    v*Pv does not grow along X: |X^t v|^2 <= (X^t v)*P(X^t v) <= v*Pv <= s^2 |v|^2. And |R(z)| <= sum_t |X^t|/|z|^(t+1) <= s/(|z|-1).
    """
    s, p = bounded_by_similarity(w, x)
    w.prove(p - x.adjoint() @ p @ x, "P - X*PX >= 0")
    return s


def continuous_by_similarity(w: Witness, x: Matrix) -> Endpoint:
    """I <= P <= s^2 I, PX + X*P <= 0 give K_c <= s.

    v*Pv does not grow along v' = Xv, so |exp(tX)| <= s for t >= 0 as above; and R(z) is the integral of e^-zt exp(tX), so |R(z)| <= s/Re z.
    """
    s, p = bounded_by_similarity(w, x)
    w.prove((p @ x + x.adjoint() @ p).scaled(-1), "-(PX + X*P) >= 0")
    return s


def kreiss_by_ando(w: Witness, x: Matrix) -> Endpoint:
    """w(X) <= 1 gives |(zI-X)v||v| >= |v*(zI-X)v| >= (|z|-1)|v|^2, so K <= 1."""
    numerical_by_ando(w, x, Fraction(1))
    return Fraction(1)


def peak_by_power(w: Witness, x: Matrix) -> Endpoint:
    """sup_t |X^t| >= |X^t v|/|v|."""
    t = as_integer(w.get("t"), f"{w.where}.t", 0, MAX_RANGE)
    return norm_by_vector(w, matrix_power(x, t))


def peak_by_powers(w: Witness, x: Matrix) -> Endpoint:
    """s >= 1, |X^t| <= s for t < m and |X^m| <= 1: then |X^(km+t)| <= |X^m|^k |X^t| <= s."""
    s, m = w.number("value"), as_integer(w.get("m"), f"{w.where}.m", 1, MAX_RANGE)
    require(s >= 1, f"{w.where}: the value is less than 1")
    matrix_power(x, m)  # refuses numbers that would grow too long, before the loop
    power = x
    for t in range(1, m + 1):
        bound = s if t < m else Fraction(1)
        w.prove(identity(x.rows, bound**2) - gram(power), f"|X^{t}| <= {'s' if t < m else 1}")
        power = power @ x if t < m else power
    return s


# ---------------------------------------------------------------------------------------------------------------------------------
# 8. Circles and lines
# ---------------------------------------------------------------------------------------------------------------------------------


def prove_circle(w: Witness, x: Matrix, r: Fraction, g: Fraction) -> None:
    """P >= 0 and F = [[r^2 P - I - X*PX, -X*P], [-PX, g^2 I - P]] >= 0 give |R(z)| <= g for all |z| >= r, and rho(X) < r.

    For any v put u = (zI-X)v, so Xv + u = zv. The form of F at (v, u) is r^2 v*Pv - |v|^2 - (Xv+u)*P(Xv+u) + g^2 |u|^2
    = (r^2 - |z|^2) v*Pv - |v|^2 + g^2 |u|^2. As it is >= 0 and |z| >= r, P >= 0: |v| <= g |(zI-X)v|.
    """
    p = w.hermitian(x.rows)
    w.prove(p, "P >= 0", "factor_p")
    xp = x.adjoint() @ p
    corner = p.scaled(r * r) - identity(x.rows) - xp @ x
    form = block([[corner, xp.scaled(-1)], [xp.adjoint().scaled(-1), identity(x.rows, g * g) - p]])
    w.prove(form, "the circle inequality")


def prove_line(w: Witness, x: Matrix, abscissa: Fraction, g: Fraction) -> None:
    """P >= 0 and F = [[2aP - PX - X*P - I, -P], [-P, g^2 I]] >= 0 give |R(z)| <= g for all Re z >= a; all eigenvalues have real part < a.

    With u = (zI-X)v the form of F at (v, u) is 2a v*Pv - 2 Re v*P(Xv + u) - |v|^2 + g^2 |u|^2 = 2(a - Re z) v*Pv - |v|^2 + g^2 |u|^2.
    """
    p = w.hermitian(x.rows)
    w.prove(p, "P >= 0", "factor_p")
    px = p @ x
    corner = p.scaled(2 * abscissa) - px - px.adjoint() - identity(x.rows)
    form = block([[corner, p.scaled(-1)], [p.scaled(-1), identity(x.rows, g * g)]])
    w.prove(form, "the line inequality")


Prover = Callable[[Witness, Fraction, Fraction], None]


def proved_nodes(w: Witness, key: str, at: str, first: Fraction, prove: Prover) -> list[tuple[Fraction, Fraction]]:
    """The nodes (r, g), r increasing from ``first``, with |R| <= g at r *and beyond*: so g may be replaced by the least g so far."""
    nodes: list[tuple[Fraction, Fraction]] = []
    for part in w.parts(key, {at, "g", "matrix"}, {"factor", "factor_p"}):
        r, g = part.number(at), part.positive("g")
        require(r == first if not nodes else r > nodes[-1][0], f"{part.where}: {at} must begin at {first} and increase")
        prove(part, r, g)
        nodes.append((r, min(g, nodes[-1][1]) if nodes else g))
    return nodes


def kreiss_by_circles(w: Witness, x: Matrix) -> Endpoint:
    """K <= value, from circles 1 = r_1 < r_2 < ... < r_k = R and a bound w < R of the numerical radius.

    sup over [r_i, r_(i+1)]: ``between_circles``. Beyond R: |(zI-X)v||v| >= (|z|-w)|v|^2, so (r-1)M(r) <= (r-1)/(r-w) for r >= R, which is
    monotone in r with limit 1, hence at most max(1, (R-1)/(R-w)).
    """
    value = w.number("value")
    nodes = proved_nodes(w, "circles", "r", Fraction(1), lambda part, r, g: prove_circle(part, x, r, g))
    tail, last = w.part("tail", {"w"}, {"matrix", "factor"}), nodes[-1][0]
    radius = tail.number("w")
    if tail.has("matrix"):
        numerical_by_ando(tail, x, radius)
    else:
        require(radius >= 0, f"{tail.where}.w is negative")
        tail.prove(identity(x.rows, radius**2) - gram(x), "w^2 I - X*X >= 0")
    require(radius < last, f"{tail.where}: w is not less than the last radius")
    pieces = [between_circles(*left, *right) for left, right in itertools.pairwise(nodes)]
    return _at_most(value, [Fraction(1), (last - 1) / (last - radius), *pieces], w)


def continuous_by_lines(w: Witness, x: Matrix) -> Endpoint:
    """K_c <= value, from lines 0 = x_1 < ... < x_k = L and wI - (X+X*)/2 >= 0 with w < L.

    sup over [x_i, x_(i+1)]: ``between_lines``. Beyond L: |(zI-X)v||v| >= Re v*(zI-X)v >= (Re z - w)|v|^2, and a/(a-w) is monotone in a with
    limit 1.
    """
    value = w.number("value")
    nodes = proved_nodes(w, "lines", "x", Fraction(0), lambda part, a, g: prove_line(part, x, a, g))
    tail, last = w.part("tail", {"w"}, {"factor"}), nodes[-1][0]
    abscissa = tail.number("w")
    tail.prove(identity(x.rows, abscissa) - (x + x.adjoint()).scaled(Fraction(1, 2)), "wI - (X+X*)/2 >= 0")
    require(abscissa < last, f"{tail.where}: w is not less than the last line")
    pieces = [between_lines(*left, *right) for left, right in itertools.pairwise(nodes)]
    return _at_most(value, [Fraction(1), last / (last - abscissa), *pieces], w)


def _at_most(value: Fraction, bounds: list[Fraction], w: Witness) -> Fraction:
    largest = max(bounds)
    require(largest <= value, f"{w.where} proves only the bound {decimal(largest, True)}")
    return value


def between_circles(r1: Fraction, g1: Fraction, r2: Fraction, g2: Fraction) -> Fraction:
    """An upper bound of (r-1)M(r) on [r1, r2] from M(r1) <= g1, M(r2) <= g2 <= g1, where M(r) = max over |z| = r of |R(z)|, r1 >= 1.

    All eigenvalues lie inside |z| < r1. By Hadamard's three circles theorem log M is convex in log r, so M(r) <= g1 (r/r1)^-m with m =
    log(g1/g2)/log(r2/r1) >= 0. In u = log r the function f(u) = log(e^u - 1) - mu + log g1 + m log r1 has f'(u) = r/(r-1) - m, decreasing:
    f is concave. So if f' >= 0 at r2 (f' <= 0 at r1) the maximum is at that end, where the bound is (r2-1)g2 (or (r1-1)g1); else the
    tangent at any point p lies above f, and its maximum is at r1 or at r2. The best p is m/(m-1), where f' = 0; a rounded one is as valid.
    """
    if g1 == g2 or r2 / (r2 - 1) >= (m := _decay(g1, g2, log_of_ratio(r1, r2))).hi:
        return (r2 - 1) * g2
    if r1 > 1 and r1 / (r1 - 1) <= m.lo:
        return (r1 - 1) * g1
    if m.lo <= 1:  # the enclosure of m is too wide to place the tangent: M decreases, so use its value at r1
        return (r2 - 1) * g1
    p = min(max(1 + round_up(1 / (m.lo - 1), 64), r1), r2)
    slope = point(p / (p - 1)) - m
    rise = max((slope * log_of_ratio(p, r)).hi for r in (r1, r2))
    height = point((p - 1) * g1).log() - m * log_of_ratio(r1, p) + Interval(rise, rise)
    return height.exp().hi


def between_lines(x1: Fraction, g1: Fraction, x2: Fraction, g2: Fraction) -> Fraction:
    """An upper bound of a M(a) on [x1, x2] from M(x1) <= g1, M(x2) <= g2 <= g1, where M(a) = sup over Re z = a of |R(z)|, x1 >= 0.

    All eigenvalues lie left of x1. By the three lines theorem log M is convex in a, so M(a) <= g1 e^(-m(a-x1)) with m = log(g1/g2)/(x2-x1)
    >= 0, and f(a) = log a - m(a-x1) + log g1 is concave with f' = 1/a - m: the ends and the tangent as for circles, with the best tangent
    point 1/m.
    """
    if g1 == g2 or 1 / x2 >= (m := _decay(g1, g2, point(x2 - x1))).hi:
        return x2 * g2
    if x1 > 0 and 1 / x1 <= m.lo:
        return x1 * g1
    if m.lo <= 0:
        return x2 * g1
    p = min(max(round_up(1 / m.lo, 64), x1), x2)
    slope = point(1 / p) - m
    rise = max((slope * point(a - p)).hi for a in (x1, x2))
    height = point(p * g1).log() - m * point(p - x1) + Interval(rise, rise)
    return height.exp().hi


def log_of_ratio(a: Fraction, b: Fraction) -> Interval:
    """log(b/a)."""
    return point(b / a).log()


def _decay(g1: Fraction, g2: Fraction, distance: Interval) -> Interval:
    return point(g1 / g2).log() * distance.inverse()


# ---------------------------------------------------------------------------------------------------------------------------------
# 9. Suprema over one variable
# ---------------------------------------------------------------------------------------------------------------------------------

Polynomial = list[Fraction]  # coefficients, constant first, no zero at the end; [] is zero


def trimmed(p: Polynomial) -> Polynomial:
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def poly_add(p: Polynomial, q: Polynomial, factor: Fraction | int = 1) -> Polynomial:
    """p + factor q."""
    n = max(len(p), len(q))
    padded = [r + [Fraction(0)] * (n - len(r)) for r in (p, q)]
    return trimmed([a + factor * b for a, b in zip(*padded, strict=True)])


def poly_mul(p: Polynomial, q: Polynomial) -> Polynomial:
    require(len(p) + len(q) <= MAX_DEGREE + 2, "a rational function has too large a degree")
    result = [Fraction(0)] * max(0, len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            result[i + j] += a * b
    return trimmed(result)


def poly_power(p: Polynomial, n: int) -> Polynomial:
    require(n <= MAX_DEGREE, "a rational function has too large a degree")
    return functools.reduce(poly_mul, [p] * n, [Fraction(1)])


def poly_shift(p: Polynomial, by: Fraction) -> Polynomial:
    """p(by + x), by Horner's scheme."""
    result: Polynomial = []
    for coefficient in reversed(p):
        result = poly_add(poly_mul(result, [by, Fraction(1)]), [coefficient])
    return result


def nonnegative_beyond_zero(p: Polynomial) -> bool:
    """Proves p(x) >= 0 for all x > 0: no negative coefficient, or a x^2 + b x + c with a, c >= 0 and b^2 <= 4ac."""
    if all(a >= 0 for a in p):
        return True
    return len(p) == 3 and p[2] >= 0 and p[0] >= 0 and p[1] ** 2 <= 4 * p[0] * p[2]


def proves_supremum(num: Polynomial, den: Polynomial, lower: Fraction, s: Fraction) -> bool:
    """num/den <= s on (lower, infinity): with r = lower + x, den > 0 (its coefficients) and s den - num >= 0 for all x > 0."""
    num, den = poly_shift(num, lower), poly_shift(den, lower)
    return bool(den) and all(a >= 0 for a in den) and nonnegative_beyond_zero(poly_add([s * a for a in den], num, -1))


# ---------------------------------------------------------------------------------------------------------------------------------
# 10. Trees
# ---------------------------------------------------------------------------------------------------------------------------------

Rule = Callable[..., Endpoint]


@dataclass(frozen=True)
class Quantity:
    """What is known without a witness, and the rules for lower and upper bounds by the name of the witness."""

    facts: Callable[..., Interval]
    lower: dict[str, Rule]
    upper: dict[str, Rule]


_NORM = Quantity(norm_facts, {"vector": norm_by_vector}, {"gram": norm_by_gram})
QUANTITIES = {
    "Norm": _NORM,
    "PowerNorm": _NORM,
    "ExponentialNorm": Quantity(exponential_facts, {"vector": exponential_by_vector}, {"gram": exponential_by_gram}),
    "SmallestSingularValue": Quantity(smallest_facts, {"gram": smallest_by_gram}, {"vector": smallest_by_vector}),
    "ResolventNorm": Quantity(resolvent_facts, {"vector": resolvent_by_vector}, {"gram": resolvent_by_gram}),
    "SpectralRadius": Quantity(
        radius_facts,
        {"lyapunov": radius_by_lyapunov_below, "eigenvector": radius_by_eigenvector, "vector": radius_by_vector},
        {"lyapunov": radius_by_lyapunov_above, "gram": norm_by_gram},  # rho(X) <= |X|
    ),
    "SpectralAbscissa": Quantity(
        abscissa_facts,
        {"lyapunov": abscissa_by_lyapunov_below, "eigenvector": abscissa_by_eigenvector, "vector": abscissa_by_vector},
        {"lyapunov": abscissa_by_lyapunov_above, "psd": abscissa_by_psd},
    ),
    "NumericalRadius": Quantity(
        numerical_facts,
        {"vector": numerical_by_vector},
        {"ando": numerical_by_ando, "gram": norm_by_gram},  # w(X) <= |X|
    ),
    "KreissConstant": Quantity(
        kreiss_facts,
        {"point": kreiss_by_point, "one": one, "radius": infinite_by_radius, "defective": infinite_by_defect},
        {"similarity": power_bounded_by_similarity, "ando": kreiss_by_ando, "circles": kreiss_by_circles},
    ),
    "ContinuousKreissConstant": Quantity(
        continuous_facts,
        {"point": continuous_by_point, "one": one, "abscissa": infinite_by_abscissa, "defective": continuous_infinite_by_defect},
        {"similarity": continuous_by_similarity, "lines": continuous_by_lines},
    ),
    "TransientPeak": Quantity(
        kreiss_facts,
        {"power": peak_by_power, "one": one, "radius": infinite_by_radius, "defective": infinite_by_defect},
        {"similarity": power_bounded_by_similarity, "powers": peak_by_powers},
    ),
    "PseudospectralRadius": Quantity(pseudospectral_facts, {"point": pseudospectral_by_point}, {"circle": pseudospectral_by_circle}),
    "SpectrumDistance": Quantity(
        distance_facts, {"gram": distance_as_smallest(smallest_by_gram)}, {"vector": distance_as_smallest(smallest_by_vector)}
    ),
    "LargestEigenvalue": Quantity(largest_facts, {"vector": rayleigh}, {"psd": eigenvalues_below}),
    "SmallestEigenvalue": Quantity(smallest_eigenvalue_facts, {"psd": eigenvalues_above}, {"vector": rayleigh}),
}

# Kinds of nodes: S scalar, M matrix, T truth value, C a case of a Piecewise. A signature is the node's kind, then the kinds of its
# arguments ("+": one or more; X: scalar or matrix), then the name of the key that holds its index, if it binds one.
SIGNATURES: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys(("Add", "Mul", "Max", "Min"), ("S", "S+", "")),
    **dict.fromkeys(("Exp", "Log", "Abs", "Re", "Im", "Conjugate"), ("S", "S", "")),
    **dict.fromkeys(("Sum", "Product", "MaxOver", "MinOver"), ("S", "SSS", "index")),
    **dict.fromkeys(("MatrixSum", "MatrixProduct"), ("M", "MSS", "index")),
    **dict.fromkeys(("Inverse", "Transpose", "Adjoint"), ("M", "M", "")),
    **dict.fromkeys(("Le", "Lt", "Ge", "Gt", "Eq", "Ne"), ("T", "SS", "")),
    **dict.fromkeys(("Symmetric", "Normal", "PositiveSemidefinite", "PositiveDefinite"), ("T", "M", "")),
    **dict.fromkeys((*QUANTITIES, "Determinant", "Trace"), ("S", "M", "")),
    **dict.fromkeys(("PowerNorm", "ExponentialNorm", "ResolventNorm", "PseudospectralRadius", "SpectrumDistance"), ("S", "MS", "")),
    **dict.fromkeys(("And", "Or"), ("T", "T+", "")),
    **dict.fromkeys(("Implies", "Equivalent"), ("T", "TT", "")),
    **dict.fromkeys(("True", "False"), ("T", "", "")),
    **dict.fromkeys(("ImaginaryUnit", "Infinity"), ("S", "", "")),
    "Pow": ("S", "SS", ""),
    "Piecewise": ("S", "C+", ""),
    "Case": ("C", "ST", ""),
    "Supremum": ("S", "SSS", "variable"),
    "MatAdd": ("M", "M+", ""),
    "MatMul": ("M", "X+", ""),
    "MatPow": ("M", "MS", ""),
    "Identity": ("M", "S", ""),
    "ZeroMatrix": ("M", "SS", ""),
    "MatrixEq": ("T", "MM", ""),
    "AllOf": ("T", "TSS", "index"),
    "Not": ("T", "T", ""),
}
# Nodes without "args": their kind and keys.
LEAVES: dict[str, tuple[str, set[str]]] = {
    "Symbol": ("S", {"name"}),
    "Rational": ("S", {"value"}),
    "Constant": ("S", {"name"}),
    "MatrixSymbol": ("M", {"name", "rows", "cols"}),
    "SequenceTerm": ("M", {"name", "index", "rows", "cols"}),
    "BlockMatrix": ("M", {"blocks"}),
    "ExplicitMatrix": ("M", {"rows"}),
}


def kind_of(node: Json) -> str:
    require(isinstance(node, dict) and isinstance(node.get("op"), str), "a node of a tree has no 'op'")
    op = node["op"]
    require(op in SIGNATURES or op in LEAVES, f"unknown operation {printable(op[:40])}")
    return SIGNATURES[op][0] if op in SIGNATURES else LEAVES[op][0]


def validate(node: Json, wanted: str) -> None:
    """Rejects a tree with a wrong key, kind or number of arguments, before anything is evaluated."""
    kind = kind_of(node)
    op = node["op"]
    require(wanted == kind or (wanted == "X" and kind in "SM"), f"{op} is misplaced: a {KINDS[wanted]} is needed")
    if op in LEAVES:
        as_object(node, op, {"op"} | LEAVES[op][1])
        _validate_leaf(node)
    else:
        signature, index = SIGNATURES[op][1:]
        as_object(node, op, {"op"} | ({"args"} if signature else set()) | ({index} if index else set()), set() if signature else {"args"})
        if index:
            as_name(node[index], f"{op}.{index}")
        args = as_list(node.get("args", []), f"{op}.args")
        kinds = signature[0] * max(1, len(args)) if signature.endswith("+") else signature
        require(len(kinds) == len(args), f"{op} has {len(args)} arguments")
        for child, kind in zip(args, kinds, strict=True):
            validate(child, kind)
        require(op != "MatMul" or any(kind_of(child) == "M" for child in args), "MatMul has no matrix argument")


KINDS = {"S": "scalar", "M": "matrix", "T": "relation", "C": "Case", "X": "scalar or matrix"}


def _validate_leaf(node: Node) -> None:
    op = node["op"]
    if op in ("Symbol", "MatrixSymbol", "SequenceTerm"):
        as_name(node["name"], f"{op}.name")
        for key in node.keys() - {"op", "name"}:
            validate(node[key], "S")
    elif op == "Rational":
        as_rational(node["value"], "Rational.value")
    elif op == "Constant":
        require(node["name"] in ("E", "Pi"), "unknown Constant")
    else:
        grid = as_list(node["blocks" if op == "BlockMatrix" else "rows"], op, 1)
        for row in grid:
            for child in as_list(row, op, 1):
                validate(child, "M" if op == "BlockMatrix" else "S")
        require(len({len(row) for row in grid}) == 1, f"the rows of a {op} have different lengths")


def children(node: Node) -> list[Node]:
    result = list(node.get("args", []))
    for key in ("rows", "cols", "index", "blocks"):
        value = node.get(key)
        if isinstance(value, dict):
            result.append(value)
        elif isinstance(value, list):
            result += [child for row in value for child in row]
    return result


def free_names(node: Node) -> frozenset[str]:
    """Names of the scalar symbols that occur free (the index of a Sum is bound in its body, not in its range)."""
    if node["op"] == "Symbol":
        return frozenset([node["name"]])
    bound = node.get(SIGNATURES.get(node["op"], ("", "", ""))[2] or None)
    names = [free_names(child) for child in children(node)]
    if bound is not None:
        names[0] = names[0] - {bound}
    return frozenset().union(*names)


def infix(node: Node, level: int = 0) -> str:
    """The tree in words, in brackets if it binds less tightly than ``level`` (1 relation, 2 sum, 3 product, 4 power, 5 atom)."""
    text, own = _notation(node)
    return f"({text})" if own < level else text


RELATIONS = {"Le": "<=", "Lt": "<", "Ge": ">=", "Gt": ">", "Eq": "=", "Ne": "!=", "MatrixEq": "="}
SUFFIXES = {"Inverse": "^-1", "Transpose": "^T", "Adjoint": "^H"}
PHRASES = {"And": " and ", "Or": " or ", "Equivalent": " if and only if "}


def _notation(node: Node) -> tuple[str, int]:
    op, args = node["op"], node.get("args", [])
    if op in LEAVES or not args:
        return _leaf_notation(node)
    if op in RELATIONS:
        return f"{infix(args[0], 2)} {RELATIONS[op]} {infix(args[1], 2)}", 1
    if op in PHRASES:
        return PHRASES[op].join(infix(arg, 1) for arg in args), 0
    if op == "Implies":
        return f"if {infix(args[0], 1)} then {infix(args[1], 1)}", 0
    if op in ("Add", "MatAdd"):
        return " + ".join(infix(arg, 2) for arg in args).replace(" + -", " - "), 2
    if op in ("Mul", "MatMul"):
        return _product_notation(args)
    if op in ("Pow", "MatPow"):
        if args[1] == {"op": "Rational", "value": "1/2"}:
            return f"sqrt({infix(args[0])})", 5
        return f"{infix(args[0], 5)}^{infix(args[1], 5)}", 4
    if op in SUFFIXES:
        return infix(args[0], 5) + SUFFIXES[op], 4
    if op == "Piecewise":
        return "(" + "; ".join(f"{infix(case['args'][0])} if {infix(case['args'][1])}" for case in args) + ")", 5
    index = node.get(SIGNATURES[op][2] or None)
    if index is not None:
        return f"{op}[{index} from {infix(args[1])} to {infix(args[2])}]({infix(args[0])})", 5
    return f"{op}({', '.join(infix(arg) for arg in args)})", 5


def _product_notation(args: list[Node]) -> tuple[str, int]:
    above: list[Node] = []
    below: list[str] = []
    for arg in args:
        exponent = arg["args"][1] if arg["op"] == "Pow" else None
        if exponent is not None and exponent["op"] == "Rational" and exponent["value"].startswith("-"):
            positive = {"op": "Rational", "value": exponent["value"][1:]}
            base = arg["args"][0]
            below.append(infix(base if positive["value"] == "1" else {"op": "Pow", "args": [base, positive]}, 4))
        else:
            above.append(arg)
    sign = ""
    if above and above[0] == {"op": "Rational", "value": "-1"} and len(above) > 1:
        sign, above = "-", above[1:]
    text = sign + ("*".join(infix(arg, 3) for arg in above) or "1")
    if below:
        text += "/" + (below[0] if len(below) == 1 else f"({'*'.join(below)})")
    return text, 2 if sign else 3


def _leaf_notation(node: Node) -> tuple[str, int]:
    op = node["op"]
    if op in ("Symbol", "MatrixSymbol"):
        return node["name"], 5
    if op == "SequenceTerm":
        return f"{node['name']}[{infix(node['index'])}]", 5
    if op == "Rational":
        text = shortened(node["value"])
        return text, 2 if text.startswith("-") else 3 if "/" in text else 5
    if op in ("BlockMatrix", "ExplicitMatrix"):
        grid = node["blocks" if op == "BlockMatrix" else "rows"]
        return "[" + ", ".join("[" + ", ".join(infix(child) for child in row) + "]" for row in grid) + "]", 5
    return {"E": "e", "Pi": "pi"}[node["name"]] if op == "Constant" else {"ImaginaryUnit": "i"}.get(op, op.lower()), 5


def shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[: length // 2]}...({len(text)} characters)...{text[-length // 4 :]}"


# ---------------------------------------------------------------------------------------------------------------------------------
# 11. Values and the certificate
# ---------------------------------------------------------------------------------------------------------------------------------

Value = Gaussian | Matrix | list[Matrix]


def parse_matrix(data: Json, where: str) -> Matrix:
    require(isinstance(data, dict), f"{where} is not a JSON object")
    if data.get("type") == "symmetric":
        as_object(data, where, {"type", "upper"})
        upper = as_list(data["upper"], f"{where}.upper", 1)
        n = len(upper)
        require(all(len(as_list(row, f"{where}.upper")) == n - i for i, row in enumerate(upper)), f"{where}.upper is not an upper triangle")
        above = [[(as_rational(e, where), Fraction(0)) for e in row] for row in upper]
        entries = [[above[min(i, j)][abs(i - j)] for j in range(n)] for i in range(n)]
    else:
        require(data.get("type") in ("matrix", "vector"), f"{where} is not a matrix")
        as_object(data, where, {"type", "rows"})
        entries = [[as_gaussian(e, where) for e in as_list(row, f"{where}.rows", 1)] for row in as_list(data["rows"], f"{where}.rows", 1)]
    sizes = {len(row) for row in entries}
    require(len(sizes) == 1, f"{where} has rows of different lengths")
    require(max(len(entries), *sizes) <= MAX_ORDER, f"{where} is larger than {MAX_ORDER}")
    require(data["type"] != "vector" or sizes == {1}, f"{where} is not a column")
    return matrix_of(entries)


def parse_value(data: Json, where: str) -> Value:
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "rational":
        return as_rational(as_object(data, where, {"type", "value"})["value"], where), Fraction(0)
    if kind == "integer":
        limit = 10**1000
        return Fraction(as_integer(as_object(data, where, {"type", "value"})["value"], where, -limit, limit)), Fraction(0)
    if kind == "complex":
        as_object(data, where, {"type", "re", "im"})
        return as_rational(data["re"], where), as_rational(data["im"], where)
    if kind == "sequence":
        terms = as_list(as_object(data, where, {"type", "terms"})["terms"], f"{where}.terms")
        return [parse_matrix(term, f"{where}[{i + 1}]") for i, term in enumerate(terms)]
    return parse_matrix(data, where)


Key = tuple[str, tuple[tuple[str, Fraction], ...]]
"""Which quantity a record is about: the tree in canonical JSON, and the values of the bound variables that occur free in it."""


def canonical(node: Node) -> str:
    return json.dumps(node, sort_keys=True, separators=(",", ":"))


@dataclass
class Record:
    where: str
    lower: Witness | None = None
    upper: Witness | None = None


@dataclass(frozen=True)
class Certificate:
    kind: str
    claim: dict[str, str]
    hypotheses: list[Node]
    conclusion: Node | None
    quantity: Node | None
    lower: Endpoint
    upper: Endpoint
    ratio: Fraction
    sizes: dict[str, int]
    values: dict[str, Value]
    records: dict[Key, Record]


KIND_KEYS = {"violation": {"statement", "claim"}, "ratio": {"statement", "claim", "ratio"}, "enclosure": {"quantity"}}


def parse_certificate(data: Json) -> Certificate:
    require(isinstance(data, dict), "the file is not a JSON object")
    require(data.get("format") == FORMAT, f"the format is not {FORMAT}")
    kind = data.get("kind")
    require(isinstance(kind, str) and kind in KIND_KEYS, "the kind is not violation, ratio, enclosure or inequality")
    optional = {"bounds"} | ({"claim", "lower", "upper"} if kind == "enclosure" else set())
    as_object(data, "the certificate", {"format", "kind", "instance"} | KIND_KEYS[kind], optional)
    sizes, values = _parse_instance(data["instance"])
    hypotheses, conclusion = _parse_statement(data["statement"]) if "statement" in data else ([], None)
    if kind == "enclosure":
        validate(data["quantity"], "S")
        require("lower" in data or "upper" in data, "an enclosure needs 'lower' or 'upper'")
    ratio = as_rational(data.get("ratio", "1"), "ratio")
    require(ratio > 0, "the ratio is not positive")
    infinite = data.get("lower") == "infinity"
    lower = INFINITY if infinite else as_rational(data["lower"], "lower") if "lower" in data else -INFINITY
    upper = as_rational(data["upper"], "upper") if "upper" in data else INFINITY
    records = _parse_records(data.get("bounds", []))
    claim, quantity = _parse_claim(data["claim"]) if "claim" in data else {}, data.get("quantity")
    return Certificate(kind, claim, hypotheses, conclusion, quantity, lower, upper, ratio, sizes, values, records)


def _parse_claim(data: Json) -> dict[str, str]:
    as_object(data, "claim", {"id", "reading", "title"}, {"source"})
    return {key: as_text(value, f"claim.{key}") for key, value in data.items()}


def _parse_statement(data: Json) -> tuple[list[Node], Node]:
    as_object(data, "statement", {"hypotheses", "conclusion"})
    hypotheses = as_list(data["hypotheses"], "statement.hypotheses")
    for tree in [*hypotheses, data["conclusion"]]:
        validate(tree, "T")
    return hypotheses, data["conclusion"]


def _parse_instance(data: Json) -> tuple[dict[str, int], dict[str, Value]]:
    as_object(data, "instance", set(), {"sizes", "values"})
    for key in data:
        require(isinstance(data[key], dict), f"instance.{key} is not a JSON object")
    sizes = {as_name(name, "a size"): as_integer(size, f"the size {name}", 1, MAX_ORDER) for name, size in data.get("sizes", {}).items()}
    values = {as_name(name, "a name in instance.values"): parse_value(value, name) for name, value in data.get("values", {}).items()}
    both = sizes.keys() & values.keys()
    require(not both, f"{', '.join(sorted(both))}: both a size and a value")
    return sizes, values


def _parse_records(data: Json) -> dict[Key, Record]:
    records: dict[Key, Record] = {}
    for i, item in enumerate(as_list(data, "bounds")):
        where = f"bounds[{i}]"
        as_object(item, where, {"of"}, {"at", "lower", "upper"})
        validate(item["of"], "S")
        op = item["of"]["op"]
        require(op in QUANTITIES or op == "Supremum", f"{where}: {op} takes no witness")
        require("lower" in item or "upper" in item, f"{where} has neither 'lower' nor 'upper'")
        at = item.get("at", {})
        require(isinstance(at, dict), f"{where}.at is not a JSON object")
        bound = {as_name(name, f"{where}.at"): Fraction(as_integer(k, f"{where}.at", -MAX_BITS, MAX_BITS)) for name, k in at.items()}
        record = records.setdefault((canonical(item["of"]), tuple(sorted(bound.items()))), Record(where))
        for side in ("lower", "upper"):
            if side in item:
                require(getattr(record, side) is None, f"{where} repeats the {side} bound of {record.where}")
                setattr(record, side, parse_witness(item[side], f"{where}.{side}"))
    return records


# ---------------------------------------------------------------------------------------------------------------------------------
# 12. Evaluation
# ---------------------------------------------------------------------------------------------------------------------------------


class Truth(enum.Enum):
    HOLDS = "holds"
    VIOLATED = "is violated"
    UNDECIDED = "is undecided"


NEGATION = {Truth.HOLDS: Truth.VIOLATED, Truth.VIOLATED: Truth.HOLDS, Truth.UNDECIDED: Truth.UNDECIDED}


def conjunction(truths: list[Truth]) -> Truth:
    if Truth.VIOLATED in truths:
        return Truth.VIOLATED
    return Truth.UNDECIDED if Truth.UNDECIDED in truths else Truth.HOLDS


def decided(holds: bool, violated: bool) -> Truth:
    return Truth.HOLDS if holds else Truth.VIOLATED if violated else Truth.UNDECIDED


def at_most(x: Interval, y: Interval, strict: bool) -> Truth:
    """x <= y (``strict``: x < y) for all, for no, or for some members of the intervals."""
    if EVERYTHING in (x, y):
        return Truth.UNDECIDED
    return decided(x.hi < y.lo or (x.hi == y.lo and not strict), x.lo > y.hi or (x.lo == y.hi and strict))


def equal(x: Interval, y: Interval) -> Truth:
    return decided(x.lo == x.hi == y.lo == y.hi, x.lo > y.hi or x.hi < y.lo)


def total(terms: list[Complex]) -> Complex:
    return functools.reduce(Complex.__add__, terms, Complex(point(0)))


def product(factors: list[Complex]) -> Complex:
    return functools.reduce(Complex.__mul__, factors, Complex(point(1)))


def largest(values: list[Complex]) -> Complex:
    require(bool(values) and all(x.is_real for x in values), "a maximum or minimum of nothing, or of complex numbers")
    if any(x.re == EVERYTHING for x in values):
        return Complex(EVERYTHING)
    return Complex(Interval(max(x.re.lo for x in values), max(x.re.hi for x in values)))


def least(values: list[Complex]) -> Complex:
    return -largest([-x for x in values])


def inverted(x: Matrix) -> Matrix:
    require(x.rows == x.cols, f"the inverse of a {x.shape} matrix")
    inverse = determinant_and_inverse(x)[1]
    require(inverse is not None, "the inverse of a singular matrix")
    return inverse


def exactly(x: Gaussian) -> Complex:
    return Complex(point(x[0]), point(x[1]))


OF_SCALARS: dict[str, Callable[[list[Complex]], Complex]] = {
    "Add": total,
    "Mul": product,
    "Max": largest,
    "Min": least,
    "Abs": lambda args: Complex(args[0].modulus()),
    "Re": lambda args: Complex(EVERYTHING if args[0].undefined else args[0].re),
    "Im": lambda args: Complex(EVERYTHING if args[0].undefined else args[0].im),
    "Conjugate": lambda args: Complex(args[0].re, -args[0].im),
}
OVER_RANGE = {"Sum": total, "Product": product, "MaxOver": largest, "MinOver": least}
OF_REALS = {"Exp": Interval.exp, "Log": Interval.log}
OF_SQUARE = {"Determinant": lambda x: exactly(determinant_and_inverse(x)[0]), "Trace": lambda x: exactly(x.trace())}
OF_MATRIX = {"Inverse": inverted, "Transpose": Matrix.transposed, "Adjoint": Matrix.adjoint}
# Symmetric: real and equal to the transpose. (Semi)definite: Hermitian, and the form is >= 0 (> 0 except at the origin).
PROPERTIES: dict[str, Callable[[Matrix], bool]] = {
    "Symmetric": lambda x: x.im is None and x == x.transposed(),
    "Normal": is_normal,
    "PositiveSemidefinite": lambda x: is_hermitian(x) and decide_positive(x),
    "PositiveDefinite": lambda x: is_hermitian(x) and decide_positive(x, strict=True),
}


@dataclass(frozen=True)
class Judgement:
    """A truth value and the words that say why; ``sides`` are those of a relation between scalars."""

    truth: Truth
    text: str
    parts: tuple[Judgement, ...] = ()
    sides: tuple[Interval, Interval] | None = None


Env = dict[str, Fraction]
"""The variables bound by Sum, Product, ... (integers) and by Supremum (a rational); an inner one replaces an outer one."""


@dataclass
class Evaluation:
    """Evaluates trees on the instance: ``scalar``, ``matrix`` and ``judge`` by kind of node; ``eval_OP`` where the tables above do not
    suffice."""

    certificate: Certificate
    known: dict[Key, Interval] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    used: set[Key] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    steps: int = 0

    def count(self, steps: int = 1) -> None:
        """Each limit bounds one range or one number; this one bounds ranges of ranges, on machines without timers as well."""
        self.steps += steps
        require(self.steps <= MAX_STEPS, f"more than {MAX_STEPS} steps of evaluation")

    # -- scalars -------------------------------------------------------------------------------------------------------------------

    def scalar(self, node: Node, env: Env) -> Complex:
        op, args = node["op"], node.get("args", [])
        self.count()
        if op in QUANTITIES or op == "Supremum":
            return Complex(self.quantity(node, env))
        if op in OF_SCALARS:
            return OF_SCALARS[op]([self.scalar(arg, env) for arg in args])
        if op in OF_REALS:
            return Complex(OF_REALS[op](self.real(args[0], env)))
        if op in OVER_RANGE:
            return OVER_RANGE[op]([self.scalar(args[0], inner) for inner in self.environments(node, env)])
        if op in OF_SQUARE:
            return OF_SQUARE[op](self.square(args[0], env))
        return getattr(self, "eval_" + op)(node, env)

    def real(self, node: Node, env: Env) -> Interval:
        value = self.scalar(node, env)
        if not value.is_real:
            reject(f"{infix(node)} is not a real number")
        return value.re

    def exact(self, node: Node, env: Env) -> Gaussian:
        value = self.scalar(node, env).exact
        if value is None:
            reject(f"{infix(node)} is not known exactly")
        return value

    def integer(self, node: Node, env: Env) -> int:
        re_part, im_part = self.exact(node, env)
        if im_part != 0 or re_part.denominator != 1:
            reject(f"{infix(node)} is not an integer")
        return re_part.numerator

    def environments(self, node: Node, env: Env) -> list[Env]:
        """The environments in which the body of a Sum, Product, ... is evaluated."""
        first, last = (self.integer(arg, env) for arg in node["args"][1:])
        require(last - first < MAX_RANGE, f"a range of more than {MAX_RANGE} terms")
        self.count(max(0, last - first + 1))
        return [env | {node["index"]: Fraction(k)} for k in range(first, last + 1)]

    def value(self, name: str) -> Value:
        require(name in self.certificate.values, f"the instance has no value for {name}")
        self.read.add(name)
        return self.certificate.values[name]

    def eval_Symbol(self, node: Node, env: Env) -> Complex:
        name = node["name"]
        if name in env or name in self.certificate.sizes:
            return Complex(point(env[name] if name in env else self.certificate.sizes[name]))
        value = self.value(name)
        require(isinstance(value, tuple), f"{name} is used as a scalar, but it is a matrix or a sequence")
        return exactly(value)

    def eval_Rational(self, node: Node, _env: Env) -> Complex:
        return Complex(point(as_rational(node["value"], "Rational.value")))

    def eval_Constant(self, node: Node, _env: Env) -> Complex:
        return Complex(constant(node["name"]))

    def eval_ImaginaryUnit(self, _node: Node, _env: Env) -> Complex:
        return Complex(point(0), point(1))

    def eval_Infinity(self, _node: Node, _env: Env) -> Complex:
        return Complex(Interval(INFINITY, INFINITY))

    def eval_Pow(self, node: Node, env: Env) -> Complex:
        base, exponent = self.scalar(node["args"][0], env), self.real(node["args"][1], env)
        if base.is_real:
            return Complex(real_power(base.re, exponent))
        require(exponent.exact is not None and exponent.exact.denominator == 1, "a complex number to a power that is not an integer")
        return base.power(exponent.exact.numerator)

    def eval_Piecewise(self, node: Node, env: Env) -> Complex:
        """The first case whose condition holds; a case before it whose condition is undecided may be the value as well. No case:
        undefined."""
        values: list[Complex] = []
        for case in node["args"]:
            truth = self.judge(case["args"][1], env).truth
            if truth is not Truth.VIOLATED:
                values.append(self.scalar(case["args"][0], env))
            if truth is Truth.HOLDS:
                return functools.reduce(Complex.hull, values)
        return Complex(EVERYTHING)

    # -- quantities ----------------------------------------------------------------------------------------------------------------

    def quantity(self, node: Node, env: Env) -> Interval:
        """Looked up, or proved once; a record is found by the tree and the bound variables that occur free in it."""
        key = canonical(node), tuple(sorted((name, env[name]) for name in free_names(node) & env.keys()))
        if key not in self.known:
            self.count(QUANTITY_STEPS)
            record = self.certificate.records.get(key, Record(""))
            self.used.add(key)
            self.known[key] = self.supremum(node, env, record) if node["op"] == "Supremum" else self.bounded(node, env, record)
            at = "".join(f", {name} = {value}" for name, value in key[1])
            by = ", ".join(f"{side} by {w.by}" for side, w in (("lower", record.lower), ("upper", record.upper)) if w is not None)
            self.said.append(f"{shortened(infix(node), 2000)}{at} {placed(self.known[key])}" + (f" ({by})" if by else ""))
        return self.known[key]

    def bounded(self, node: Node, env: Env, record: Record) -> Interval:
        """What is known without a witness, improved by the record."""
        quantity, subject = QUANTITIES[node["op"]], self.subject(node, env)
        facts = quantity.facts(*subject)
        lo, hi = facts.lo, facts.hi
        if record.lower is not None:
            lo = max(lo, _proved(quantity.lower, record.lower, subject, 1))
        if record.upper is not None:
            hi = min(hi, _proved(quantity.upper, record.upper, subject, -1))
        require(lo <= hi, f"{record.where}: the bounds contradict each other")
        return Interval(lo, hi)

    def subject(self, node: Node, env: Env) -> tuple[Any, ...]:
        """The arguments of the rules for this quantity."""
        op, args = node["op"], node["args"]
        x = self.matrix(args[0], env) if op == "Norm" else self.square(args[0], env)
        if op == "PowerNorm":
            t = self.integer(args[1], env)
            require(t >= 0, "a negative power in PowerNorm")
            return (matrix_power(x, t),)
        if op == "ExponentialNorm":
            t = self.exact(args[1], env)
            require(t[1] == 0, f"{infix(args[1])} is not real")
            return exponential_of(x.scaled(t[0]))
        if op == "ResolventNorm":
            return (shifted(x, self.exact(args[1], env)),)
        if op == "SpectrumDistance":
            return x, self.exact(args[1], env)
        if op == "PseudospectralRadius":
            eps = self.real(args[1], env)
            require(0 < eps.lo < INFINITY, f"{infix(args[1])} is not proved positive and finite")
            return x, eps
        require(op not in ("LargestEigenvalue", "SmallestEigenvalue") or is_hermitian(x), f"{op} of a matrix that is not Hermitian")
        return (x,)

    def supremum(self, node: Node, env: Env, record: Record) -> Interval:
        """sup of the body over the open interval (a, b); a value of the body at a point inside is a lower bound."""
        body, variable = node["args"][0], node["variable"]
        a, b = self.real(node["args"][1], env), self.real(node["args"][2], env)
        known = a.exact is not None and a.exact < b.lo and (b.exact is not None or b.lo == INFINITY)
        require(known, "the interval of a Supremum is empty or not exact")
        lo, hi = -INFINITY, INFINITY
        if record.lower is not None:
            r = record.lower.number("value")
            require(record.lower.by == "point" and a.exact < r < b.lo, f"{record.lower.where} is not a point inside the interval")
            value = self.real(body, env | {variable: r})
            require(value != EVERYTHING, f"{record.lower.where}: the body may be undefined at the point")
            lo = value.lo
        if record.upper is not None:
            require(record.upper.by == "polynomial" and b.lo == INFINITY, f"{record.upper.where}: no such witness for this Supremum")
            hi = record.upper.number("value")
            proved = proves_supremum(*self.rational_function(body, variable, env), a.exact, hi)
            require(proved, f"{record.upper.where}: the polynomials do not prove the bound")
        require(lo <= hi, f"{record.where}: the bounds contradict each other")
        return Interval(lo, hi)

    def rational_function(self, node: Node, variable: str, env: Env) -> tuple[Polynomial, Polynomial]:
        """(num, den) such that the node is defined and equals num/den wherever den is not zero; nothing is cancelled."""
        op, args = node["op"], node.get("args", [])
        if node == {"op": "Symbol", "name": variable}:
            return [Fraction(0), Fraction(1)], [Fraction(1)]
        if variable not in free_names(node):
            value, imaginary = self.exact(node, env)
            require(imaginary == 0, "the body of a Supremum is not real")
            return trimmed([value]), [Fraction(1)]
        if op == "Pow" and variable not in free_names(args[1]):
            (num, den), exponent = self.rational_function(args[0], variable, env), self.integer(args[1], env)
            if exponent == 0:  # 1, but only where the base is defined
                return den, den
            if exponent < 0:  # 1/(num/den) = den^2/(num den), defined where neither is zero
                num, den, exponent = poly_mul(den, den), poly_mul(num, den), -exponent
            return poly_power(num, exponent), poly_power(den, exponent)
        require(op in ("Add", "Mul"), f"the body of a Supremum is not a rational function: {op}")
        num, den = self.rational_function(args[0], variable, env)
        for arg in args[1:]:
            p, q = self.rational_function(arg, variable, env)
            num = poly_mul(num, p) if op == "Mul" else poly_add(poly_mul(num, q), poly_mul(p, den))
            den = poly_mul(den, q)
        return num, den

    # -- matrices ------------------------------------------------------------------------------------------------------------------

    def matrix(self, node: Node, env: Env) -> Matrix:
        op = node["op"]
        self.count()
        x = OF_MATRIX[op](self.matrix(node["args"][0], env)) if op in OF_MATRIX else getattr(self, "eval_" + op)(node, env)
        require(max(x.rows, x.cols) <= MAX_ORDER, f"a matrix is larger than {MAX_ORDER}")
        return x

    def square(self, node: Node, env: Env) -> Matrix:
        x = self.matrix(node, env)
        if x.rows != x.cols:
            reject(f"{infix(node)} is not square: {x.shape}")
        return x

    def shape(self, node: Node, env: Env) -> tuple[int, int]:
        """Rows and columns without evaluating any entry: an empty sum or product has no other size."""
        op, args = node["op"], node.get("args", [])
        if op in ("MatrixSymbol", "SequenceTerm"):
            return self.size(node["rows"], env), self.size(node["cols"], env)
        if op in ("Transpose", "Adjoint"):
            return self.shape(args[0], env)[::-1]
        if op in ("Identity", "ZeroMatrix"):
            return self.size(args[0], env), self.size(args[-1], env)
        if op == "MatMul":
            factors = [self.shape(arg, env) for arg in args if kind_of(arg) == "M"]
            return factors[0][0], factors[-1][1]
        if op == "ExplicitMatrix":
            return len(node["rows"]), len(node["rows"][0])
        if op == "BlockMatrix":
            return sum(self.shape(row[0], env)[0] for row in node["blocks"]), sum(self.shape(part, env)[1] for part in node["blocks"][0])
        return self.shape(args[0], env)

    def size(self, node: Node, env: Env) -> int:
        n = self.integer(node, env)
        require(1 <= n <= MAX_ORDER, f"a size is not between 1 and {MAX_ORDER}")
        return n

    def declared(self, x: Value, node: Node, env: Env) -> Matrix:
        """A matrix of the instance, if it has the shape that the tree says."""
        require(isinstance(x, Matrix), f"{node['name']} is used as a matrix, but it is not one")
        rows, cols = self.shape(node, env)
        require((x.rows, x.cols) == (rows, cols), f"{node['name']} should be {rows}x{cols}, but it is {x.shape}")
        return x

    def eval_MatrixSymbol(self, node: Node, env: Env) -> Matrix:
        return self.declared(self.value(node["name"]), node, env)

    def eval_SequenceTerm(self, node: Node, env: Env) -> Matrix:
        terms, k = self.value(node["name"]), self.integer(node["index"], env)
        require(isinstance(terms, list) and 1 <= k <= len(terms), f"{node['name']} is not a sequence with a term {k}")
        return self.declared(terms[k - 1], node, env)

    def eval_MatAdd(self, node: Node, env: Env) -> Matrix:
        return functools.reduce(Matrix.__add__, [self.matrix(arg, env) for arg in node["args"]])

    def eval_MatMul(self, node: Node, env: Env) -> Matrix:
        factors = [self.matrix(arg, env) for arg in node["args"] if kind_of(arg) == "M"]
        scalars = [self.exact(arg, env) for arg in node["args"] if kind_of(arg) == "S"]
        return functools.reduce(Matrix.scaled, scalars, functools.reduce(Matrix.__matmul__, factors))

    def eval_MatPow(self, node: Node, env: Env) -> Matrix:
        x, t = self.square(node["args"][0], env), self.integer(node["args"][1], env)
        return matrix_power(x if t >= 0 else inverted(x), abs(t))

    def eval_Identity(self, node: Node, env: Env) -> Matrix:
        return identity(self.size(node["args"][0], env))

    def eval_ZeroMatrix(self, node: Node, env: Env) -> Matrix:
        return zero(*self.shape(node, env))

    def eval_BlockMatrix(self, node: Node, env: Env) -> Matrix:
        return block([[self.matrix(part, env) for part in row] for row in node["blocks"]])

    def eval_ExplicitMatrix(self, node: Node, env: Env) -> Matrix:
        return matrix_of([[self.exact(entry, env) for entry in row] for row in node["rows"]])

    def eval_MatrixSum(self, node: Node, env: Env) -> Matrix:
        terms = [self.matrix(node["args"][0], inner) for inner in self.environments(node, env)]
        return functools.reduce(Matrix.__add__, terms, zero(*self.shape(node, env)))

    def eval_MatrixProduct(self, node: Node, env: Env) -> Matrix:
        """The factor of the largest index stands leftmost."""
        (rows, cols), factors = self.shape(node, env), [self.matrix(node["args"][0], inner) for inner in self.environments(node, env)]
        require(rows == cols, "a product of matrices that are not square")
        return functools.reduce(lambda right, left: left @ right, factors, identity(rows))

    # -- relations and logic -------------------------------------------------------------------------------------------------------

    def judge(self, node: Node, env: Env) -> Judgement:
        op, args = node["op"], node.get("args", [])
        self.count()
        if op == "MatrixEq" or op in PROPERTIES:
            truth, parts = self.of_matrices(op, args, env), []
        elif op in RELATIONS:
            return self.relation(node, env)
        elif op == "AllOf":
            parts = [self.judge(args[0], inner) for inner in self.environments(node, env)]
            truth = conjunction([part.truth for part in parts])
            parts = [part for part in parts if part.truth is truth][:3]  # enough to say why
        else:
            truth, parts = self.logic(op, args, env)
        return Judgement(truth, f"{shortened(infix(node), 2000)}: {truth.value}", tuple(parts))

    def relation(self, node: Node, env: Env) -> Judgement:
        op = node["op"]
        x, y = (self.scalar(arg, env) for arg in node["args"])
        if op in ("Eq", "Ne"):
            truth = Truth.UNDECIDED if x.undefined or y.undefined else conjunction([equal(x.re, y.re), equal(x.im, y.im)])
            truth = truth if op == "Eq" else NEGATION[truth]
        else:
            require(x.is_real and y.is_real, "an inequality between numbers that are not real")
            truth = at_most(x.re, y.re, op == "Lt") if op in ("Le", "Lt") else at_most(y.re, x.re, op == "Gt")
        return Judgement(truth, f"{infix(node)}: {show(x)} {RELATIONS[op]} {show(y)} {truth.value}", (), (x.re, y.re))

    def of_matrices(self, op: str, args: list[Node], env: Env) -> Truth:
        if op != "MatrixEq":
            holds = PROPERTIES[op](self.square(args[0], env))
        else:
            x, y = (self.matrix(arg, env) for arg in args)
            require((x.rows, x.cols) == (y.rows, y.cols), f"a {x.shape} and a {y.shape} matrix are compared")
            holds = x == y
        return decided(holds, not holds)

    def logic(self, op: str, args: list[Node], env: Env) -> tuple[Truth, list[Judgement]]:
        """Three-valued logic. An implication with a violated premise holds, and its consequence, which may be undefined then, is not looked
        at."""
        parts: list[Judgement] = []
        for arg in args:
            if op == "Implies" and parts and parts[0].truth is Truth.VIOLATED:
                return Truth.HOLDS, parts
            parts.append(self.judge(arg, env))
        truths = [part.truth for part in parts]
        if op == "And" or op == "True":
            return conjunction(truths), parts
        if op == "Or" or op == "False":
            return NEGATION[conjunction([NEGATION[truth] for truth in truths])], parts
        if op == "Not":
            return NEGATION[truths[0]], parts
        if op == "Implies":
            return NEGATION[conjunction([truths[0], NEGATION[truths[1]]])], parts
        unknown = Truth.UNDECIDED in truths
        return decided(not unknown and truths[0] == truths[1], not unknown and truths[0] != truths[1]), parts


def _proved(rules: dict[str, Rule], w: Witness, subject: tuple[Any, ...], sign: int) -> Endpoint:
    """The bound that a witness proves; a stated value must not say more (``sign`` 1: lower bounds, -1: upper bounds)."""
    require(w.by in rules, f"{w.where}: no such witness for this side: {w.by}")
    bound = rules[w.by](w, *subject)
    require(not w.has("value") or sign * w.number("value") <= sign * bound, f"{w.where} does not prove its value")
    return bound


# ---------------------------------------------------------------------------------------------------------------------------------
# 13. Inequalities for all real values
# ---------------------------------------------------------------------------------------------------------------------------------
#
# A certificate of this kind claims: for all real values of the symbols at which every hypothesis is true, the conclusion is true. It carries a
# proof by contradiction as a tree. A branch of the proof is a list of facts, which are supposed to hold at one and the same point; a rule either
# splits a branch into several, of which at least one has true facts if the branch has, or closes it, because its facts contradict each other.
# Truth is Kleene's: a relation is true if both sides have a value and it holds, false if both have a value and it does not hold, and neither
# elsewhere. x/y has a value if x and y have and y is not 0, a root if its radicand has one that is not negative, a Piecewise if the conditions up
# to the first true one have truth values and the expression beside it has a value.

MAX_PRODUCTS = 4_000_000  # of coefficients, in one certificate
MAX_TOTAL_DEGREE = 4000  # of a polynomial in several variables
MAX_COEFFICIENT_BITS = 1 << 16
MAX_ROOT_INDEX = 64  # and exponents of trees
VARIABLE_BITS = 16  # a monomial is one integer, with the exponent of the k-th variable in its k-th 16 bits


@dataclass(frozen=True)
class Many:
    """A polynomial in several variables: integer coefficients by monomial, none of them 0, over one positive denominator, in lowest terms."""

    terms: dict[int, int]
    den: int
    degree: int

    @functools.cached_property
    def key(self) -> tuple[int, frozenset[tuple[int, int]]]:
        return self.den, frozenset(self.terms.items())

    @property
    def constant(self) -> Fraction | None:
        """Its value, if it is a number."""
        return Fraction(self.terms.get(0, 0), self.den) if self.terms.keys() <= {0} else None

    @functools.cached_property
    def width(self) -> int:
        return max((abs(c).bit_length() for c in self.terms.values()), default=0) + self.den.bit_length()


def many(terms: dict[int, int], den: int, degree: int) -> Many:
    kept = {monomial: c for monomial, c in terms.items() if c}
    common = math.gcd(den, *kept.values())
    return Many({monomial: c // common for monomial, c in kept.items()} if common > 1 else kept, den // common, degree if kept else 0)


def many_constant(value: Fraction) -> Many:
    return many({0: value.numerator}, value.denominator, 0)


ZERO_MANY, ONE_MANY = many_constant(Fraction(0)), many_constant(Fraction(1))


@dataclass(frozen=True)
class Fact:
    """``polynomial relation 0`` with one of > >= = !=."""

    relation: str
    polynomial: Many


@dataclass(frozen=True)
class Pending:
    """A tree (its negation, if not ``sign``) that is true (not true, if not ``known``), and that a rule has to take apart."""

    node: Node
    sign: bool
    known: bool


OPPOSITE = {"Le": "Gt", "Gt": "Le", "Lt": "Ge", "Ge": "Lt", "Eq": "Ne", "Ne": "Eq"}
SPLITS = ([">", "=", "<"], [">=", "<"], [">", "<="])


def negated(node: Node) -> Node:
    return {"op": "Not", "args": [node]}


def joined(op: str, *args: Node) -> Node:
    return {"op": op, "args": list(args)}


def contains(node: Node, op: str) -> bool:
    return node["op"] == op or any(contains(child, op) for child in children(node))


def first_piecewise(node: Node) -> Node | None:
    """The first Piecewise from the left that is not inside another one."""
    if node["op"] == "Piecewise":
        return node
    return next((found for child in children(node) if (found := first_piecewise(child)) is not None), None)


def with_value(node: Node, key: str, value: Node) -> Node:
    """The tree with ``value`` in place of the Piecewise whose canonical text is ``key``."""
    if node["op"] == "Piecewise" and canonical(node) == key:
        return value
    return {**node, "args": [with_value(child, key, value) for child in node["args"]]} if node.get("args") else node


@dataclass
class Budget:
    """Products of coefficients, which bound the work that a certificate may ask for."""

    left: int = MAX_PRODUCTS

    def pay(self, count: int) -> None:
        self.left -= count
        require(self.left >= 0, f"more than {MAX_PRODUCTS} products of coefficients")


@dataclass
class Branch:
    """The facts of one branch, by number, and the variables that they are about.

    The k-th quotient, root, modulus or maximum that was met is the variable ``#k``, with facts that determine it; equal ones have the same variable.
    """

    budget: Budget
    names: dict[str, int] = field(default_factory=dict)
    made: dict[Any, Many] = field(default_factory=dict)
    defined: set[tuple[str, str]] = field(default_factory=set)
    facts: list[Fact | Pending | None] = field(default_factory=list)

    def copy(self) -> Branch:
        return Branch(self.budget, dict(self.names), dict(self.made), set(self.defined), list(self.facts))

    # -- polynomials

    def add(self, p: Many, q: Many, factor: int = 1) -> Many:
        self.budget.pay(len(p.terms) + len(q.terms))
        den = math.lcm(p.den, q.den)
        left, right = den // p.den, factor * (den // q.den)
        terms = {monomial: left * c for monomial, c in p.terms.items()}
        for monomial, c in q.terms.items():
            terms[monomial] = terms.get(monomial, 0) + right * c
        return many(terms, den, max(p.degree, q.degree))

    def multiply(self, p: Many, q: Many) -> Many:
        self.budget.pay(len(p.terms) * len(q.terms) * (1 + (p.width * q.width >> 16)) + 1)
        require(p.degree + q.degree <= MAX_TOTAL_DEGREE, f"a polynomial of a degree above {MAX_TOTAL_DEGREE}")
        require(p.width + q.width <= MAX_COEFFICIENT_BITS, f"a coefficient of more than {MAX_COEFFICIENT_BITS} bits")
        terms: dict[int, int] = {}
        for m, c in p.terms.items():
            for n, d in q.terms.items():
                terms[m + n] = terms.get(m + n, 0) + c * d
        return many(terms, p.den * q.den, p.degree + q.degree)

    def power(self, p: Many, exponent: int) -> Many:
        result = ONE_MANY
        for _ in range(exponent):
            result = self.multiply(result, p)
        return result

    def variable(self, name: str) -> Many:
        index = self.names.setdefault(name, len(self.names))
        return Many({1 << VARIABLE_BITS * index: 1}, 1, 1)

    def parse(self, data: Json, where: str) -> Many:
        """A polynomial of the certificate: a list of [coefficient, {name: exponent, …}]."""
        result = ZERO_MANY
        for item in as_list(data, where):
            require(isinstance(item, list) and len(item) == 2 and isinstance(item[1], dict), f"{where} is not a list of terms")
            term = many_constant(as_rational(item[0], where))
            for name, exponent in item[1].items():
                require(name in self.names, f"{where}: no variable {printable(name[:40])} here")
                term = self.multiply(term, self.power(self.variable(name), as_integer(exponent, where, 1, MAX_ROOT_INDEX)))
            result = self.add(result, term)
        return result

    # -- trees to polynomials

    def new(self, key: Any) -> Many:
        self.made[key] = self.variable(f"#{len(self.made) + 1}")
        return self.made[key]

    def know(self, relation: str, p: Many) -> None:
        self.facts.append(Fact(relation, p))

    def translate(self, node: Node) -> Many:
        """The value of a tree that has one, as a polynomial in the variables."""
        op, args = node["op"], node.get("args", [])
        if op == "Symbol":
            return self.variable(node["name"])
        if op == "Rational":
            return many_constant(as_rational(node["value"], "Rational.value"))
        if op == "Constant":
            return self.constant(node["name"])
        if op == "Pow":
            return self.translate_power(*args)
        require(op in ("Add", "Mul", "Abs", "Max", "Min"), f"{op} in an inequality")
        values = [self.translate(arg) for arg in args]
        if op == "Add":
            return functools.reduce(self.add, values)
        if op == "Mul":
            return functools.reduce(self.multiply, values)
        if op == "Abs":
            return self.extreme("Max", [values[0], self.add(ZERO_MANY, values[0], -1)])
        return self.extreme(op, values)

    def translate_power(self, base: Node, exponent: Node) -> Many:
        require(exponent["op"] == "Rational", "an exponent that is not a number")
        e = as_rational(exponent["value"], "an exponent")
        require(abs(e.numerator) <= MAX_ROOT_INDEX and e.denominator <= MAX_ROOT_INDEX, f"an exponent above {MAX_ROOT_INDEX}")
        value = self.translate(base)
        if e.denominator > 1:
            value = self.root(value, e.denominator)
            self.defined.add((canonical(base), "Lt"))
        if e < 0:
            value = self.inverse(value)
            self.defined.add((canonical(base), "Eq"))
        return self.power(value, abs(e.numerator))

    def constant(self, name: str) -> Many:
        """e or pi, between two neighbouring multiples of 10^-12."""
        if (name,) in self.made:
            return self.made[name,]
        low = Fraction(math.floor(constant(name).lo * 10**12), 10**12)
        high = low + Fraction(1, 10**12)
        require(low < constant(name).lo and constant(name).hi < high, "the constant is too close to a multiple of 10^-12")
        x = self.new((name,))
        self.know(">", self.add(x, many_constant(low), -1))
        self.know(">", self.add(many_constant(high), x, -1))
        return x

    def inverse(self, p: Many) -> Many:
        """v with v p = 1."""
        if p.constant is not None:
            require(p.constant != 0, "a division by 0")
            return many_constant(1 / p.constant)
        if ("inverse", p.key) in self.made:
            return self.made["inverse", p.key]
        v = self.new(("inverse", p.key))
        self.know("=", self.add(self.multiply(v, p), ONE_MANY, -1))
        return v

    def root(self, p: Many, index: int) -> Many:
        """s >= 0 with s^index = p."""
        if ("root", index, p.key) in self.made:
            return self.made["root", index, p.key]
        s = self.new(("root", index, p.key))
        self.know(">=", s)
        self.know("=", self.add(self.power(s, index), p, -1))
        return s

    def extreme(self, op: str, values: list[Many]) -> Many:
        """m >= every value (m <= every value for Min), and equal to one of them."""
        key = (op, *(p.key for p in values))
        if key in self.made:
            return self.made[key]
        m = self.new(key)
        gaps = [self.add(m, p, -1) if op == "Max" else self.add(p, m, -1) for p in values]
        for gap in gaps:
            self.know(">=", gap)
        self.know("=", functools.reduce(self.multiply, gaps))
        return m

    # -- facts

    def assume(self, node: Node, sign: bool = True, known: bool = True) -> None:
        """The tree (its negation, if not ``sign``) is true (is not true, if not ``known``)."""
        op, args = node["op"], node.get("args", [])
        if op in ("True", "False"):
            if ((op == "True") == sign) != known:
                self.know(">=", many_constant(Fraction(-1)))
        elif op == "Not":
            self.assume(args[0], not sign, known)
        elif op == "Implies":
            self.assume(joined("Or", negated(args[0]), args[1]), sign, known)
        elif op == "Equivalent":
            self.assume(joined("Or", joined("And", *args), joined("And", *map(negated, args))), sign, known)
        elif op in ("And", "Or"):
            if ((op == "And") == sign) == known:
                for arg in args:
                    self.assume(arg, sign, known)
            else:
                self.facts.append(Pending(node, sign, known))
        else:
            require(op in OPPOSITE, f"{op} in an inequality")
            self.relate(node if sign else joined(OPPOSITE[op], *args), known)

    def relate(self, relation: Node, known: bool) -> None:
        if contains(relation, "Piecewise") or (not known and self.doubtful(relation)):
            self.facts.append(Pending(relation, True, known))
            return
        op = relation["op"] if known else OPPOSITE[relation["op"]]
        left, right = (self.translate(arg) for arg in relation["args"])
        small, large = (left, right) if op in ("Le", "Lt") else (right, left)
        self.know({"Le": ">=", "Ge": ">=", "Lt": ">", "Gt": ">", "Eq": "=", "Ne": "!="}[op], self.add(large, small, -1))

    def doubtful(self, node: Node) -> list[Node]:
        """What is true if the first subterm without a value, from inside out, is a certain one: ``radicand < 0``, ``denominator = 0``; without
        those that are known to be false, each once."""
        found: dict[tuple[str, str], Node] = {}

        def walk(one: Node) -> None:
            for child in children(one):
                walk(child)
            if one["op"] == "Pow" and not _is_positive_number(one["args"][0]):
                exponent = as_rational(one["args"][1].get("value"), "an exponent")
                for op, relevant in (("Lt", exponent.denominator > 1), ("Eq", exponent < 0)):
                    key = (canonical(one["args"][0]), op)
                    if relevant and key not in self.defined:
                        found[key] = joined(op, one["args"][0], {"op": "Rational", "value": "0"})

        walk(node)
        return list(found.values())


def _is_positive_number(node: Node) -> bool:
    return node["op"] == "Rational" and as_rational(node["value"], "Rational.value") > 0


class Contradiction:
    """The rules of the proof. ``closed`` counts the branches that ended in a contradiction."""

    def __init__(self) -> None:
        self.closed = 0

    def prove(self, proof: Json, branch: Branch, where: str) -> None:
        require(isinstance(proof, dict), f"{where} is not a JSON object")
        rule = proof.get("rule")
        require(isinstance(rule, str) and rule in RULES, f"{where} has no rule that is known here")
        keys, split = RULES[rule]
        as_object(proof, where, {"rule"} | keys)
        if split is None:
            self.close(proof, branch, where)
            return
        into = split(proof, branch, where)
        parts = as_list(proof["branches"], f"{where}.branches")
        require(len(parts) == len(into), f"{where}: {rule} gives {len(into)} branches, the proof has {len(parts)}")
        for k, (part, one) in enumerate(zip(parts, into, strict=True)):
            self.prove(part, one, f"{where}.{k}")

    def close(self, proof: Json, branch: Branch, where: str) -> None:
        """A sum of products of the facts that is positive by their signs and 0 as a polynomial.

        Every term is a positive number times a product of facts ``> 0``, ``>= 0`` and even powers of facts ``!= 0``, times the square of a
        polynomial: it is >= 0, and > 0 without the square and with strict facts only. At least one is > 0. Multiples of facts ``= 0`` may
        be added. If all of this is the zero polynomial, no point satisfies the facts.
        """
        rest, strict = ZERO_MANY, False
        for i, item in enumerate(as_list(proof["terms"], f"{where}.terms", 1)):
            place = f"{where}.terms[{i}]"
            as_object(item, place, {"coefficient", "facts"}, {"square"})
            coefficient = as_rational(item["coefficient"], place)
            require(coefficient > 0, f"{place} has a coefficient that is not positive")
            term, positive = many_constant(coefficient), "square" not in item
            for pair in as_list(item["facts"], f"{place}.facts"):
                require(isinstance(pair, list) and len(pair) == 2, f"{place}: a factor is not [number of a fact, exponent]")
                fact = fact_of(branch, pair[0], place)
                exponent = as_integer(pair[1], place, 1, MAX_ROOT_INDEX)
                require(fact.relation in (">", ">=") or (fact.relation == "!=" and exponent % 2 == 0), f"{place}: fact {pair[0]} has no sign")
                positive = positive and fact.relation != ">="
                term = branch.multiply(term, branch.power(fact.polynomial, exponent))
            if "square" in item:
                square = branch.parse(item["square"], f"{place}.square")
                term = branch.multiply(term, branch.multiply(square, square))
            strict = strict or positive
            rest = branch.add(rest, term)
        for i, item in enumerate(as_list(proof["multiples"], f"{where}.multiples")):
            place = f"{where}.multiples[{i}]"
            require(isinstance(item, list) and len(item) == 2, f"{place} is not [number of a fact, polynomial]")
            fact = fact_of(branch, item[0], place)
            require(fact.relation == "=", f"{place}: fact {item[0]} is not an equation")
            rest = branch.add(rest, branch.multiply(fact.polynomial, branch.parse(item[1], place)))
        require(strict, f"{where}: no term is positive for certain")
        require(not rest.terms, f"{where}: the sum is not the zero polynomial")
        self.closed += 1


def fact_of(branch: Branch, index: Json, where: str) -> Fact:
    fact = branch.facts[as_integer(index, where, 0, len(branch.facts) - 1)]
    require(isinstance(fact, Fact), f"{where}: fact {index} is not about a polynomial")
    return fact


def taken(branch: Branch, index: Json, where: str) -> tuple[Pending, Branch]:
    """The pending fact of that number, and the branch without it."""
    pending = branch.facts[as_integer(index, where, 0, len(branch.facts) - 1)]
    require(isinstance(pending, Pending), f"{where}: fact {index} is nothing to take apart")
    rest = branch.copy()
    rest.facts[index] = None
    return pending, rest


def split_or(proof: Json, branch: Branch, where: str) -> list[Branch]:
    """A disjunction is true: one of its members is. A conjunction is not true: one of its members is not."""
    pending, rest = taken(branch, proof["fact"], where)
    require(pending.node["op"] in ("And", "Or"), f"{where}: fact {proof['fact']} is no choice")
    result = []
    for arg in pending.node["args"]:
        one = rest.copy()
        one.assume(arg, pending.sign, pending.known)
        result.append(one)
    return result


def split_defined(proof: Json, branch: Branch, where: str) -> list[Branch]:
    """A relation without Piecewise is not true: some subterm is the first, from inside out, without a value, or its negation is true."""
    pending, rest = taken(branch, proof["fact"], where)
    node = pending.node
    require(node["op"] in OPPOSITE and not pending.known and not contains(node, "Piecewise"), f"{where}: fact {proof['fact']} is no such relation")
    result = []
    for condition in (*branch.doubtful(node), joined(OPPOSITE[node["op"]], *node["args"])):
        one = rest.copy()
        one.assume(condition)
        result.append(one)
    return result


def split_cases(proof: Json, branch: Branch, where: str) -> list[Branch]:
    """The first Piecewise of a relation takes the value of one of its cases, in all pending facts; or no condition is true; or one has no truth value."""
    pending, rest = taken(branch, proof["fact"], where)
    piecewise = first_piecewise(pending.node) if pending.node["op"] in OPPOSITE else None
    require(piecewise is not None, f"{where}: fact {proof['fact']} is no relation with a Piecewise")
    rest.facts[proof["fact"]] = pending
    key, cases = canonical(piecewise), [case["args"] for case in piecewise["args"]]
    require(not any(contains(condition, "Piecewise") for _, condition in cases), f"{where}: a Piecewise in a condition")
    result, before = [], rest.copy()
    for value, condition in cases:
        one = before.copy()
        one.assume(condition)
        for index, fact in enumerate(list(one.facts)):
            if isinstance(fact, Pending) and (node := with_value(fact.node, key, value)) != fact.node:
                one.facts[index] = None
                one.assume(node, fact.sign, fact.known)
        result.append(one)
        before = before.copy()
        before.assume(condition, False)
    if cases[-1][1]["op"] != "True":
        result.append(before)
    before = rest
    for _, condition in cases:
        for failure in before.doubtful(condition):
            one = before.copy()
            one.assume(failure)
            result.append(one)
        before = before.copy()
        before.assume(condition, False)
    return result


def split_sign(proof: Json, branch: Branch, where: str) -> list[Branch]:
    """A polynomial has a sign."""
    require(proof["into"] in SPLITS, f"{where}.into does not cover all signs, once each, from the positive ones on")
    p = branch.parse(proof["polynomial"], f"{where}.polynomial")
    result = []
    for relation in proof["into"]:
        one = branch.copy()
        one.know(relation.replace("<", ">"), one.add(ZERO_MANY, p, -1) if "<" in relation else p)
        result.append(one)
    return result


RULES: dict[str, tuple[set[str], Callable[[Json, Branch, str], list[Branch]] | None]] = {
    "sum": ({"terms", "multiples"}, None),
    "or": ({"fact", "branches"}, split_or),
    "defined": ({"fact", "branches"}, split_defined),
    "cases": ({"fact", "branches"}, split_cases),
    "sign": ({"polynomial", "into", "branches"}, split_sign),
}


def start(hypotheses: list[Node], conclusion: Node) -> Branch:
    """The first branch: at some point every hypothesis is true and the conclusion is not."""
    branch = Branch(Budget())
    for name in names_of(hypotheses, conclusion):
        branch.variable(name)
    for tree in hypotheses:
        branch.assume(tree)
    branch.assume(conclusion, True, False)
    return branch


def names_of(hypotheses: list[Node], conclusion: Node) -> list[str]:
    return sorted(frozenset().union(*map(free_names, [*hypotheses, conclusion])))


def check_inequality(data: Json, report: Report) -> str:
    """For all real values of the symbols: if every hypothesis is true, the conclusion is true."""
    as_object(data, "the certificate", {"format", "kind", "claim", "statement", "proof"}, {"step"})
    claim = _parse_claim(data["claim"])
    hypotheses, conclusion = _parse_statement(data["statement"])
    step = as_integer(data.get("step", 0), "step", 0, MAX_RANGE)
    source = f" ({claim['source']})" if "source" in claim else ""
    report.say(f"claim {claim['id']}, reading {claim['reading']}: {claim['title']}{source}", 0)
    report.say("kind: inequality" + (f", step {step} of the proof" if step else ""), 0)
    report.say(f"for all real {', '.join(names_of(hypotheses, conclusion)) or 'values'}:", 0)
    for tree in hypotheses:
        report.say(f"if {infix(tree)}")
    report.say(f"then {infix(conclusion)}")
    branch, proof = start(hypotheses, conclusion), Contradiction()
    proof.prove(data["proof"], branch, "proof")
    return f"the conclusion follows from the hypotheses for all real values: {proof.closed} contradictions, each a polynomial identity"


# ---------------------------------------------------------------------------------------------------------------------------------
# 14. Verdict and printing
# ---------------------------------------------------------------------------------------------------------------------------------

DIGITS = 12


def decimal(x: Endpoint, up: bool) -> str:
    """x in decimals, rounded up or down to DIGITS digits."""
    if not finite(x):
        return "infinity" if x > 0 else "-infinity"
    if x == 0:
        return "0"
    if x < 0:
        return "-" + decimal(-x, not up)
    exponent = math.floor((magnitude(x) - 1) * math.log10(2)) - 1  # only a first guess: corrected here
    while x >= Fraction(10) ** (exponent + 1):
        exponent += 1
    scaled = x * Fraction(10) ** (DIGITS - 1 - exponent)
    mantissa = math.ceil(scaled) if up else math.floor(scaled)
    if mantissa == 10**DIGITS:
        mantissa, exponent = mantissa // 10, exponent + 1
    digits = str(mantissa).rstrip("0")
    if -5 <= exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    if 0 <= exponent < DIGITS:
        whole, rest = digits[: exponent + 1].ljust(exponent + 1, "0"), digits[exponent + 1 :]
        return whole + ("." + rest if rest else "")
    return digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{exponent}"


def show_rational(x: Fraction) -> str | None:
    """``p/q`` if that is short."""
    return str(x) if bits(x) <= 80 else None


def show_interval(x: Interval) -> str:
    if x.lo == x.hi:
        exact = show_rational(x.lo) if finite(x.lo) else decimal(x.lo, True)
        if exact is not None:
            return exact
    return f"[{decimal(x.lo, False)}, {decimal(x.hi, True)}]"


def placed(x: Interval) -> str:
    return f"{'=' if x.lo == x.hi else 'in'} {show_interval(x)}"


def show(x: Complex) -> str:
    return show_interval(x.re) if x.is_real else f"{show_interval(x.re)} + {show_interval(x.im)} i"


def show_gaussian(x: Gaussian) -> str:
    re_part, im_part = (show_rational(part) or "~" + decimal(part, False) for part in x)
    return re_part if x[1] == 0 else f"{re_part} + {im_part} i"


def show_value(value: Value) -> str:
    if isinstance(value, tuple):
        return show_gaussian(value)
    if isinstance(value, list):
        return f"{len(value)} matrices: " + "; ".join(show_value(x) for x in value[:4]) + ("; ..." if len(value) > 4 else "")
    text = f"{value.shape} {'real' if value.im is None else 'COMPLEX'}"
    if max(value.rows, value.cols) > 6:
        return text
    rows = (", ".join(show_gaussian(value[i, j]) for j in range(value.cols)) for i in range(value.rows))
    return text + " [" + ", ".join(f"[{row}]" for row in rows) + "]"


@dataclass
class Report:
    """What the checker says about one file."""

    file: str
    accepted: bool = False
    reason: str = ""
    lines: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return "ACCEPTED" if self.accepted else f"REJECTED: {self.reason}"

    def say(self, text: str, depth: int = 1) -> None:
        self.lines.append("  " * depth + printable(shortened(text, 2000)))

    def say_judgement(self, judgement: Judgement, depth: int = 1) -> None:
        self.say(judgement.text, depth)
        for part in judgement.parts:
            self.say_judgement(part, depth + 1)


def check(data: bytes, file: str = "certificate") -> Report:
    """Checks the bytes of one certificate. Never raises: whatever goes wrong, the certificate has proved nothing."""
    report = Report(file)
    try:
        with time_limit(MAX_SECONDS), long_integers():
            content = read_json(data)
            if isinstance(content, dict) and content.get("format") == FORMAT and content.get("kind") == "inequality":
                report.reason = check_inequality(content, report)
            else:
                certificate = parse_certificate(content)
                introduce(certificate, report)
                evaluation = Evaluation(certificate)
                report.reason = VERDICTS[certificate.kind](certificate, evaluation, report)
                conclude(certificate, evaluation, report)
            report.accepted = True
    except Rejected as error:
        report.reason = printable(shortened(str(error), 500))
    except RecursionError:
        report.reason = "nested too deeply"
    except MemoryError:
        report.reason = "too large for the memory of this machine"
    except Exception as error:  # a defect of the checker must never look like acceptance
        report.reason = f"the checker failed on it: {type(error).__name__}: {printable(shortened(str(error), 500))}"
    return report


def introduce(certificate: Certificate, report: Report) -> None:
    claim = certificate.claim
    if claim:
        source = f" ({claim['source']})" if "source" in claim else ""
        report.say(f"claim {claim['id']}, reading {claim['reading']}: {claim['title']}{source}", 0)
    report.say(f"kind: {certificate.kind}", 0)
    report.say("instance:", 0)
    for name, size in certificate.sizes.items():
        report.say(f"{name} = {size}")
    for name, value in certificate.values.items():
        report.say(f"{name} = {show_value(value)}")


def conclude(certificate: Certificate, evaluation: Evaluation, report: Report) -> None:
    if evaluation.said:
        report.say("proved bounds:", 0)
        for text in evaluation.said:
            report.say(text)
    for key, record in certificate.records.items():
        if key not in evaluation.used:
            report.warnings.append(f"{record.where} is about nothing that was needed")
    for name in sorted(certificate.values.keys() - evaluation.read):
        report.warnings.append(f"the value {name} is not used")


def check_hypotheses(certificate: Certificate, evaluation: Evaluation, report: Report) -> None:
    report.say("hypotheses:" if certificate.hypotheses else "hypotheses: none", 0)
    for i, tree in enumerate(certificate.hypotheses):
        judgement = evaluation.judge(tree, {})
        report.say_judgement(judgement)
        require(judgement.truth is Truth.HOLDS, f"hypothesis {i + 1} {judgement.truth.value}")


def check_violation(certificate: Certificate, evaluation: Evaluation, report: Report) -> str:
    check_hypotheses(certificate, evaluation, report)
    report.say("conclusion:", 0)
    judgement = evaluation.judge(certificate.conclusion, {})
    report.say_judgement(judgement)
    require(judgement.truth is Truth.VIOLATED, f"the conclusion {judgement.truth.value}, so nothing is refuted")
    return "every hypothesis holds and the conclusion is violated"


def check_ratio(certificate: Certificate, evaluation: Evaluation, report: Report) -> str:
    """For lhs <= rhs: lower(lhs) >= ratio upper(rhs) and upper(rhs) > 0; for >= with the sides exchanged."""
    check_hypotheses(certificate, evaluation, report)
    tree = certificate.conclusion
    require(tree["op"] in ("Le", "Lt", "Ge", "Gt"), "a ratio needs an inequality as conclusion")
    judgement = evaluation.judge(tree, {})
    smaller, larger = judgement.sides if tree["op"] in ("Le", "Lt") else judgement.sides[::-1]
    report.say("conclusion:", 0)
    report.say_judgement(judgement)
    require(finite(larger.hi) and larger.hi > 0, "the larger side has no positive upper bound")
    proved = smaller.lo >= certificate.ratio * larger.hi
    require(proved, f"the smaller side is not proved to be at least {decimal(certificate.ratio, False)} times the larger one")
    return f"the smaller side is at least {show_interval(point(certificate.ratio))} times the larger one"


def check_enclosure(certificate: Certificate, evaluation: Evaluation, report: Report) -> str:
    bounds = evaluation.real(certificate.quantity, {})
    report.say("quantity:", 0)
    report.say(f"{infix(certificate.quantity)} {placed(bounds)}")
    low, high = (show_interval(Interval(x, x)) for x in (certificate.lower, certificate.upper))
    wanted = f"{low} <= {shortened(infix(certificate.quantity), 400)} <= {high}"
    proved = bounds != EVERYTHING and certificate.lower <= bounds.lo and bounds.hi <= certificate.upper
    require(proved, f"{wanted} is not proved")
    return wanted


VERDICTS = {"violation": check_violation, "ratio": check_ratio, "enclosure": check_enclosure}


# ---------------------------------------------------------------------------------------------------------------------------------
# 15. Command line
# ---------------------------------------------------------------------------------------------------------------------------------


def read_file(path: Path) -> bytes:
    """At most one byte more than is allowed. Raises OSError."""
    if not path.is_file():
        raise OSError(f"no such file: {path}")
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)


def print_report(report: Report, quiet: bool) -> None:
    if not quiet:
        print(printable(report.file))
        for line in report.lines:
            print("  " + line)
        for warning in report.warnings:
            print(f"  warning: {warning}")
    prefix = f"{printable(report.file)}: " if quiet else "  "
    print(prefix + report.verdict + (f" ({report.reason})" if report.accepted and not quiet else ""), flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks certificates in exact arithmetic; see docs/certificate-format.md.")
    parser.add_argument("files", nargs="+", metavar="CERT.json")
    parser.add_argument("--quiet", action="store_true", help="one line for each file")
    parser.add_argument("--json", action="store_true", help="one JSON list for all files")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    reports: list[Report] = []
    unreadable = False
    for name in options.files:
        try:
            data = read_file(Path(name))
        except OSError as error:
            print(printable(f"{name}: {error}"), file=sys.stderr)
            unreadable = True
            continue
        reports.append(check(data, name))
        if not options.json:
            print_report(reports[-1], options.quiet)
    if options.json:
        fields = ("file", "accepted", "reason", "lines", "warnings")
        print(json.dumps([{name: getattr(report, name) for name in fields} for report in reports], indent=1))
    return 2 if unreadable else int(not all(report.accepted for report in reports))


if __name__ == "__main__":
    sys.exit(main())
