"""The stand-alone checker: it accepts what is true and witnessed, and rejects, with a reason and quickly, everything else."""

from __future__ import annotations

import ast
import copy
import importlib.util
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.linalg

from tests import checker_samples as samples
from tests.checker_samples import Json, Sample, bound, column, diagonal, enclosure, full, leaf, mat, op, sym

CHECKER = Path(__file__).parents[1] / "reports" / "check.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stand_alone_check", CHECKER)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


check = _load()


def verdict(certificate: Json) -> Any:
    return check.check(json.dumps(certificate).encode())


def rejected(data: bytes | Json) -> str:
    """The reason, after checking that there is one and that it is not a crash of the checker."""
    report = check.check(data if isinstance(data, bytes) else json.dumps(data).encode())
    assert not report.accepted
    assert report.reason and "the checker failed" not in report.reason, report.reason
    return report.reason


def edited(certificate: Json, path: tuple[Any, ...], value: Json) -> Json:
    result = copy.deepcopy(certificate)
    place = result
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return result


# -- dyadic witnesses from float Riccati solutions -------------------------------------------------------------------------------------


def dyadic(x: float, scale: int = 44) -> Fraction:
    return Fraction(round(x * 2**scale), 2**scale)


def rational_matrix(a: np.ndarray) -> Json:
    return full(*[[str(dyadic(x)) if np.isrealobj(a) else [str(dyadic(x.real)), str(dyadic(x.imag))] for x in row] for row in a])


def hermitian(a: np.ndarray) -> Json:
    a = (a + a.conj().T) / 2
    if np.isrealobj(a):
        return samples.upper(*[[dyadic(a[i, j]) for j in range(i, len(a))] for i in range(len(a))])
    rows = [[[str(dyadic(a[i, j].real)), str(dyadic(a[i, j].imag))] for j in range(len(a))] for i in range(len(a))]
    for i, row in enumerate(rows):
        row[i][1] = "0"
    return {"type": "matrix", "rows": rows}


def resolvent_maximum(x: np.ndarray, points: np.ndarray) -> float:
    shifted = points[:, None, None] * np.eye(len(x)) - x
    return 1 / np.linalg.svd(shifted, compute_uv=False)[:, -1].min()


def circle(x: np.ndarray, r: Fraction, slack: float = 1e-3) -> Json:
    angles = np.exp(1j * np.linspace(0, 2 * np.pi, 721))
    g = dyadic(resolvent_maximum(x, float(r) * angles) * (1 + slack))
    n, weight = len(x), 1 + slack / 4
    riccati = scipy.linalg.solve_discrete_are(x / float(r), np.eye(n) / float(r), weight * np.eye(n), -(float(g) ** 2) * np.eye(n))
    return {"r": str(r), "g": str(g), "matrix": hermitian(riccati / float(r) ** 2)}


def line(x: np.ndarray, a: Fraction, slack: float = 1e-3) -> Json:
    heights = np.concatenate([np.linspace(-8, 8, 1601), np.linalg.eigvals(x).imag])
    g = dyadic(resolvent_maximum(x, float(a) + 1j * heights) * (1 + slack))
    n, weight = len(x), 1 + slack / 4
    riccati = scipy.linalg.solve_continuous_are(x - float(a) * np.eye(n), np.eye(n), weight * np.eye(n), -(float(g) ** 2) * np.eye(n))
    return {"x": str(a), "g": str(g), "matrix": hermitian(riccati)}


def radii(count: int, last: int) -> list[Fraction]:
    """1, and then geometric in r - 1."""
    return [Fraction(1)] + [1 + dyadic(x, 12) for x in np.geomspace(0.02, last - 1, count - 1)]


def circles_certificate(x: np.ndarray, value: str, count: int = 20, last: int = 12) -> Json:
    kreiss = op("KreissConstant", mat("X", len(x)))
    tail = {"w": str(dyadic(np.linalg.norm(x, 2), 10) + Fraction(1, 100))}
    witness = {"by": "circles", "value": value, "circles": [circle(x, r) for r in radii(count, last)], "tail": tail}
    return enclosure(kreiss, {"X": rational_matrix(x)}, [bound(kreiss, None, witness)], None, value)


def lines_certificate(x: np.ndarray, value: str) -> Json:
    kreiss = op("ContinuousKreissConstant", mat("X", len(x)))
    places = [Fraction(0)] + [dyadic(a, 12) for a in np.geomspace(0.05, 40, 24)]
    tail = {"w": str(dyadic(np.linalg.eigvalsh((x + x.conj().T) / 2)[-1], 10) + Fraction(1, 100))}
    witness = {"by": "lines", "value": value, "lines": [line(x, a) for a in places], "tail": tail}
    return enclosure(kreiss, {"X": rational_matrix(x)}, [bound(kreiss, None, witness)], None, value)


JORDAN = np.array([[0.5, 0.0], [2.0, 0.5]])  # K = 5/4
COMPLEX = np.array([[0.5j, 0.0], [3.0, -0.25 + 0.25j]])  # K = 1.4335 on a fine grid
RANDOM4 = np.random.default_rng(7).integers(-16, 17, (4, 4)) / 64 + np.diag([3.0, 1.0, 0.0], -1)  # K = 1.4835 on a fine grid


