"""Two checkers, one word: ``reports/check.py`` and ``reports/check.mjs`` say the same of every file, the second written from the format's document alone.

A difference is a defect of one of them or of the document, whichever of the two words is the kinder one. The alterations here need not break a
proof: a vector with another digit may prove as much. What is asked is that both checkers reject them, with a reason, or both accept them.
"""

from __future__ import annotations

import copy
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests import checker_samples as samples
from tests import test_checker
from tests.checker.node import WHY_NOT, node
from tests.checker_samples import entries, leaf, mat, op, sym, violation

resource = pytest.importorskip("resource", reason="processor times of other processes are known on POSIX systems only")

REPORTS = Path(__file__).parents[2] / "reports"
FIRST, SECOND = REPORTS / "check.py", REPORTS / "check.mjs"
COMMITTED = sorted((REPORTS / "arxiv-2606.04031" / "certificates").glob("*.json"))
MEBIBYTES = 512
RECORD = re.compile(r"bounds\[[0-9]+\]")
Json = Any
Path_ = tuple[Any, ...]
needs_node = pytest.mark.skipif(node() is None, reason=WHY_NOT)


class Word(NamedTuple):
    accepted: bool
    reason: str
    unneeded: set[str]
    """Of an accepted certificate: the records of ``bounds`` that were not needed."""


# -- asking ------------------------------------------------------------------------------------------------------------------------------


def ask_first(files: list[Path], *flags: str) -> list[Word]:
    done = subprocess.run([sys.executable, *flags, str(FIRST), "--json", *map(str, files)], capture_output=True, text=True, check=False, timeout=600)
    assert done.stderr == "" and done.returncode in (0, 1), done.stderr[-2000:]
    return [Word(report["accepted"], report["reason"], set(RECORD.findall("".join(report["warnings"])))) for report in json.loads(done.stdout)]


