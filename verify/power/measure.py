"""Measuring the search: how small a relative error it catches in a statement that is proved sharp, and which gross mistakes.

Each measurement runs the search of :mod:`verify.evidence` on the statement with the error in it, from its own seeds, and counts only what the stand-alone
checker accepts. *From scratch* leaves out the extreme members and the family that a claim names itself; no optimum is carried over from one error to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy

from verify.domain import Instance
from verify.evidence import counterexample_from, first_counterexample, is_evaluable
from verify.language.claim import Claim, Reading
from verify.power.constants import Constant, constants, stronger_first, with_constant
from verify.power.plants import Plant, Spot, plants, spots
from verify.power.reasons import claimed_over_certified, closest, reason
from verify.power.record import Bound, Caught, ConstantError, Measurement, fingerprint
from verify.power.smallest import LEVELS, Clock, Smallest, accepted, caught, from_scratch, with_help
from verify.prove.chain import Prover
from verify.search.effort import Budget
from verify.search.problem import Problem
from verify.sharpness.attainment import proved_attainment
from verify.tightness import backing

__all__ = ["LEVELS", "Clock", "Subject", "caught", "measure", "measure_all", "subject"]

CONSTANT_LEVELS = tuple(Fraction(1, 10**k) for k in (1, 2, 3, 4, 6, 8, 10, 12))
"""Relative errors of a constant inside a statement."""
Certificates = dict[str, dict[str, Any]]
WORST = Fraction(1, 100)
"""Of a bound in which nothing this small was caught from scratch, the record says why."""
_FROM_SCRATCH = 0.75
"""The part of a bound's time that the search from scratch may take before the search with help has its turn."""
_FOR_BOUNDS = 0.7
"""The part of the time that the bounds may take before the hypotheses, the constants and the other mistakes have their turn."""
CERTIFIED_SHARP = Fraction(1, 10**9)
"""A bound that an exact instance attains to within this is called sharp by certificate."""

_PROVED = ("PROVED", "PROVED_MODULO")
_ATTAINED = "attained by the sharp family, proved"


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
    measured, certificates = measure_all(replace(claim, readings=[reading]), budget, seed, prover, seconds)
    return (measured[0] if measured else None), certificates


def measure_all(claim: Claim, budget: Budget, seed: int, prover: Prover, seconds: float) -> tuple[list[Measurement], Certificates]:
    """The detection power on each reading that has one (see :func:`measure`): first the bounds of all, then, in the time they leave, the mistakes in all.

    What one reading leaves of its part of the time, the next ones have.
    """
    whole, certificates = Clock(seconds), Certificates()
    first, then = Clock(_FOR_BOUNDS * seconds), []
    for k, reading in enumerate(claim.readings):
        share = first.part(len(claim.readings) - k)
        about = subject(claim, reading, prover)
        if about is None or not spots(about.problem.conclusion):
            continue
        if about.proved or first_counterexample(about.problem, budget, seed) is None:
            then.append((about, _bounds(about, budget, seed, share, certificates)))
    return [_with_mistakes(about, found, budget, seed, whole.part(len(then) - k), certificates) for k, (about, found) in enumerate(then)], certificates


def _bounds(about: Subject, budget: Budget, seed: int, clock: Clock, certificates: Certificates) -> list[tuple[Bound, bool]]:
    every = spots(about.problem.conclusion)
    return [_bound(about, spot, budget, seed, clock.part(len(every) - k), certificates) for k, spot in enumerate(every)]


def _with_mistakes(
    about: Subject, found: list[tuple[Bound, bool]], budget: Budget, seed: int, clock: Clock, certificates: Certificates
) -> Measurement:
    """First what the report shows one by one: the hypotheses and the constants; then all other mistakes, as far as time goes.

    There are many: each gets the next smaller effort; the hypotheses that it does not refute get the whole of it at last.
    """
    problem = about.problem
    edits = list(enumerate(plants(problem), 1)) if about.proved else []
    dropped = [one for one in edits if one[1].kind == "hypothesis"]
    smaller = budget.before or budget
    without = list(_mistakes(problem, dropped, smaller, seed, clock, certificates))
    inside = tuple(_constants(problem, budget, seed, clock, certificates)) if about.proved else ()
    others = tuple(_mistakes(problem, [one for one in edits if one[1].kind != "hypothesis"], smaller, seed, clock, certificates))
    if budget.before is not None:  # no hypothesis is called unneeded before the whole search found nothing
        for k, one in enumerate(without):
            if one.outcome == "not refuted" and not clock.over:
                (without[k],) = _mistakes(problem, [dropped[k]], replace(budget, before=None), seed, clock, certificates)
            elif one.outcome == "not refuted":
                without[k] = replace(one, outcome="not tried")
    return Measurement(
        problem.claim.id, problem.reading.key, fingerprint(problem), about.form, about.proved, tuple(bound for bound, _ in found), (*without, *others),
        stopped=any(stopped for _, stopped in found), constants=inside,
    )