def stack_samples() -> list[Sample]:
    top = ("bounds", 0, "upper")
    jordan = circles_certificate(JORDAN, "1258/1000")
    radius = op("PseudospectralRadius", mat("X"), 1)
    j3 = np.array([[0.5, 0.0], [3.0, 0.5]])  # rho_1 = 1/2 + sqrt(1 + 3) = 5/2
    ring = circle(j3, Fraction(251, 100), 1e-4)
    pseudo = enclosure(
        radius, {"X": rational_matrix(j3)}, [bound(radius, None, {"by": "circle", "value": "251/100", **ring, "g": "1"})], "5/2", "251/100"
    )
    pseudo["bounds"][0]["lower"] = {"by": "point", "z": ["2499/1000", "0"], "vector": column(1, 2)}
    pseudo["lower"] = "2499/1000"
    circles = jordan["bounds"][0]["upper"]["circles"]
    flipped = copy.deepcopy(circles[3]["matrix"])
    flipped["upper"] = [[flipped["upper"][1][0], flipped["upper"][0][1]], [flipped["upper"][0][0]]]
    stretched = lines_certificate(np.array([[-0.5, 0.0], [-2.0, -0.5]]), "1262/1000")
    return [
        Sample("circles of a Jordan block", jordan, [
            ((*top, "value"), "125/100"), ((*top, "circles", 0, "r"), "101/100"), ((*top, "circles", 0, "r"), "99/100"),
            ((*top, "circles", 5, "r"), "100"),
            ((*top, "circles", 3, "matrix"), flipped), ((*top, "circles", 3, "g"), str(Fraction(circles[3]["g"]) * Fraction(9, 10))),
            ((*top, "circles", 3, "g"), str(-Fraction(circles[3]["g"]))), ((*top, "circles", 2, "matrix"), diagonal(-1, -1)),
            ((*top, "circles"), []),
            ((*top, "circles", 3, "r"), circles[2]["r"]), ((*top, "circles"), circles[:-8]), ((*top, "circles"), circles[1:]),
            ((*top, "tail", "w"), "12"),
            ((*top, "tail", "w"), "3/2"), ((*top, "tail", "w"), "-3"), ((*top, "circles"), circles[:1] + circles[-1:]),
            (("instance", "values", "X", "rows", 1, 0), "21/10"), ((*top, "circles", 0, "x"), "1"),
        ]),
        Sample("circles of a complex matrix", circles_certificate(COMPLEX, "145/100"), [
            ((*top, "value"), "143/100"), (("instance", "values", "X", "rows", 1, 0), ["7/2", "0"]),
            (("instance", "values", "X", "rows", 0, 0), "1/2"),
        ]),
        Sample("thirty circles", circles_certificate(RANDOM4, "3/2", 30), [
            ((*top, "value"), "148/100"), ((*top, "circles", 1, "matrix"), diagonal(1, 1, 1, 1)),
        ]),
        Sample("lines", stretched, [
            ((*top, "value"), "5/4"), ((*top, "lines", 0, "x"), "1/100"), ((*top, "lines", 0, "x"), "-1/100"),
            ((*top, "lines", 4, "g"), "1/100"),
            ((*top, "lines"), stretched["bounds"][0]["upper"]["lines"][:-16]), ((*top, "tail", "w"), "1/4"),
            ((*top, "lines", 3, "matrix"), diagonal(-9, -9)),
            (("instance", "values", "X", "rows", 1, 0), "-21/10"), ((*top, "tail", "matrix"), diagonal(1, 1)),
        ]),
        Sample("pseudospectral circle", pseudo, [
            ((*top, "g"), "101/100"), ((*top, "r"), "249/100"), ((*top, "value"), "25/10"), ((*top, "matrix"), diagonal(1, 1)),
            (("quantity", "args", 1, "value"), "2"),
            (("upper",), "2505/1000"),
        ]),
    ]  # fmt: skip


def factor_of(a: np.ndarray, scale: int = 40, twice: bool = False) -> Json:
    """Of a slightly smaller matrix, so that the residual has a dominant diagonal."""
    if twice:
        a = np.block([[a.real, -a.imag], [a.imag, a.real]])
    a = a - 1e-6 * np.eye(len(a))
    cholesky = np.linalg.cholesky(a)
    whole = [[[round(x.real * 2**scale), round(x.imag * 2**scale)] for x in row[: i + 1]] for i, row in enumerate(cholesky)]
    rows = whole if np.iscomplexobj(a) else [[x[0] for x in row] for row in whole]
    return {"scale": scale, "rows": rows}


def factor_samples() -> list[Sample]:
    rng = np.random.default_rng(3)
    real = rng.integers(-8, 9, (40, 40)) / 16
    real = (real + real.T) / 2
    imaginary = rng.integers(-8, 9, (8, 8)) / 16
    mixed = rng.integers(-8, 9, (8, 8)) / 16 + 1j * (imaginary - imaginary.T)
    mixed = (mixed + mixed.conj().T) / 2
    made = []
    for name, a, twice in (("real", real, False), ("Gaussian", mixed, False), ("real form", mixed, True)):
        top = Fraction(int(np.ceil(np.linalg.eigvalsh(a)[-1] * 8)) + 1, 8)
        factor = factor_of(float(top) * np.eye(len(a)) - a, twice=twice)
        wrong = copy.deepcopy(factor)
        last = wrong["rows"][-1]
        last[-1] = [last[-1][0] * 2, 0] if isinstance(last[-1], list) else last[-1] * 2
        short = copy.deepcopy(factor)
        short["rows"].pop()
        quantity = op("LargestEigenvalue", mat("X", len(a)))
        here = ("bounds", 0, "upper")
        certificate = enclosure(
            quantity, {"X": hermitian(a)}, [bound(quantity, None, {"by": "psd", "value": str(top), "factor": factor})], None, top
        )
        edits = [
            ((*here, "factor"), wrong), ((*here, "factor"), short), ((*here, "factor", "scale"), 39), ((*here, "factor", "scale"), 10**6),
            ((*here, "factor", "rows", 0), [1, 1]), ((*here, "factor", "rows", 0), [True]), ((*here, "factor", "rows", 0), ["1"]),
            ((*here, "value"), "0"),
        ]  # fmt: skip
        made.append(Sample(f"factor: {name}", certificate, edits))
    return made


