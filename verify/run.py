"""One run: plan, execute in killable workers, keep each finding as it is made, and write the report from what was kept.

As a library function ``run`` starts worker processes: call it from a module that can be imported without running it again
(``if __name__ == "__main__":``).
"""

from __future__ import annotations

import contextlib
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import verify
from verify.clock import grace, kept
from verify.execute import Outcome, Unit, execute, in_turn, together
from verify.interrupt import Stop
from verify.progress import Progress
from verify.results import ClaimResult, Evidence, ReadingResult, RunResult, Tightness, headline
from verify.store import Store, from_json
from verify.workers import GIB, Limits, WorkerPool

if TYPE_CHECKING:
    from verify.library import ClaimFile

__all__ = ["SCHEMA_VERSION", "judge_in_worker", "run", "versions"]

SCHEMA_VERSION = "4"
ROOT = Path(__file__).resolve().parent.parent
STOPPED = "stopped before this claim was judged"
_PACKAGES = ("sympy", "mpmath", "numpy", "scipy", "hypothesis", "python-flint", "z3-solver", "cvc5")
_READING_SECONDS = 30.0  # for the import of a claim file
_WRITING_SECONDS = 120.0  # for a part of the report, on a worker; what is not done by then is done here
_GRACE_SECONDS = 60.0  # for a worker to start, and for a killed one to be noticed

Judge = Callable[[str, str, int, Any], Any]
WriteReport = Callable[[RunResult, Path], Path]


def judge_in_worker(path: str, effort: str, seed: int, options: Any = None) -> Any:
    """The unit of work: judges one claim file, and adds what was measured of the search on it. Imports the engine only where it runs."""
    from verify.judge import judge_claim
    from verify.library import known_at

    finding, file = judge_claim(path, effort, seed, options), known_at(path)
    if file.group == "outside":
        return finding
    with contextlib.suppress(Exception):  # it is tried again when the results are collected: no verdict is lost for it
        return replace(finding, result=_measured(finding.result, file.load()))
    return finding


def write_page(result: RunResult, folder: Path, jobs: int = 1) -> Path:
    """Writes the report and returns its page; what can be done apart is done by so many workers."""
    from verify.curves import figures_for
    from verify.library import folder_of
    from verify.report import read_pack, write_report

    apart = partial(together, open_executor=partial(WorkerPool, jobs, Limits(seconds=_WRITING_SECONDS)), jobs=jobs) if jobs > 1 else in_turn
    figures = figures_for(result, apart)
    return write_report(result, folder, figures, checker=_checker_from(folder), pack=read_pack(folder_of("paper")), together=apart)


def _checker_from(folder: Path) -> str:
    """The stand-alone checker as one types it in a report folder; from elsewhere than this checkout, as one types it in the checkout."""
    inside = folder.resolve().is_relative_to(ROOT)
    return Path(os.path.relpath(ROOT / "reports" / "check.py", folder.resolve())).as_posix() if inside else "reports/check.py"


@dataclass
class _Run:
    """The state of a run: its plan, and what has come in so far."""

    claims: dict[str, ClaimFile]
    loaded: dict[str, Any]
    limits: Limits
    store: Store
    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    def keep(self, outcome: Outcome) -> None:
        """Stores one finding and reports it. A finding that cannot be stored is an error of that claim."""
        claim_id = outcome.unit.name
        seconds = self.limits.seconds + self.limits.grace if outcome.kind == "timed_out" else outcome.seconds
        if seconds is not None:
            self.seconds[claim_id] = round(seconds, 3)
        result = self._record(claim_id, outcome)
        self.progress.finished(result, seconds)

    def give_up(self, claim_id: str, why: str) -> None:
        """A claim whose file cannot be used: an error of that claim alone, without readings."""
        file = self.claims[claim_id]
        shown = _relative(file.path)
        result = ClaimResult(claim_id, file.title, "", file.group, "ERROR", (), file=shown, error=why.replace(str(file.path), shown))
        self.store.record(result, {})
        self.progress.finished(result, None)

    def _record(self, claim_id: str, outcome: Outcome) -> ClaimResult:
        if outcome.kind == "done":
            try:
                result = replace(outcome.value.result, group=outcome.value.result.group or self.claims[claim_id].group)
                if result.id != claim_id:
                    raise ValueError(f"the judge returned a result for {result.id!r}")
                self.store.record(result, outcome.value.certificates)
                if self.limits.keep:
                    kept(Path(self.limits.keep), claim_id)  # not needed any more
                return result
            except (AttributeError, TypeError, ValueError) as error:
                outcome = replace(outcome, kind="failed", error=f"its finding cannot be stored: {error}")
        # The clock only stops work: what is stopped is undecided, and no defect; what was judged before is kept.
        verdict = "UNDECIDED" if outcome.kind == "timed_out" else "ERROR"
        result = self._unjudged(claim_id, verdict, *explain(outcome, self.limits))
        # So it is where the worker died: the reading in flight and those after it are errors, those before it are not.
        found = kept(Path(self.limits.keep), claim_id) if self.limits.keep and outcome.kind in ("timed_out", "died", "memory") else None
        if found is not None:
            judged = tuple(from_json(ReadingResult, reading) for reading in found["readings"])
            readings = (*judged, *result.readings[len(judged) :])
            whole = len(judged) == len(readings)
            notes = getattr(self.loaded[claim_id], "notes", "") if whole else ""
            result = replace(result, readings=readings, headline=headline(readings), notes=notes, error="" if whole else result.error)
        self.store.record(result, {} if found is None else found["certificates"], outcome.detail)
        return result

    def collect(self) -> tuple[ClaimResult, ...]:
        """The results in the order of the plan, read back from the store; claims without one were stopped."""
        advice = "run it again, alone if need be, and let it finish"
        found = (self.store.finding(name) or self._unjudged(name, "UNDECIDED", STOPPED, advice) for name in self.claims)
        return tuple(_measured(result, self.loaded[result.id]) for result in found)

    def _unjudged(self, claim_id: str, verdict: str, reason: str, advice: str) -> ClaimResult:
        file, claim = self.claims[claim_id], self.loaded[claim_id]
        readings = tuple(
            _unjudged_reading(claim, reading, verdict, f"{_place(file, reading.key)}: {reason}", advice) for reading in getattr(claim, "readings", ())
        )
        text = f"{reason}; {advice}"
        return ClaimResult(
            claim_id, file.title, getattr(claim, "source", ""), file.group, verdict, readings, file=_relative(file.path),
            notes="" if verdict == "ERROR" else text, error=text if verdict == "ERROR" else "",
        )


