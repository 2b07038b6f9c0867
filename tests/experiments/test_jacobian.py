"""The Jacobian of a user's training step: JAX, PyTorch, the documented examples, bad input."""

from __future__ import annotations

import os
import re
import subprocess
import sys
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
        (lambda x, y: (x[:1], y), "a step keeps the sizes of x and of y"),
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


@pytest.mark.parametrize("library", ["jax", "torch"])
def test_the_documented_examples_run(library: str, tmp_path: Path) -> None:
    pytest.importorskip(library, reason=f"{library} is not installed")
    mark = "python torch" if library == "torch" else "python"
    blocks = re.findall(rf"```{mark}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == {"jax": 2, "torch": 1}[library]
    script = tmp_path / "script.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    surroundings = {**os.environ, "PYTHONPATH": str(DOCUMENT.parents[1]), "JAX_PLATFORMS": "cpu"}
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "KreissConstant(value=" in done.stdout