SAMPLES = [*samples.closed_form_samples(), *stack_samples(), *factor_samples()]
BY_NAME = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


# -- acceptance and specific falsifications --------------------------------------------------------------------------------------------


@BY_NAME
def test_valid_certificates_are_accepted(sample: Sample) -> None:
    report = verdict(sample.certificate)
    assert report.accepted, report.reason
    assert report.warnings == []


@BY_NAME
def test_each_falsification_is_rejected(sample: Sample) -> None:
    assert sample.wrong, "a sample without falsifications tests half of the checker"
    for path, value in sample.wrong:
        assert rejected(edited(sample.certificate, path, value)), (path, value)


def test_every_witness_rule_and_every_operation_has_a_sample() -> None:
    text = json.dumps([sample.certificate for sample in SAMPLES])
    for name, quantity in check.QUANTITIES.items():
        used = [record for sample in SAMPLES for record in sample.certificate["bounds"] if record["of"]["op"] == name]
        for side, rules in (("lower", quantity.lower), ("upper", quantity.upper)):
            missing = set(rules) - {record[side]["by"] for record in used if side in record}
            # rules shared with another quantity need only one sample
            assert not {
                by for by in missing if (name, by) not in {("PowerNorm", "vector"), ("PowerNorm", "gram"), ("TransientPeak", "one")}
            }, (name, side, missing)
    for operation in [*check.SIGNATURES, *check.LEAVES]:
        assert f'"op": "{operation}"' in text, operation


# -- generic mutations -----------------------------------------------------------------------------------------------------------------

NEGATED = {"Le": "Gt", "Lt": "Ge", "Ge": "Lt", "Gt": "Le", "Eq": "Ne", "Ne": "Eq"}


def negation(tree: Json) -> Json:
    return tree | {"op": NEGATED[tree["op"]]} if tree["op"] in NEGATED else op("Not", tree)


def structural_mutations(certificate: Json) -> Iterator[Json]:
    """Malformed, whatever the certificate says."""
    root = ("quantity",) if "quantity" in certificate else ("statement", "conclusion")
    tree = certificate[root[0]] if len(root) == 1 else certificate[root[0]][root[1]]
    yield edited(certificate, ("format",), "verify-certificate/2")
    yield edited(certificate, ("kind",), "proof")
    yield edited(certificate, ("comment",), "")
    yield edited(certificate, (*root, "op"), "Frobnicate")
    yield edited(certificate, (*root, "op"), "eval_Add")
    yield edited(certificate, (*root, "comment"), "")
    yield edited(certificate, (*root, "op"), ["Add"])
    yield edited(certificate, root, [tree])
    yield edited(certificate, root, op("Norm", tree))
    yield edited(certificate, ("instance", "sizes"), {"p": True})
    yield edited(certificate, ("instance", "sizes"), {"p": 0})
    yield edited(certificate, ("instance", "sizes"), {"p": "1"})
    yield edited(certificate, ("instance", "values"), [])
    yield edited(certificate, ("bounds",), {})
    if "args" in tree:
        yield edited(
            certificate,
            (*root, "args"),
            [*tree["args"], tree["args"][0]] if tree["op"] not in ("Add", "Mul", "Max", "Min", "Piecewise") else [],
        )
    for name, value in certificate["instance"]["values"].items():
        without = copy.deepcopy(certificate)
        del without["instance"]["values"][name]
        yield without
        yield edited(certificate, ("instance", "values", name, "type"), "tensor")
        yield edited(certificate, ("instance", "values", name, "comment"), 1)
        if value["type"] == "matrix":
            yield edited(certificate, ("instance", "values", name, "rows", 0), value["rows"][0] + ["1"])
            yield edited(certificate, ("instance", "values", name, "rows", 0, 0), 1)
            yield edited(certificate, ("instance", "values", name, "rows", 0, 0), ["1", "0", "0"])
            for text in (
                "1.5",
                "1e3",
                "+1",
                " 1",
                "1 ",
                "1/0",
                "0x10",
                "\u0661",
                "1/-2",
                "",
                "nan",
                "Infinity",
                "01",
                "1_000",
                "9" * 20_001,
                "1\n",
            ):
                yield edited(certificate, ("instance", "values", name, "rows", 0, 0), text)


def witness_mutations(certificate: Json) -> Iterator[Json]:
    """Witnesses that are malformed or prove nothing."""
    for i, record in enumerate(certificate["bounds"]):
        yield edited(certificate, ("bounds", i, "comment"), 1)
        yield edited(certificate, ("bounds", i), {"of": record["of"]})
        yield edited(certificate, ("bounds", i, "of"), op("Add", record["of"]))
        yield {**certificate, "bounds": [*certificate["bounds"], record]}
        for side in {"lower", "upper"} & record.keys():
            place = ("bounds", i, side)
            yield edited(certificate, (*place, "by"), "faith")
            yield edited(certificate, (*place, "by"), None)
            yield edited(certificate, (*place, "comment"), "")
            yield edited(certificate, (*place, "value"), 1)
            for key in record[side].keys() - {"by", "value", "factor"}:
                without = copy.deepcopy(certificate)
                del without["bounds"][i][side][key]
                if key not in ("g", "r") or record[side]["by"] != "circle":
                    yield without
            if "vector" in record[side]:
                yield edited(certificate, (*place, "vector"), ["0"] * len(record[side]["vector"]))
                yield edited(certificate, (*place, "vector"), [*record[side]["vector"], "1"])
                yield edited(certificate, (*place, "vector", 0), 0)
            if "matrix" in record[side]:
                n = len(record[side]["matrix"].get("upper", record[side]["matrix"].get("rows")))
                yield edited(certificate, (*place, "matrix"), full(*[[n * i + j for j in range(n)] for i in range(n)]))
                yield edited(certificate, (*place, "matrix"), diagonal(*[1] * (n + 1)))


