"""The evidence for one reading: what the search certified, how sharp it is, and what was spent."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import sympy
from sympy.core.relational import Relational

from verify.domain import Instance
from verify.evaluate.enclosing import EnclosingEvaluator, witness_records
from verify.evaluate.errors import NotEvaluable
from verify.evaluate.multiprecision import confirms_violation
from verify.numerics.enclosure import Enclosure, Rigour
from verify.numerics.truth import Truth
from verify.search.closer import NEAR, look_closer
from verify.search.effort import Budget
from verify.search.family import members
from verify.search.portfolio import Candidate, Search, evaluated
from verify.search.problem import SUSPICION, Problem, seed_stream
from verify.search.promotion import Certified, examine, holds_somewhere, promote, shrink

__all__ = ["Findings", "Sharpest", "counterexample_from", "first_counterexample", "gather", "is_evaluable", "relation_sides"]

_DRAWN, _CLIMBED, _LINES = ("random", "Hypothesis"), "optimiser", "lines"
CORPUS = "corpus"
_HELPED, _CLIMBED_ON, _LINES_ON = ("extreme member", "sharp family"), "optimiser from extremes", "lines from extremes"
SCRATCH = (*_DRAWN, _CLIMBED, _LINES)
"""Sources that know nothing of extreme members or of the claim's sharp family."""


@dataclass(frozen=True)
class Sharpest:
    """An exact instance at which an inequality's sides are certainly as close as ``ratio`` says."""

    instance: Instance
    ratio: Fraction
    bounds: tuple[dict[str, Any], ...]
    sides: tuple[Any, Any]
    relation: Relational
    """The inequality meant: the conclusion, or one of its conjuncts."""
    source: str


@dataclass
class Findings:
    """What a search of one reading found."""

    counterexamples: dict[str, Certified] = field(default_factory=dict)
    """By role: ``simplest``, ``worst``, ``generic``."""
    from_scratch: bool | None = None
    first: Certified | None = None
    """The first counterexample that was certified: what remains when the search is stopped before it has chosen among several."""
    sharpest: Sharpest | None = None
    witness: Instance | None = None
    """An exact instance of the hypotheses."""
    unresolved: Candidate | None = None
    """A float suspect that could be neither certified nor dismissed."""
    evaluations: dict[str, int] = field(default_factory=dict)
    best_margin: float = float("-inf")
    refused: list[Candidate] = field(default_factory=list)
    """Suspects that were not confirmed."""


def is_evaluable(problem: Problem) -> bool:
    """Does the statement have a value at a single instance?"""
    try:
        rng = seed_stream(0, problem.claim.id, "probe")
        problem.margins(problem.domain.sample(rng, problem.domain.draw_sizes(rng, 2), 1))
    except NotEvaluable:
        return False
    return True


def gather(
    problem: Problem, budget: Budget, seed: int, *, scratch_only: bool = False, proved: bool = False, by_hand: bool = False,
    corpus: Sequence[Instance] = (), findings: Findings | None = None,
) -> Findings:
    """Search a reading: what the corpus keeps first, then from scratch, then with the help of extreme members and of the claim's own sharp family.

    A statement that is already ``proved`` is still attacked, without the optimisers and in a quick run with fewer draws: a violation would expose the
    proof. So is one that is proved up to steps ``by_hand``, in a quick run; with more effort it is attacked as anything else. Where a search for what is
    not proved finds nothing, the next smaller effort is part of it, so that more effort never finds less. ``findings`` are filled as the search goes, so
    that what was certified before an exception is not lost with it.
    """
    findings = Findings() if findings is None else findings
    settled = proved or (by_hand and not budget.climbs_on)
    budget = budget.for_the_proved if settled else budget
    found = _gathered(problem, budget, seed, findings, scratch_only=scratch_only, proved=settled, corpus=corpus)
    if found.counterexamples or proved or budget.before is None:
        return found
    smaller = Findings()
    try:
        return _joined(found, gather(problem, budget.before, seed, scratch_only=scratch_only, proved=proved, by_hand=by_hand, findings=smaller))
    except BaseException:
        findings.evaluations, findings.witness = _spent(findings, smaller), findings.witness or smaller.witness
        raise
    finally:
        findings.first = findings.first or smaller.first


