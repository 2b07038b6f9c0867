"""A second solver on the questions that the first one answers with *unsatisfiable*: cvc5, which shares no code with z3.

Its resources are counted, not timed, so that its answers are the same everywhere. *Unknown* is no objection; *satisfiable* is one, and the answer is dropped.
"""

from __future__ import annotations

import functools

__all__ = ["SOLVER", "second_opinion", "second_version"]

SOLVER = "cvc5"
_RESOURCES = 40_000
_COVERINGS = {"nl-cov": "true", "nl-ext": "none", "tlimit-per": "20000"}
"""Cylindrical algebraic coverings alone; the time limit only stops."""


@functools.cache
def second_version() -> str:
    """The version of the second solver; empty if it is not installed."""
    try:
        import cvc5
    except ImportError:
        return ""
    return str(cvc5.__version__)


def second_opinion(question: str, resources: int = _RESOURCES) -> str:
    """``unsat``, ``sat`` or ``unknown`` for declarations and assertions in SMT-LIB 2 over the reals; ``unknown`` if there is no second solver."""
    if not second_version():
        return "unknown"
    import cvc5

    solver = cvc5.Solver(cvc5.TermManager())
    solver.setLogic("QF_NRA")
    for option, value in {**_COVERINGS, "rlimit": str(resources)}.items():
        solver.setOption(option, value)
    try:
        parser = cvc5.InputParser(solver)
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, question, "question")
        symbols = parser.getSymbolManager()
        while not (command := parser.nextCommand()).isNull():
            command.invoke(solver, symbols)
        result = solver.checkSat()
    except RuntimeError:
        return "unknown"
    return "unsat" if result.isUnsat() else "sat" if result.isSat() else "unknown"
