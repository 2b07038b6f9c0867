"""The command: exit statuses, one clear message for every bad input, and nothing heavy imported for help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

import verify
import verify.run
from tests.infrastructure.fakes import FakeClaim, claim_result, judge, run_result, write_names
from verify.cli import main
from verify.cli.status import ExitStatus, status_of

ROOT = Path(__file__).parents[2]


class UnknownClaim(KeyError):
    """Stands for ``verify.library.UnknownClaim``; a ``KeyError`` prints its message in quotes unless care is taken."""


class BadClaimFile(ValueError):
    """Stands for ``verify.library.BadClaimFile``."""


class BrokenClaim(FakeClaim):
    def load(self) -> object:
        raise BadClaimFile("claim file broken.py, line 3: no CLAIM; assign CLAIM = Claim(...)")


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeClaim]:
    """A library of fake claims in the place of the real one, judged by a fake judge."""
    claims = {name: FakeClaim(name, f"title of {name}", path=Path(f"{name}.py")) for name in ("T4", "T9", "T10", "U")}
    claims["broken"] = BrokenClaim("broken")
    claims["mine.py"] = FakeClaim("T9", path=Path("mine.py"))
    module = ModuleType("verify.library")

    def select(words: Sequence[str]) -> tuple[FakeClaim, ...]:
        for word in words:
            if word not in claims:
                raise UnknownClaim(f"no claim {word!r}: did you mean T9?")
        return tuple(claims[word] for word in words)

    module.select = select
    module.discover = lambda: select(("T4", "T9", "T10"))
    module.show = lambda claim: "a statement\n"
    module.UnknownClaim, module.BadClaimFile = UnknownClaim, BadClaimFile
    monkeypatch.setitem(sys.modules, "verify.library", module)
    monkeypatch.setattr(verify, "library", module, raising=False)
    behaviour = {"T4": "PROVED", "T9": "REFUTED", "U": "UNDECIDED"}
    monkeypatch.setattr(verify.run, "run", partial(verify.run.run, options=behaviour, judge=judge, write=write_names))
    return claims


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on the standard error; nothing may stand on the standard output."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1 and "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["T4", "T9"], 0),
        (["T9", "--exit-code"], 1),
        (["T4", "--exit-code"], 0),
        (["T4", "U", "--exit-code"], 3),
        (["U", "T9", "--exit-code"], 1),
        (["U"], 0),
    ],
)
def test_exit_status_of_a_run(library: object, tmp_path: Path, words: list[str], expected: int) -> None:
    assert main(["run", *words, "--quiet", "--effort", "quick", "--jobs", "1", "--out", str(tmp_path / "out")]) == expected
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize("exit_code", [False, True])
def test_an_error_of_one_claim_outranks_everything(exit_code: bool) -> None:
    claims = [claim_result("a", i="ERROR"), claim_result("b", i="REFUTED"), claim_result("c", i="UNDECIDED")]
    assert status_of(run_result(*claims, interrupted=True), exit_code) == ExitStatus.INTERNAL_ERROR


def test_a_refuted_reading_counts_under_any_headline() -> None:
    assert status_of(run_result(claim_result("a", i="PROVED", ii="REFUTED", iii="UNDECIDED")), True) == ExitStatus.REFUTED


@pytest.mark.parametrize(("verdict", "expected"), [("UNWITNESSED", 3), ("VACUOUS", 3), ("UNDECIDED", 3), ("SURVIVED", 0), ("NOT_TESTABLE", 0), ("PROVED", 0)])
def test_what_was_not_tested_is_not_passed(verdict: str, expected: int) -> None:
    result = run_result(claim_result("a", i=verdict, ii="PROVED"))
    assert (status_of(result, True), status_of(result, False)) == (expected, 0)
    assert status_of(run_result(claim_result("a", i=verdict, ii="REFUTED")), True) == ExitStatus.REFUTED


def test_an_interrupted_run_says_so() -> None:
    stopped = run_result(claim_result("a", i="UNDECIDED"), interrupted=True)
    assert (status_of(stopped, False), status_of(stopped, True)) == (130, 3)


def test_a_run_says_what_it_found_and_where(library: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "T9", "T4", "T9", "--out", str(tmp_path), "--jobs", "1"]) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith("[1/2] T9 REFUTED (i), PROVED (ii) ")
    assert captured.out.splitlines() == [
        "T9  REFUTED (i), PROVED (ii)  title of T9",
        "T4  PROVED (i, ii)            title of T4",
        "",
        "2 claims, 4 readings: 3 PROVED, 1 REFUTED",
        f"Report: {tmp_path}/report.html",
    ]


def test_quiet_is_silent(library: object, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "T9", "--quiet", "--out", str(tmp_path)]) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "T99"], "no claim 'T99': did you mean T9?"),
        (["show", "T99"], "no claim 'T99': did you mean T9?"),
        (["run", "T9", "mine.py"], "claim id 'T9' is used by two files, 'T9.py' and 'mine.py': rename one"),
        (["run", "broken"], "claim file broken.py, line 3: no CLAIM; assign CLAIM"),
        (["show", "broken"], "claim file broken.py, line 3"),
        (["run", "--effort", "fast"], "argument --effort: invalid choice: 'fast' (choose from"),
        (["run", "--seed", "x"], "argument --seed: got 'x', must be a whole number from 0 to 2^63 - 1, such as"),
        (["run", "--seed", "-1"], "argument --seed: got '-1', must be"),
        (["run", "--seed", "1.5"], "argument --seed: got '1.5', must be"),
        (["run", "--jobs", "0"], "argument --jobs: got '0', must be a whole number from 1 to 1024"),
        (["run", "--time-limit", "nan"], "argument --time-limit: got 'nan', must be a number of seconds"),
        (["run", "--memory-limit", "0"], "argument --memory-limit: got '0', must be a number of GiB"),
        (["run", "--eff", "quick"], "unrecognized arguments: --eff"),
        (["show"], "the following arguments are required: ID|FILE"),
        ([], "the following arguments are required: COMMAND"),
        (["prove"], "invalid choice: 'prove'"),
        (["check", "/no/such.json"], "argument CERTIFICATE: '/no/such.json': cannot be read (no such file or directory); name a cert"),
        (["check", "/proc"], "argument CERTIFICATE: '/proc': cannot be read (is a directory)"),
    ],
)
def test_bad_input_is_one_clear_message(
    library: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert message in complaint(capsys)
    assert not list(tmp_path.iterdir())


def test_an_unusable_folder_is_one_clear_message(library: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.tex").write_text("")
    assert main(["run", "T4", "--out", str(tmp_path)]) == 2
    assert f"argument --out: output folder '{tmp_path}': it holds files but no earlier report" in complaint(capsys)
    assert main(["run", "T4", "--out", str(tmp_path / "thesis.tex" / "out")]) == 2
    assert "cannot be written (not a directory); name a folder that you may create" in complaint(capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_an_internal_error_has_no_traceback(
    library: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.modules["verify.library"], "show", lambda claim: 1 // 0)
    monkeypatch.delenv("VERIFY_TRACEBACK", raising=False)
    assert main(["show", "T4"]) == 4
    assert "internal error: ZeroDivisionError" in complaint(capsys)


def test_list_and_show(library: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "T4   paper  title of T4"
    assert main(["list", "--json"]) == 0
    assert [item["id"] for item in json.loads(capsys.readouterr().out)] == ["T4", "T9", "T10"]
    assert main(["show", "T4"]) == 0
    assert capsys.readouterr().out == "a statement\n"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate, with a stand-alone checker that accepts what says so, and a comparison that knows only T9."""
    check = tmp_path / "check.py"
    accept = "ok = all(json.load(open(path))['ok'] for path in sys.argv[1:])"
    check.write_text(f"import json, sys\n{accept}\nprint('ACCEPTED' if ok else 'REJECTED')\nsys.exit(not ok)\n")
    monkeypatch.setattr("verify.cli.commands.check.checker", lambda: check)
    module = ModuleType("verify.certificates")
    module.matches_claim = lambda data, others: None if data["claim"]["id"] == "T9" else "its statement is not that of T8"
    monkeypatch.setitem(sys.modules, "verify.certificates", module)
    return tmp_path / "certificate.json"