def _joined(findings: Findings, smaller: Findings) -> Findings:
    """What a search found, with what a smaller one found besides."""
    spent = _spent(findings, smaller)
    best = max(findings.best_margin, smaller.best_margin)
    if smaller.counterexamples:
        return replace(smaller, evaluations=spent, best_margin=best)
    ratios = [(found.ratio, k, found) for k, found in enumerate((smaller.sharpest, findings.sharpest)) if found is not None]
    sharpest = max(ratios)[2] if ratios else None
    witness = findings.witness if findings.witness is not None else smaller.witness
    unresolved = findings.unresolved or smaller.unresolved
    return replace(findings, sharpest=sharpest, witness=witness, unresolved=unresolved, evaluations=spent, best_margin=best)


def _spent(findings: Findings, smaller: Findings) -> dict[str, int]:
    return {key: findings.evaluations.get(key, 0) + smaller.evaluations.get(key, 0) for key in sorted({*findings.evaluations, *smaller.evaluations})}


def _gathered(
    problem: Problem, budget: Budget, seed: int, findings: Findings, *, scratch_only: bool, proved: bool, corpus: Sequence[Instance],
) -> Findings:
    search = Search(problem, budget, seed)
    findings.evaluations = search.pool.evaluations
    replayed = [] if scratch_only else _replayed(problem, corpus, search, budget)
    findings.first = next(iter(replayed), None)
    _draw(search)
    certified = _certify(problem, search, budget, _DRAWN, findings)
    if not proved and (not certified or budget.climbs_on):
        search.ascend(_DRAWN, _CLIMBED)
        certified += _certify(problem, search, budget, (_CLIMBED,), findings)
    certified = certified or _closer(problem, search, budget, (*_DRAWN, _CLIMBED), findings)
    if not proved and not certified:
        search.lines((*_DRAWN, _CLIMBED), _LINES)
        certified += _certify(problem, search, budget, (_LINES,), findings)
        certified = certified or _closer(problem, search, budget, (_LINES,), findings)
    findings.first = next(iter(certified), findings.first)
    findings.from_scratch = bool(certified)
    if not scratch_only:
        certified += replayed
        _help(problem, search)
        if not certified and not proved:
            search.ascend(_HELPED, _CLIMBED_ON)
        certified += _certify(problem, search, budget, (*_HELPED, _CLIMBED_ON), findings)
        certified = certified or _closer(problem, search, budget, (*_HELPED, _CLIMBED_ON), findings)
        if not certified and not proved:
            search.lines((*_HELPED, _CLIMBED_ON), _LINES_ON, corners=True)
            certified += _certify(problem, search, budget, (_LINES_ON,), findings)
            certified = certified or _closer(problem, search, budget, (_LINES_ON,), findings)
    findings.evaluations = dict(sorted(search.pool.evaluations.items()))
    findings.best_margin = max((c.margin for c in search.pool.ranked()), default=float("-inf"))
    if certified:
        findings.unresolved = None
        findings.counterexamples = _roles(problem, certified, search, budget)
        findings.witness = findings.counterexamples["simplest"].instance
        return findings
    findings.witness = _witness(problem, search, budget)
    findings.sharpest = _sharpest(problem, search, budget)
    if findings.sharpest is not None and findings.sharpest.ratio > 1:
        _overtaken(problem, findings, budget)
    return findings