def logical_mutations(certificate: Json) -> Iterator[Json]:
    """Negated hypotheses and conclusions: false, because the certificate is accepted."""
    if certificate["kind"] != "violation":
        return
    statement = certificate["statement"]
    yield edited(certificate, ("statement", "conclusion"), negation(statement["conclusion"]))
    yield edited(certificate, ("statement", "hypotheses"), [*statement["hypotheses"], statement["conclusion"]])
    for i, tree in enumerate(statement["hypotheses"]):
        yield edited(certificate, ("statement", "hypotheses", i), negation(tree))


@BY_NAME
@pytest.mark.parametrize("mutations", [structural_mutations, witness_mutations, logical_mutations])
def test_generic_mutations_are_rejected(sample: Sample, mutations: Callable[[Json], Iterator[Json]]) -> None:
    for mutated in mutations(sample.certificate):
        assert rejected(mutated)


def test_values_that_say_too_much_are_rejected() -> None:
    """An upper bound below the lower one, and a lower one above the upper: false whatever the witness."""
    for sample in SAMPLES:
        for i, record in enumerate(sample.certificate["bounds"]):
            for side in ("lower", "upper"):
                if (
                    "value" in record.get(side, {})
                    and record["of"]["op"] != "Supremum"
                    and record[side]["by"] not in ("radius", "abscissa", "psd")
                ):
                    value = Fraction(record[side]["value"])
                    more = value * 3 if (value > 0) == (side == "lower") else value / 3
                    assert rejected(edited(sample.certificate, ("bounds", i, side, "value"), str(more)))


# -- hostile text ----------------------------------------------------------------------------------------------------------------------

TEXT = json.dumps(next(sample for sample in SAMPLES if sample.name == "violation: a Kreiss bound").certificate)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "1", '"x"', TEXT[:-1], TEXT[: len(TEXT) // 2], TEXT + "{}", TEXT + " x", "\ufeff" + TEXT,
        TEXT.replace('"kind"', '"kind": "violation", "kind"'),
        TEXT.replace('"bounds": [', '"bounds": [1.5, '), TEXT.replace('"bounds": [', '"bounds": [NaN, '),
        TEXT.replace('"bounds": [', '"bounds": [-Infinity, '),
        TEXT.replace('"p": 1', '"p": 1.0'), TEXT.replace('"p": 1', '"p": 1e0'), TEXT.replace('"p": 1', '"p": true'),
        TEXT.replace('"p": 1', '"p": 1' + "0" * 21_000),
        TEXT.replace('"p": 1', '"p": 1' + "0" * 6_000), TEXT.replace("a sample", "a\nsample"),
        TEXT.replace('"1/2"', '"' + "9" * 30_000 + '"'), TEXT.replace("{", "[", 1),
        "[" * 100_000, '{"a":' * 100_000, "[" * 300 + "]" * 300, '{"format": ' * 250 + "1" + "}" * 250,
    ],
)  # fmt: skip
def test_hostile_text_is_rejected(text: str) -> None:
    started = time.process_time()
    assert rejected(text.encode())
    assert time.process_time() - started < 2


def test_bytes_that_are_not_text_are_rejected() -> None:
    for data in (b"\xff\xfe{}", TEXT.encode("utf-16"), TEXT.encode("utf-32"), b"\x00" * 1000):
        assert rejected(data)


def chain(name: str, depth: int) -> Json:
    tree = op("Le", 1, 0) if name == "Not" else sym("x")
    for _ in range(depth):
        tree = op(name, tree)
    return tree


def tower(height: int) -> Json:
    tree = leaf(10)
    for _ in range(height):
        tree = op("Pow", tree, 1000)
    return tree


def bombs() -> dict[str, Json]:
    """Certificates that are small to write and would be enormous to evaluate."""
    k = sym("k")
    big = {"X": full(["1/" + "7" * 19_000, "1/" + "3" * 18_999 + "1"], ["1", "1"])}
    primes = {"X": full(*[[f"1/1{40 * i + j:014999d}" for j in range(12)] for i in range(12)])}
    dense = {"X": full(*[[(7 * i * j + i) % 11 for j in range(90)] for i in range(90)])}
    x = mat("X")
    values = {"x": samples.num(1)}
    vector = {"by": "vector", "vector": column(1, 1)}
    plain = {
        "power": op("Pow", 10, 10**9), "negative power": op("Pow", 10, -(10**9)), "tower": tower(6),
        "root of a tower": op("Pow", tower(3), "1/3"),
        "sum": op("Sum", k, 1, 10**18, index="k"), "product": op("Product", k, 1, 10**6, index="k"),
        "exponent": op("Pow", 2, op("Pow", 10, 400)),
        "complex power": op("Pow", op("Add", 1, samples.IMAGINARY), 10**7), "identity": op("Trace", op("Identity", 10**9)),
        "logarithm": op("Log", tower(4)),
        "zero matrix": op("Trace", op("ZeroMatrix", 10**6, 10**6)), "chain": chain("Exp", 90), "deep chain": chain("Abs", 150),
        "order 0": op("Trace", op("Identity", 0)),
        "conclusion": chain("Not", 10),
    }  # fmt: skip
    result = {name: enclosure(tree, values, [], "2", "2") for name, tree in plain.items()}
    for name, t in (("matrix power", 10**5), ("enormous matrix power", 10**12)):
        result[name] = enclosure(op("Trace", op("MatPow", x, t)), big, [], "2", "2")
    result["power witness"] = enclosure(
        op("TransientPeak", x), big, [bound(op("TransientPeak", x), vector | {"by": "power", "t": 99_999})], "2", "2"
    )
    result["powers witness"] = enclosure(
        op("TransientPeak", x), big, [bound(op("TransientPeak", x), None, {"by": "powers", "value": "2", "m": 99_999})], "1", "2"
    )
    result["denominators"] = enclosure(op("Trace", mat("X", 12)), primes, [], "2", "2")
    result["positivity"] = enclosure(
        op("LargestEigenvalue", mat("X", 100)), {"X": samples.diagonal(*range(100))},
        [bound(op("LargestEigenvalue", mat("X", 100)), None, {"by": "psd", "value": "100"})], "1", "2",
    )  # fmt: skip
    result["determinant"] = enclosure(op("Determinant", mat("X", 90)), dense, [], "2", "2")
    result["order"] = enclosure(op("Trace", mat("X", 401)), {"X": samples.diagonal(*[1] * 401)}, [], "401", "401")
    return result


