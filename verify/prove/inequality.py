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
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import flint
from sympy.logic.boolalg import Boolean

from verify.checker import checker_path
from verify.language.tree import tree
from verify.prove.contradictory import Closing, Spend, contradiction
from verify.prove.elimination import Leaf, OverTime

__all__ = ["Search", "bookkeeping", "inequality_proof"]

_VARIABLES = 40
_QUICK = Spend(2, 6, 60)


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
    roots_first: bool = True
    """Whether powers of roots are reduced before quotients are removed, or after."""
    stop: float = field(init=False)
    context: Any = field(init=False)
    known: dict[int, tuple[Any, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stop = time.process_time() + self.seconds
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
        if time.process_time() > self.stop or depth > 40:
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

    @property
    def checker(self) -> Any:
        return bookkeeping()

    def closed(self, branch: Any, spend: Spend, numbers: Collection[int] | None = None) -> dict[str, Any] | None:
        """The rule that closes the branch, with the facts of these numbers."""
        if time.process_time() > self.stop:
            raise OverTime
        facts = {k: (relation, p) for k, relation, p in self.facts(branch) if numbers is None or k in numbers}
        return contradiction(Closing(_names(branch), facts), spend, max(facts)) if facts else None

    def facts(self, branch: Any) -> list[tuple[int, str, Any]]:
        """Number, relation and polynomial of the facts about polynomials."""
        return [(k, fact.relation, self.polynomial(fact.polynomial)) for k, fact in enumerate(branch.facts) if isinstance(fact, bookkeeping().Fact)]

    # -- leaves --------------------------------------------------------------------------------------------------------

    def leaf(self, branch: Any) -> dict[str, Any] | None:
        """A branch of polynomial facts alone."""
        return Leaf(self, branch).refuted()

    def polynomial(self, p: Any) -> Any:
        """A polynomial of the checker as one of FLINT."""
        if id(p) not in self.known:
            self.known[id(p)] = p, self._converted(p)
        return self.known[id(p)][1]

    def _converted(self, p: Any) -> Any:
        mask, bits = (1 << bookkeeping().VARIABLE_BITS) - 1, bookkeeping().VARIABLE_BITS
        terms = {}
        for code, c in p.terms.items():
            terms[tuple(code >> bits * k & mask for k in range(_VARIABLES))] = flint.fmpq(c, p.den)
        return self.context.from_dict(terms)


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