def first_counterexample(
    problem: Problem, budget: Budget, seed: int, *, scratch_only: bool = False, helped_only: bool = False
) -> Certified | None:
    """The search of :func:`gather` with the same streams and stages, ended at the first certified counterexample; None if it finds none.

    What was drawn is looked at closer before anything climbs, too: at an equality of simple members the search ends there.

    The smaller efforts come first. With ``helped_only`` the stages that know nothing are left out: for where they are known to find nothing.
    """
    kinds = {"scratch_only": scratch_only, "helped_only": helped_only}
    if budget.before is not None and (found := first_counterexample(problem, budget.before, seed, **kinds)) is not None:
        return found
    search, findings, one = Search(problem, budget, seed), Findings(), replace(budget, certified=1)
    stages: list[tuple[Callable[[], None], tuple[str, ...], tuple[str, ...]]] = []
    if not helped_only:
        stages += [
            (lambda: _draw(search), _DRAWN, _DRAWN),
            (lambda: search.ascend(_DRAWN, _CLIMBED), (_CLIMBED,), (*_DRAWN, _CLIMBED)),
            (lambda: search.lines((*_DRAWN, _CLIMBED), _LINES), (_LINES,), (_LINES,)),
        ]
    if not scratch_only:
        stages += [
            (lambda: _help(problem, search), _HELPED, _HELPED),
            (lambda: search.ascend(_HELPED, _CLIMBED_ON), (_CLIMBED_ON,), (_CLIMBED_ON,)),
            (lambda: search.lines((*_HELPED, _CLIMBED_ON), _LINES_ON, corners=True), (_LINES_ON,), (_LINES_ON,)),
        ]
    for prepare, suspects, near in stages:
        prepare()
        certified = _certify(problem, search, one, suspects, findings) or _closer(problem, search, one, near, findings)
        if certified:
            return certified[0]
    return None


def counterexample_from(problem: Problem, kept: Sequence[Instance], budget: Budget, seed: int) -> Certified | None:
    """A counterexample near known ones of a similar statement: they themselves, or what the optimiser and the lines reach from them."""
    search, findings, one = Search(problem, budget, seed), Findings(), replace(budget, certified=1)
    if replayed := _replayed(problem, kept, search, budget):
        return replayed[0]
    for instance in kept:
        search.pool.offer(instance.batch(), np.array([problem.instance_margin(instance)]), CORPUS, [instance])
    stages = [(lambda: search.ascend((CORPUS,), _CLIMBED), (_CLIMBED,)), (lambda: search.lines((CORPUS, _CLIMBED), _LINES), (_LINES,))]
    for prepare, suspects in stages:
        prepare()
        if found := _certify(problem, search, one, suspects, findings):
            return found[0]
    return None


def _draw(search: Search) -> None:
    search.random()
    search.hypothesis()


def _help(problem: Problem, search: Search) -> None:
    search.extremes()
    _family(problem, search)


def _replayed(problem: Problem, corpus: Sequence[Instance], search: Search, budget: Budget) -> list[Certified]:
    """The kept counterexamples that still are. One that does not fit the statement any more (another name, another shape) is passed over."""
    found: list[Certified] = []
    for instance in corpus:
        search.pool.spend(CORPUS, 1)
        try:
            batch = instance.batch()
            candidate = Candidate(float(problem.margins(batch)[0]), batch, CORPUS, instance)
            certified = promote(problem, candidate, budget.rtol, wanted=partial(operator.is_, instance))
            certified = certified or look_closer(problem, candidate, budget.rtol)
        except (ArithmeticError, IndexError, KeyError, NotEvaluable, TypeError, ValueError):
            continue
        found += [certified] if certified is not None else []
    return found


def _closer(problem: Problem, search: Search, budget: Budget, sources: Iterable[str], findings: Findings) -> list[Certified]:
    """Near-equalities that turn out to be violations, where no float margin was large enough to be a suspect."""
    refused = {id(candidate) for candidate in findings.refused}
    near = sorted((c for c in search.pool.ranked(sources) if c.margin > -NEAR and id(c) not in refused), key=_promise)
    looked = (look_closer(problem, candidate, budget.rtol) for candidate in _few_alike(near, budget.closer_looks))
    return list(islice((found for found in looked if found is not None), 1))


