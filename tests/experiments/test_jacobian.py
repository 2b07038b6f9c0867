"""The Jacobian of a user's training step: JAX, PyTorch, the documented examples, bad input."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import verify
from verify import jacobian

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "experiments.md"


def linear_game(rate: float, first: np.ndarray, second: np.ndarray, mixed: np.ndarray) -> np.ndarray:
    """The Jacobian by hand of descent on ``½xᵀFx + xᵀNy`` and of descent on ``½yᵀSy + yᵀNᵀx``."""
    p, q = len(first), len(second)
    return np.block([[np.eye(p) - rate * first, -rate * mixed], [-rate * mixed.T, np.eye(q) - rate * second]])


@pytest.fixture(scope="module")
def data() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    F, S = (M @ M.T for M in (rng.standard_normal((3, 3)), rng.standard_normal((2, 2))))
    return F, S, rng.standard_normal((3, 2))


def test_blocks_and_departures(data: Any) -> None:
    J = jacobian.of_matrix(linear_game(0.1, *data), 3)
    assert np.array_equal(np.block([[J.A, J.B], [J.C, J.D]]), J.matrix) and J.C.shape == (2, 3)
    apart = J.departures()
    assert apart.b == pytest.approx(0.1 * np.linalg.norm(data[2], 2)) and apart.b == pytest.approx(apart.c)
    assert apart.radius == pytest.approx(abs(np.linalg.eigvals(J.matrix)).max()) == pytest.approx(J.spectral_radius)
    assert apart.asymmetry == pytest.approx(0, abs=1e-15)
    assert len(apart.unmet) == 1 + (apart.gamma >= 1)
    free = jacobian.of_matrix(np.array([[0.9, 0.0], [1.0, 0.9]]), 1).departures()
    assert free.unmet == () and (free.gamma, free.c, free.b) == pytest.approx((0.9, 1.0, 0.0))
    skew = jacobian.of_matrix(np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.5]]), 2).departures()
    assert [reason.split()[0] for reason in skew.unmet] == ["A", "max(ρ(A),"]


@pytest.mark.parametrize("p", [0, 2, -1, 1.0, True])
def test_a_split_must_leave_two_players(p: object) -> None:
    with pytest.raises(ValueError, match="the first block has an order from 1 to 1"):
        jacobian.of_matrix(np.eye(2), p)  # type: ignore[arg-type]


class Maker:
    """The same step in one of the two libraries."""

    def __init__(self, library: str) -> None:
        self.library = library
        if library == "jax":
            import jax.numpy as array

            self.array, self.dense, self.products = array.asarray, jacobian.from_jax, jacobian.operator_from_jax
        else:
            import torch

            self.array, self.dense, self.products = torch.as_tensor, jacobian.from_torch, jacobian.operator_from_torch

    def update(self, data: Any) -> Any:
        F, S, N = map(self.array, data)

        def step(x: Any, y: Any) -> Any:
            head, tail = x["head"], x["tail"][0]
            v = self.joined(head, tail)
            by_x, by_y = F @ v + N @ y, S @ y + N.T @ v
            return {"head": head - 0.1 * by_x[:1], "tail": [tail - 0.1 * by_x[1:].reshape(2, 1)]}, y - 0.1 * by_y

        return step

    def joined(self, head: Any, tail: Any) -> Any:
        if self.library == "jax":
            import jax.numpy as jnp

            return jnp.concatenate([head, tail.reshape(-1)])
        import torch

        return torch.cat([head, tail.reshape(-1)])

    def half(self, values: np.ndarray) -> Any:
        if self.library == "torch":
            import torch

            return torch.as_tensor(values, dtype=torch.bfloat16)
        import jax.numpy as jnp

        return jnp.asarray(values, jnp.bfloat16)

    @property
    def start(self) -> Any:
        return {"head": self.array(np.array([1.0])), "tail": [self.array(np.array([[2.0], [3.0]]))]}, self.array(np.array([1.0, -1.0]))


@pytest.fixture(params=["jax", "torch"])
def maker(request: pytest.FixtureRequest) -> Maker:
    if request.param == "jax":
        request.getfixturevalue("double")
    else:
        pytest.importorskip("torch", reason="PyTorch is not part of the extra")
    return Maker(request.param)


def test_a_step_on_nested_parameters(maker: Maker, data: Any) -> None:
    J = maker.dense(maker.update(data), *maker.start)
    assert J.p == 3 and J.matrix.dtype == np.float64
    assert J.matrix == pytest.approx(linear_game(0.1, *data), abs=1e-14)


def test_products_are_those_of_the_matrix(maker: Maker, data: Any) -> None:
    operator, p = maker.products(maker.update(data), *maker.start)
    J, rng = linear_game(0.1, *data), np.random.default_rng(1)
    v = rng.standard_normal(5) + 1j * rng.standard_normal(5)
    assert p == 3 and operator.shape == (5, 5)
    assert operator.matvec(v) == pytest.approx(J @ v, abs=1e-13)
    assert operator.rmatvec(v) == pytest.approx(J.T @ v, abs=1e-13)
    assert verify.kreiss_lower_bound(operator).value <= verify.kreiss_constant(J).value * (1 + 1e-9)


@pytest.mark.parametrize(
    ("update", "message"),
    [
        (lambda x, y: (x / 0.0, y), "NaN or infinite; training has diverged"),
        (lambda x, y: x, "it must return the pair"),
        (lambda x, y: (x[:1], y), "leaf x has shape \\(2,\\) before the step and \\(1,\\) after it"),
    ],
)
def test_bad_steps_say_what_is_wrong(maker: Maker, update: Any, message: str) -> None:
    x = maker.array(np.array([1.0, 0.0]))
    with pytest.raises(ValueError, match=message):
        maker.dense(update, x, x)


def test_no_parameters_and_too_many(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    x = maker.array(np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="x has 0 parameters and y has 2"):
        maker.dense(lambda x, y: (x, y), x[:0], x)
    monkeypatch.setattr(jacobian, "LARGEST_DENSE", 3)
    with pytest.raises(ValueError, match="the step has 4 parameters; a matrix is formed up to 3: use operator_from_"):
        maker.dense(lambda x, y: (x, y), x, x)


Layer = namedtuple("Layer", "W b")
BOTH = pytest.mark.parametrize("route", ["dense", "products"])


def game(maker: Maker, detach: Callable[[Any], Any] = lambda g: g) -> tuple[Callable[[Any, Any], Any], Any, Any]:
    """Descent on ``½x·x + (x·y)²`` and ascent of ``y``, gradients by hand, each passed through ``detach``."""

    def update(x: Any, y: Any) -> Any:
        return x - 0.01 * detach(x + 2 * (x @ y) * y), y + 0.01 * 2 * (x @ y) * x

    return update, maker.array(np.array([1.0, -0.5])), maker.array(np.array([0.3, 0.7]))


def detached(maker: Maker) -> Callable[[Any], Any]:
    if maker.library == "torch":
        return lambda g: g.detach()
    import jax

    return jax.lax.stop_gradient


@BOTH
def test_a_detached_gradient_is_noticed(maker: Maker, route: str) -> None:
    take = getattr(maker, route)
    remedy = {"jax": "stop_gradient", "torch": "create_graph=True"}[maker.library]
    take(*game(maker))
    with pytest.raises(ValueError, match=rf"disagrees with the step's own differences, in A and B of .* a gradient was detached\? .*{remedy}"):
        take(*game(maker, detached(maker)))
    update, x, y = game(maker)
    with pytest.raises(ValueError, match="in A and C and B and D"):
        take(lambda x, y: tuple(detached(maker)(part) for part in update(x, y)), x, y)
    held = detached(maker)
    with pytest.raises(ValueError, match="in C of"):
        take(lambda x, y: (update(x, y)[0], update(held(x), y)[1]), x, y)
    with pytest.raises(ValueError, match="in A of"):  # neither 0 nor the identity
        take(lambda x, y: (x - 0.01 * (x @ x) * held(x), y), x, y)
    take(*game(maker, detached(maker)), check=False)


def test_without_create_graph() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not part of the extra")

    def update(x: Any, y: Any) -> Any:
        by_x, by_y = torch.autograd.grad(0.5 * (x @ x) + x @ y, (x, y))
        return x - 0.01 * by_x, y + 0.01 * by_y

    for dtype in (torch.float64, torch.float32):
        for take in (jacobian.from_torch, jacobian.operator_from_torch):
            with pytest.raises(ValueError, match=r"in A and C and B of .* pass create_graph=True"), torch.no_grad():
                take(update, torch.ones(3, dtype=dtype), torch.ones(3, dtype=dtype))


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_kinks_and_curvature_are_no_disagreement(maker: Maker, precision: str) -> None:
    """ReLU units, entries that are exactly at a kink, high curvature, large and small parameters."""
    rng = np.random.default_rng(3)
    W, V = (maker.array(rng.standard_normal((60, 4)).astype(precision)) for _ in range(2))
    x, y, rate = (maker.array(np.asarray(part, precision)) for part in ([1.0, -2.0, 0.0, 0.5], rng.standard_normal(4), 0.01))

    def relu(v: Any) -> Any:
        return 0.5 * (v + abs(v))

    for update in (
        lambda x, y: (x - rate * (W.T @ relu(W @ x + V @ y)), y - rate * (V.T @ relu(V @ y)) * (x @ x)),
        lambda x, y: (relu(x), y + relu(-x)),
        lambda x, y: (x - rate * x**3 * 1e4, y / (y @ y)),
    ):
        for scale in (1.0, 1e-4, 1e3):
            assert maker.dense(update, scale * x, scale * y).precision == precision


@BOTH
def test_a_step_that_is_no_function_is_named(maker: Maker, route: str) -> None:
    rng = np.random.default_rng(0)
    update, x, y = game(maker)
    for noisy in (lambda x, y: (update(x, y)[0] + 1e-6 * rng.standard_normal(), y), lambda x, y, calls=[]: (x + 1e-3 * (calls.append(1) or len(calls)), y)):
        with pytest.raises(ValueError, match=r"two calls of update at the same point differ by .* stochastic or keeps a state"):
            getattr(maker, route)(noisy, x, y)


def test_leaves_are_told_by_name(maker: Maker) -> None:
    """Another order of the keys is the same step; another shape, another name and a ravelled leaf are not."""
    W, b = maker.array(np.arange(6.0).reshape(2, 3)), maker.array(np.ones(2))
    x = {"W": W, "b": b}
    J = maker.dense(lambda x, y: ({"b": x["b"], "W": x["W"]}, y), x, b)
    assert np.array_equal(J.matrix, np.eye(10)) and J.p == 8
    for changed, message in (
        (lambda x: {"W": x["W"].T, "b": x["b"]}, r"leaf x\['W'\] has shape \(2, 3\) before the step and \(3, 2\) after it"),
        (lambda x: {"W": x["W"].reshape(-1), "b": x["b"]}, r"leaf x\['W'\] has shape \(2, 3\) before the step and \(6,\) after it"),
        (lambda x: {"W": x["W"], "bias": x["b"]}, r"after the step x lost the leaf x\['b'\]"),
        (lambda x: {**x, "bias": x["b"]}, r"after the step x has the new leaf x\['bias'\]"),
        (lambda x: [x["W"], x["b"]], r"after the step x lost the leaf x\['W'\]"),
    ):
        with pytest.raises(ValueError, match=message):
            maker.dense(lambda x, y, changed=changed: (changed(x), y), x, b)


def test_a_named_tuple_floats_and_a_generator(maker: Maker) -> None:
    x = Layer(maker.array(np.ones((2, 2))), maker.array(np.zeros(2)))
    J = maker.dense(lambda x, y: (Layer(0.5 * x.W, x.b), 0.9 * y), x, 0.5)
    assert np.array_equal(np.diag(J.matrix), [0.5] * 4 + [1.0, 1.0, 0.9]) and J.p == 6
    with pytest.raises(ValueError, match=r"leaf x\.W has shape"):
        maker.dense(lambda x, y: (Layer(x.W[0], x.b), y), x, 0.5)
    J = maker.dense(lambda x, y: ((0.5 * leaf for leaf in x), y), iter(x), 0.5)
    assert np.array_equal(np.diag(J.matrix), [0.5] * 6 + [1.0]) and J.p == 6


@pytest.mark.parametrize(
    ("dtype", "kind"), [(np.int32, "dtype int32"), (bool, "dtype bool"), (np.complex64, "dtype complex64"), (None, "type str|dtype <U"), ("key", "type object")]
)
def test_only_real_floating_parameters(maker: Maker, dtype: Any, kind: str) -> None:
    leaf = "adam" if dtype is None else object() if dtype == "key" else maker.array(np.ones(2, dtype))
    y = maker.array(np.ones(2))
    with pytest.raises(TypeError, match=rf"leaf x\['count'\] has ({kind}); pass only real floating parameters and close over the rest"):
        maker.dense(lambda x, y: (x, y), {"W": y, "count": leaf}, y)
    if dtype in (np.int32, np.complex64):
        other = maker.array(np.ones(2, dtype))
        with pytest.raises(TypeError, match=rf"leaf y has {kind} after the step; pass only real"):
            maker.products(lambda x, y: (x, other), y, y)


@BOTH
def test_mixed_and_half_precision(maker: Maker, route: str) -> None:
    half = maker.half(np.array([1.0, 2.0]))
    seen = set()

    def update(x: Any, y: Any) -> Any:
        seen.update(str(leaf.dtype).removeprefix("torch.") for leaf in (*x.values(), y))
        return {"a": 0.5 * x["a"], "b": x["b"] * 0.25 * y[0]}, y

    single, double = maker.array(np.ones(2, np.float32)), maker.array(np.ones(1))
    if route == "dense":
        J = maker.dense(update, {"a": half, "b": single}, double)
        assert J.precision == "bfloat16" and maker.dense(update, {"a": single, "b": single}, double).precision == "float32"
        assert np.array_equal(J.A, np.diag([0.5, 0.5, 0.25, 0.25])) and np.array_equal(J.B.T, [[0, 0, 0.25, 0.25]])
        assert seen == {"bfloat16", "float32", "float64"}
    else:
        operator, _ = maker.products(update, {"a": half, "b": single}, double)
        assert np.array_equal(operator.matvec(np.ones(5)), [0.5, 0.5, 0.5, 0.5, 1])
    J = maker.dense(lambda x, y: (0.5 * x, y), half, half)
    assert np.array_equal(J.A, 0.5 * np.eye(2)) and J.precision == "bfloat16"


@BOTH
def test_an_infinite_gradient_is_refused(maker: Maker, route: str) -> None:
    x = maker.array(np.array([1.0, 0.0]))
    with pytest.raises(ValueError, match=r"Jacobian of the step has . entries that are NaN or infinite"):
        getattr(maker, route)(lambda x, y: (x**0.5, y), x, x)


@BOTH
def test_python_branches(double: Any, route: str) -> None:
    take = {"dense": jacobian.from_jax, "products": jacobian.operator_from_jax}[route]
    jnp, x = double.numpy, double.numpy.array([1.0, 2.0])

    def update(x: Any, y: Any) -> Any:
        return (0.5 * x if x[0] > 0 else x), y

    J = take(update, x, x)
    assert (J.A if route == "dense" else J[0].matvec(np.eye(4)[0])[:1])[0].max() == 0.5
    for bad in (double.jit(update), lambda x, y: (jnp.asarray(np.asarray(x)), y), lambda x, y: (float(x[0]) * x, y)):
        with pytest.raises(TypeError, match=r"update makes a Python or NumPy value of a traced one .* jax\.lax\.cond or jnp\.where"):
            take(bad, x, x)


def test_a_step_that_writes_into_its_argument_leaves_the_parameters_alone() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not part of the extra")
    x = torch.ones(2, dtype=torch.float64)

    def update(x: Any, y: Any) -> Any:
        return x.mul_(0.5), y

    assert np.array_equal(jacobian.from_torch(update, x, x).matrix, np.diag([0.5, 0.5, 1, 1]))
    assert x.tolist() == [1, 1]


def test_a_jacobian_is_taken_wherever_a_matrix_is() -> None:
    J = jacobian.of_matrix(np.array([[0.9, 0.0], [1.0, 0.9]]), 1)
    assert np.array_equal(J, J.matrix) and J.precision == "float64"
    assert verify.kreiss_constant(J).value == pytest.approx(2.6)
    assert verify.kreiss_enclosure(J).lower <= 2.6 + 1e-9 and verify.transient_peak(J).value == verify.transient_peak(J.matrix).value
    assert verify.kreiss_lower_bound(J).value == pytest.approx(2.6, rel=1e-6)


def test_the_facade_is_lazy_and_says_what_is_missing() -> None:
    """In a fresh process in which neither library can be imported."""
    script = """
import sys
sys.modules["jax"] = sys.modules["torch"] = None
import verify
assert "verify.jacobian" not in sys.modules and "jacobian" in dir(verify)
for name in ("from_jax", "operator_from_jax", "from_torch", "operator_from_torch"):
    try:
        getattr(verify.jacobian, name)(None, 1.0, 1.0)
    except ImportError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=DOCUMENT.parents[1])
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and len(lines) == 4, done.stderr
    assert all(line.startswith("JAX is not installed: pip install") and "[experiments]" in line for line in lines[:2])
    assert all(line.startswith("PyTorch is not installed: ") and "pytorch.org" in line for line in lines[2:])


@pytest.mark.parametrize("library", ["jax", "torch"])
def test_the_documented_examples_run(library: str, tmp_path: Path) -> None:
    pytest.importorskip(library, reason=f"{library} is not installed")
    mark = "python torch" if library == "torch" else "python"
    blocks = re.findall(rf"```{mark}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == {"jax": 2, "torch": 1}[library]
    script = tmp_path / "script.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(DOCUMENT.parents[1]), *sys.path]), "JAX_PLATFORMS": "cpu"}
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "KreissConstant(value=" in done.stdout