# -- a relative error --------------------------------------------------------------------------------------------------


def _bound(about: Subject, spot: Spot, budget: Budget, seed: int, clock: Clock, certificates: Certificates) -> tuple[Bound, bool]:
    """The smallest relative error of one bound that is caught, from scratch and with help, and whether the clock ended the measuring."""
    alone = Clock(_FROM_SCRATCH * clock.left)
    scratch = from_scratch(about.problem, spot, budget, seed, alone)
    helped = with_help(about.problem, spot, budget, seed, clock, scratch)
    name = ""
    if helped.certificate is not None:
        place = "-".join(str(k + 1) for k in spot.place) or "1"
        name = f"{about.problem.claim.id}.{about.problem.reading.key}.{place}.json"
        certificates[name] = helped.certificate
    sharp = _why_sharp(about, spot, helped)
    poor = scratch.level < 0 or LEVELS[scratch.level] > WORST
    nearest = closest(about.problem, spot, budget, seed) if not sharp or poor else None
    gap = "" if sharp or nearest is None else claimed_over_certified(nearest)
    why = reason(about.problem, spot, scratch, nearest, seed) if poor else ""
    bound = Bound(spot.text, sharp, _shown(scratch), _shown(helped), scratch.source, helped.source, gap, name, why)
    return bound, scratch.stopped or helped.stopped


def _why_sharp(about: Subject, spot: Spot, helped: Smallest) -> str:
    if not about.proved:
        return ""
    if isinstance(spot.relation, sympy.Eq):
        return "an equation, proved"
    if about.attained and about.attained_in in (None, spot.relation):
        return about.attained
    close = helped.level >= 0 and LEVELS[helped.level] <= CERTIFIED_SHARP
    return f"attained to within {_decimal(LEVELS[helped.level])} at an exact instance" if close else ""


def _shown(found: Smallest) -> str:
    return "" if found.level < 0 else _decimal(LEVELS[found.level])


def _decimal(value: Fraction) -> str:
    return f"{float(value):.0e}".replace("e-0", "e-")


# -- the constants inside ----------------------------------------------------------------------------------------------


def _constants(problem: Problem, budget: Budget, seed: int, clock: Clock, certificates: Certificates) -> Iterator[ConstantError]:
    """For each number inside the statement the smallest error refuted, with all that the search knows; a tenth first, then ever smaller ones.

    There are many: each gets the next smaller effort.
    """
    budget = budget.before or budget
    inside = constants(problem.conclusion)
    for number, constant in enumerate(inside, 1):
        share = clock.part(len(inside) - number + 1)
        best, direction, stopped = None, "", share.over
        for larger in () if stopped else stronger_first(problem, constant, seed):
            best, stopped = _shrinking(problem, constant, larger, budget, seed, share)
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
    """The smallest error that is refuted, with its source and certificate; and whether time ran out.

    After the first, each counterexample is where the search for the next begins: it is with all that is known that constants are measured. From there the
    smallest error of all is tried, then those between; a whole search, dear where it finds nothing, only for the error after the last.
    """
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    kept: list[Instance] = []

    def refuted(level: int, *, whole: bool) -> bool:
        planted = with_constant(problem, constant, CONSTANT_LEVELS[level], larger=larger)
        if not is_evaluable(planted):
            return False
        violation = first_counterexample(planted, budget, seed) if whole else counterexample_from(planted, kept[-3:], budget, seed)
        known = None if violation is None else accepted(planted, violation)
        if violation is None or known is None:
            return False
        found[level] = known
        kept.append(violation.instance)
        return True

    stopped, best = False, -1
    try:
        while best + 1 < len(CONSTANT_LEVELS) and not (stopped := clock.over) and refuted(best + 1, whole=True):
            best, missed, eager = best + 1, len(CONSTANT_LEVELS), True
            while missed - best > 1 and not (stopped := clock.over):
                level, eager = missed - 1 if eager else (best + missed) // 2, False
                best, missed = (level, missed) if refuted(level, whole=False) else (best, level)
    except (ArithmeticError, TypeError, ValueError, KeyError):
        pass  # an edit that leaves no statement
    return ((CONSTANT_LEVELS[best], found[best]) if best >= 0 else None), stopped


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