@pytest.mark.parametrize(("name", "certificate"), bombs().items(), ids=bombs().keys())
def test_limits_are_quick(name: str, certificate: Json) -> None:
    started = time.process_time()
    assert rejected(certificate)
    assert time.process_time() - started < 3, name


def test_large_files_are_refused_before_they_are_parsed() -> None:
    for data in (b" " * ((64 << 20) + 1), b"[" + b"1," * 3_000_000 + b"1]", b"[" + b"{}," * 1_500_000 + b"1]"):
        started = time.process_time()
        assert rejected(data)
        assert time.process_time() - started < 2


def test_a_title_cannot_forge_a_verdict() -> None:
    certificate = edited(json.loads(TEXT), ("claim", "title"), "x\n  ACCEPTED\r\x1b[2J")
    report = verdict(edited(certificate, ("statement", "hypotheses"), [op("False")]))
    assert not report.accepted
    assert not any(c in text for text in report.lines for c in "\n\r\x1b")


# -- three-valued logic and undefined values -------------------------------------------------------------------------------------------


def truth(tree: Json, **values: Json) -> str:
    data = samples.violation([], tree, {name: samples.num(x) for name, x in values.items()}, [])
    with check.long_integers():
        return check.Evaluation(check.parse_certificate(data)).judge(tree, {}).truth.name


def unknown() -> Json:
    """A relation that intervals cannot decide: sqrt(2)^2 <= 2."""
    return op("Le", op("Pow", op("Pow", 2, "1/2"), 2), 2)


HOLDS, FAILS = op("True"), op("False")


def test_logic_is_three_valued() -> None:
    table = {
        ("And", "T", "U"): "UNDECIDED", ("And", "F", "U"): "VIOLATED", ("Or", "T", "U"): "HOLDS", ("Or", "F", "U"): "UNDECIDED",
        ("Implies", "T", "U"): "UNDECIDED",
        ("Implies", "F", "U"): "HOLDS", ("Implies", "U", "T"): "HOLDS", ("Implies", "U", "F"): "UNDECIDED",
        ("Implies", "T", "F"): "VIOLATED",
        ("Equivalent", "T", "U"): "UNDECIDED", ("Equivalent", "T", "F"): "VIOLATED", ("Equivalent", "F", "F"): "HOLDS",
        ("And", "T", "T"): "HOLDS", ("Or", "F", "F"): "VIOLATED",
    }  # fmt: skip
    trees = {"T": HOLDS, "F": FAILS, "U": unknown()}
    for (name, a, b), expected in table.items():
        assert truth(op(name, trees[a], trees[b])) == expected, (name, a, b)
    assert truth(op("Not", unknown())) == "UNDECIDED"
    assert truth(op("Ne", 1, 2)) == "HOLDS" and truth(op("Eq", 1, 2)) == "VIOLATED"


@pytest.mark.parametrize(
    "quantity",
    [
        op("Pow", sym("x"), -1), op("Mul", 0, op("Pow", sym("x"), -1)), op("Abs", op("Pow", sym("x"), -1)),
        op("Exp", op("Pow", sym("x"), -1)), op("Log", sym("x")),
        op("Max", 5, op("Pow", sym("x"), -1)), op("Add", samples.INFINITE, op("Mul", -1, samples.INFINITE)),
        op("Mul", sym("x"), samples.INFINITE),
        op("Pow", op("Pow", sym("x"), -1), 0), op("Pow", op("Pow", sym("x"), -1), 2), op("Pow", -2, "1/2"), op("Pow", sym("x"), "-1/2"),
        op("Log", -1),
        op("Min", -5, op("Log", sym("x"))), op("Piecewise", op("Case", 1, FAILS)),
        op("Mul", samples.INFINITE, op("Pow", samples.INFINITE, -1)),
        op("Add", op("Piecewise", op("Case", 1, unknown()), op("Case", 1, FAILS)), 0),
        op("Re", op("Pow", op("Mul", sym("x"), samples.IMAGINARY), -1)),
        op("Im", op("Pow", sym("x"), -1)), op("Add", samples.IMAGINARY, op("Log", op("Mul", -1, op("Exp", sym("x"))))),
        op("Supremum", sym("r"), 0, 1, variable="r"),
    ],
)  # fmt: skip
def test_undefined_values_decide_nothing(quantity: Json) -> None:
    complex_tree = "ImaginaryUnit" in json.dumps(quantity["args"][0])
    for relation in ("Eq", "Ne") if complex_tree and quantity["op"] == "Add" else ("Le", "Lt", "Ge", "Gt", "Eq", "Ne"):
        assert truth(op(relation, quantity, 1), x=0) == "UNDECIDED"
        assert truth(op(relation, quantity, quantity), x=0) == "UNDECIDED"