def _promise(candidate: Candidate) -> tuple[Any, ...]:
    """Among margins that differ by less than the floats' own error, exact and small members come first."""
    return -round(candidate.margin, 7), candidate.exact is None, sum(candidate.batch.sizes.values())


def _overtaken(problem: Problem, findings: Findings, budget: Budget) -> None:
    """A certified ratio above 1 is a violation that the floats missed."""
    sharpest = findings.sharpest
    outcome = None if sharpest is None else examine(problem, sharpest.instance, budget.rtol)
    if sharpest is not None and outcome is not None and outcome.violates:
        found = Certified(sharpest.instance, outcome, float(sharpest.ratio) - 1, sharpest.source)
        findings.counterexamples = {"simplest": shrink(problem, found, budget.rtol, budget.shrinks), "worst": found}
        findings.unresolved, findings.from_scratch = None, sharpest.source in SCRATCH


def _certify(problem: Problem, search: Search, budget: Budget, sources: Iterable[str], findings: Findings) -> list[Certified]:
    """Promote the largest suspects, at most a few; remember one that stays open.

    Where the floats have raised false suspicions before, fewer are followed; not so for a strict relation, of which every equality is suspect.
    """
    found: list[Certified] = []
    followed = min(budget.promotions, max(2, budget.promotions - len(findings.refused))) if problem.suspicion > 0 else budget.promotions
    for candidate in _varied(problem, search.pool.ranked(sources), followed):
        certified = promote(problem, candidate, budget.rtol)
        if certified is not None:
            found.append(certified)
            findings.first = findings.first or certified
            if len(found) >= budget.certified:
                break
            continue
        findings.refused.append(candidate)
        if candidate.margin > SUSPICION and findings.unresolved is None and not _dismissed(problem, candidate, budget):
            findings.unresolved = candidate
    return found


def _varied(problem: Problem, candidates: list[Candidate], count: int) -> Iterator[Candidate]:
    """Suspects by margin, not more than two with the same sizes and source."""
    suspects = sorted((c for c in candidates if c.margin > problem.suspicion), key=lambda c: (-round(c.margin, 2), sum(c.batch.sizes.values())))
    return _few_alike(suspects, count)


def _few_alike(candidates: Iterable[Candidate], count: int) -> Iterator[Candidate]:
    """The first candidates, not more than two with the same sizes and source."""
    seen: dict[Any, int] = {}

    def fresh(candidate: Candidate) -> bool:
        key = (tuple(sorted(candidate.batch.sizes.items())), candidate.source)
        seen[key] = seen.get(key, 0) + 1
        return seen[key] <= 2

    return islice(filter(fresh, candidates), count)


def _dismissed(problem: Problem, candidate: Candidate, budget: Budget) -> bool:
    """Was the suspect a float's error? At its finest rounding the hypotheses fail, the conclusion holds, or fifty digits show no violation."""
    try:
        instance = candidate.exact or problem.domain.round(candidate.batch, 15)
    except (ValueError, ZeroDivisionError, OverflowError):
        return False
    if confirms_violation(problem.conclusion, instance) is False:  # asked first: it takes less time than enclosures
        return True
    outcome = examine(problem, instance, budget.rtol)
    return outcome is not None and (outcome.hypotheses is Truth.VIOLATED or outcome.conclusion is Truth.HOLDS)


def _roles(problem: Problem, certified: list[Certified], search: Search, budget: Budget) -> dict[str, Certified]:
    """The simplest, the worst and a generic counterexample."""
    smallest = min(certified, key=lambda c: c.instance.weight)
    roles = {"simplest": shrink(problem, smallest, budget.rtol, budget.shrinks)}
    roles["worst"] = max(certified, key=lambda c: c.margin)
    generic = _generic(problem, search, budget)
    if generic is not None:
        roles["generic"] = generic
    return roles