def ask_second(files: list[Path]) -> list[Word]:
    """Every file has one line, in order, and the exit status tells whether one was rejected; all that in little memory."""
    command = [str(node()), f"--max-old-space-size={MEBIBYTES}", str(SECOND), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.stderr == "", done.stderr[-2000:]
    lines = done.stdout.splitlines()
    words = []
    for file, line in zip(files, lines, strict=True):
        match = re.fullmatch(rf"(accepted|rejected) {re.escape(str(file))}: (.+)", line)
        assert match, line
        words.append(Word(match[1] == "accepted", match[2], set(RECORD.findall(match[2])) if match[1] == "accepted" else set()))
    assert done.returncode == int(not all(word.accepted for word in words))
    return words


def write(folder: Path, texts: list[bytes]) -> list[Path]:
    files = [folder / f"{i}.json" for i in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text)
    return files


def judged(folder: Path, named: list[tuple[str, bytes]]) -> list[bool]:
    """The word on each, after checking that it is that of both, and that a rejection has a reason that is not a crash."""
    files = write(folder, [text for _, text in named])
    first, second = ask_first(files), ask_second(files)
    for name, one, two in zip([name for name, _ in named], first, second, strict=True):
        assert one.accepted == two.accepted, f"{name}: check.py {one}, check.mjs {two}"
        assert one.reason and two.reason and "checker failed" not in one.reason + two.reason, (name, one, two)
    return [word.accepted for word in first]


def encoded(certificate: Json) -> bytes:
    return json.dumps(certificate).encode()


def child_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


# -- the committed report ----------------------------------------------------------------------------------------------------------------


@needs_node
def test_both_accept_every_committed_certificate() -> None:
    assert len(COMMITTED) > 400
    started = child_seconds()
    second = ask_second(COMMITTED)
    assert child_seconds() - started < 60
    assert all(word.accepted for word in second), [(file.name, word.reason) for file, word in zip(COMMITTED, second, strict=True) if not word.accepted]
    first = ask_first(COMMITTED)
    assert all(word.accepted for word in first)
    assert [word.unneeded for word in first] == [word.unneeded for word in second], "they used other evidence"
    assert any(word.unneeded for word in first)


@needs_node
def test_a_small_certificate_takes_less_than_a_second() -> None:
    smallest = min(COMMITTED, key=lambda file: file.stat().st_size)
    started = child_seconds()
    assert ask_second([smallest])[0].accepted
    assert child_seconds() - started < 1


# -- altered certificates ----------------------------------------------------------------------------------------------------------------

RATIONAL = re.compile(r"-?[0-9]+(/[0-9]+)?")


def places(data: Json, path: Path_ = ()) -> Iterator[tuple[Path_, Json]]:
    yield path, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in items:
        yield from places(child, (*path, key))


def rationals(certificate: Json) -> list[Path_]:
    return [path for path, value in places(certificate) if isinstance(value, str) and RATIONAL.fullmatch(value)]


def lists(certificate: Json) -> list[Path_]:
    return [path for path, value in places(certificate) if isinstance(value, list) and len(value) > 1]


def at(certificate: Json, path: Path_) -> Json:
    for key in path:
        certificate = certificate[key]
    return certificate


def replaced(certificate: Json, path: Path_, value: Json) -> Json:
    return test_checker.edited(certificate, path, value)


def flipped_sign(certificate: Json, rng: random.Random) -> bytes:
    path = rng.choice(rationals(certificate))
    return encoded(replaced(certificate, path, str(-Fraction(at(certificate, path)))))


def other_digit(certificate: Json, rng: random.Random) -> bytes:
    path = rng.choice(rationals(certificate))
    text = at(certificate, path)
    place = rng.choice([i for i, letter in enumerate(text) if letter.isdigit()])
    return encoded(replaced(certificate, path, text[:place] + str((int(text[place]) + rng.randint(1, 9)) % 10) + text[place + 1 :]))


def a_billionth_more(certificate: Json, rng: random.Random) -> bytes:
    path = rng.choice(rationals(certificate))
    return encoded(replaced(certificate, path, str(Fraction(at(certificate, path)) + Fraction(rng.choice([-1, 1]), 10**9))))


def swapped(certificate: Json, rng: random.Random) -> bytes:
    """Two blocks of a matrix, two arguments, two circles, two hypotheses, …"""
    path = rng.choice(lists(certificate))
    value = list(at(certificate, path))
    i, j = rng.sample(range(len(value)), 2)
    value[i], value[j] = value[j], value[i]
    return encoded(replaced(certificate, path, value))


def dropped(certificate: Json, rng: random.Random) -> bytes:
    path = rng.choice([path for path, _ in places(certificate) if path])
    result = copy.deepcopy(certificate)
    del at(result, path[:-1])[path[-1]]
    return encoded(result)


def other_relation(certificate: Json, rng: random.Random) -> bytes:
    relations = ["Le", "Lt", "Ge", "Gt", "Eq", "Ne"]
    path = rng.choice([path for path, value in places(certificate) if value in relations and path[-1] == "op"])
    return encoded(replaced(certificate, path, rng.choice(relations)))


def other_subtree(certificate: Json, rng: random.Random) -> bytes:
    nodes = [path for path, value in places(certificate) if isinstance(value, dict) and "op" in value]
    return encoded(replaced(certificate, rng.choice(nodes), at(certificate, rng.choice(nodes))))


def other_byte(certificate: Json, rng: random.Random) -> bytes:
    text = encoded(certificate)
    place = rng.randrange(len(text))
    return text[:place] + rng.choice(list('0123456789-/"[]{},: aeE\\')).encode() + text[place + 1 :]


def put(what: Json) -> Callable[[Json, random.Random], bytes]:
    """In place of a rational outside the records, which need not be looked at."""

    def alter(certificate: Json, rng: random.Random) -> bytes:
        return encoded(replaced(certificate, rng.choice([path for path in rationals(certificate) if path[0] == "instance"]), what))

    return alter


def edited_text(edit: Callable[[bytes, random.Random], bytes]) -> Callable[[Json, random.Random], bytes]:
    return lambda certificate, rng: edit(encoded(certificate), rng)


# A file so altered is another certificate, and may prove its claim as well as the first: a flipped sign of a whole vector, a digit with
# slack beside it, two hypotheses or two terms of a sum in another order, a record that was not needed.
MAY_BE_HARMLESS: dict[str, Callable[[Json, random.Random], bytes]] = {
    "flipped sign": flipped_sign, "other digit": other_digit, "a billionth more": a_billionth_more, "swapped": swapped, "dropped": dropped,
    "other relation": other_relation, "other subtree": other_subtree, "other byte": other_byte,
}  # fmt: skip
# None of these is a certificate of the format.
NEVER_HARMLESS: dict[str, Callable[[Json, random.Random], bytes]] = {
    "truncated": edited_text(lambda text, rng: text[: rng.randrange(len(text) - 1)]),
    "trailing data": edited_text(lambda text, rng: text + rng.choice([b"{}", b"0", b",", b"\x00", b" true", text])),
    "duplicate key": edited_text(lambda text, rng: b'{"kind": "violation", ' + text[1:]),
    "escaped duplicate key": edited_text(lambda text, rng: b'{"k\\u0069nd": "ratio", ' + text[1:]),
    "duplicate inner key": edited_text(lambda text, rng: text.replace(b'"op": ', b'"op": "True", "op": ', 1)),
    "unknown key": edited_text(lambda text, rng: b'{"comment": "", ' + text[1:]),
    "NaN": edited_text(lambda text, rng: text.replace(b'"title": ', b'"title": NaN, "title2": ', 1)),
    "a float": edited_text(lambda text, rng: text.replace(b'"title": ', b'"title": 1.5, "title2": ', 1)),
    "byte order mark": edited_text(lambda text, rng: b"\xef\xbb\xbf" + text),
    "not UTF-8": edited_text(lambda text, rng: text.replace(b'"title": "', b'"title": "\xff', 1)),
    "deep lists": edited_text(lambda text, rng: text.replace(b'"hypotheses": ', b'"hypotheses": ' + b"[" * rng.choice([201, 100_000]), 1)),
    "deep objects": edited_text(lambda text, rng: text.replace(b'"hypotheses": ', b'"hypotheses": ' + b'{"op":' * 60_000, 1)),
    "NaN string": put("NaN"), "Infinity string": put("Infinity"), "plus sign": put("+1"), "leading zero": put("01"), "decimal point": put("1.5"),
    "exponent": put("1e3"), "Arabic digit": put("\u0661"), "newline": put("1\n"), "zero denominator": put("1/0"), "no denominator": put("1/"),
    "an integer": put(1), "a triple": put(["1", "0", "0"]), "null": put(None), "huge string": put("9" * 20_001), "huge integer": put(10**4000),
}  # fmt: skip


@pytest.fixture(scope="module")
def certificates() -> list[Json]:
    """Every fifteenth of the committed ones, the longest aside."""
    found = (json.loads(file.read_text(encoding="utf-8")) for file in COMMITTED if file.stat().st_size < 20_000)
    return [certificate for certificate in found if certificate["kind"] != "inequality"][::15]  # those have a suite of their own


@needs_node
@pytest.mark.parametrize("name", MAY_BE_HARMLESS)
def test_alterations_get_the_same_word(certificates: list[Json], name: str, tmp_path: Path) -> None:
    rng = random.Random(name)
    found = judged(tmp_path, [(name, MAY_BE_HARMLESS[name](certificate, rng)) for certificate in certificates for _ in range(2)])
    assert 0.25 < found.count(False) / len(found)


@needs_node
def test_what_is_no_certificate_is_rejected_by_both(certificates: list[Json], tmp_path: Path) -> None:
    rng = random.Random(1)
    named = [(name, alter(certificate, rng)) for name, alter in NEVER_HARMLESS.items() for certificate in rng.sample(certificates, 4)]
    assert not any(judged(tmp_path, named))


@needs_node
def test_a_huge_integer_is_rejected_by_both(tmp_path: Path) -> None:
    text = encoded(next(sample for sample in test_checker.SAMPLES if sample.name == "violation: a Kreiss bound").certificate)
    named = [(f"{digits} digits", text.replace(b'"p": 1', b'"p": 1' + b"0" * digits)) for digits in (3, 5_000, 19_000, 21_000, 10**6)]
    assert all(b"1000" in text for _, text in named)
    assert not any(judged(tmp_path, named))


# -- the samples of the first checker's tests, of every rule and every operation -----------------------------------------------------------


@needs_node
def test_samples_of_every_rule_get_the_same_word(tmp_path: Path) -> None:
    right = [(sample.name, encoded(sample.certificate)) for sample in test_checker.SAMPLES]
    wrong = [(f"{sample.name} {path}", encoded(replaced(sample.certificate, path, value))) for sample in test_checker.SAMPLES for path, value in sample.wrong]
    found = judged(tmp_path, right + wrong)
    assert all(found[: len(right)]) and not any(found[len(right) :])


@needs_node
def test_bombs_are_refused_quickly_by_both(tmp_path: Path) -> None:
    started = child_seconds()
    assert not any(judged(tmp_path, [(name, encoded(certificate)) for name, certificate in test_checker.bombs().items()]))
    assert child_seconds() - started < 30


def corners() -> Iterator[tuple[str, Json, bool]]:
    """Where the two once differed, or the document did not say: a name, a certificate, and what the document now says of it."""
    r, x = sym("r"), mat("X")
    one_sample = {sample.name: sample.certificate for sample in test_checker.SAMPLES}
    defect = one_sample["Kreiss by defect"]
    yield "any record may carry a value", replaced(defect, ("bounds", 0, "lower", "value"), "7"), True
    yield "a claim of null", {**one_sample["norm"], "claim": None}, False

    def supremum(body: Json, upper: str | None, point: str | None = None) -> Json:
        quantity = op("Supremum", body, 1, samples.INFINITE, variable="r")
        lower = {"by": "point", "value": point} if point else None
        record = samples.bound(quantity, lower, {"by": "polynomial", "value": upper} if upper else None)
        return violation([op("Or", op("Le", quantity, "7"), op("True"))], op("False"), {}, [record])

    undefined = op("Pow", op("Add", r, "-3"), -1)
    yield "a power 0 of what is undefined at 3", supremum(op("Pow", undefined, 0), "1"), False
    yield "a power 0 of what is defined", supremum(op("Pow", op("Pow", r, -1), 0), "1"), True
    yield "a point where the body is undefined", supremum(undefined, None, "3"), False
    yield "degree 200", supremum(op("Pow", r, -200), "1"), True
    yield "degree 201", supremum(op("Pow", r, -201), "1"), False

    def enclosed(quantity: Json, upper: Json, value: str, matrix: Json) -> Json:
        return samples.enclosure(quantity, {"X": matrix}, [samples.bound(quantity, None, upper)], None, value)

    nilpotent, zero = samples.full([0, 2], [0, 0]), samples.full([0, 0], [0, 0])
    yield "the numerical radius by the norm", enclosed(op("NumericalRadius", x), {"by": "gram", "value": "2"}, "2", nilpotent), True
    ring = {"by": "circle", "r": "2", "g": "1", "matrix": samples.diagonal(1, 1)}
    pseudospectral = op("PseudospectralRadius", x, 1)
    yield "a circle", enclosed(pseudospectral, ring, "2", zero), True
    yield "a circle outside its value", enclosed(pseudospectral, ring | {"value": "3/2"}, "2", zero), False
    yield "a circle whose value is the radius", enclosed(pseudospectral, {key: ring[key] for key in ring if key != "r"} | {"value": "2"}, "2", zero), True
    yield "the root of a power of order 64", violation([op("Eq", op("Pow", 2**64, "1/64"), 2)], op("False"), {}, []), True
    yield "the root of a power of order 65", violation([op("Eq", op("Pow", 2**65, "1/65"), 2)], op("False"), {}, []), False
    yield "the logarithm of zero", violation([op("Lt", op("Log", 0), 0)], op("False"), {}, []), False
    yield "a power of zero", violation([op("Eq", op("Pow", 0, "1/2"), 0)], op("False"), {}, []), True
    yield "an exponential beyond bounds", violation([op("Gt", op("Exp", 10**9), "1" + "0" * 7000)], op("False"), {}, []), True
    yield "a complex number to the power 1/2", violation([op("Ne", op("Pow", samples.IMAGINARY, "1/2"), 1)], op("False"), {}, []), False
    spare = samples.bound(op("Norm", mat("Y")), {"by": "vector", "vector": "nonsense"})
    yield "a record that is not needed", {**one_sample["norm"], "bounds": [*one_sample["norm"]["bounds"], spare]}, True
    spare = replaced(spare, ("lower", "comment"), "")
    yield "an unknown key there", {**one_sample["norm"], "bounds": [*one_sample["norm"]["bounds"], spare]}, False


@needs_node
def test_corners_are_as_the_document_says(tmp_path: Path) -> None:
    found = list(corners())
    words = judged(tmp_path, [(name, encoded(certificate)) for name, certificate, _ in found])
    assert {name: word for (name, _, _), word in zip(found, words, strict=True)} == {name: wanted for name, _, wanted in found}


# -- random statements: undefined values, infinities, complex numbers, empty ranges, three-valued logic ------------------------------------


class Random:
    """Random trees over small matrices and numbers in which most traps of the evaluation occur."""

    NUMBERS = ("0", "1", "-1", "2", "1/2", "-1/2", "3", "4", "1/4", "-3/2", "9/4", "8", "-8", "1/3", "100")
    EXPONENTS = ("2", "-1", "0", "1/2", "-1/2", "3", "1/3", "2/3", "-2", "1/65")
    LEAVES = (samples.INFINITE, samples.IMAGINARY, samples.CONSTANT_E, samples.CONSTANT_PI, sym("x"), sym("c"), sym("n"), sym("k"))

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def number(self) -> str:
        return self.rng.choice(self.NUMBERS)

    def scalar(self, depth: int) -> Json:
        rng, below = self.rng, depth - 1
        if depth <= 0 or rng.random() < 0.15:
            return leaf(self.number()) if rng.random() < 0.65 else rng.choice(self.LEAVES)
        name = rng.choice(["several", "Pow", "unary", "Piecewise", "range", "quantity", "quantity"])
        if name == "several":
            return op(rng.choice(["Add", "Mul", "Max", "Min"]), *(self.scalar(below) for _ in range(rng.randint(1, 3))))
        if name == "Pow":
            return op(name, self.scalar(below), self.scalar(below - 1) if rng.random() < 0.4 else rng.choice(self.EXPONENTS))
        if name == "unary":
            return op(rng.choice(["Exp", "Log", "Abs", "Re", "Im", "Conjugate"]), self.scalar(below))
        if name == "Piecewise":
            return op(name, *(op("Case", self.scalar(below), self.truth(below - 1)) for _ in range(rng.randint(1, 3))))
        if name == "range":
            return op(rng.choice(["Sum", "Product", "MaxOver", "MinOver"]), self.scalar(below), rng.choice([0, 1, 2]), rng.randint(-1, 3), index="k")
        n = rng.choice([1, 2, 2, 3])
        kind = rng.choice([*test_checker.check.QUANTITIES, "Determinant", "Trace"])
        x = self.matrix(n, rng.choice([1, 2]) if kind == "Norm" else n, below)
        if kind in ("PowerNorm", "ResolventNorm", "SpectrumDistance", "PseudospectralRadius"):
            return op(kind, x, self.scalar(0))
        return op(kind, x)

    def matrix(self, rows: int, cols: int, depth: int) -> Json:
        rng, below = self.rng, depth - 1
        if depth <= 0 or rng.random() < 0.4:
            data = entries(*[[self.scalar(0) for _ in range(cols)] for _ in range(rows)])
            return rng.choice([mat(f"X{rows}{cols}", rows, cols), mat(f"X{rows}{cols}", rows, cols), op("ZeroMatrix", rows, cols), data])
        name = rng.choice(["MatAdd", "MatMul", "Transpose", "Adjoint", "MatrixSum", "square"])
        if name == "MatAdd":
            return op(name, self.matrix(rows, cols, below), self.matrix(rows, cols, below))
        if name == "MatMul":
            return op(name, self.scalar(below - 1), self.matrix(rows, 2, below), self.matrix(2, cols, below))
        if name in ("Transpose", "Adjoint"):
            return op(name, self.matrix(cols, rows, below))
        if name == "MatrixSum" or rows != cols:
            return op("MatrixSum", self.matrix(rows, cols, below), 1, rng.randint(0, 2), index="k")
        x = self.matrix(rows, rows, below)
        return rng.choice([op("Inverse", x), op("MatPow", x, rng.randint(-2, 3)), op("MatrixProduct", x, 1, rng.randint(0, 2), index="k")])

    def truth(self, depth: int) -> Json:
        rng, below = self.rng, depth - 1
        name = rng.choice(["relation"] * 5 + ["And", "Or", "Not", "Implies", "Equivalent", "AllOf", "True", "False", "MatrixEq", "property"])
        if depth <= 0 or name == "relation":
            return op(rng.choice(["Le", "Lt", "Ge", "Gt", "Eq", "Ne"]), self.scalar(depth), self.scalar(below))
        if name in ("And", "Or", "Implies", "Equivalent"):
            return op(name, self.truth(below), self.truth(below))
        if name == "Not":
            return op(name, self.truth(below))
        if name == "AllOf":
            return op(name, self.truth(below), 1, rng.randint(0, 3), index="k")
        if name in ("True", "False"):
            return op(name)
        n = rng.choice([1, 2])
        if name == "MatrixEq":
            return op(name, self.matrix(n, n, below), self.matrix(n, n, below))
        x = self.matrix(n, n, below)
        kind = rng.choice(["Symmetric", "Normal", "PositiveSemidefinite", "PositiveDefinite"])
        return op(kind, op("MatAdd", x, op("Adjoint", x)) if rng.random() < 0.5 else x)

    def values(self) -> Json:
        rng = self.rng

        def entry() -> Json:
            return [self.number(), self.number()] if rng.random() < 0.1 else self.number()

        matrices = {f"X{r}{c}": samples.full(*[[entry() for _ in range(c)] for _ in range(r)]) for r in (1, 2, 3) for c in (1, 2, 3)}
        return {"x": samples.num(self.number()), "c": {"type": "complex", "re": self.number(), "im": self.number()}, **matrices}


@needs_node
def test_random_statements_get_the_same_truth_value(tmp_path: Path) -> None:
    """As a conclusion a statement is accepted iff it is violated, as a hypothesis iff it holds; both are rejected if it is undecided."""
    made = Random(2026)
    named: list[tuple[str, bytes]] = []
    for i in range(300):
        tree, values = made.truth(i % 4 + 1), made.values()
        named.append((f"violated {i}", encoded(violation([], tree, values, [], {"n": 2}))))
        named.append((f"holds {i}", encoded(violation([tree], op("False"), values, [], {"n": 2}))))
    found = judged(tmp_path, named)
    violated, holds = found[::2], found[1::2]
    assert min(sum(violated), sum(holds), sum(not (a or b) for a, b in zip(violated, holds, strict=True))) > 40
    assert not any(a and b for a, b in zip(violated, holds, strict=True))


# -- the programs ------------------------------------------------------------------------------------------------------------------------


@needs_node
def test_both_end_with_the_same_status(tmp_path: Path) -> None:
    good, bad, none = str(COMMITTED[0]), str(tmp_path / "bad.json"), str(tmp_path / "none.json")
    Path(bad).write_text("{}", encoding="utf-8")
    cases = [([good], 0), ([good, bad], 1), ([bad, good], 1), ([none], 2), ([bad, none, good], 2), ([str(tmp_path)], 2), ([], 2), (["--no"], 2)]
    for arguments, status in cases:
        for program in ([sys.executable, str(FIRST)], [str(node()), str(SECOND)]):
            assert subprocess.run([*program, *arguments], capture_output=True, check=False, timeout=60).returncode == status, (program, arguments)


def test_the_second_checker_is_one_file_that_executes_no_data() -> None:
    source = SECOND.read_text(encoding="utf-8")
    assert re.findall(r'from "([^"]+)"', source) == ["node:fs"]
    assert not re.search(r"\beval\b|\bFunction\(|\bimport\(|\brequire\(\"|child_process|JSON\.parse", source)


@pytest.mark.parametrize("flags", [("-O",), ("-I",), ("-I", "-O")], ids=" ".join)
def test_the_first_checker_says_the_same_with_asserts_off_and_in_isolation(certificates: list[Json], flags: tuple[str, ...], tmp_path: Path) -> None:
    rng = random.Random(3)
    committed = COMMITTED[::20]
    altered = [alter(certificate, rng) for alter in [*MAY_BE_HARMLESS.values(), *NEVER_HARMLESS.values()] for certificate in rng.sample(certificates, 2)]
    forged = write(tmp_path, altered)
    plain = ask_first([*committed, *forged])
    assert ask_first([*committed, *forged], *flags) == plain
    assert all(word.accepted for word in plain[: len(committed)]) and sum(not word.accepted for word in plain) > len(NEVER_HARMLESS)


@needs_node
def test_the_second_checker_takes_the_options_of_the_first(tmp_path: Path) -> None:
    """The same list of the same words with ``--json``, one line for each file with ``--quiet``, and a complaint about any other option."""
    good, bad = COMMITTED[0], tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")

    def asked(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([node(), str(SECOND), *words], capture_output=True, text=True, check=False, timeout=60)  # type: ignore[list-item]

    told = asked("--json", str(good), str(bad))
    first = subprocess.run([sys.executable, "-I", str(FIRST), "--json", str(good), str(bad)], capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == first.returncode == 1
    ours, theirs = json.loads(told.stdout), json.loads(first.stdout)
    assert [(one["file"], one["accepted"]) for one in ours] == [(one["file"], one["accepted"]) for one in theirs] == [(str(good), True), (str(bad), False)]
    assert ours[1]["reason"]
    assert asked(str(good), "--quiet").stdout == f"accepted {good}\n"
    assert asked("--", str(good)).returncode == 0
    for words in (["--loud", str(good)], [], ["--json"]):
        assert asked(*words).returncode == 2
    assert asked(str(tmp_path / "missing.json"), str(bad)).returncode == 2