def test_infinity_is_larger_than_every_number() -> None:
    assert truth(op("Gt", samples.INFINITE, 10**9)) == "HOLDS"
    assert truth(op("Le", samples.INFINITE, 10**9)) == "VIOLATED"
    assert truth(op("Le", samples.INFINITE, samples.INFINITE)) == "HOLDS"
    assert truth(op("Le", op("Mul", "1/2", samples.INFINITE), 7)) == "VIOLATED"


def test_an_undecided_case_gives_the_hull() -> None:
    pieces = op("Piecewise", op("Case", 1, unknown()), op("Case", 3, HOLDS))
    assert truth(op("Le", pieces, 3)) == truth(op("Ge", pieces, 1)) == "HOLDS"
    assert truth(op("Le", pieces, 2)) == "UNDECIDED"


def test_unused_records_are_warned_about() -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "norm")
    spare = bound(op("Norm", mat("Y")), {"by": "vector", "vector": column(1)})
    report = verdict({**sample.certificate, "bounds": [*sample.certificate["bounds"], spare]})
    assert report.accepted and len(report.warnings) == 1


# -- intervals contain the true value --------------------------------------------------------------------------------------------------


def random_tree(rng: random.Random, depth: int) -> Json:
    if depth == 0:
        return (
            leaf(str(Fraction(rng.randint(-12, 12), rng.randint(1, 9))))
            if rng.random() < 0.8
            else rng.choice([samples.CONSTANT_E, samples.CONSTANT_PI])
        )
    name = rng.choice(["Add", "Mul", "Pow", "Exp", "Log", "Abs", "Max", "Min", "Root", "Real"])
    first, second = random_tree(rng, depth - 1), random_tree(rng, depth - 1)
    if name == "Pow":
        return op("Pow", first, rng.randint(-3, 4))
    if name == "Root":
        return op("Pow", op("Abs", first), Fraction(rng.randint(-5, 5), rng.randint(2, 5)).__str__())
    if name == "Real":
        return op("Pow", op("Abs", first), op("Mul", "1/7", op("Min", second, 9)))
    return op(name, first) if name in ("Exp", "Log", "Abs") else op(name, first, second)


def in_floats(tree: Json) -> mpmath.mpf:
    name, args = tree["op"], [in_floats(arg) for arg in tree.get("args", [])]
    if name == "Rational":
        value = Fraction(tree["value"])
        return mpmath.mpf(value.numerator) / value.denominator
    if name == "Constant":
        return mpmath.e if tree["name"] == "E" else mpmath.pi
    functions = {"Add": sum, "Mul": mpmath.fprod, "Exp": lambda x: mpmath.exp(x[0]), "Abs": lambda x: abs(x[0]), "Max": max, "Min": min}
    if name == "Log":
        if args[0] <= 0:
            raise ZeroDivisionError
        return mpmath.log(args[0])
    return mpmath.power(*args) if name == "Pow" else functions[name](args)


def test_intervals_contain_the_values_of_random_expressions() -> None:
    """Against mpmath with 120 digits, whose own error is far below the width of the intervals of irrational values."""
    rng = random.Random(5)
    narrow = 0
    for _ in range(500):
        tree = random_tree(rng, rng.randint(1, 4))
        data = enclosure(tree, {}, [], "0")
        try:
            interval = check.Evaluation(check.parse_certificate(data)).real(tree, {})
            with mpmath.workdps(120):
                value = in_floats(tree)
                if abs(value) > 1e20:
                    continue
                lo, hi = (
                    mpmath.mpf(x) if isinstance(x, float) else mpmath.mpf(x.numerator) / x.denominator for x in (interval.lo, interval.hi)
                )
        except (check.Rejected, ZeroDivisionError, OverflowError):
            continue
        with mpmath.workdps(120):
            slack = mpmath.mpf(10) ** -100 * (1 + abs(value))
            assert lo - slack <= value <= hi + slack, tree
            narrow += hi - lo <= mpmath.mpf(10) ** -60 * (1 + abs(value))
    assert narrow > 150


@pytest.mark.parametrize(
    "x", [Fraction(1, 3), Fraction(7), Fraction(10**30), Fraction(1, 10**30), Fraction(1000001, 1000000), Fraction(2), Fraction(3, 2)]
)
def test_elementary_functions_are_enclosed_tightly(x: Fraction) -> None:
    with mpmath.workdps(150):
        exact = mpmath.mpf(x.numerator) / x.denominator
        cases = [
            (check.log_bounds(x), mpmath.log(exact)),
            (check.root_bounds(x, 3), mpmath.cbrt(exact)),
            (check.root_bounds(x, 2), mpmath.sqrt(exact)),
        ]
        if x < 100:
            cases += [(check.exp_bounds(x), mpmath.exp(exact)), (check.exp_bounds(-x), mpmath.exp(-exact))]
        for (lo, hi), value in cases:
            low, high = (mpmath.mpf(e.numerator) / e.denominator for e in (lo, hi))
            assert low <= value * (1 + mpmath.mpf(10) ** -140) and value * (1 - mpmath.mpf(10) ** -140) <= high
            assert high - low <= mpmath.mpf(10) ** -70 * max(value, 1)


