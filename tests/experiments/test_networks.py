"""The networks of Table 3 in JAX: the exact Jacobian, training, function space."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture(scope="module")
def game(double):  # type: ignore[no-untyped-def]
    from verify.experiments.networks import Game, Network

    return Game.of(Network(4, 3, 16), 0.05, 0)


def test_the_jacobian_is_that_of_the_update(game) -> None:  # type: ignore[no-untyped-def]
    from verify import jacobian
    from verify.experiments.networks import compiled

    x, y = game.start
    v = np.concatenate([x, y])
    J = np.asarray(compiled(game.network).jacobian(v, *game.data))
    assert J.shape == (22 + 13, 22 + 13) and game.network.sizes == (22, 13)
    assert jacobian.from_jax(game.update, x, y).matrix == pytest.approx(J, abs=1e-14)
    step = lambda w: np.concatenate(game.update(w[:22], w[22:]))  # noqa: E731
    direction = np.random.default_rng(0).standard_normal(35)
    slope = (step(v + 1e-6 * direction) - step(v - 1e-6 * direction)) / 2e-6
    assert J @ direction == pytest.approx(slope, abs=1e-7)


def test_a_minimax_game_has_opposite_couplings_and_symmetric_blocks(game) -> None:  # type: ignore[no-untyped-def]
    from verify import jacobian

    J = jacobian.from_jax(game.update, *game.start)
    assert J.B == pytest.approx(-J.C.T, abs=1e-14)
    assert J.departures().asymmetry <= 1e-14
    assert J.departures().unmet[0].startswith("‖B‖ = ")


def test_training_is_repeatable_and_reaches_its_checkpoints(game) -> None:  # type: ignore[no-untyped-def]
    from verify.experiments.networks import train

    first, second = (train(game, (0, 10, 20)) for _ in range(2))
    assert list(first.states) == [0, 10, 20] and first.stopped == "" and len(first.gradients) == 20
    assert all(np.array_equal(a, b) for step in first.states for a, b in zip(first.states[step], second.states[step], strict=True))
    by_hand = game.start
    for _ in range(10):
        by_hand = game.update(*by_hand)
    assert np.concatenate(first.states[10]) == pytest.approx(np.concatenate(by_hand), abs=1e-12)


def test_a_divergent_run_says_where(double) -> None:  # type: ignore[no-untyped-def]
    from verify.experiments.networks import Game, Network, train
    from verify.experiments.table3 import Settings, examine_training

    run = train(Game.of(Network(4, 3, 16), 1e200, 0), (0, 10, 20))
    assert run.stopped.startswith("training diverged: the gradient is not finite from step")
    assert list(run.states) == [0]
    found = examine_training("1e200", 0, Settings(Network(4, 3, 16), 1, (0, 10), 5, 0))
    assert found.stopped.startswith("training diverged") and not found.converged


def test_function_space_leaves_out_what_no_parameter_moves(game) -> None:  # type: ignore[no-untyped-def]
    from verify.experiments.networks import PROBES, compiled, function_space

    A, C, D, gap = function_space(game, *game.start)
    assert gap == pytest.approx(min(1 - np.abs(np.linalg.eigvalsh(block)).max() for block in (A, D)), abs=1e-12)
    first, second, mixed = (np.asarray(part) for part in compiled(game.network).kernels(np.concatenate(game.start), game.samples, game.latent))
    assert first.shape == (2 * PROBES, 22) and second.shape == (2 * PROBES, 13) and mixed.shape == (13, 2 * PROBES)
    for block, G in ((A, first), (D, second)):
        assert len(block) < 2 * PROBES
        kernel = np.eye(2 * PROBES) - game.rate * G @ G.T / PROBES
        w = np.linalg.eigvalsh(kernel)
        assert np.linalg.eigvalsh(block) == pytest.approx(np.sort(w)[: len(block)], abs=1e-9)
    whole = game.rate * second @ mixed
    assert np.linalg.norm(C, 2) <= np.linalg.norm(whole, 2) * (1 + 1e-12)


def test_a_whole_run(game) -> None:  # type: ignore[no-untyped-def]
    from verify.experiments.networks import Network
    from verify.experiments.table3 import Settings, examine_training

    found = examine_training("0.010", 0, Settings(Network(4, 3, 16), 1, (0, 20), 10, 1, time=0))
    assert found.stopped == "" and list(found.checkpoints) == [0, 20]
    last = found.checkpoints[20]
    assert last.label == "global in floating point" and last.kreiss[0] <= last.kreiss[1] <= last.kreiss[0] * 1.011
    assert last.excess >= last.kreiss[0] * 0.999 or last.kreiss[0] <= 1.001
    assert all(one.linear <= one.peak * (1 + 1e-9) and one.peak >= 1 for one in found.checkpoints.values())
    assert found.checkpoints[0].label == "local" and found.checkpoints[0].kreiss[1] == np.inf


def test_a_jacobian_that_is_not_a_number_is_recorded(game, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from verify.experiments import table3
    from verify.experiments.networks import Network

    right = table3.compiled(Network(4, 3, 16))
    broken = type(right)(**{**vars(right), "jacobian": lambda *_: np.full((35, 35), np.nan)})
    monkeypatch.setattr(table3, "compiled", lambda network: broken)
    found = table3.examine_training("0.010", 0, table3.Settings(Network(4, 3, 16), 1, (0, 5), 5, 0))
    assert found.checkpoints == {} and found.stopped.startswith("step 0: the Jacobian[0, 0] = nan")