@pytest.mark.parametrize(
    ("claim_id", "accepted", "expected", "words"),
    [
        ("T9", True, 0, "is the one compiled from the file of claim T9"),
        ("T9", False, 2, "the stand-alone checker did not accept"),
        ("T8", True, 2, "its statement is not that of T8"),
    ],
)
def test_check_asks_the_checker_and_compares(
    certificate: Path, capfd: pytest.CaptureFixture[str], claim_id: str, accepted: bool, expected: int, words: str
) -> None:
    certificate.write_text(json.dumps({"ok": accepted, "claim": {"id": claim_id}}))
    assert main(["check", str(certificate)]) == expected
    captured = capfd.readouterr()
    assert ("ACCEPTED" if accepted else "REJECTED") in captured.out
    assert words in captured.out + captured.err


def test_help_is_light_and_quick() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "verify", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "argparse" in imported
    heavy = {"sympy", "numpy", "scipy", "rich", "mpmath", "flint", "pebble", "hypothesis", "matplotlib", "z3", "multiprocessing"}
    assert not heavy & {name.partition(".")[0] for name in imported}
    assert "examples:" in done.stdout


@pytest.mark.parametrize("command", ["run", "list", "show", "check"])
def test_every_command_explains_itself_with_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "examples:" in text and f"verify {command}" in text


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"verify {verify.__version__}\n"


def test_a_reader_who_leaves_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "verify", "--help"]
        done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