# -- exact linear algebra --------------------------------------------------------------------------------------------------------------


def random_matrix(rng: random.Random, n: int, complex_entries: bool) -> Any:
    def part() -> Fraction:
        return Fraction(rng.randint(-9, 9), rng.choice([1, 2, 3, 8]))

    return check.matrix_of([[(part(), part() if complex_entries else Fraction(0)) for _ in range(n)] for _ in range(n)])


def as_array(x: Any) -> np.ndarray:
    return np.array([[complex(float(x[i, j][0]), float(x[i, j][1])) for j in range(x.cols)] for i in range(x.rows)])


def test_positivity_agrees_with_eigenvalues_and_sees_singular_matrices() -> None:
    rng = random.Random(1)
    for k in range(200):
        n = rng.randint(1, 6)
        b = random_matrix(rng, n, k % 2 == 1)
        for row in range(rng.randint(0, n)):  # some zero rows, so that B*B is singular in many ways
            b = b @ check.block([[check.identity(n)]]) if row else b
        singular = check.matrix_of([[b[i, j] if i < n - 1 else (Fraction(0), Fraction(0)) for j in range(n)] for i in range(n)])
        gram = check.gram(singular)
        assert check.decide_positive(gram) and not check.decide_positive(gram, strict=True)
        nudged = gram - check.identity(n, Fraction(1, 10**9))
        assert not check.decide_positive(nudged)
        assert check.decide_positive(gram + check.identity(n, Fraction(1, 10**9)), strict=True)
        hermitian_part = b + b.adjoint()
        smallest = np.linalg.eigvalsh(as_array(hermitian_part))[0]
        if abs(smallest) > 1e-6:
            assert check.decide_positive(hermitian_part) == (smallest > 0)


def test_inverse_and_determinant() -> None:
    rng = random.Random(2)
    for k in range(60):
        x = random_matrix(rng, rng.randint(1, 5), k % 2 == 1)
        (re_part, im_part), inverse = check.determinant_and_inverse(x)
        assert np.isclose(complex(re_part, im_part), np.linalg.det(as_array(x)))
        if inverse is None:
            assert (re_part, im_part) == (0, 0)
        else:
            assert x @ inverse == inverse @ x == check.identity(x.rows)
            assert check.matrix_power(x, 5) == x @ x @ x @ x @ x


def test_own_elimination_of_order_24_is_fast() -> None:
    rng = random.Random(3)
    b = check.matrix_of([[(Fraction(rng.getrandbits(60), 2**60), Fraction(0)) for _ in range(24)] for _ in range(24)])
    x = b + b.adjoint() + check.identity(24, 24)
    started = time.process_time()
    assert check.decide_positive(x, strict=True)
    assert time.process_time() - started < 0.3


def test_thirty_circles_are_fast() -> None:
    data = json.dumps(next(sample for sample in SAMPLES if sample.name == "thirty circles").certificate).encode()
    started = time.process_time()
    assert check.check(data).accepted
    assert time.process_time() - started < 1


# -- no witness, right or wrong, proves a false bound ----------------------------------------------------------------------------------


def float_truth(name: str, x: np.ndarray) -> tuple[float, float]:
    """Float bounds (below, above) of a quantity, for the margin by which a wrong acceptance would show."""
    if name == "Norm":
        value = np.linalg.norm(x, 2)
    elif name == "SmallestSingularValue":
        value = np.linalg.svd(x, compute_uv=False)[-1]
    elif name == "SpectralRadius":
        value = abs(np.linalg.eigvals(x)).max()
    else:
        turns = np.exp(1j * np.linspace(0, 2 * np.pi, 721))
        value = max(np.linalg.eigvalsh((t * x + np.conj(t) * x.conj().T) / 2)[-1] for t in turns)
        return value, value * (1 + 1e-4)
    return value, value


def guessed(rng: np.random.Generator, name: str, side: str, x: np.ndarray, value: float) -> Json:
    """A witness near a right one: the stated value is off by a few per cent, or the data are disturbed."""
    text = str(dyadic(value * (1 + rng.choice([-0.03, -1e-4, 1e-4, 0.03])), 30))
    size = rng.choice([0.0, 0.0, 0.05])
    _, _, vectors = np.linalg.svd(x)
    v = vectors[0 if name != "SmallestSingularValue" else -1] + size * rng.standard_normal(len(x))
    n = len(x)
    z = hermitian(size * rng.standard_normal((n, n)))
    if (name, side) in {("Norm", "lower"), ("SmallestSingularValue", "upper"), ("NumericalRadius", "lower")}:
        return {"by": "vector", "vector": [str(dyadic(e)) for e in v], "value": text}
    if name == "SpectralRadius":
        scaled = x / (float(Fraction(text)) or 1)
        solution = scipy.linalg.solve_discrete_lyapunov(scaled.T, np.eye(n))
        return {
            "by": "lyapunov",
            "value": text,
            "matrix": hermitian(solution),
            **({"vector": [str(dyadic(e)) for e in v]} if side == "lower" else {}),
        }
    return {"by": "ando", "value": text, "matrix": z} if name == "NumericalRadius" else {"by": "gram", "value": text}


def test_no_guessed_witness_proves_a_false_bound() -> None:
    rng = np.random.default_rng(11)
    accepted = 0
    for _ in range(250):
        n = int(rng.integers(2, 4))
        x = rng.integers(-8, 9, (n, n)) / 8
        name, side = rng.choice(["Norm", "SmallestSingularValue", "SpectralRadius", "NumericalRadius"]), rng.choice(["lower", "upper"])
        below, above = float_truth(name, x)
        witness = guessed(rng, name, side, x, below)
        quantity = op(str(name), mat("X", n))
        certificate = enclosure(quantity, {"X": rational_matrix(x)}, [bound(quantity, **{side: witness})], **{side: witness["value"]})
        if verdict(certificate).accepted:
            accepted += 1
            stated = float(Fraction(witness["value"]))
            assert stated <= above + 1e-9 if side == "lower" else stated >= below - 1e-9, (name, side, x, witness)
    assert accepted > 40


