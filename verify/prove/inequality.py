"""Certificates for scalar statements over the reals, which the stand-alone checker verifies without any solver.

The certificate is a proof by contradiction (``docs/certificate-format.md``, kind ``inequality``). The bookkeeping of a branch, which facts it has and
which variables they are about, is the checker's own: it is loaded from ``reports/check.py``, so that the numbers of facts in a certificate are those
that the checker counts. What is searched for here are the rules to apply and the identities that close the branches.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import flint
from sympy.logic.boolalg import Boolean

from verify.certificates.checker import checker_path
from verify.language.tree import tree
from verify.prove.contradictory import Closing, Spend, contradiction, written

__all__ = ["Search", "bookkeeping", "inequality_proof"]

_VARIABLES = 40
_QUICK = Spend(2, 6, 60)
_LADDER = (
    Spend(2, 6, 120), Spend(2, 10, 200), Spend(3, 8, 300), Spend(2, 6, 120, squares=True), Spend(3, 14, 600), Spend(4, 12, 600), Spend(3, 8, 300, squares=True),
)


@functools.cache
def bookkeeping() -> Any:
    """The stand-alone checker as a module."""
    name = "verify_stand_alone_checker"
    spec = importlib.util.spec_from_file_location(name, checker_path())
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def inequality_proof(given: Sequence[Boolean], statement: Boolean, seconds: float = 10.0) -> dict[str, Any] | None:
    """A proof that the statement is true wherever the hypotheses are, as certificates have it; None if none was found.

    Raises:
        NoTree: if a part cannot be written as a tree.
    """
    return Search(seconds).proof([tree(part) for part in given], tree(statement))


@dataclass
class Search:
    """A search for one proof."""

    seconds: float = 10.0
    stop: float = field(init=False)
    context: Any = field(init=False)

    def __post_init__(self) -> None:
        self.stop = time.monotonic() + self.seconds
        self.context = flint.fmpq_mpoly_ctx.get([f"v{k}" for k in range(_VARIABLES)], "degrevlex")

    def proof(self, hypotheses: Sequence[Any], conclusion: Any) -> dict[str, Any] | None:
        checker = bookkeeping()
        try:
            branch = checker.start(hypotheses, conclusion)
            branch.budget.left = 10**15
            return self.refuted(branch)
        except (checker.Rejected, OverTime):
            return None

    # -- branches ------------------------------------------------------------------------------------------------------

    def refuted(self, branch: Any, depth: int = 0) -> dict[str, Any] | None:
        """A proof that the facts of the branch contradict each other."""
        if time.monotonic() > self.stop or depth > 40:
            raise OverTime
        if (closed := self.closed(branch, _QUICK)) is not None:
            return closed
        if (rule := _next_rule(branch)) is None:
            return self.leaf(branch)
        checker = bookkeeping()
        parts = []
        for one in checker.RULES[rule["rule"]][1](rule, branch, "search"):
            part = self.refuted(one, depth + 1)
            if part is None:
                return None
            parts.append(part)
        return {**rule, "branches": parts}

    def closed(self, branch: Any, spend: Spend) -> dict[str, Any] | None:
        facts = {k: (fact.relation, self.polynomial(fact.polynomial)) for k, fact in enumerate(branch.facts) if isinstance(fact, bookkeeping().Fact)}
        if not facts:
            return None
        return contradiction(Closing(_names(branch), facts), spend, max(facts))

    # -- leaves --------------------------------------------------------------------------------------------------------

    def leaf(self, branch: Any) -> dict[str, Any] | None:
        """A branch of polynomial facts alone: signs of variables and factors first, then ever larger products."""
        wrappers: list[dict[str, Any]] = []
        for p in self.candidates(branch):
            if time.monotonic() > self.stop:
                raise OverTime
            for sign in (1, -1):
                if (found := self.derived(branch, sign * p)) is not None:
                    wrapper, branch = found
                    wrappers.append(wrapper)
                    break
        for spend in _LADDER:
            if time.monotonic() > self.stop:
                raise OverTime
            if (closed := self.closed(branch, spend)) is not None:
                for wrapper in reversed(wrappers):
                    closed = {**wrapper, "branches": [closed, *wrapper["branches"]]}
                return closed
        return None

    def derived(self, branch: Any, p: Any, spend: Spend = _QUICK) -> tuple[dict[str, Any], Any] | None:
        """The rule by which ``p > 0``, or else ``p >= 0``, follows; and the branch with that fact."""
        checker = bookkeeping()
        data = written(p, _names(branch))
        for into in ([">", "<="], [">=", "<"]):
            rule = {"rule": "sign", "polynomial": data, "into": into}
            better, worse = checker.split_sign(rule, branch, "search")
            if (closed := self.closed(worse, spend)) is not None:
                return {**rule, "branches": [closed]}, better
        return None

    def candidates(self, branch: Any) -> Iterator[Any]:
        """Polynomials whose signs may help: the variables, then the factors of the last facts."""
        checker = bookkeeping()
        facts = [(fact.relation, self.polynomial(fact.polynomial)) for fact in branch.facts if isinstance(fact, checker.Fact)]
        known = {str(p / _leading(p)) for relation, p in facts if relation in (">", ">=") and not p.is_zero()}
        for k in branch.names.values():
            p = self.context.gens()[k]
            if str(p) not in known and any(q.degrees()[k] > 0 for _, q in facts):
                known.add(str(p))
                yield p
        for relation, p in reversed(facts):
            if p.is_zero() or relation == "!=":
                continue
            _, factors = p.factor()
            if len(factors) + sum(e > 1 for _, e in factors) > 1:
                for base, _ in factors:
                    base = base / _leading(base)
                    if str(base) not in known:
                        known.add(str(base))
                        yield base

    def polynomial(self, p: Any) -> Any:
        """A polynomial of the checker as one of FLINT."""
        mask, bits = (1 << bookkeeping().VARIABLE_BITS) - 1, bookkeeping().VARIABLE_BITS
        terms = {}
        for code, c in p.terms.items():
            terms[tuple(code >> bits * k & mask for k in range(_VARIABLES))] = flint.fmpq(c, p.den)
        return self.context.from_dict(terms)


class OverTime(Exception):
    """The search has spent its time."""


def _leading(p: Any) -> Any:
    return next(iter(p.to_dict().values()))


def _names(branch: Any) -> tuple[str, ...]:
    return tuple(branch.names)


def _next_rule(branch: Any) -> dict[str, Any] | None:
    """What to take apart next: relations whose parts all have values, then cases, choices, and relations that may have no value."""
    checker = bookkeeping()
    ranked = []
    for k, fact in enumerate(branch.facts):
        if not isinstance(fact, checker.Pending):
            continue
        if fact.node["op"] in ("And", "Or"):
            ranked.append((2, k, "or"))
        elif checker.contains(fact.node, "Piecewise"):
            ranked.append((1, k, "cases"))
        else:
            ranked.append((3 if branch.doubtful(fact.node) else 0, k, "defined"))
    if not ranked:
        return None
    _, number, rule = min(ranked)
    return {"rule": rule, "fact": number}