def _generic(problem: Problem, search: Search, budget: Budget) -> Certified | None:
    """A counterexample with all block orders at least 2 (where there are any) from random search."""
    orders = problem.domain.orders
    if not orders:
        return None
    search.random_blocks()
    pool = search.pool.ranked(("random", "optimiser"))
    big = (c for c in pool if c.margin > problem.suspicion and all(c.batch.sizes[name] >= 2 for name in orders))
    return next((found for c in islice(big, 3) if (found := promote(problem, c, budget.rtol)) is not None), None)


def _witness(problem: Problem, search: Search, budget: Budget) -> Instance | None:
    exact = (c.exact for c in search.pool.ranked(("Hypothesis", "extreme member")) if c.exact is not None)
    rounded = (problem.domain.round(c.batch, 4) for c in search.pool.ranked(("random",)))
    return holds_somewhere(problem, _chain_safely(exact, rounded), budget.rtol)


def _chain_safely(*sources: Iterable[Instance]) -> Iterator[Instance]:
    for source in sources:
        iterator = iter(source)
        while True:
            try:
                yield next(iterator)
            except StopIteration:
                break
            except (ValueError, ZeroDivisionError, OverflowError):
                break


# -- sharpness ---------------------------------------------------------------------------------------------------------


def _family(problem: Problem, search: Search) -> None:
    """Members of the family at which the claim's sharp form is believed to be attained."""
    sharp = problem.reading.sharp
    if sharp is None or not sharp.attained_by:
        return
    family = members(problem.domain, sharp.attained_by)
    batches = [instance.batch() for instance in family]
    for instance, batch, margin in zip(family, batches, evaluated(batches, problem.margins), strict=True):
        search.pool.offer(batch, np.array([margin]), "sharp family", [instance])
        search.pool.spend("sharp family", 1)


def _inequalities(statement: Any) -> list[Relational]:
    if isinstance(statement, (sympy.Le, sympy.Lt, sympy.Ge, sympy.Gt)):
        return [statement]
    return [found for arg in statement.args for found in _inequalities(arg)] if isinstance(statement, sympy.And) else []


def _sharpest(problem: Problem, search: Search, budget: Budget) -> Sharpest | None:
    """The best certified ratio of the two sides of the conclusion, over the best few float candidates."""
    if not _inequalities(problem.conclusion):
        return None
    candidates = [*search.pool.ranked(("sharp family",)), *search.pool.ranked()[:60]]
    # Without hypotheses beyond the classes the margin is the sharpness, and it is known.
    scores = evaluated([c.batch for c in candidates], problem.sharpness) if problem.extra else [c.margin for c in candidates]
    scored = list(zip(scores, candidates, strict=True))
    # A margin above 0 is a float's error here. Among equals the claim's own family comes first: it may attain equality exactly.
    usable = (pair for pair in scored if np.isfinite(pair[0]) and pair[0] > -1)
    ranked = sorted(usable, key=lambda pair: (-round(min(pair[0], 0.0), 8), pair[1].source != "sharp family", pair[1].exact is None))
    best, tried = None, 0
    for _, candidate in ranked[: 4 * budget.promotions]:
        found = certified_ratio(problem, candidate, budget.rtol)
        tried += found is not None
        if found is not None and (best is None or found.ratio > best.ratio):
            best = found
        if tried >= budget.promotions or (best is not None and best.ratio == 1):
            break
    return best


def certified_ratio(problem: Problem, candidate: Candidate, rtol: Fraction) -> Sharpest | None:
    """A rigorous ratio of the sides near a float candidate, at the simplest rounding that loses next to nothing."""
    if candidate.exact is not None:
        return _ratio_at(problem, candidate.exact, candidate.source, rtol)
    best = float(problem.sharpness(candidate.batch)[0])
    for digits in (1, 2, 4, 8, 13):
        try:
            instance = problem.domain.round(candidate.batch, digits)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if digits == 13 or float(problem.sharpness(instance.batch())[0]) >= best - 1e-7 * (1 - best):
            found = _ratio_at(problem, instance, candidate.source, rtol)
            if found is not None:
                return found
    return None