def test_circle_stacks_never_go_below_the_true_constant() -> None:
    """K([[g, 0], [c, g]]) = kappa/4 + 1/kappa (kappa = c/(1-g) >= 2): a stack of circles proves a little more, never that."""
    for g, c in ((Fraction(1, 2), Fraction(2)), (Fraction(3, 4), Fraction(2)), (Fraction(0), Fraction(6))):
        kappa = c / (1 - g)
        exact = kappa / 4 + 1 / kappa
        x = np.array([[float(g), 0.0], [float(c), float(g)]])
        certificate = circles_certificate(x, str(exact * Fraction(103, 100)), 24, 30)
        assert verdict(certificate).accepted
        assert "proves only the bound" in rejected(edited(certificate, ("bounds", 0, "upper", "value"), str(exact)))


def test_tangent_bounds_are_above_the_chord_everywhere() -> None:
    rng = random.Random(4)
    for _ in range(60):
        r1 = 1 + (Fraction(rng.randint(0, 40), 20) if rng.random() < 0.8 else Fraction(0))
        r2, g2 = r1 + Fraction(rng.randint(1, 60), 20), Fraction(rng.randint(1, 50), 10)
        g1 = g2 * (1 + Fraction(rng.randint(0, 80), 10))
        for function, ends in ((check.between_circles, (r1, r2)), (check.between_lines, (r1 - 1, r2 - 1))):
            found, (a, b) = float(function(ends[0], g1, ends[1], g2)), map(float, ends)
            places = np.linspace(a, b, 2001)
            fraction = np.log(places / a) / np.log(b / a) if function is check.between_circles else (places - a) / (b - a)
            weight = places - 1 if function is check.between_circles else places
            largest = (weight * float(g1) ** (1 - fraction) * float(g2) ** fraction).max()
            assert largest * (1 - 1e-12) <= found <= largest * (1 + 1e-5) + 1e-12


# -- the program -----------------------------------------------------------------------------------------------------------------------


def run(*arguments: str, flags: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *flags, str(CHECKER), *arguments], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """All samples, and one falsification of each, as files."""
    folder = tmp_path_factory.mktemp("certificates")
    good, bad = [], []
    for i, sample in enumerate(SAMPLES):
        for name, certificate, names in (("good", sample.certificate, good), ("bad", edited(sample.certificate, *sample.wrong[0]), bad)):
            path = folder / f"{name}{i}.json"
            path.write_text(json.dumps(certificate), encoding="utf-8")
            names.append(str(path))
    return good, bad


@pytest.mark.parametrize("flags", [("-O",), ("-I", "-S"), ("-W", "error")])
def test_runs_alone_with_every_flag(files: tuple[list[str], list[str]], flags: tuple[str, ...]) -> None:
    good, bad = files
    accepted, refused = run(*good, "--quiet", flags=flags), run(*bad, "--quiet", flags=flags)
    assert accepted.returncode == 0 and accepted.stdout.count(": ACCEPTED\n") == len(good) and not accepted.stderr
    assert refused.returncode == 1 and refused.stdout.count(": REJECTED: ") == len(bad) and "ACCEPTED" not in refused.stdout


def test_exit_codes_and_words(files: tuple[list[str], list[str]], tmp_path: Path) -> None:
    good, bad = files
    assert run(good[0], bad[0]).returncode == 1
    assert (
        run().returncode
        == run("--unknown", good[0]).returncode
        == run(str(tmp_path / "none.json")).returncode
        == run(str(tmp_path)).returncode
        == 2
    )
    mixed = run(good[0], str(tmp_path / "none.json"))
    assert mixed.returncode == 2 and "no such file" in mixed.stderr and "ACCEPTED" in mixed.stdout
    name = next(path for path, sample in zip(good, SAMPLES, strict=True) if sample.name == "violation: a Kreiss bound")
    words = run(name).stdout
    for line_of_words in (
        "claim X1, reading i: a sample", "SpectralRadius(A) <= gamma: 1/2 <= 1/2 holds", "Norm(C) = 2: 2 = 2 holds",
        "KreissConstant([[A, ZeroMatrix(p, p)], [C, D]]) <= 1 + 1/10*Norm(C): [1.25, infinity] <= 6/5 is violated", "ACCEPTED",
    ):  # fmt: skip
        assert line_of_words in words
    machine = json.loads(run(name, bad[0], "--json").stdout)
    assert [entry["accepted"] for entry in machine] == [True, False] and machine[1]["reason"]


def test_the_checker_imports_the_standard_library_alone_and_asserts_nothing() -> None:
    tree = ast.parse(CHECKER.read_text(encoding="utf-8"))
    modules = {
        name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in (alias.name for alias in node.names)
    }
    modules |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree)), "python -O would switch it off"


def test_a_timer_that_runs_already_goes_on_after_a_check() -> None:
    """The clock of a claim was ended by the first stored proof that the checker was asked about in the same process."""
    rung: list[float] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(time.monotonic()))
    start = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3, 7.0)
        assert not check.check(b"{}").accepted
        left, interval = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 0.3 and interval == 7.0
        while not rung and time.monotonic() < start + 5:
            time.sleep(0.01)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert rung
    assert not check.check(b"{}").accepted and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
