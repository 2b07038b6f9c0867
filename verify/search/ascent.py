"""Multistart quasi-Newton ascent in lockstep: many starts of one size climb together, one vectorised evaluation a step.

Limited-memory BFGS (Nocedal & Wright 2006, algorithm 7.4) with Armijo backtracking, each member with its own step length and memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["Ascent", "maximise"]

Objective = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
_MEMORY = 8
_ARMIJO = 1e-4
_SHORTEST = 1e-13
_BOX = 30.0
"""Parameters stay in a box: beyond it every parametrisation has saturated (e^-30 is 1e-13)."""


@dataclass(frozen=True)
class Ascent:
    """Where the members ended: points ``(N, d)``, values ``(N,)`` and how many single evaluations were spent."""

    points: np.ndarray
    values: np.ndarray
    evaluations: int


def maximise(function: Objective, starts: np.ndarray, steps: int) -> Ascent:
    """Climb from every start at once.

    Args:
        function: values ``(N,)`` and gradients ``(N, d)`` at points ``(N, d)``; members are independent.
        starts: ``(N, d)``.
        steps: evaluations of the whole batch.
    """
    x = np.clip(starts, -_BOX, _BOX)
    value, slope = function(x)
    history: list[tuple[np.ndarray, np.ndarray]] = []
    direction, length = _first_direction(slope), np.ones(len(x))
    spent = len(x)
    for _ in range(steps):
        trial = np.clip(x + length[:, None] * direction, -_BOX, _BOX)
        trial_value, trial_slope = function(trial)
        spent += len(x)
        gain = np.sum(slope * (trial - x), axis=1)
        accepted = (trial_value >= value + _ARMIJO * gain) & (trial_value > value)
        history = _remembered(history, np.where(accepted[:, None], trial - x, 0.0), np.where(accepted[:, None], slope - trial_slope, 0.0))
        x, value = np.where(accepted[:, None], trial, x), np.where(accepted, trial_value, value)
        slope = np.where(accepted[:, None], trial_slope, slope)
        length = np.where(accepted, 1.0, 0.25 * length)
        restart = length < _SHORTEST ** 0.5
        fresh = _two_loops(history, slope)
        uphill = np.sum(fresh * slope, axis=1) > 0
        fresh = np.where((uphill & ~restart)[:, None], fresh, _first_direction(slope))
        direction = np.where((accepted | restart)[:, None], fresh, direction)
        if (length < _SHORTEST).all():
            break
    return Ascent(x, value, spent)


def _first_direction(slope: np.ndarray) -> np.ndarray:
    """Steepest ascent with a step of moderate size."""
    size = np.linalg.norm(slope, axis=1, keepdims=True)
    return slope * np.minimum(1.0, 0.5 / np.maximum(size, 1e-300)) if slope.size else slope


def _remembered(history: list[tuple[np.ndarray, np.ndarray]], moved: np.ndarray, turned: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    return [*history, (moved, turned)][-_MEMORY:]


def _two_loops(history: list[tuple[np.ndarray, np.ndarray]], slope: np.ndarray) -> np.ndarray:
    """The quasi-Newton direction; pairs without positive curvature (or of a rejected step) have no part in it."""
    direction, alphas = slope.copy(), []
    scale = np.ones(len(slope))
    for moved, turned in reversed(history):
        curvature = np.sum(moved * turned, axis=1)
        usable = curvature > 1e-14 * np.sum(turned * turned, axis=1)
        weight = np.where(usable, 1.0 / np.where(usable, curvature, 1.0), 0.0)
        alpha = weight * np.sum(moved * direction, axis=1)
        direction = direction - alpha[:, None] * turned
        alphas.append((alpha, weight))
        ratio = curvature / np.maximum(np.sum(turned * turned, axis=1), 1e-300)
        scale = np.where(usable & (scale == 1.0), ratio, scale)
    direction = direction * scale[:, None]
    for (moved, turned), (alpha, weight) in zip(history, reversed(alphas), strict=True):
        beta = weight * np.sum(turned * direction, axis=1)
        direction = direction + (alpha - beta)[:, None] * moved
    return direction
