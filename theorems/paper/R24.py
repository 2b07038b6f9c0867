"""Remark 24: a joint analysis of time-varying products is expected to be tighter."""

from sympy import Max, Symbol

from theorems.notation import CONTRACTION, gamma, k, p, q, strength
from verify import (
    Claim,
    Lemma,
    MatrixProduct,
    MatrixSequence,
    Norm,
    Proof,
    Reading,
    block,
    coupling,
    integer,
    nonnegative,
    sequence,
    stated,
    symmetric,
)

T = Symbol("T", integer=True)
A, D, C = MatrixSequence("A", p, p, T), MatrixSequence("D", q, q, T), MatrixSequence("C", q, p, T)

CLAIM = Claim(
    id="R24",
    title="Joint analysis of time-varying products",
    source="arXiv:2606.04031, Remark 24",
    domain={
        gamma: CONTRACTION,
        strength: nonnegative(),
        T: integer(1, 4),
        A: sequence(symmetric(rho=gamma), T),
        D: sequence(symmetric(rho=gamma), T),
        C: sequence(coupling(norm=strength), T),
    },
    notes="S5 answers the open question: the exact worst case over all sequences is the power of one matrix.",
    readings=[
        Reading(
            "i",
            Norm(MatrixProduct(block([[A[k], 0], [C[k], D[k]]]), (k, 1, T))) <= Max(1, strength / (1 - gamma**2)),
            stated("'expected to be tighter', future work"),
            untestable="the remark expects a tighter bound without naming one",
            proof=Proof(Lemma("S5", "ii", "the same bound, uniform in T")),
        )
    ],
)