def _ratio_at(problem: Problem, instance: Instance, source: str, rtol: Fraction) -> Sharpest | None:
    try:
        evaluator = EnclosingEvaluator(instance, rtol)
        if Truth.all(evaluator.truth(h, evaluator.env, Truth.HOLDS) for h in problem.hypotheses) is not Truth.HOLDS:
            return None
        pairs = [(relation, *_small_over_large(evaluator, relation)) for relation in _inequalities(problem.conclusion)]
    except (ZeroDivisionError, ArithmeticError, ValueError):
        return None
    usable = [pair for pair in pairs if _finite_positive(pair[1].lower) and _finite_positive(pair[2].upper)]
    if not usable:
        return None
    # Of several conjuncts the one with the most to it: a bound by a constant says little about sharpness.
    relation, low, high = max(usable, key=lambda pair: (min(pair[0].lhs.count_ops(), pair[0].rhs.count_ops()), pair[1].lower / pair[2].upper))
    sides = (low, high) if isinstance(relation, (sympy.Le, sympy.Lt)) else (high, low)
    return Sharpest(instance, _rounded_down(Fraction(low.lower) / Fraction(high.upper)), witness_records(evaluator), sides, relation, source)


def _small_over_large(evaluator: EnclosingEvaluator, relation: Relational) -> tuple[Enclosure, Enclosure]:
    """Both sides, the one that is claimed smaller first; a quantity on it is asked for exact attainment."""
    small, large = (relation.lhs, relation.rhs) if isinstance(relation, (sympy.Le, sympy.Lt)) else (relation.rhs, relation.lhs)
    return evaluator.attempt_attainment(small, large)


def _finite_positive(value: Any) -> bool:
    return bool(np.isfinite(float(value)) and value > 0)


def _rounded_down(ratio: Fraction) -> Fraction:
    """At most 15 digits, downward; exact ratios of few digits stay."""
    if ratio.denominator <= 10**6 or ratio == 1:
        return ratio
    return Fraction(int(ratio * 10**15), 10**15)


def relation_sides(sides: tuple[Any, Any] | None) -> tuple[str, str]:
    """Decimal enclosures of both sides of the decisive relation, for reading; empty where the conclusion is no single relation between numbers."""
    return ("", "") if sides is None else (_decimal(sides[0]), _decimal(sides[1]))


def _decimal(value: Any) -> str:
    if not isinstance(value, Enclosure):
        return f"{complex(value):.10g}"
    low, high = value.lower, value.upper
    if value.is_exact and np.isfinite(float(low)):
        return str(low) if len(str(low)) <= 16 else f"{float(low):.12g}"
    if low == high:
        return "infinity" if low > 0 else "-infinity"
    if np.isinf(float(high)):
        return f">= {_rounded(Fraction(low), 10, ROUND_FLOOR)}" if np.isfinite(float(low)) else "unknown"
    if np.isinf(float(low)):
        return f"<= {_rounded(Fraction(high), 10, ROUND_CEILING)}"
    return f"[{_rounded(Fraction(low), 12, ROUND_FLOOR)}, {_rounded(Fraction(high), 12, ROUND_CEILING)}]"


def _rounded(end: Fraction, digits: int, rounding: str) -> str:
    """An end of an interval, rounded away from it: never more than is known."""
    found = Context(prec=digits, rounding=rounding).divide(Decimal(end.numerator), Decimal(end.denominator))
    if not found:
        return "0"
    return f"{found.normalize():f}" if -5 <= found.adjusted() < digits else f"{found.normalize():g}"


def is_exact_rigour(found: Certified) -> bool:
    return found.outcome.rigour is Rigour.EXACT
