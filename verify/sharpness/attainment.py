"""Whether equality is proved for the whole family of a sharp form."""

from __future__ import annotations

from dataclasses import replace

import sympy

from verify.language.claim import Exhibit
from verify.language.logic import Exists
from verify.prove.exhibit import exhibited
from verify.prove.explicit import NotScalar
from verify.prove.prenex import gathered
from verify.prove.solver import Decision, Effort, decide
from verify.search.problem import Problem

__all__ = ["proved_attainment"]

_EFFORT = Effort(rlimit=50_000, samples=0, seconds=60.0, seconds_per_question=20.0, second_seconds=0.5)


def proved_attainment(problem: Problem, *, of_sharp_form: bool = False) -> Decision | None:
    """The decision that the family of the sharp form lies in the class and gives equality for all its parameters; None if it is not proved.

    Only for a reading whose conclusion, or a part of it, is the sharp form itself; or ``of_sharp_form``, whatever the reading says. The decision
    names the closed forms that it rests on.
    """
    sharp = problem.reading.sharp
    conclusion = problem.conclusion
    parts = conclusion.args if isinstance(conclusion, sympy.And) else (conclusion,)
    if sharp is None or not sharp.attained_by or not (of_sharp_form or sharp.statement in parts) or not isinstance(sharp.statement, (sympy.Le, sympy.Ge)):
        return None
    equation = sympy.Eq(*sharp.statement.args, evaluate=False)
    attained = replace(problem.reading, statement=Exists(tuple(sharp.attained_by), equation), proof=None)
    try:
        left = exhibited(problem.claim, attained, Exhibit("", sharp.attained_by))
    except NotScalar:
        return None
    # Where both sides have become one and the same quantity there is nothing to prove but membership.
    open_parts = [part for part in gathered(left.statement) if not (isinstance(part, sympy.Eq) and part.lhs == part.rhs)]
    decision = decide(sympy.And(*open_parts, evaluate=False), left.given, _EFFORT)
    return decision if decision.status == "valid" else None
