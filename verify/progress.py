"""What a run says while it works: a bar on a terminal, plain lines elsewhere, nothing when told to be quiet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from verify.results import ClaimResult

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["LineProgress", "Progress", "QuietProgress", "TerminalProgress", "progress_for", "verdict_words"]

_STYLES = {"PROVED": "green", "PROVED_MODULO": "green", "SURVIVED": "cyan", "REFUTED": "red", "ERROR": "bold white on red"}


class Progress(Protocol):
    """What a run tells while it works."""

    def begin(self, total: int) -> None:
        """Work on ``total`` claims begins."""

    def finished(self, result: ClaimResult, seconds: float | None) -> None:
        """One claim is done; ``seconds`` is how long its check took, None if nobody knows."""

    def note(self, text: str) -> None:
        """A remark."""

    def end(self) -> None:
        """No more claims will be reported."""


def verdict_words(result: ClaimResult) -> str:
    """The verdicts with the readings they belong to: ``REFUTED (i, ii)`` or ``PROVED (i), REFUTED (ii)``."""
    readings: dict[str, list[str]] = {}
    for reading in result.readings:
        readings.setdefault(reading.verdict, []).append(reading.reading)
    if not readings:
        return result.headline
    return ", ".join(f"{verdict} ({', '.join(keys)})" for verdict, keys in readings.items())


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f" {seconds:.1f} s"


def _why(result: ClaimResult) -> str:
    return f": {result.error}" if result.error else ""


class QuietProgress:
    """Says nothing."""

    def begin(self, total: int) -> None: ...

    def finished(self, result: ClaimResult, seconds: float | None) -> None: ...

    def note(self, text: str) -> None: ...

    def end(self) -> None: ...


class LineProgress:
    """One plain line per finished claim: ``[ 3/40] T9 REFUTED (i, ii) 4.1 s``."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = self._done = 0

    def begin(self, total: int) -> None:
        self._total, self._done = total, 0

    def finished(self, result: ClaimResult, seconds: float | None) -> None:
        self._done += 1
        count = f"{self._done:{len(str(self._total))}}/{self._total}"
        self.note(f"[{count}] {result.id} {verdict_words(result)}{_seconds(seconds)}{_why(result)}")

    def note(self, text: str) -> None:
        print(text, file=self._stream, flush=True)

    def end(self) -> None: ...


class TerminalProgress:
    """A bar with count, rate and time left, below the verdicts of the claims that are done."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        self._console = Console(file=stream, highlight=False)
        self._bar: RichProgress | None = None
        self._task: Any = None

    def begin(self, total: int) -> None:
        self._bar = _bar(self._console)
        self._task = self._bar.add_task("claims", total=total)
        self._bar.start()

    def finished(self, result: ClaimResult, seconds: float | None) -> None:
        self._console.print(_rich_line(result, seconds), soft_wrap=True)
        if self._bar is not None:
            self._bar.advance(self._task)

    def note(self, text: str) -> None:
        self._console.print(text, markup=False, soft_wrap=True)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _rich_line(result: ClaimResult, seconds: float | None) -> Any:
    from rich.text import Text

    words = verdict_words(result)
    line = Text(f"{result.id:<8} {words}{_seconds(seconds)}{_why(result)}")
    for verdict in sorted({reading.verdict for reading in result.readings} | {result.headline}):
        line.highlight_words([f" {verdict} "], style=_STYLES.get(verdict, "yellow"))
    return line


def _bar(console: Any) -> RichProgress:
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class RateColumn(ProgressColumn):
        """Claims per minute."""

        def render(self, task: Any) -> Text:
            return Text(f"{60 * task.completed / task.elapsed:.1f}/min" if task.elapsed and task.completed else "-/min")

    count = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn())
    clock = (TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
    return Bar(*count, *clock, console=console, transient=True)


def progress_for(quiet: bool, stream: TextIO | None = None) -> Progress:
    """The progress that suits a stream (by default the standard error)."""
    if quiet:
        return QuietProgress()
    stream = sys.stderr if stream is None else stream
    return TerminalProgress(stream) if stream.isatty() else LineProgress(stream)
