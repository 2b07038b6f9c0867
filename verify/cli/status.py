"""Exit statuses, and the one kind of error that is the user's to mend."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.results import RunResult

__all__ = ["ExitStatus", "UnusableInput", "status_of"]


class ExitStatus(IntEnum):
    """What the process returns. When several apply: 4, then 2, then 1, then 3."""

    OK = 0
    REFUTED = 1
    UNUSABLE_INPUT = 2
    UNDECIDED = 3
    INTERNAL_ERROR = 4
    INTERRUPTED = 130


class UnusableInput(ValueError):
    """One clear message: the argument, its value, what is admissible, what to do."""


def status_of(result: RunResult, exit_code: bool) -> ExitStatus:
    """The status of a finished run; ``exit_code`` asks that refuted and undecided readings show in it.

    What was not tested is not passed: a reading without an instance, or whose hypotheses contradict each other, counts as undecided. NOT_TESTABLE does
    not, because its author says so in the claim file.

    A run that Ctrl-C stopped did not give every claim a verdict: it returns 130, as any program stopped by that key, unless ``exit_code``
    has something to say.
    """
    verdicts = {claim.headline for claim in result.claims if claim.readings} | {reading.verdict for claim in result.claims for reading in claim.readings}
    if "ERROR" in verdicts:
        return ExitStatus.INTERNAL_ERROR
    if any(claim.headline == "ERROR" for claim in result.claims):
        return ExitStatus.UNUSABLE_INPUT  # a claim file that could not be read, among others
    if exit_code and "REFUTED" in verdicts:
        return ExitStatus.REFUTED
    if exit_code and verdicts & {"UNDECIDED", "UNWITNESSED", "VACUOUS"}:
        return ExitStatus.UNDECIDED
    return ExitStatus.INTERRUPTED if result.interrupted else ExitStatus.OK
