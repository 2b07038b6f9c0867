"""Measuring the search: how small a relative error it catches in a statement that is proved sharp, and which gross mistakes.

Each measurement runs the search of :mod:`verify.evidence` on the statement with the error in it, from its own seeds, and counts only what the stand-alone
checker accepts. *From scratch* leaves out the extreme members and the family that a claim names itself; no optimum is carried over from one error to the next.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import sympy

from verify.certificates import accepts, violation_certificate
from verify.evidence import counterexample_from, first_counterexample, gather, is_evaluable
from verify.language.claim import Claim, Reading
from verify.language.tree import NoTree
from verify.power.constants import Constant, constants, stronger_first, with_constant
from verify.power.plants import Plant, Spot, plants, premises, spots, with_error
from verify.power.record import Bound, Caught, ConstantError, Measurement, fingerprint
from verify.prove.chain import Prover
from verify.search.effort import Budget
from verify.search.problem import Problem
from verify.search.promotion import Certified
from verify.sharpness.attainment import proved_attainment
from verify.tightness import backing

__all__ = ["LEVELS", "Clock", "Subject", "measure", "subject"]

LEVELS = tuple(sorted({Fraction(m, 10**k) for k in range(1, 13) for m in (1, 3)} - {Fraction(3, 10)} - {Fraction(3, 10**13)}, reverse=True))
"""Relative errors tried, from a tenth down to 1e-12, two in a decade."""
CONSTANT_LEVELS = tuple(Fraction(1, 10**k) for k in (1, 2, 3, 4, 6, 8, 10, 12))
"""Relative errors of a constant inside a statement."""
_FOR_BOUNDS = 0.7
"""The part of the time that bounds and hypotheses may take before the constants have their turn."""
CERTIFIED_SHARP = Fraction(1, 10**9)
"""A bound that an exact instance attains to within this is called sharp by certificate."""

Certificates = dict[str, dict[str, Any]]
_PROVED = ("PROVED", "PROVED_MODULO")
_ATTAINED = "attained by the sharp family, proved"


@dataclass
class Clock:
    """Processor time that one reading may spend. It only ever ends the measuring, and the record says so."""

    seconds: float
    start: float = field(default_factory=time.process_time)

    @property
    def spent(self) -> float:
        return time.process_time() - self.start

    @property
    def over(self) -> bool:
        return self.spent > self.seconds


@dataclass(frozen=True)
class Subject:
    """What errors are planted into, and what is known of it."""

    problem: Problem
    proved: bool
    attained: str
    """Why equality is known to occur, for all bounds or for the one in ``attained_in``; empty if it is not proved."""
    attained_in: Any = None
    form: str = "the statement itself"


def subject(claim: Claim, reading: Reading, prover: Prover) -> Subject | None:
    """The statement of a reading, or its sharp form if that is proved and says more; None if it has no value at an instance."""
    problem = Problem(claim, reading)
    parts = problem.conclusion.args if isinstance(problem.conclusion, sympy.And) else (problem.conclusion,)
    if reading.sharp is not None and reading.sharp.statement not in parts and (behind := backing(problem, prover)) is not None:
        sharp = Problem(claim, replace(reading, statement=reading.sharp.statement, proof=None))
        attained = _ATTAINED if proved_attainment(sharp) is not None else ""
        return Subject(sharp, True, attained, form=f"its sharp form, {behind}") if is_evaluable(sharp) else None
    if not is_evaluable(problem):
        return None
    proved = prover.prove(claim, reading).verdict in _PROVED
    if proved and proved_attainment(problem) is not None:
        return Subject(problem, True, _ATTAINED, reading.sharp and reading.sharp.statement)
    return Subject(problem, proved, "")


def measure(claim: Claim, reading: Reading, budget: Budget, seed: int, prover: Prover, seconds: float) -> tuple[Measurement | None, Certificates]:
    """The detection power of the search on one reading, with a certificate for the smallest error caught in each bound.

    None for a reading that has no value at an instance, that states no bound, or that is not proved and false as it stands.
    """
    about = subject(claim, reading, prover)
    if about is None or not spots(about.problem.conclusion):
        return None, {}
    whole, clock = Clock(seconds), Clock(_FOR_BOUNDS * seconds)
    if not about.proved and first_counterexample(about.problem, budget, seed) is not None:
        return None, {}
    certificates: Certificates = {}
    found = [_bound(about, spot, budget, seed, clock, certificates) for spot in spots(about.problem.conclusion)]
    # First what the report shows one by one: the hypotheses and the constants; then all other mistakes, as far as time goes.
    edits = list(enumerate(plants(about.problem), 1)) if about.proved else []
    dropped = tuple(_mistakes(about.problem, [one for one in edits if one[1].kind == "hypothesis"], budget, seed, clock, certificates))
    inside = tuple(_constants(about.problem, budget, seed, whole, certificates)) if about.proved else ()
    others = tuple(_mistakes(about.problem, [one for one in edits if one[1].kind != "hypothesis"], budget, seed, whole, certificates))
    measured = Measurement(
        claim.id, reading.key, fingerprint(about.problem), about.form, about.proved, tuple(bound for bound, _ in found), (*dropped, *others),
        stopped=any(stopped for _, stopped in found), constants=inside,
    )
    return measured, certificates


# -- a relative error --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Smallest:
    """The index in :data:`LEVELS` of the smallest error caught (−1: none), where its counterexample came from, and whether time ran out."""

    level: int = -1
    source: str = ""
    certificate: dict[str, Any] | None = None
    stopped: bool = False


def _bound(about: Subject, spot: Spot, budget: Budget, seed: int, clock: Clock, certificates: Certificates) -> tuple[Bound, bool]:
    def attempt(level: int, scratch_only: bool) -> tuple[str, dict[str, Any]] | None:
        return caught(with_error(about.problem, spot, LEVELS[level]), budget, seed, scratch_only=scratch_only)

    scratch = _smallest(lambda level: attempt(level, True), _Smallest(), clock)
    helped = _smallest(lambda level: attempt(level, False), scratch, clock)
    name = ""
    if helped.certificate is not None:
        place = "-".join(str(k + 1) for k in spot.place) or "1"
        name = f"{about.problem.claim.id}.{about.problem.reading.key}.{place}.json"
        certificates[name] = helped.certificate
    sharp = _why_sharp(about, spot, helped)
    gap = "" if sharp else _gap(about.problem, spot, budget, seed)
    bound = Bound(spot.text, sharp, _shown(scratch), _shown(helped), scratch.source, helped.source, gap, name)
    return bound, scratch.stopped or helped.stopped


def _why_sharp(about: Subject, spot: Spot, helped: _Smallest) -> str:
    if not about.proved:
        return ""
    if isinstance(spot.relation, sympy.Eq):
        return "an equation, proved"
    if about.attained and about.attained_in in (None, spot.relation):
        return about.attained
    close = helped.level >= 0 and LEVELS[helped.level] <= CERTIFIED_SHARP
    return f"attained to within {_decimal(LEVELS[helped.level])} at an exact instance" if close else ""


def _smallest(attempt: Callable[[int], tuple[str, dict[str, Any]] | None], known: _Smallest, clock: Clock) -> _Smallest:
    """The smallest error caught, by bisection over the levels beyond what is known; the smallest of all is tried first."""
    best, missed = known, len(LEVELS)
    while missed - best.level > 1:
        if clock.over:
            return replace(best, stopped=True)
        level = missed - 1 if missed == len(LEVELS) else (best.level + missed) // 2
        found = attempt(level)
        best, missed = (_Smallest(level, *found), missed) if found is not None else (best, level)
    return replace(best, stopped=False)


def caught(problem: Problem, budget: Budget, seed: int, *, scratch_only: bool) -> tuple[str, dict[str, Any]] | None:
    """The source and the certificate of a counterexample that the stand-alone checker accepts; None if there is none."""
    found = first_counterexample(problem, budget, seed, scratch_only=scratch_only)
    return None if found is None else _accepted(problem, found)


def _accepted(problem: Problem, found: Certified) -> tuple[str, dict[str, Any]] | None:
    """The source and the certificate of a counterexample, if the stand-alone checker accepts it."""
    planted = replace(problem.claim, id=f"{problem.claim.id}-planted", title=f"{problem.claim.title}, with an error planted")
    try:
        certificate = violation_certificate(planted, problem.reading, problem.hypotheses, problem.conclusion, found.instance, found.outcome.bounds)
    except NoTree:
        return None
    return (found.source, certificate) if accepts(certificate) else None


def _shown(found: _Smallest) -> str:
    return "" if found.level < 0 else _decimal(LEVELS[found.level])


def _decimal(value: Fraction) -> str:
    return f"{float(value):.0e}".replace("e-0", "e-")


def _gap(problem: Problem, spot: Spot, budget: Budget, seed: int) -> str:
    """Claimed constant over the best certified ratio of the two sides of one relation, rounded up; empty if no ratio was certified."""
    if isinstance(problem.conclusion, sympy.Equivalent):
        return ""
    reading = replace(problem.reading, statement=spot.relation, hypotheses=(*problem.reading.hypotheses, *premises(problem.conclusion, spot.place)), proof=None)
    sharpest = gather(Problem(problem.claim, reading), budget, seed, proved=True).sharpest
    if sharpest is None or sharpest.ratio <= 0:
        return ""
    return f"{math.ceil(1 / sharpest.ratio * 10**9) / 10**9:.9g}"


# -- the constants inside ----------------------------------------------------------------------------------------------


def _constants(problem: Problem, budget: Budget, seed: int, clock: Clock, certificates: Certificates) -> Iterator[ConstantError]:
    """For each number inside the statement the smallest error refuted, with all that the search knows; a tenth first, then ever smaller ones.

    There are many: each gets the next smaller effort.
    """
    budget = budget.before or budget
    for number, constant in enumerate(constants(problem.conclusion), 1):
        best, direction, stopped = None, "", clock.over
        for larger in stronger_first(problem, constant, seed):
            best, stopped = _shrinking(problem, constant, larger, budget, seed, clock)
            if best is not None:
                direction = "larger" if larger else "smaller"
            if best is not None or stopped:
                break
        if best is None:
            yield ConstantError(constant.text, "not tried" if stopped else "not refuted", "", "", "", stopped)
            continue
        name = f"{problem.claim.id}.{problem.reading.key}.constant-{number}.json"
        size, (source, certificates[name]) = best
        yield ConstantError(constant.text, "refuted", direction, _decimal(size), source, stopped, name)


def _shrinking(
    problem: Problem, constant: Constant, larger: bool, budget: Budget, seed: int, clock: Clock
) -> tuple[tuple[Fraction, tuple[str, dict[str, Any]]] | None, bool]:
    """The smallest of ever smaller errors that is refuted, with its source and certificate; and whether time ran out.

    After the first, each counterexample is where the search for the next begins: it is with all that is known that constants are measured.
    """
    best, kept = None, []
    for size in CONSTANT_LEVELS:
        if clock.over:
            return best, True
        try:
            planted = with_constant(problem, constant, size, larger=larger)
            if not is_evaluable(planted):
                break
            nearby = counterexample_from(planted, kept, budget, seed) if kept else None
            violation = nearby or first_counterexample(planted, budget, seed)
        except (ArithmeticError, TypeError, ValueError, KeyError):
            break
        found = None if violation is None else _accepted(planted, violation)
        if found is None:
            break
        best, kept = (size, found), [*kept, violation.instance]
    return best, False


# -- gross mistakes ----------------------------------------------------------------------------------------------------


def _mistakes(
    problem: Problem, edits: list[tuple[int, Plant]], budget: Budget, seed: int, clock: Clock, certificates: Certificates
) -> Iterator[Caught]:
    for number, plant in edits:
        if clock.over:
            yield Caught(plant.kind, plant.text, "not tried", "")
            continue
        try:
            found = caught(plant.problem, budget, seed, scratch_only=True) if is_evaluable(plant.problem) else None
        except (ArithmeticError, TypeError, ValueError, KeyError) as error:
            yield Caught(plant.kind, plant.text, "not tried", f"no statement results: {type(error).__name__}")
            continue
        if found is None:
            yield Caught(plant.kind, plant.text, "not refuted", "")
            continue
        name = ""
        if plant.kind == "hypothesis":
            name = f"{problem.claim.id}.{problem.reading.key}.hypothesis-{number}.json"
            certificates[name] = found[1]
        yield Caught(plant.kind, plant.text, "refuted", found[0], name)
