"""Branches of polynomial facts: quotients and roots are removed by exact consequences, then products of facts are added up.

Every consequence is a case distinction by the sign of a polynomial, all cases of which but one are closed by an identity that is written down, not
searched. If ``v p = 1`` and ``p > 0``, a fact ``g(v) > 0`` gives ``p^d g > 0`` without ``v``; a fact ``f h > 0`` with ``f > 0`` gives ``h > 0``; and
``a + b s > 0`` with ``s = √x``, ``b > 0 > a`` gives ``b² x − a² > 0``, by the product with ``b s − a > 0``.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import flint

from verify.prove.contradictory import Spend, written

if TYPE_CHECKING:
    from verify.prove.inequality import Search

__all__ = ["Leaf", "OverTime"]

_QUICK = Spend(2, 6, 150)
_FIRST = (Spend(2, 6, 100), Spend(3, 8, 200))
_LAST = (Spend(2, 12, 200), Spend(2, 6, 120, squares=True), Spend(4, 12, 400), Spend(3, 8, 300, squares=True), Spend(6, 14, 500))
_MOST_SPLITS = 4
TRACE = False


class OverTime(Exception):
    """The search has spent its time."""


@dataclass
class Leaf:
    """One branch without pending facts. ``wrappers`` are the case distinctions made so far, each with all but one case closed."""

    search: Search
    branch: Any
    splits: int = 0
    clean: set[int] = field(default_factory=set)
    wrappers: list[dict[str, Any]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)

    def refuted(self) -> dict[str, Any] | None:
        """A proof that the facts contradict each other."""
        if not self.clean:
            self.clean = {k for k, _, _ in self.facts()}
        self.prepare()
        for k, relation, p in self.facts():
            if k in self.clean and relation in (">", ">=") and (terms := self.orthant(-p, ">=" if relation == ">" else ">")) is not None:
                return self.wrapped({"rule": "sum", "terms": [{"coefficient": "1", "facts": [[k, 1]]}, *terms], "multiples": []})
        for spend in _FIRST:
            if (closed := self.search.closed(self.branch, spend, self.clean)) is not None:
                return self.wrapped(closed)
        if (closed := self.bernstein()) is not None:
            return self.wrapped(closed)
        if self.splits < _MOST_SPLITS and (split := self.split()) is not None:
            return self.wrapped(split)
        for spend in _LAST:
            if (closed := self.search.closed(self.branch, spend, self.clean)) is not None:
                return self.wrapped(closed)
        if TRACE:
            print("OPEN", self.splits, self.names())
            for k, relation, p in self.facts():
                print("   ", "*" if k in self.clean else " ", k, str(p)[:300], relation)
        return None

    def wrapped(self, proof: dict[str, Any]) -> dict[str, Any]:
        for wrapper in reversed(self.wrappers):
            proof = {**wrapper, "branches": [proof if part is None else part for part in wrapper["branches"]]}
        return proof

    def facts(self) -> list[tuple[int, str, Any]]:
        return self.search.facts(self.branch)

    def fact(self, number: int) -> tuple[str, Any]:
        fact = self.branch.facts[number]
        return fact.relation, self.search.polynomial(fact.polynomial)

    # -- consequences ----------------------------------------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        return tuple(self.branch.names)

    def know(self, p: Any, into: list[str], kept: int, closings: list[dict[str, Any]]) -> int:
        """A case distinction by the sign of ``p`` in which only the case ``kept`` stays open; returns the number of its fact."""
        rule = {"rule": "sign", "polynomial": written(p, self.names()), "into": into}
        states = self.search.checker.split_sign(rule, self.branch, "search")
        branches: list[Any] = list(closings)
        branches.insert(kept, None)
        self.wrappers.append({**rule, "branches": branches})
        self.branch = states[kept]
        self.clean.add(len(self.branch.facts) - 1)
        return len(self.branch.facts) - 1

    def follows(self, number: int, relation: str, p: Any, others: list[tuple[int, int]], multiples: dict[int, Any]) -> int:
        """``p relation 0`` by ``∏ others · fact = p + Σ multiples · equations``; returns the number of the new fact."""
        new = len(self.branch.facts)
        equations = [[k, written(h, self.names())] for k, h in sorted(multiples.items()) if not h.is_zero()]
        negative = [[k, written(-h, self.names())] for k, h in sorted(multiples.items()) if not h.is_zero()]
        product = {"coefficient": "1", "facts": _merged([(number, 1), *others])}
        itself = {"coefficient": "1", "facts": [[new, 1]]}
        if relation == ">":
            return self.know(p, [">", "<="], 0, [{"rule": "sum", "terms": [product, itself], "multiples": negative}])
        if relation == ">=":
            return self.know(p, [">=", "<"], 0, [{"rule": "sum", "terms": [product, itself], "multiples": negative}])
        whole = functools.reduce(lambda a, pair: a * self.fact(pair[0])[1] ** pair[1], others, self.search.context.constant(1))
        above = {"rule": "sum", "terms": [itself], "multiples": [*equations, [number, written(-whole, self.names())]]}
        below = {"rule": "sum", "terms": [itself], "multiples": [*negative, [number, written(whole, self.names())]]}
        return self.know(p, [">", "=", "<"], 1, [above, below])

    def signed(self, p: Any) -> tuple[int, int] | None:
        """The sign (1, −1) of ``p > 0`` or ``p < 0`` and the number of the fact ``±p > 0``, found or derived by small products."""
        if _constant(p) is not None:
            return None
        for k, relation, q in self.facts():
            if relation == ">" and (q == p or q == -p):
                return (1 if q == p else -1), k
        key = f"sign {p / _leading(p)}"
        if key in self.done:
            return None
        for sign in (1, -1):
            if (found := self.derived(sign * p, [">", "<="])) is not None:
                return sign, found
        self.done.add(key)
        return None

    def derived(self, p: Any, into: list[str], spend: Spend = _QUICK) -> int | None:
        """The number of the fact that ``p`` has the first of two signs, if small products show it."""
        rule = {"rule": "sign", "polynomial": written(p, self.names()), "into": into}
        if (terms := self.orthant(p, into[0])) is not None:
            itself = {"coefficient": "1", "facts": [[len(self.branch.facts), 1]]}
            return self.know(p, into, 0, [{"rule": "sum", "terms": [itself, *terms], "multiples": []}])
        worse = self.search.checker.split_sign(rule, self.branch, "search")[1]
        numbers = self.clean | {len(worse.facts) - 1}
        closed = self.search.closed(worse, spend, numbers)
        return None if closed is None else self.know(p, into, 0, [closed])

    def orthant(self, p: Any, relation: str) -> list[dict[str, Any]] | None:
        """``p >= 0`` (``> 0``) as a sum of products of facts ``v − r``, ``r − v`` with numbers ``r``: what ``p`` is after a shift of each variable."""
        used = [v for v, d in enumerate(p.degrees()) if d > 0]
        facts = [(k, q) for k, kind, q in self.facts() if kind in (">", ">=")]
        strict = {k for k, kind, _ in self.facts() if kind == ">"}
        ends = list(_ends([(k, "", q) for k, q in facts]))
        options: list[list[tuple[bool, Fraction, int]]] = []
        for v in used:
            own: dict[tuple[bool, Fraction], int] = {}
            for variable, upper, value, k in ends:
                if variable == v and ((upper, value) not in own or k in strict):
                    own[upper, value] = k
            options.append([(upper, value, k) for (upper, value), k in own.items()])
        if not all(options) or math.prod(map(len, options)) > 64:
            return None
        for choice in itertools.product(*options):
            shifted = p.compose(*self._shift(used, choice)) if used else p
            terms: list[dict[str, Any]] = []
            positive = False
            for m, c in shifted.to_dict().items():
                if c < 0:
                    break
                facts_of = [[k, int(m[v])] for v, (_, _, k) in zip(used, choice, strict=True) if m[v]]
                scale = math.prod((_slope(self.fact(k)[1], v) ** int(m[v]) for v, (_, _, k) in zip(used, choice, strict=True)), start=Fraction(1))
                terms.append({"coefficient": str(Fraction(int(c.p), int(c.q)) / scale), "facts": _joined(facts_of)})
                positive = positive or all(k in strict for k, _ in facts_of)
            else:
                if positive or relation == ">=":
                    return terms
        return None

    def _shift(self, used: list[int], choice: tuple[tuple[bool, Fraction, int], ...]) -> list[Any]:
        images = list(self.search.context.gens())
        for v, (upper, value, _) in zip(used, choice, strict=True):
            images[v] = (-1 if upper else 1) * images[v] + flint.fmpq(value.numerator, value.denominator)
        return images

    # -- preparation -----------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Signs of variables; then facts without quotients and without factors of known sign in place of those with them."""
        for _ in range(3):
            before = len(self.branch.facts)
            self._variables()
            for k, relation, p in self.facts():
                if k in self.clean and f"fact {k}" not in self.done:
                    self._simplified(k, relation, p)
            if len(self.branch.facts) == before:
                return

    def _variables(self) -> None:
        facts = [(relation, p) for k, relation, p in self.facts() if k in self.clean]
        known = {str(p / _leading(p)) for relation, p in facts if relation in (">", ">=") and not p.is_zero()}
        for k in list(self.branch.names.values()):
            p = self.search.context.gens()[k]
            key = f"variable {k} {len(self.clean)}"
            if str(p) in known or key in self.done or not any(q.degrees()[k] > 0 for _, q in facts):
                continue
            self.done.add(key)
            if self.signed(p) is None:
                next((n for sign in (1, -1) if (n := self.derived(sign * p, [">=", "<"])) is not None), None)

    def quotients(self) -> dict[int, tuple[int, Any]]:
        """The variables ``v`` with ``v p = 1``: number of that equation, and ``p``."""
        found: dict[int, tuple[int, Any]] = {}
        for key, value in self.branch.made.items():
            if key[0] == "inverse":
                v = _variable_of(self.search.polynomial(value))
                for k, relation, q in self.facts():
                    if relation == "=" and q.degrees()[v] == 1:
                        p, one = _split(q, v)
                        if one == -1 and p.degrees()[v] <= 0:
                            found.setdefault(v, (k, p))
        return found

    def roots(self) -> dict[int, tuple[int, Any]]:
        """The variables ``s >= 0`` with ``s² = x``: number of that equation, and ``x``."""
        found: dict[int, tuple[int, Any]] = {}
        for key, value in self.branch.made.items():
            if key[0] == "root" and key[1] == 2:
                s = _variable_of(self.search.polynomial(value))
                for k, relation, q in self.facts():
                    if relation == "=" and q.degrees()[s] == 2 and _split(q, s, 2)[0] == 1 and f"root {k}" not in self.done:
                        found.setdefault(s, (k, -_split(q, s, 2)[1]))
        return found

    def linear(self) -> dict[int, tuple[int, Any, Any]]:
        """Variables that a fact ``a v + b = 0`` with a number ``a`` determines: its number, the value of ``v``, and the polynomial."""
        found: dict[int, tuple[int, Any, Any]] = {}
        for k, relation, q in self.facts():
            if relation != "=" or k not in self.clean:
                continue
            for v in reversed([v for v, d in enumerate(q.degrees()) if d == 1]):
                slope, rest = _split(q, v)
                if (a := _constant(slope)) is not None and not any(other in found for other, d in enumerate(rest.degrees()) if d > 0):
                    found.setdefault(v, (k, rest * (flint.fmpq(-1) / a), q))
                    break
        return found

    def _simplified(self, number: int, relation: str, p: Any) -> None:
        if relation == "!=":
            return
        quotients = self.quotients()
        if any(number == k for k, _ in quotients.values()):
            return
        new, current = number, p
        for v, (equation, value, linear) in self.linear().items():
            if current.degrees()[v] > 0 and number != equation:
                images = list(self.search.context.gens())
                images[v] = value
                image = current.compose(*images)
                if image.is_zero() or (_constant(image) is not None and relation != "="):
                    continue
                new = self.follows(new, relation, image, [], {equation: (current - image) / linear})
                current = image
        for turn in range(2):
            for s, (equation, x) in self.roots().items() if turn or self.search.roots_first else ():
                if current.degrees()[s] > 1 and number != equation:
                    image, factor = _reduced(current, s, x)
                    new = self.follows(new, relation, image, [], {equation: factor})
                    current = image
            for v, (equation, below) in sorted(quotients.items(), reverse=True):
                degree = current.degrees()[v]
                if degree <= 0:
                    continue
                if (sign := self.signed(below)) is None:
                    return
                image, factor = _cleared(current, v, below, degree)
                if sign[0] < 0 and degree % 2:
                    image, factor = -image, -factor
                if (constant := _constant(image)) is not None and constant > 0:
                    self.clean.discard(number)
                    self.done.add(f"fact {number}")
                    return
                new = self.follows(new, relation, image, [(sign[1], degree)], {equation: factor})
                current = image
        self.done.add(f"fact {number}")
        stripped = self._stripped(new, relation, current)
        if stripped != number:
            self.clean -= set(range(number, number + 1)) | (set(range(number + 1, stripped)) & {new})
            self.done.add(f"fact {stripped}")

    def _stripped(self, number: int, relation: str, p: Any) -> int:
        """Without the factors whose sign is known."""
        if p.is_zero() or _constant(p) is not None:
            return number
        scale, factors = p.factor()
        if sum(e for _, e in factors) < 2:
            return number
        sign, kept, others = (1 if scale > 0 else -1), self.search.context.constant(1), []
        for base, exponent in factors:
            found = self.signed(base)
            if found is None:
                kept = kept * base**exponent
            else:
                sign *= found[0] ** exponent
                others.append((found[1], exponent))
        if not others:
            return number
        kept = sign * kept
        if _constant(kept) is not None:
            return number
        size = Fraction(abs(int(scale.p)), int(scale.q))
        return self._divided(number, relation, kept, others, size)

    def _divided(self, number: int, relation: str, kept: Any, others: list[tuple[int, int]], size: Fraction) -> int:
        """``kept relation 0`` because ``fact = size · kept · ∏ others``."""
        new = len(self.branch.facts)
        fact = {"coefficient": "1", "facts": [[number, 1]]}
        rest = {"coefficient": str(size), "facts": _merged([(new, 1), *others])}
        if relation == ">":
            return self.know(kept, [">", "<="], 0, [{"rule": "sum", "terms": [fact, rest], "multiples": []}])
        if relation == ">=":
            return self.know(kept, [">=", "<"], 0, [{"rule": "sum", "terms": [fact, rest], "multiples": []}])
        one = self.search.context.constant(1)
        plus = {"rule": "sum", "terms": [rest], "multiples": [[number, written(-one, self.names())]]}
        minus = {"rule": "sum", "terms": [rest], "multiples": [[number, written(one, self.names())]]}
        return self.know(kept, [">", "=", "<"], 1, [plus, minus])

    # -- case distinctions -------------------------------------------------------------------------------------------------

    def split(self) -> dict[str, Any] | None:
        """What is left open by the sign of a polynomial, each case refuted on its own."""
        facts = [(k, relation, p) for k, relation, p in self.facts() if k in self.clean]
        for _, relation, p in reversed(facts):
            if relation == "!=" and f"apart {p}" not in self.done:
                return self._cases(p, f"apart {p}")
        roots = self.roots()
        for k, relation, p in reversed(facts):
            if relation not in (">", ">="):
                continue
            for s in sorted(roots, reverse=True):
                if p.degrees()[s] == 1 and _constant(_split(p, s)[0]) != 0:
                    b, a = _split(p, s)
                    if a.is_zero() or f"root of {k} {s}" in self.done:
                        continue
                    return self._without_root(k, relation, s, roots[s], a, b)
        return None

    def _cases(self, p: Any, key: str, into: tuple[str, ...] = (">", "=", "<")) -> dict[str, Any] | None:
        rule = {"rule": "sign", "polynomial": written(p, self.names()), "into": list(into)}
        parts = []
        for state in self.search.checker.split_sign(rule, self.branch, "search"):
            leaf = Leaf(self.search, state, self.splits + 1, self.clean | {len(state.facts) - 1}, [], self.done | {key})
            part = leaf.refuted()
            if part is None:
                return None
            parts.append(part)
        return {**rule, "branches": parts}

    def _without_root(self, number: int, relation: str, s: int, root: tuple[int, Any], a: Any, b: Any) -> dict[str, Any] | None:
        """``a + b s > 0`` (or ``>= 0``), by the signs of ``a`` and ``b``."""
        for part, other in ((a, b * self.search.context.gens()[s]), (b, a)):
            if (vanishing := self.zero(part)) is not None:
                self.done.add(f"root of {number} {s}")
                factor = vanishing[1] * (1 if part is a else self.search.context.gens()[s])
                new = self.follows(number, relation, other, [], {vanishing[0]: factor * self.search.context.constant(1)})
                self.clean.discard(number)
                self.clean.add(self._stripped(new, relation, other))
                return self.refuted_again()
        sign_b = self.signed(b) if (constant := _constant(b)) is None else ((1, -1) if constant > 0 else (-1, -1))
        if sign_b is None:
            return self._cases(b, f"b {b}")
        sign_a = self.signed(a) if (constant := _constant(a)) is None else ((1, -1) if constant > 0 else (-1, -1))
        if sign_a is None:
            sign_a = next(((sign, -1) for sign in (1, -1) for _, kind, q in self.facts() if kind == ">=" and q == sign * a), None)
        if sign_a is None:
            return self._cases(a, f"a {a}", (">=", "<"))
        self.done.add(f"root of {number} {s}")
        if sign_a[0] == sign_b[0]:
            return self.refuted_again()
        # b s - |a| or |a| - |b| s: times the conjugate, which is positive
        equation, x = root
        generator = self.search.context.gens()[s]
        conjugate = b * generator - a if sign_b[0] > 0 else a - b * generator
        other = self.derived(conjugate, [">", "<="], Spend(2, 30, 80))
        if other is None:
            return self.refuted_again()
        image = b * b * x - a * a if sign_b[0] > 0 else a * a - b * b * x
        # fact · conjugate = ±(b² s² − a²) = image ± b² (s² − x)
        factor = b * b if sign_b[0] > 0 else -b * b
        new = self.follows(number, relation, image, [(other, 1)], {equation: factor})
        stripped = self._squares(self._stripped(new, relation, image))
        self.clean -= {number, other}
        self.clean.add(stripped)
        return self.refuted_again()

    def zero(self, p: Any) -> tuple[int, int] | None:
        """The number of a fact ``p = 0`` or ``−p = 0``, and the sign."""
        for k, relation, q in self.facts():
            if relation == "=" and (q == p or q == -p):
                return k, 1 if q == p else -1
        return None

    def refuted_again(self) -> dict[str, Any] | None:
        """The rest of the proof, with the case distinctions made meanwhile."""
        wrappers, self.wrappers = self.wrappers, []
        leaf = Leaf(self.search, self.branch, self.splits + 1, set(self.clean), wrappers, set(self.done))
        return leaf.refuted()

    def _squares(self, number: int) -> int:
        """``q² f > 0`` gives ``f > 0``."""
        relation, p = self.fact(number)
        if relation not in (">", ">=") or p.is_zero() or _constant(p) is not None:
            return number
        scale, factors = p.factor()
        even = [(base, e - e % 2) for base, e in factors if e > 1]
        if not even or relation != ">":
            return number
        square = functools.reduce(lambda u, v: u * v, [base ** (e // 2) for base, e in even])
        kept = functools.reduce(lambda u, v: u * v, [base ** (e % 2) for base, e in factors], self.search.context.constant(1))
        kept = kept if scale > 0 else -kept
        new = len(self.branch.facts)
        size = Fraction(abs(int(scale.p)), int(scale.q))
        closing = {
            "rule": "sum", "multiples": [],
            "terms": [
                {"coefficient": "1", "facts": [[number, 1]]},
                {"coefficient": str(size), "facts": [[new, 1]], "square": written(square, self.names())},
            ],
        }
        if (constant := _constant(kept)) is not None and constant > 0:
            return number
        self.clean.discard(number)
        return self.know(kept, [">", "<="], 0, [closing])

    # -- one variable ------------------------------------------------------------------------------------------------------

    def bernstein(self) -> dict[str, Any] | None:
        """A fact in one variable between two rational numbers, refuted by Bernstein coefficients, with bisection."""
        facts = [(k, relation, p) for k, relation, p in self.facts() if k in self.clean and relation in (">", ">=")]
        ends = list(_ends(facts))
        for k, relation, p in facts:
            used = [i for i, d in enumerate(p.degrees()) if d > 0]
            if len(used) != 1 or p.degrees()[used[0]] < 2:
                continue
            low = max(((value, number) for variable, upper, value, number in ends if variable == used[0] and not upper), default=None)
            high = min(((value, number) for variable, upper, value, number in ends if variable == used[0] and upper), default=None)
            if low is not None and high is not None and low[0] < high[0]:
                proof = self._bisected(k, relation, p, used[0], low, high, self.branch, 0)
                if proof is not None:
                    return proof
        return None

    def _bisected(
        self, number: int, relation: str, p: Any, v: int, low: tuple[Fraction, int], high: tuple[Fraction, int], branch: Any, depth: int
    ) -> dict[str, Any] | None:
        coefficients = _bernstein(p, v, low[0], high[0])
        if all(c <= 0 for c in coefficients):
            return self._of_coefficients(number, relation, coefficients, v, low, high, branch)
        if depth == 9:
            return None
        middle = (low[0] + high[0]) / 2
        x = self.search.context.gens()[v] - flint.fmpq(middle.numerator, middle.denominator)
        rule = {"rule": "sign", "polynomial": written(x, tuple(branch.names)), "into": [">=", "<"]}
        above, below = self.search.checker.split_sign(rule, branch, "search")
        new = len(branch.facts)
        first = self._bisected(number, relation, p, v, (middle, new), high, above, depth + 1)
        second = None if first is None else self._bisected(number, relation, p, v, low, (middle, new), below, depth + 1)
        return None if second is None else {**rule, "branches": [first, second]}

    def _of_coefficients(
        self, number: int, relation: str, coefficients: list[Fraction], v: int, low: tuple[Fraction, int], high: tuple[Fraction, int], branch: Any
    ) -> dict[str, Any] | None:
        """``p = Σ c_i C(d, i) (v−a)^i (b−v)^{d−i}/(b−a)^d`` with no positive ``c_i``, against ``p > 0`` (``p >= 0``: and a strict term)."""
        d, width = len(coefficients) - 1, high[0] - low[0]
        scales = {n: _slope(self.search.polynomial(branch.facts[n].polynomial), v) for n in (low[1], high[1])}
        terms = [{"coefficient": "1", "facts": [[number, 1]]}]
        strict = relation == ">"
        for i, c in enumerate(coefficients):
            if c:
                facts = [pair for pair in ([low[1], i], [high[1], d - i]) if pair[1]]
                value = -c * math.comb(d, i) / width**d / scales[low[1]] ** i / scales[high[1]] ** (d - i)
                terms.append({"coefficient": str(value), "facts": facts})
                strict = strict or all(branch.facts[n].relation == ">" for n, _ in facts)
        return {"rule": "sum", "terms": terms, "multiples": []} if strict else None


def _merged(pairs: list[tuple[int, int]]) -> list[list[int]]:
    found: dict[int, int] = {}
    for k, e in pairs:
        found[k] = found.get(k, 0) + int(e)
    return [[k, e] for k, e in sorted(found.items())]


def _joined(pairs: list[list[int]]) -> list[list[int]]:
    return _merged([(k, e) for k, e in pairs])


def _leading(p: Any) -> Any:
    return next(iter(p.to_dict().values()))


def _constant(p: Any) -> Any | None:
    terms = p.to_dict()
    if not terms:
        return flint.fmpq(0)
    return next(iter(terms.values())) if len(terms) == 1 and not any(next(iter(terms))) else None


def _number(p: Any) -> Fraction:
    """The value of a polynomial that is constant."""
    value = _constant(p)
    assert value is not None
    return Fraction(int(value.p), int(value.q))


def _variable_of(p: Any) -> int:
    return next(k for k, d in enumerate(p.degrees()) if d > 0)


def _split(p: Any, v: int, degree: int = 1) -> tuple[Any, Any]:
    """The coefficient of ``v^degree``, and the rest."""
    context, top, rest = p.context(), {}, {}
    for m, c in p.to_dict().items():
        if m[v] == degree:
            top[tuple(0 if k == v else e for k, e in enumerate(m))] = c
        else:
            rest[m] = c
    return context.from_dict(top), context.from_dict(rest)


def _by_degree(p: Any, v: int) -> dict[int, Any]:
    parts: dict[int, dict[Any, Any]] = {}
    for m, c in p.to_dict().items():
        parts.setdefault(int(m[v]), {})[tuple(0 if k == v else e for k, e in enumerate(m))] = c
    return {degree: p.context().from_dict(terms) for degree, terms in parts.items()}


def _cleared(p: Any, v: int, below: Any, degree: int) -> tuple[Any, Any]:
    """``below^degree · p`` without ``v``, where ``v·below = 1``; and ``h`` with ``below^degree p = image + h (v below − 1)``."""
    context = p.context()
    generator = context.gens()[v]
    image, factor = context.constant(0), context.constant(0)
    for i, part in _by_degree(p, v).items():
        image = image + part * below ** (degree - i)
        for j in range(i):
            factor = factor + part * below ** (degree - i) * (generator * below) ** j
    return image, factor


def _reduced(p: Any, s: int, x: Any) -> tuple[Any, Any]:
    """``p`` of degree one in ``s``, where ``s² = x``; and ``h`` with ``p = image + h (s² − x)``."""
    context = p.context()
    generator = context.gens()[s]
    image, factor = context.constant(0), context.constant(0)
    for i, part in _by_degree(p, s).items():
        half = i // 2
        odd = part * generator ** (i % 2)
        image = image + odd * x**half
        for j in range(half):
            factor = factor + odd * (generator**2) ** j * x ** (half - 1 - j)
    return image, factor


def _ends(facts: list[tuple[int, str, Any]]) -> Iterator[tuple[int, bool, Fraction, int]]:
    """Facts ``±(v − r)`` that bound a variable by a rational number: variable, whether from above, the number, and that of the fact."""
    for k, _, p in facts:
        used = [i for i, d in enumerate(p.degrees()) if d > 0]
        if len(used) == 1 and p.degrees()[used[0]] == 1:
            slope, rest = _split(p, used[0])
            a, b = _number(slope), _number(rest)
            yield used[0], a < 0, -b / a, k


def _slope(p: Any, v: int) -> Fraction:
    return abs(_number(_split(p, v)[0]))


def _bernstein(p: Any, v: int, low: Fraction, high: Fraction) -> list[Fraction]:
    """The Bernstein coefficients of a polynomial in one variable on an interval."""
    d = int(p.degrees()[v])
    power = [Fraction(0)] * (d + 1)
    for m, c in p.to_dict().items():
        power[m[v]] = Fraction(int(c.p), int(c.q))
    shifted = [sum((power[j] * math.comb(j, i) * low ** (j - i) for j in range(i, d + 1)), start=Fraction(0)) * (high - low) ** i for i in range(d + 1)]
    return [sum((shifted[j] * Fraction(math.comb(i, j), math.comb(d, j)) for j in range(i + 1)), start=Fraction(0)) for i in range(d + 1)]