def _measured(result: ClaimResult, claim: Any) -> ClaimResult:
    """The result with what was measured of the search's power on it, where that is stored; as it is, if it has that already."""
    from verify.language.claim import Claim
    from verify.power.record import FILE, read
    from verify.power.shown import with_power

    if not FILE.is_file() or not isinstance(claim, Claim) or any(reading.detection_power for reading in result.readings):
        return result
    return with_power(result, claim, read())


def explain(outcome: Outcome, limits: Limits) -> tuple[str, str]:
    """Why a claim has no verdict, and what to do about it."""
    from verify import wording

    defect = f"this is a defect of the suite or of the claim file (traceback: .findings/{outcome.unit.name}.json)"
    known = {
        "failed": (f"its check failed: {outcome.error}", defect),
        "died": (f"{outcome.error}", "if the machine ran short of memory, run with --jobs 1; otherwise this is a defect"),
        "timed_out": (
            f"stopped after {limits.seconds + limits.grace:g} s: its worker did not heed the clock, and what it had found of this reading is lost",
            wording.more_time(outcome.unit.name, limits.seconds),
        ),
        "memory": (
            f"it needed more than {limits.memory / GIB:g} GiB of memory",
            "give it more with --memory-limit, or run at a smaller effort",
        ),
    }
    return known.get(outcome.kind, (f"{outcome.error}", "run it again"))


def _unjudged_reading(claim: Any, reading: Any, verdict: str, reason: str, advice: str) -> ReadingResult:
    from verify.language.printing import latex, text

    statement = claim.closed(reading)
    return ReadingResult(
        reading=reading.key, statement=text(statement), latex=latex(statement),
        provenance=reading.provenance.code.value, provenance_text=reading.provenance.text, status=reading.status.value,
        verdict=verdict, phrase="nothing can be said", reason=reason, advice=advice,
        evidence=Evidence("NONE", "none"), tightness=Tightness("UNKNOWN", "not examined"), notes=reading.notes,
        conclusion=text(reading.statement), conclusion_latex=latex(reading.statement), repaired_by=tuple(reading.repaired_by),
    )


def _relative(path: str | Path) -> str:
    """A claim's path from the folder that holds ``verify`` and ``theorems``, else its bare name: reports carry no machine's paths."""
    path = Path(path).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def _place(file: Any, reading: str) -> str:
    """Where a reading stands: its file, and the line where that can be told."""
    line = file.line_of(reading) if hasattr(file, "line_of") else None
    return f"{_relative(file.path)}, line {line}" if line else _relative(file.path)


