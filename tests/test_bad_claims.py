"""Every way to spoil a claim file that we know of: one message, the line of the file, what to do, and that claim's own misfortune only."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from verify.judge import judge_claim
from verify.library import BadClaimFile, at
from verify.progress import LineProgress
from verify.results import ReadingResult
from verify.run import run
from verify.workers import Limits

HEAD = """\
from sympy import *
from verify import *

n, p, q = symbols("n p q", integer=True)
t = Symbol("t", integer=True)
g, h = symbols("g h", real=True)
z = Symbol("z", complex=True)
A = MatrixSymbol("A", n, n)
B = MatrixSymbol("B", p, q)
M = MatrixSymbol("M", 2, 2)
"""
USUAL = "{g: between(0, 1), A: symmetric(rho=g)}"


def source(statement: str = "Norm(A) <= g", domain: str = USUAL, hypotheses: str = "()", readings: str = "") -> str:
    """The domain stands on line 11, the hypotheses on line 12, the reading on line 13."""
    readings = readings or f'[Reading("i", {statement}, own())]'
    return f'{HEAD}CLAIM = Claim(id="spoilt", title="", domain={domain},\n    hypotheses={hypotheses},\n    readings={readings})\n'


LOADED = {
    "a float": (source("Norm(A) <= 0.1 + g"), 13, "write Rational(1, 10)"),
    "a quotient of numbers": (source("Norm(A) <= g/1 + 1/3"), 13, "write Rational(1, 3)"),
    "a float on a line of its own": (source("Norm(A) <= g +\n        0.25"), 14, "write Rational(1, 4)"),
    "a float exponent": (source("Norm(A)**0.5 <= 1"), 13, "write Rational(1, 2)"),
    "a float in a class": (source(domain="{g: between(0, 0.5), A: symmetric(rho=g)}"), 11, "write Rational(1, 2)"),
    "a float in a hypothesis": (source(hypotheses="(g >= 0.75,)"), 12, "write Rational(3, 4)"),
    "a chain": (source(hypotheses="(0 < g < 1,)"), 12, "And(0 < g, g < 1)"),
    "a chain of quantities": (source("0 <= Norm(A) <= g"), 13, "And("),
    "Python's max": (source("Norm(A) <= max(g, 1)"), 13, "Max("),
    "Python's min": (source("Norm(A) <= min(Norm(A), 1)"), 13, "Min("),
    "Python's and": (source("(Norm(A) <= 1) and (g <= 1)"), 13, "And("),
    "Python's or": (source("(Norm(A) <= 1) or (g <= 1)"), 13, "Or("),
    "Python's not": (source("not (Norm(A) <= 1)"), 13, "Not("),
    "Python's if": (source("Norm(A) <= (1 if g < 1 else 2)"), 13, "Piecewise("),
    "Python's abs of a matrix": (source("abs(A) <= 1"), 13, "Norm(A)"),
    "Python's sum over a symbol": (source("Norm(A) <= sum(Norm(A**k) for k in range(n))"), 13, "Sum"),
    "an entry of a matrix of any order": (source("A[0, 0] <= g"), 13, 'MatrixSymbol("A", 2, 2)'),
    "no class for a matrix": (source(domain="{g: between(0, 1)}"), 13, "no class is given for A"),
    "no class for a parameter": (source(domain="{A: symmetric()}"), 13, "no class is given for g"),
    "a conclusion that collapsed to true": (source("Norm(A)**2 >= 0"), 13, "collapsed to True"),
    "Python's equality": (source("Norm(A) == g"), 13, "Eq(a, b)"),
    "an undefined number": (source("Norm(A) <= 1/(g - g)"), 13, "division by zero"),
    "division by zero in Python": (source("Norm(A) <= 1/0"), 13, "mend it"),
    "a function that nobody evaluates": (source("sin(g) <= 1"), 13, "nothing here can evaluate sin"),
    "complex numbers in order": (source("z <= 1", "{z: complex_outside(1)}"), 13, "compare Abs"),
    "a complex class of a real symbol": (source("g <= 1", "{g: complex_plane()}"), 13, "complex=True"),
    "an empty interval": (source(domain="{g: between(1, 0), A: symmetric(rho=g)}"), 11, "the smaller end first"),
    "an empty range": (source("PowerNorm(A, t) <= 1", "{A: general(), t: integer(5, 3)}"), 11, "the smaller end first"),
    "classes in the wrong order": (source("g <= h", "{g: between(0, h), h: between(0, 1)}"), 11, "stand before"),
    "a class that does not fit the shape": (source("Norm(B) <= 1", "{B: symmetric()}"), 11, "make it square"),
    "a product that does not fit": (source("Norm(B*A) <= 1", "{B: coupling(), A: general()}"), 13, "do not fit"),
    "a power of what is not square": (source("Norm(B*B) <= 1", "{B: coupling()}"), 13, "not square"),
    "a quantity of what is not square": (source("SpectralRadius(B) <= 1", "{B: coupling()}"), 13, "look at the shapes"),
    "an exponent that is no integer": (source("PowerNorm(A, g) <= 1"), 13, "integer=True"),
    "an exponent that may be negative": (source("PowerNorm(A, t) <= 1", "{A: general(), t: integer(-3, 3)}"), 13, "integer(0, …)"),
    "an exponent beyond all bounds": (source("PowerNorm(A, 10**9) <= 1", "{A: general()}"), 13, "from 0 to 100000"),
    "an imaginary time": (source("ExponentialNorm(A, I*g) <= 1"), 13, "is not real: the time of ExponentialNorm"),
    "a complex time": (source("ExponentialNorm(A, 2*z) <= 1", "{A: general(), z: complex_plane()}"), 13, "is complex: the time of ExponentialNorm"),
    "a sum without end": (source("Sum(PowerNorm(A, t), (t, 0, oo)) <= 1"), 13, "infinitely many terms"),
    "a sign in the symbol": (source("g <= 1", "{Symbol('g', positive=True): between(0, 1)}"), 11, "without a sign"),
    "no provenance": (source(readings='[Reading("i", Norm(A) <= g)]'), 13, "guessed("),
    "a single reading": (source(readings='Reading("i", Norm(A) <= g, own())'), 11, "readings=[Reading(…)]"),
    "two readings of one key": (source(readings='[Reading("i", Norm(A) <= g, own()), Reading("i", Norm(A) <= 1, own())]'), 11, "repeats"),
    "a hypothesis without its comma": (source(hypotheses="(g <= 1)"), 11, "with its comma"),
    "a statement in quotes": (source('"Norm(A) <= g"'), 13, "must be a relation"),
    "a name that is not there": (source("Nrm(A) <= g"), 13, "import it"),
    "an import that is not there": ("from verify import Kreiss\n", 1, "lists what verify offers"),
    "a syntax error": ("CLAIM = Claim(\n", 1, "mend the syntax"),
    "no claim": (HEAD, None, "add one"),
}


def claim_file(folder: Path, text: str, name: str = "spoilt") -> Path:
    path = folder / f"{name}.py"
    path.write_text(text.replace('id="spoilt"', f'id="{name}"'), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", LOADED)
def test_what_is_wrong_is_said_when_the_file_is_read(case: str, tmp_path: Path) -> None:
    text, line, remedy = LOADED[case]
    with pytest.raises(BadClaimFile) as told:
        at(claim_file(tmp_path, text)).load()
    message = str(told.value)
    assert "spoilt.py" + (f", line {line}:" if line else ":") in message
    assert remedy in message
    assert len(message.splitlines()) == 1 and "Traceback" not in message


def test_what_is_right_is_let_through(tmp_path: Path) -> None:
    right = {
        "entries of a fixed order": source("M[0, 1] <= Norm(M)", "{M: general()}"),
        "a modulus of numbers": source("abs(g) <= 1"),
        "a parameter after the matrix it bounds": source(domain="{A: symmetric(rho=g), g: between(0, 1)}"),
        "parts of complex numbers": source("re(z) <= Abs(z)", "{z: complex_plane()}"),
        "a modulus for a time": source("ExponentialNorm(A, Abs(z)) <= g", "{g: between(0, 1), A: general(), z: complex_plane()}"),
        "a square of a modulus": source("z*conjugate(z) >= 1", "{z: complex_outside(1)}"),
    }
    for case, text in right.items():
        assert at(claim_file(tmp_path, text)).load().id == "spoilt", case


def judged(folder: Path, text: str) -> ReadingResult:
    (reading,) = judge_claim(str(claim_file(folder, text)), "quick", 0).result.readings
    return reading


UNDEFINED = {
    "division by what is always zero": (source("Norm(A)/(g - g**2 - g*(1 - g)) <= 1"), "it divides by"),
    "division by zero at an end of the class": (source("1/g >= 1"), "it divides by g, which is 0 there"),
    "division by zero on a hypothesis": (source("1/(SpectralRadius(A) - g) <= 1", hypotheses="(Eq(SpectralRadius(A), g),)"), "it divides by"),
    "the inverse of a singular matrix": (source("Norm(Inverse(A)) >= 1"), "A has no inverse there"),
    "the eigenvalues in order of a matrix that is not symmetric": (source("LargestEigenvalue(A) <= Norm(A)", "{A: general()}"), "not symmetric there"),
}


@pytest.mark.parametrize("case", UNDEFINED)
def test_a_statement_without_a_value_on_its_domain_is_undecided(case: str, tmp_path: Path) -> None:
    text, why = UNDEFINED[case]
    reading = judged(tmp_path, text)
    assert reading.verdict == "UNDECIDED"
    assert reading.reason.startswith("spoilt.py, line 13: the conclusion has no value at an instance that meets all hypotheses (") and why in reading.reason
    assert "Exclude such instances by a hypothesis" in reading.advice
    assert reading.sanity is not None and reading.sanity.undefined


def test_a_guarded_division_is_none(tmp_path: Path) -> None:
    reading = judged(tmp_path, source("Implies(g > 0, 1/g >= 1)"))
    assert reading.verdict in ("PROVED", "SURVIVED")
    assert reading.sanity is not None and not reading.sanity.undefined


def test_hypotheses_that_cannot_be_sampled_are_named(tmp_path: Path) -> None:
    reading = judged(tmp_path, source("Norm(A) <= 5", "{A: general()}", "(Eq(Norm(A), sqrt(2)),)"))
    assert reading.verdict == "UNWITNESSED"
    assert reading.reason.startswith("spoilt.py, line 13: no exact instance satisfied all hypotheses")
    assert "through a class or a substitution" in reading.advice
    assert judged(tmp_path, source("Norm(A) <= g", hypotheses="(Norm(A) >= g + 1,)")).verdict == "VACUOUS"


def test_a_bad_claim_harms_no_other(tmp_path: Path) -> None:
    """One is spoilt, one never ends while it is read, one never ends while it is judged, one is as it should be."""
    files = {
        "spoilt": source("Norm(A) <= 0.1"),
        "reads-for-ever": HEAD + "while True:\n    pass\n",
        "judges-for-ever": source("Sum(PowerNorm(A, t), (t, 0, 99999)) <= TransientPeak(A)", "{A: general()}"),
        "good": source(),
    }
    claims = [at(claim_file(tmp_path, text, name)) for name, text in files.items()]
    stream = io.StringIO()
    limits = Limits(seconds=12.0, memory=2**30, grace=3.0)
    result = run(claims, "quick", 0, tmp_path / "out", 2, LineProgress(stream), limits=limits, write=lambda result, folder: folder)
    found = {claim.id: claim for claim in result.claims}
    assert found["good"].headline in ("PROVED", "SURVIVED")
    assert found["spoilt"].headline == "ERROR" and "spoilt.py, line 13" in found["spoilt"].error
    endless_file = found.get("reads-for-ever") or found["reads_for_ever"]
    assert endless_file.headline == "ERROR" and "did not end within 12 s" in endless_file.error
    (endless,) = found["judges-for-ever"].readings
    assert endless.verdict == "UNDECIDED" and endless.reason.startswith("judges-for-ever.py, line 13: stopped after 1"), endless.reason
    assert str(tmp_path) not in json.dumps([claim.error for claim in result.claims])
