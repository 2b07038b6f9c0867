"""Certificates for the tests of ``reports/check.py``, as plain data: every bound is a closed form, most of them attained.

Lower-triangular 2x2 matrices ``J = [[g, 0], [c, g]]`` carry most of them: with ``w = |z - g|`` the singular values of ``zI - J`` have
product ``w^2`` and difference ``c``, so ``|R(z)| = (c + sqrt(c^2 + 4w^2))/(2w^2)`` is rational whenever ``(c, 2w)`` are the legs of a
Pythagorean triangle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = Any

# -- trees -----------------------------------------------------------------------------------------------------------------------------


def op(name: str, *args: Json, **more: Json) -> Json:
    return {"op": name, "args": [leaf(arg) for arg in args], **more}


def leaf(x: Json) -> Json:
    """A rational written as an int or a string becomes a node."""
    return {"op": "Rational", "value": str(x)} if isinstance(x, (int, str)) else x


def sym(name: str) -> Json:
    return {"op": "Symbol", "name": name}


def mat(name: str, rows: Json = 2, cols: Json = None) -> Json:
    return {"op": "MatrixSymbol", "name": name, "rows": leaf(rows), "cols": leaf(rows if cols is None else cols)}


def term(name: str, index: Json, rows: int = 2, cols: int = 2) -> Json:
    return {"op": "SequenceTerm", "name": name, "index": leaf(index), "rows": leaf(rows), "cols": leaf(cols)}


def blocks(*rows: list[Json]) -> Json:
    return {"op": "BlockMatrix", "blocks": list(rows)}


def entries(*rows: list[Json]) -> Json:
    return {"op": "ExplicitMatrix", "rows": [[leaf(e) for e in row] for row in rows]}


def neg(x: Json) -> Json:
    return op("Mul", -1, x)


def inv(x: Json) -> Json:
    return op("Pow", x, -1)


CONSTANT_E, CONSTANT_PI = {"op": "Constant", "name": "E"}, {"op": "Constant", "name": "Pi"}
IMAGINARY, INFINITE = {"op": "ImaginaryUnit"}, {"op": "Infinity"}

# -- values ----------------------------------------------------------------------------------------------------------------------------


def num(x: Json) -> Json:
    return {"type": "rational", "value": str(x)}


def full(*rows: list[Json]) -> Json:
    return {"type": "matrix", "rows": [[e if isinstance(e, list) else str(e) for e in row] for row in rows]}


def upper(*rows: list[Json]) -> Json:
    return {"type": "symmetric", "upper": [[str(e) for e in row] for row in rows]}


def diagonal(*numbers: Json) -> Json:
    n = len(numbers)
    return upper(*([x] + [0] * (n - 1 - i) for i, x in enumerate(numbers)))


def column(*numbers: Json) -> list[Json]:
    return [e if isinstance(e, list) else str(e) for e in numbers]


# -- certificates ----------------------------------------------------------------------------------------------------------------------

FORMAT = "verify-certificate/1"


@dataclass(frozen=True)
class Sample:
    """A certificate that must be accepted, and edits (path, new value), each of which makes it false or breaks a witness."""

    name: str
    certificate: Json
    wrong: list[tuple[tuple[Any, ...], Json]] = field(default_factory=list)


def bound(of: Json, lower: Json = None, upper: Json = None, **at: int) -> Json:
    record = {"of": of, **({"at": at} if at else {})}
    return record | ({"lower": lower} if lower else {}) | ({"upper": upper} if upper else {})


def enclosure(quantity: Json, values: Json, bounds: list[Json], lower: Json = None, upper: Json = None) -> Json:
    ends = {key: str(x) for key, x in (("lower", lower), ("upper", upper)) if x is not None}
    return {
        "format": FORMAT,
        "kind": "enclosure",
        "quantity": quantity,
        **ends,
        "instance": {"sizes": {}, "values": values},
        "bounds": bounds,
    }


def violation(
    hypotheses: list[Json], conclusion: Json, values: Json, bounds: list[Json], sizes: Json = None, ratio: str | None = None
) -> Json:
    return {
        "format": FORMAT,
        "kind": "violation" if ratio is None else "ratio",
        **({} if ratio is None else {"ratio": ratio}),
        "claim": {"id": "X1", "reading": "i", "title": "a sample", "source": "tests/checker_samples.py"},
        "statement": {"hypotheses": hypotheses, "conclusion": conclusion},
        "instance": {"sizes": sizes or {}, "values": values},
        "bounds": bounds,
    }


def bounded(name: str, quantity: Json, value: Json, lower: Json, upper: Json, low: Json, high: Json, wrong: Any = ()) -> Sample:
    """An enclosure of one quantity of one matrix X, with a witness on each side."""
    record = bound(quantity, lower, upper)
    return Sample(name, enclosure(quantity, {"X": value}, [record], low, high), list(wrong))


LOW, HIGH = ("bounds", 0, "lower"), ("bounds", 0, "upper")
ENTRY = ("instance", "values", "X", "rows")

X2, X3, X4 = mat("X"), mat("X", 3), mat("X", 4)
SIGMA41 = full([2, 0], [-3, 2])  # singular values 4 (right vector (2, -1)) and 1 (right vector (1, 2))
CYCLE = full([0, "1/2", 0], [0, 0, "1/2"], ["1/2", 0, 0])  # half a permutation: normal, eigenvalues half the cube roots of 1
SKEWED = full([0, 1, 0], [0, 0, 1], ["1/8", 0, 0])  # companion of z^3 = 1/8: not normal, rho = 1/2
JORDAN = full(["1/2", 0], [2, "1/2"])  # kappa = 4, K = 5/4, attained at z = 11/6 with v = (1, 2)
SCALED = full(["1/2", "1/10"], ["5/2", "1/2"])  # similar to [[1/2, 1/2], [1/2, 1/2]] by diag(5, 1); rho = 1, K = 13/5
SHIFT = full([0, 0], [2, 0])
HALF = "1/2"


def norm_samples() -> list[Sample]:
    by_vectors = {"by": "vector", "vector": column(2, -1), "value": "4"}, {"by": "gram", "value": "4"}
    resolvent = op("ResolventNorm", mat("X"), "5/2")
    return [
        bounded(
            "norm", op("Norm", X2), SIGMA41, *by_vectors, 4, 4,
            [((*LOW, "vector"), column(2, 1)), ((*LOW, "value"), "401/100"), ((*HIGH, "value"), "399/100"), ((*HIGH, "value"), "-4"),
                ((*ENTRY, 1, 0), "-2")],
        ),
        bounded(
            "power norm", op("PowerNorm", X2, 2), full([1, 0], ["3/4", 1]),
            {"by": "vector", "vector": column(2, 1)}, {"by": "gram", "value": "2"}, 2, 2,
            [((*LOW, "vector"), column(2, -1)), ((*HIGH, "value"), "1999/1000"), (("quantity", "args", 1, "value"), "3"),
                (("quantity", "args", 1, "value"), "-1")],
        ),
        bounded(
            "norm of the exponential", op("ExponentialNorm", X2, 2), full([0, 0], ["3/4", 0]),
            {"by": "vector", "vector": column(2, 1)}, {"by": "gram", "value": "2001/1000"}, "1999/1000", "2001/1000",
            [((*LOW, "vector"), column(2, -1)), ((*HIGH, "value"), "1999/1000"), ((*HIGH, "value"), "-1"), (("quantity", "args", 1, "value"), "3"),
                (("quantity", "args", 1, "value"), "1"), (("quantity", "args", 1, "value"), "1000"), ((*ENTRY, 0, 0), "1/10")],
        ),
        bounded(
            "smallest singular value", op("SmallestSingularValue", X2), SIGMA41,
            {"by": "gram", "value": "1"}, {"by": "vector", "vector": column(1, 2)}, 1, 1,
            [((*LOW, "value"), "1001/1000"), ((*LOW, "value"), "-1"), ((*HIGH, "vector"), column(1, -2)), ((*ENTRY, 0, 0), "1")],
        ),
        bounded(
            "resolvent norm", resolvent, full([HALF, 0], [3, HALF]),
            {"by": "vector", "vector": column(1, 2)}, {"by": "gram", "value": "1"}, 1, 1,
            [((*LOW, "vector"), column(2, 1)), ((*HIGH, "value"), "999/1000"), ((*HIGH, "value"), "-1"),
                (("quantity", "args", 1, "value"), "1/2")],
        ),
        bounded(
            "resolvent at an eigenvalue", op("ResolventNorm", X3, HALF), SKEWED,
            {"by": "vector", "vector": column(4, 2, 1)}, None, "infinity", None, [((*LOW, "vector"), column(4, 2, 2))],
        ),
        bounded(
            "complex norm", op("Norm", X2), full([["0", "1"], "1"], ["1", ["0", "1"]]),
            {"by": "vector", "vector": column(1, ["1", "0"])}, {"by": "gram", "value": "3/2"}, "1414/1000", "3/2",
            [((*HIGH, "value"), "1414/1000"), ((*ENTRY, 0, 0), ["0", "2"])],
        ),
    ]  # fmt: skip


def radius_samples() -> list[Sample]:
    radius, numerical = op("SpectralRadius", X3), op("NumericalRadius", X2)
    minus = {"by": "lyapunov", "value": HALF, "matrix": diagonal(-1, -4, -16), "vector": column(1, 0, 0)}
    plus = {"by": "lyapunov", "value": HALF, "matrix": diagonal(1, 4, 16)}
    eigen = {"by": "eigenvector", "value": HALF, "z": [HALF, "0"], "vector": column(4, 2, 1)}
    return [
        bounded(
            "radius by Lyapunov", radius, SKEWED, minus, plus, HALF, HALF,
            [
                ((*LOW, "value"), "51/100"), ((*LOW, "vector"), column(0, 0, 0)), ((*LOW, "matrix"), diagonal(1, 4, 16)),
                ((*HIGH, "value"), "49/100"),
                ((*HIGH, "matrix"), diagonal(-1, -4, -16)), ((*HIGH, "matrix"), diagonal(4, 1, 16)), ((*HIGH, "matrix"), diagonal(0, 0, 0)),
                ((*HIGH, "value"), "-1/2"), ((*ENTRY, 2, 0), "1/4"),
            ],
        ),
        bounded(
            "radius by eigenvector and norm", radius, CYCLE, eigen | {"vector": column(1, 1, 1)}, {"by": "gram", "value": HALF}, HALF, HALF,
            [((*LOW, "z"), ["-1/2", "0"]), ((*LOW, "value"), "3/4"), ((*LOW, "vector"), column(1, 1, -1)), ((*HIGH, "value"), "1/3")],
        ),
        bounded(
            "radius by vector", radius, CYCLE, {"by": "vector", "vector": column(1, -5, 2)}, {"by": "gram", "value": HALF}, HALF, HALF,
            [(("instance", "values", "X"), SKEWED), ((*LOW, "value"), "3/4")],
        ),
        bounded(
            "numerical radius", numerical, full([0, 2], [0, 0]),
            {"by": "vector", "vector": column(1, 1), "value": "1"}, {"by": "ando", "value": "1", "matrix": diagonal(1, -1)}, 1, 1,
            [((*LOW, "vector"), column(1, 2)), ((*HIGH, "value"), "99/100"), ((*HIGH, "matrix"), diagonal(-1, 1)), ((*ENTRY, 0, 1), "3")],
        ),
        bounded(
            "numerical radius by norm", op("NumericalRadius", X3), CYCLE,
            {"by": "vector", "vector": column(1, 1, 1)}, {"by": "gram", "value": HALF}, HALF, HALF, [((*HIGH, "value"), "49/100")],
        ),
        bounded(
            "distance to the spectrum", op("SpectrumDistance", X3, 1), CYCLE,
            {"by": "gram", "value": HALF}, {"by": "vector", "vector": column(1, 1, 1)}, HALF, HALF,
            [((*LOW, "value"), "51/100"), ((*HIGH, "vector"), column(1, 1, -1)), (("instance", "values", "X"), SKEWED),
                (("quantity", "args", 1, "value"), "2")],
        ),
        bounded(
            "largest eigenvalue", op("LargestEigenvalue", X2), upper([2, 1], [2]),
            {"by": "vector", "vector": column(1, 1)}, {"by": "psd", "value": "3"}, 3, 3,
            [((*LOW, "vector"), column(1, -1)), ((*HIGH, "value"), "29/10"), (("instance", "values", "X"), full([2, 1], [0, 2]))],
        ),
        bounded(
            "smallest eigenvalue", op("SmallestEigenvalue", X2), upper([2, 1], [2]),
            {"by": "psd", "value": "1"}, {"by": "vector", "vector": column(1, -1)}, 1, 1,
            [((*LOW, "value"), "11/10"), ((*HIGH, "vector"), column(1, 1)), (("instance", "values", "X", "upper", 0, 1), "3/2")],
        ),
    ]  # fmt: skip


def abscissa_samples() -> list[Sample]:
    alpha, decaying = op("SpectralAbscissa", X3), full([-1, 1, 0], [0, -1, 1], ["1/8", 0, -1])  # SKEWED - I: alpha = -1/2
    indefinite = {"by": "lyapunov", "value": "-1/2", "matrix": upper([1, -4, -8], [4, -16], [16]), "vector": column(4, 2, 1)}
    definite = {"by": "lyapunov", "value": "-1/2", "matrix": diagonal(1, 4, 16)}
    eigen = {"by": "eigenvector", "value": "-1/2", "z": ["-1/2", "0"], "vector": column(4, 2, 1)}
    return [
        bounded(
            "abscissa by Lyapunov", alpha, decaying, indefinite, definite, "-1/2", "-1/2",
            [
                ((*LOW, "value"), "-49/100"), ((*LOW, "vector"), column(1, 0, 0)), ((*LOW, "vector"), column(0, 0, 0)),
                ((*LOW, "matrix"), diagonal(-1, -4, -16)), ((*HIGH, "value"), "-51/100"), ((*HIGH, "matrix"), diagonal(1, 1, 1)),
                ((*HIGH, "matrix"), diagonal(-1, -4, -16)), ((*HIGH, "matrix"), diagonal(0, 0, 0)), ((*ENTRY, 2, 0), "1/4"),
            ],
        ),
        bounded(
            "abscissa by eigenvector", alpha, decaying, eigen, definite, "-1/2", "-1/2",
            [((*LOW, "z"), ["-1/2", "1/4"]), ((*LOW, "vector"), column(4, 2, 2)), ((*LOW, "value"), "-2/5"), ((*ENTRY, 2, 0), "1/9")],
        ),
        bounded(
            "abscissa of a normal matrix", alpha, full([1, 2, 0], [-2, 1, 3], [0, -3, 1]), {"by": "vector", "vector": column(1, 2, 3), "value": "1"},
            {"by": "psd", "value": "1"}, 1, 1,
            [((*LOW, "value"), "101/100"), ((*LOW, "vector"), column(0, 0, 0)), ((*HIGH, "value"), "99/100"), ((*ENTRY, 2, 2), "9/10")],
        ),
    ]


STRETCHED = {"by": "similarity", "value": "2", "matrix": diagonal(4, 1)}


def kreiss_samples() -> list[Sample]:
    """Kreiss constants between finite bounds."""
    kreiss, continuous = op("KreissConstant", X2), op("ContinuousKreissConstant", X2)
    point = {"by": "point", "z": ["11/6", "0"], "vector": column(1, 2), "value": "5/4"}
    similar = {"by": "similarity", "value": "5", "matrix": diagonal(25, 1)}
    return [
        bounded(
            "Kreiss by point", kreiss, JORDAN, point, None, "5/4", None,
            [((*LOW, "vector"), column(1, -2)), ((*LOW, "z"), ["-11/6", "0"]), ((*LOW, "z"), ["1", "0"]), ((*LOW, "value"), "126/100"),
                ((*ENTRY, 1, 0), "1")],
        ),
        bounded(
            "Kreiss by Ando", kreiss, full([HALF, 0], [1, HALF]), {"by": "one"}, {"by": "ando", "matrix": diagonal("-1/2", "1/2")}, 1, 1,
            [((*HIGH, "matrix"), diagonal("1/2", "-1/2")), ((*ENTRY, 1, 0), "1001/1000"), ((*LOW, "value"), "2")],
        ),
        bounded(
            "Kreiss by similarity", kreiss, SCALED, {"by": "one"}, similar, 1, 5,
            [
                ((*HIGH, "value"), "49/10"), ((*HIGH, "matrix"), diagonal(25, HALF)), ((*HIGH, "matrix"), diagonal(1, 25)),
                ((*ENTRY, 0, 1), "11/100"),
                ((*HIGH, "value"), "-5"),
            ],
        ),
        bounded(
            "continuous Kreiss by point", continuous, full(["-1/2", 0], [-2, "-1/2"]),
            {"by": "point", "z": ["5/6", "0"], "vector": column(1, -2)}, None, "5/4", None,
            [((*LOW, "vector"), column(1, 2)), ((*LOW, "z"), ["-5/6", "0"]), ((*ENTRY, 1, 0), "-1")],
        ),
        bounded(
            "continuous Kreiss by similarity", continuous, full([-1, 0], [-4, -1]), {"by": "one"}, STRETCHED, 1, 2,
            [((*HIGH, "value"), "199/100"), ((*HIGH, "matrix"), diagonal(1, 4)), ((*ENTRY, 1, 0), "-5"), ((*ENTRY, 0, 0), "1")],
        ),
    ]  # fmt: skip


def unbounded_samples() -> list[Sample]:
    """Suprema that are infinite, and why."""
    return [
        bounded(
            "Kreiss by radius", op("KreissConstant", X3), full([0, "3/2", 0], [0, 0, "3/2"], ["3/2", 0, 0]),
            {"by": "radius", "value": "3/2", "matrix": diagonal(-1, -1, -1), "vector": column(1, 0, 0)}, None, "infinity", None,
            [((*LOW, "value"), "1"), ((*LOW, "value"), "8/5"), ((*LOW, "matrix"), diagonal(1, 1, 1)), ((*ENTRY, 0, 1), HALF)],
        ),
        bounded(
            "peak by radius", op("TransientPeak", X3), full([0, "3/2", 0], [0, 0, "3/2"], ["3/2", 0, 0]),
            {"by": "radius", "value": "3/2", "matrix": diagonal(-1, -1, -1), "vector": column(1, 0, 0)}, None, "infinity", None,
            [((*LOW, "value"), "1"), ((*LOW, "value"), "8/5"), ((*LOW, "vector"), column(0, 0, 0)), ((*ENTRY, 0, 1), HALF)],
        ),
        bounded(
            "continuous Kreiss by abscissa", op("ContinuousKreissConstant", X3), full([1, 2, 0], [-2, 1, 3], [0, -3, 1]),
            {"by": "abscissa", "value": "1", "matrix": diagonal(-1, -1, -1), "vector": column(1, 0, 0)}, None, "infinity", None,
            [((*LOW, "value"), "11/10"), ((*LOW, "value"), "0"), ((*LOW, "value"), "-1"), ((*LOW, "matrix"), diagonal(1, 1, 1)),
                ((*ENTRY, 2, 2), "1/2")],
        ),
        bounded(
            "Kreiss by defect", op("KreissConstant", X3), full([1, 1, 0], [0, 1, 0], [2, 3, HALF]),
            {"by": "defective", "polynomial": ["1", "-1"], "vector": column(0, 1, -2)}, None, "infinity", None,
            [
                ((*LOW, "polynomial"), ["1", "-2"]), ((*LOW, "polynomial"), ["-1", "1", "0"]), ((*LOW, "polynomial"), ["1"]),
                ((*LOW, "polynomial"), ["1", "-2", "1"]), ((*LOW, "polynomial"), ["1", "1"]),
                ((*LOW, "vector"), column(1, 0, 4)), ((*LOW, "vector"), column(0, 1, 5)),
                ((*ENTRY, 0, 1), "0"), ((*ENTRY, 0, 0), "99/100"), ((*ENTRY, 2, 1), "4"),
            ],
        ),
        bounded(
            "peak by defect at complex roots", op("TransientPeak", X4),
            full([0, -1, 1, 0], [1, "6/5", 0, 1], [0, 0, 0, -1], [0, 0, 1, "6/5"]),
            {"by": "defective", "polynomial": ["1", "-6/5", "1"], "vector": column(0, 0, 1, 0)}, None, "infinity", None,
            [
                ((*LOW, "polynomial"), ["1", "6/5", "1"]), ((*LOW, "polynomial"), ["-1", "-6/5", "1"]),
                ((*LOW, "vector"), column(1, 0, 0, 0)), ((*ENTRY, 2, 3), "7"),
            ],
        ),
        bounded(
            "Kreiss by defect beside a stable eigenvalue", op("KreissConstant", X3), full([1, 1, 0], [0, 1, 0], [0, 0, HALF]),
            {"by": "defective", "polynomial": ["1", "-1"], "vector": column(0, 1, 0)}, None, "infinity", None,
            [((*LOW, "polynomial"), ["-1/2", "1"]), ((*ENTRY, 1, 1), HALF), ((*LOW, "vector"), column(0, 0, 1))],
        ),
        bounded(
            "continuous Kreiss by defect", op("ContinuousKreissConstant", X4),
            full([0, 1, 1, 0], [-2, 0, 0, 1], [0, 0, 0, 1], [0, 0, -2, 0]),
            {"by": "defective", "polynomial": ["2", "0", "1"], "vector": column(0, 0, 1, 0)}, None, "infinity", None,
            [
                ((*LOW, "polynomial"), ["1", "0", "1"]), ((*LOW, "polynomial"), ["2", "1", "1"]),
                ((*LOW, "vector"), column(1, 0, 0, 0)), ((*ENTRY, 2, 3), "7"),
            ],
        ),
        bounded(
            "Kreiss by eigenvector", op("KreissConstant", X3), full([0, 1, 0], [0, 0, 1], [8, 0, 0]),
            {"by": "point", "z": ["2", "0"], "vector": column(1, 2, 4)}, None, "infinity", None,
            [((*LOW, "vector"), column(1, 2, 5)), ((*LOW, "z"), ["3", "0"])],
        ),
    ]  # fmt: skip


def peak_samples() -> list[Sample]:
    """The largest power, and the pseudospectral radius."""
    peak = op("TransientPeak", X2)
    return [
        bounded(
            "peak by power and similarity", peak, SHIFT, {"by": "power", "t": 1, "vector": column(1, 0)}, STRETCHED, 2, 2,
            [((*LOW, "t"), 2), ((*LOW, "t"), -1), ((*LOW, "vector"), column(0, 1)), ((*HIGH, "value"), "1"),
                ((*HIGH, "matrix"), diagonal(1, 4))],
        ),
        bounded(
            "peak by powers", peak, SHIFT, {"by": "power", "t": 1, "vector": column(1, 0)}, {"by": "powers", "value": "2", "m": 2}, 2, 2,
            [((*HIGH, "m"), 1), ((*HIGH, "m"), 0), ((*HIGH, "value"), "3/2"), ((*ENTRY, 1, 1), "1")],
        ),
        bounded(
            "pseudospectral radius by point", op("PseudospectralRadius", X2, 1), full([HALF, 0], [3, HALF]),
            {"by": "point", "z": ["2499/1000", "0"], "vector": column(1, 2)}, None, "2499/1000", None,
            [((*LOW, "z"), ["5/2", "0"]), ((*LOW, "vector"), column(1, -2)), (("quantity", "args", 1, "value"), "99/100"),
                (("quantity", "args", 1, "value"), "-1")],
        ),
    ]  # fmt: skip


def supremum_samples() -> list[Sample]:
    r, gamma = sym("r"), sym("gamma")
    down = op("Add", r, neg(gamma))
    second = op("Mul", 2, op("Add", r, -1), op("Pow", down, -2))
    first = op("Mul", op("Add", r, -1), inv(down))
    at_peak = {"by": "point", "value": "3/2"}, {"by": "polynomial", "value": "1"}
    far = {"by": "point", "value": "1000"}, {"by": "polynomial", "value": "1"}
    values = {"gamma": num(HALF)}
    samples = []
    for name, body, witnesses, low in (("attained", second, at_peak, "1"), ("at infinity", first, far, "999/1000")):
        quantity = op("Supremum", body, 1, INFINITE, variable="r")
        wrong = [
            ((*HIGH, "value"), "99/100"), ((*LOW, "value"), "1"), (("instance", "values", "gamma", "value"), "3/2"),
            (("upper",), "99/100"), (("lower",), "101/100"),
        ]  # fmt: skip
        samples.append(Sample(f"supremum {name}", enclosure(quantity, values, [bound(quantity, *witnesses)], low, "1"), wrong))
    return samples


def scalar_samples() -> list[Sample]:
    """Trees without matrices: every scalar node once, with bounds from printed decimals of classical constants."""
    k, x = sym("k"), sym("x")
    cases = op("Piecewise", op("Case", 5, op("Lt", x, 0)), op("Case", op("Pow", x, 2), op("Le", x, CONSTANT_PI)), op("Case", 7, op("True")))
    unit = op("Add", 3, op("Mul", 4, IMAGINARY))
    trees = [
        ("e", CONSTANT_E, "27182818284590452/10000000000000000", "27182818284590453/10000000000000000"),
        ("pi", CONSTANT_PI, "31415926535897932/10000000000000000", "31415926535897933/10000000000000000"),
        ("logarithm", op("Log", 10), "23025850929940456/10000000000000000", "23025850929940457/10000000000000000"),
        ("exponential", op("Exp", "-1/2"), "6065306597126334/10000000000000000", "6065306597126335/10000000000000000"),
        ("root", op("Pow", 2, HALF), "14142135623730950/10000000000000000", "14142135623730951/10000000000000000"),
        ("exact root", op("Pow", "4/9", HALF), "2/3", "2/3"),
        ("cube root", op("Pow", "8/27", "-2/3"), "9/4", "9/4"),
        ("real power", op("Pow", 2, op("Pow", 2, HALF)), "26651441426902251/10000000000000000", "26651441426902252/10000000000000000"),
        ("sum", op("Sum", op("Pow", HALF, k), 1, 10, index="k"), "1023/1024", "1023/1024"),
        ("empty sum", op("Sum", k, 1, 0, index="k"), "0", "0"),
        ("product", op("Product", k, 1, 5, index="k"), "120", "120"),
        ("nested sums", op("Sum", op("Sum", k, 1, k, index="k"), 1, 3, index="k"), "10", "10"),
        ("maximum over", op("MaxOver", op("Mul", k, op("Add", 7, neg(k))), 0, 7, index="k"), "12", "12"),
        ("minimum over", op("MinOver", op("Mul", k, op("Add", k, -5)), 0, 5, index="k"), "-6", "-6"),
        ("piecewise", cases, "4", "4"),
        ("modulus", op("Abs", unit), "5", "5"),
        ("complex parts", op("Add", op("Re", op("Pow", unit, 2)), op("Im", op("Conjugate", inv(unit)))), "-171/25", "-171/25"),
        ("max and min", op("Max", op("Min", CONSTANT_E, 3), "5/2", x), "2718/1000", "2719/1000"),
        ("determinant", op("Determinant", entries([x, 3], [4, 5])), "-2", "-2"),
        ("trace", op("Trace", op("MatMul", entries([x, 3], [4, 5]), entries([0, 1], [1, 0]))), "7", "7"),
    ]
    samples = []
    for name, tree, low, high in trees:
        values = {"x": num(2)} if '"x"' in str(tree).replace("'", '"') else {}
        wrong = [(("lower",), "1000"), (("upper",), "-1000")]
        samples.append(Sample(f"scalar: {name}", enclosure(tree, values, [], low, high), wrong))
    return samples


def statement_samples() -> list[Sample]:
    return [
        _every_power(),
        _resolvent_step(),
        _stability_equivalence(),
        _products(),
        _commuting(),
        _empty_products(),
        _sharp_ratio(),
        _kreiss_of_product(),
    ]


def _resolvent_step() -> Sample:
    """T8 (iv)-like bound "K <= 1 for every J with symmetric blocks": J of the class with K = 5/4."""
    p, gamma, norm = sym("p"), sym("gamma"), op("Norm", mat("C", sym("p"), sym("p")))
    a, d, c = (mat(name, sym("p")) for name in "ADC")
    j = blocks([a, op("ZeroMatrix", p, p)], [c, d])
    hypotheses = [
        op("Symmetric", a), op("Symmetric", d), op("Le", op("SpectralRadius", a), gamma), op("Le", op("SpectralRadius", d), gamma),
        op("Lt", gamma, 1),
        op("Eq", norm, 2), op("PositiveDefinite", a), op("Normal", d),
        op("Or", op("Lt", gamma, 0), op("And", op("Ge", gamma, 0), op("Not", op("Gt", gamma, HALF)))),
    ]  # fmt: skip
    conclusion = op("Le", op("KreissConstant", j), op("Add", 1, op("Mul", "1/10", norm)))
    point = {"by": "point", "z": ["11/6", "0"], "vector": column(1, 2)}
    values = {"A": upper([HALF]), "D": full([HALF]), "C": full([2]), "gamma": num(HALF)}
    certificate = violation(hypotheses, conclusion, values, [bound(op("KreissConstant", j), point)], {"p": 1})
    wrong = [
        (("instance", "values", "A", "upper", 0, 0), "3/5"), (("instance", "values", "C", "rows", 0, 0), "1"),
        (("instance", "values", "gamma", "value"), "2"),
        (("instance", "values", "gamma", "value"), "1/4"), (("instance", "sizes", "p"), 2),
        (("instance", "values", "A"), diagonal(HALF, HALF)),
        (("statement", "conclusion", "args", 1), leaf("5/4")), (("statement", "hypotheses", 0), op("Not", op("Symmetric", a))),
        (("statement", "conclusion", "args", 0, "args", 0, "blocks"), [[a, op("ZeroMatrix", p, p)], [op("ZeroMatrix", p, p), d]]),
        (("instance", "values", "A"), full([[HALF, "1/10"]])),
    ]  # fmt: skip
    return Sample("violation: a Kreiss bound", certificate, wrong)


def _every_power() -> Sample:
    """|S^t| <= 1 for t = 0, 1, 2 fails for a weighted shift at t = 1 only; a hypothesis bounds all three powers by 2."""
    t, x = sym("t"), mat("X")
    every = {limit: op("AllOf", op("Le", op("PowerNorm", x, t), limit), 0, 2, index="t") for limit in (1, 2)}
    hypotheses = [every[2], op("AllOf", op("False"), 1, 0, index="t")]
    wrong = [
        (("instance", "values", "X", "rows", 1, 0), "3"), (("instance", "values", "X", "rows", 1, 0), "1"),
        (("statement", "hypotheses", 1, "args", 2), leaf(1)), (("statement", "conclusion", "args", 2), leaf(0)),
        (("statement", "hypotheses", 0, "args", 0, "args", 1), leaf(1)),
    ]  # fmt: skip
    return Sample("violation: for every power", violation(hypotheses, every[1], {"X": SHIFT}, []), wrong)


def _stability_equivalence() -> Sample:
    """T10 (c-ii): rho < 1 iff |bc| < (1-gamma)^2, refuted with bc < 0."""
    gamma, b, c = sym("gamma"), sym("b"), sym("c")
    j = entries([gamma, b], [c, gamma])
    conclusion = op(
        "Equivalent", op("Lt", op("SpectralRadius", j), 1), op("Lt", op("Abs", op("Mul", b, c)), op("Pow", op("Add", 1, neg(gamma)), 2))
    )
    values = {"gamma": num("1/2"), "b": num("1/2"), "c": num("-3/4")}
    certificate = violation([op("Lt", gamma, 1), op("Implies", op("Lt", gamma, 0), op("False"))], conclusion, values, [])
    wrong = [
        (("instance", "values", "c", "value"), "3/4"),
        (("instance", "values", "c", "value"), "-1/4"),
        (("instance", "values", "c", "value"), "-3"),
    ]
    return Sample("violation: an equivalence", certificate, wrong)


def _products() -> Sample:
    """P22 (i) for general matrices: |J_2 J_1| <= K(J_1) K(J_2) fails for two weighted shifts, with K = 1 by Ando (bounds carry ``at``)."""
    k = sym("k")
    each = op("KreissConstant", term("J", k))
    product = op("MatrixProduct", term("J", k), 1, sym("T"), index="k")
    conclusion = op("Le", op("Norm", product), op("Product", each, 1, sym("T"), index="k"))
    values = {"J": {"type": "sequence", "terms": [SHIFT, full([0, 2], [0, 0])]}, "T": {"type": "integer", "value": 2}}
    bounds = [
        bound(each, {"by": "one"}, {"by": "ando", "matrix": diagonal(-1, 1)}, k=1),
        bound(each, None, {"by": "ando", "matrix": diagonal(1, -1)}, k=2),
        bound(op("Norm", product), {"by": "vector", "vector": column(1, 0)}, {"by": "gram", "value": "4"}),
    ]
    wrong = [
        (("bounds", 0, "at", "k"), 3), (("bounds", 0, "at"), {"j": 1}), (("bounds", 1, "upper", "matrix"), diagonal(-1, 1)),
        (("instance", "values", "J", "terms", 0), full([0, 2], [0, 0])), (("instance", "values", "T", "value"), 3),
        (("statement", "hypotheses"), [op("Lt", op("Norm", term("J", 1)), 2)]),
    ]  # fmt: skip
    return Sample("violation: a product over a sequence", violation([], conclusion, values, bounds), wrong)


def _commuting() -> Sample:
    """AB = BA fails; the hypotheses exercise the matrix operations on exact identities."""
    a, b = mat("A"), mat("B")
    unit = op("Identity", 2)
    scaled = op("MatMul", op("Pow", 2, -1), op("MatAdd", a, op("Transpose", a)))
    hypotheses = [
        op("MatrixEq", op("MatMul", a, op("Inverse", a)), unit),
        op("MatrixEq", op("MatPow", a, -2), op("Inverse", op("MatMul", a, a))),
        op("Symmetric", scaled),
        op("PositiveSemidefinite", op("MatMul", op("Adjoint", b), b)),
        op("Not", op("Normal", a)),
        op("MatrixEq", op("MatrixSum", op("MatMul", sym("k"), a), 1, 3, index="k"), op("MatMul", 6, a)),
        op("Eq", op("Determinant", b), op("Mul", IMAGINARY, 3)),
    ]
    values = {"A": full([1, 2], [0, 1]), "B": full([["0", "1"], "1"], ["0", "3"])}
    wrong = [
        (("instance", "values", "B", "rows"), [["1", "5"], ["0", "1"]]), (("instance", "values", "A", "rows", 0, 1), "0"),
        (("instance", "values", "A", "rows", 0, 0), "0"),
        (("statement", "hypotheses", 2), op("Symmetric", a)), (("instance", "values", "B", "rows", 1, 1), "4"),
        (("statement", "hypotheses", 4), op("Normal", a)),
    ]  # fmt: skip
    return Sample(
        "violation: matrices that do not commute",
        violation(hypotheses, op("MatrixEq", op("MatMul", a, b), op("MatMul", b, a)), values, []),
        wrong,
    )


def _empty_products() -> Sample:
    """An empty product is I and an empty sum is 0, so their difference is not 0."""
    k, body = sym("k"), mat("A")
    difference = op("MatAdd", op("MatrixProduct", body, 1, 0, index="k"), op("MatrixSum", op("MatMul", k, body), 1, 0, index="k"))
    certificate = violation([op("MatrixEq", difference, op("Identity", 2))], op("MatrixEq", difference, op("ZeroMatrix", 2, 2)), {}, [])
    return Sample("violation: empty ranges", certificate, [(("statement", "hypotheses", 0, "args", 1), op("ZeroMatrix", 2, 2))])


def _sharp_ratio() -> Sample:
    """K <= k(kappa) = kappa/4 + 1/kappa is attained at J (ratio 1), and so is its mirror image."""
    kreiss = op("KreissConstant", mat("X"))
    kappa = op("Mul", sym("c"), inv(op("Add", 1, neg(sym("gamma")))))
    worst = op("Add", op("Mul", "1/4", kappa), inv(kappa))
    point = {"by": "point", "z": ["11/6", "0"], "vector": column(1, 2)}
    values = {"X": JORDAN, "c": num(2), "gamma": num(HALF)}
    certificate = violation([op("Lt", sym("gamma"), 1)], op("Le", kreiss, worst), values, [bound(kreiss, point)], ratio="1")
    wrong = [
        (("ratio",), "1001/1000"), (("ratio",), "0"), (("ratio",), "-1"), (("instance", "values", "c", "value"), "3"),
        (("statement", "conclusion", "op"), "Ge"), (("statement", "conclusion", "op"), "Eq"),
    ]  # fmt: skip
    return Sample("ratio", certificate, wrong)


def _kreiss_of_product() -> Sample:
    """A complex instance: the numerical radius of iE21 is 1/2, and its norm is not <= 1/2."""
    x = mat("X")
    hypotheses = [
        op("Le", op("NumericalRadius", x), HALF),
        op("Eq", op("Trace", x), 0),
        op("Ne", op("Norm", x), 0),
        op("Lt", op("Norm", x), INFINITE),
    ]
    ando = {"by": "ando", "value": HALF, "matrix": diagonal("-1/2", "1/2")}
    values = {"X": full([0, 0], [["0", "1"], "0"])}
    wrong = [
        (("instance", "values", "X", "rows", 1, 0), ["1", "1"]),
        (("bounds", 0, "upper", "value"), "1/3"),
        (("bounds", 0, "upper", "matrix"), diagonal(1, 1)),
    ]
    certificate = violation(hypotheses, op("Le", op("Norm", x), HALF), values, [bound(op("NumericalRadius", x), None, ando)])
    return Sample("violation: a complex matrix", certificate, wrong)


def closed_form_samples() -> list[Sample]:
    groups = (
        norm_samples, radius_samples, abscissa_samples, kreiss_samples, unbounded_samples, peak_samples, supremum_samples, scalar_samples, statement_samples,
    )  # fmt: skip
    return [sample for group in groups for sample in group()]