def versions() -> dict[str, str]:
    """The versions that the findings depend on."""
    return {"verify": verify.__version__, "python": platform.python_version()} | {package: _version(package) for package in _PACKAGES}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def run(
    claims: Sequence[ClaimFile],
    effort: str,
    seed: int,
    out: Path,
    jobs: int,
    progress: Progress,
    *,
    limits: Limits | None = None,
    options: Any = None,
    judge: Judge = judge_in_worker,
    write: WriteReport | None = None,
    title: str = "",
) -> RunResult:
    """Judges the claims and writes the report into ``out``; the page is ``out/report.html``.

    ``title`` is that of the report; empty for one that says whose claims they are.

    Ctrl-C stops the work, and the report of what was found is written all the same; the result then says ``interrupted``.

    Raises:
        verify.library.BadClaimFile: if no claim can be loaded; nothing is run or written then. One among others is an ERROR of its own, without readings.
        verify.store.UnusableFolder: if ``out`` cannot be used; nothing is run then.
    """
    from verify.corpus import digest

    start, limits = time.monotonic(), limits or Limits.for_effort(effort)
    limits = replace(limits, grace=limits.grace or grace(limits.seconds))
    loaded, unusable = _loaded(claims, limits)
    corpus = digest(claims)
    store = Store.open(Path(out))
    state = _Run({claim.id: claim for claim in claims}, loaded, replace(limits, keep=str(store.unfinished)), store, progress)
    usable = [claim for claim in state.claims.values() if claim.id not in unusable]
    longest_first = sorted(usable, key=lambda claim: -_weight(loaded[claim.id]))
    units = [Unit(claim.id, judge, (str(claim.path), effort, seed, options)) for claim in longest_first]
    with Stop() as stop:
        interrupted = _execute(units, unusable, state, jobs, stop)
        state.store.write_timings({"effort": effort, "jobs": jobs, "seconds": state.seconds, "total": round(time.monotonic() - start, 3)})
        result = RunResult(SCHEMA_VERSION, title or _title(claims), effort, seed, versions(), corpus, state.collect(), interrupted)
        progress.note("Stopped. Writing the report of what was found." if interrupted else "Writing the report.")
        (write or partial(write_page, jobs=jobs))(result, state.store.folder)
    return result


def _title(claims: Sequence[ClaimFile]) -> str:
    """What the report is of: the paper, if one of its claims is among them."""
    if any(claim.group == "paper" for claim in claims):
        return "Claims of arXiv:2606.04031, checked"
    return f"{claims[0].title or claims[0].id}, checked" if len(claims) == 1 else f"{len(claims)} claims, checked"


def _weight(claim: Any) -> int:
    """How long a claim may take, read off its statements: the readings, and in each the suprema, which cost most. It only settles who starts first."""
    from verify.language.logic import Supremum
    from verify.language.quantities import ContinuousKreissConstant, KreissConstant, TransientPeak

    statements = [reading.statement for reading in getattr(claim, "readings", ()) if hasattr(getattr(reading, "statement", None), "atoms")]
    return len(statements) + sum(min(4, len(s.atoms(Supremum, KreissConstant, ContinuousKreissConstant, TransientPeak))) for s in statements)


def _loaded(claims: Sequence[ClaimFile], limits: Limits) -> tuple[dict[str, Any], dict[str, str]]:
    """The claims that can be read, and for the others what is wrong. A stranger's file is first read in a worker, which can be stopped."""
    from verify.corpus import BadCorpus, instances
    from verify.library import BadClaimFile

    loaded: dict[str, Any] = {}
    unusable = _endless([claim for claim in claims if claim.group == "outside"], min(limits.seconds, _READING_SECONDS))
    for claim in claims:
        try:
            loaded[claim.id] = None if claim.id in unusable else claim.load()
            if loaded[claim.id] is not None:
                instances(claim)
        except (BadClaimFile, BadCorpus) as error:
            loaded[claim.id], unusable[claim.id] = None, str(error)
    if unusable and len(unusable) == len(loaded):
        raise BadClaimFile("; ".join(unusable.values()))
    return loaded, unusable


def _endless(claims: Sequence[ClaimFile], seconds: float) -> dict[str, str]:
    """Those whose files do not end while they are imported; any other misfortune is left for the import itself to name."""
    if not claims:
        return {}
    units = [Unit(claim.id, _read, (str(claim.path),)) for claim in claims]
    paths = {claim.id: claim.path for claim in claims}
    outcomes = execute(units, partial(WorkerPool, min(2, len(units)), replace(Limits.for_effort("quick"), seconds=seconds)), in_flight=4)
    remedy = "a claim file only builds expressions: take the long computation out, and run again"
    return {one.unit.name: f"{paths[one.unit.name]}: reading it did not end within {seconds:g} s; {remedy}" for one in outcomes if one.kind == "timed_out"}


def _read(path: str) -> None:
    """The unit of work that imports a file and throws the result away."""
    from verify.library import at

    at(path).load()


def _execute(units: Sequence[Unit], unusable: Mapping[str, str], state: _Run, jobs: int, stop: Stop) -> bool:
    """Runs the units and keeps their findings; whether it was stopped before the last one was in."""
    state.progress.begin(len(unusable) + len(units))
    for claim_id, why in unusable.items():
        state.give_up(claim_id, why)
    interrupted = False
    outcomes = execute(
        units, partial(WorkerPool, jobs, state.limits), in_flight=2 * jobs, stop=stop,
        patience=state.limits.seconds + state.limits.grace + _GRACE_SECONDS,
    )
    try:
        for outcome in outcomes:
            if outcome.kind == "cancelled":
                interrupted = True
            else:
                state.keep(outcome)
    finally:
        outcomes.close()
        state.progress.end()
    return interrupted
