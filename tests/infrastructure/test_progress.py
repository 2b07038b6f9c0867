"""What a run says, and where."""

from __future__ import annotations

import io
from dataclasses import replace

from tests.infrastructure.fakes import claim_result
from verify.progress import LineProgress, QuietProgress, TerminalProgress, progress_for, verdict_words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_verdicts_are_grouped_with_their_readings() -> None:
    assert verdict_words(claim_result("T9", i="REFUTED", ii="REFUTED")) == "REFUTED (i, ii)"
    assert verdict_words(claim_result("T5", i="REFUTED", ii="PROVED", iii="REFUTED")) == "REFUTED (i, iii), PROVED (ii)"
    assert verdict_words(replace(claim_result("T5"), headline="ERROR")) == "ERROR"


def test_plain_lines_are_numbered_and_aligned() -> None:
    stream = io.StringIO()
    progress = LineProgress(stream)
    progress.begin(40)
    for seconds in (4.06, None):
        progress.finished(claim_result("T9", i="REFUTED", ii="REFUTED"), seconds)
    progress.finished(replace(claim_result("T4"), headline="ERROR", error="it died"), None)
    progress.end()
    assert stream.getvalue().splitlines() == ["[ 1/40] T9 REFUTED (i, ii) 4.1 s", "[ 2/40] T9 REFUTED (i, ii)", "[ 3/40] T4 ERROR: it died"]


def test_the_progress_suits_the_stream() -> None:
    assert isinstance(progress_for(True, Terminal()), QuietProgress)
    assert isinstance(progress_for(False, io.StringIO()), LineProgress)
    assert isinstance(progress_for(False, Terminal()), TerminalProgress)


def test_the_bar_shows_verdicts_count_and_rate(monkeypatch: object) -> None:
    stream = Terminal()
    progress = TerminalProgress(stream)
    progress.begin(2)
    progress.finished(claim_result("T9", i="REFUTED"), 1.0)
    progress.note("[brackets] stay")
    progress.finished(replace(claim_result("T4"), headline="ERROR", error="[it] died"), None)
    progress.end()
    text = stream.getvalue()
    for words in ("T9", "REFUTED", "(i)", "1.0 s", "2/2", "/min", "[brackets] stay", "[it] died"):
        assert words in text
