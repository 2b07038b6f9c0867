"""Continuous time: the bound that mirrors Theorem 4."""

from theorems.notation import EXTREMAL_FLOW, FLOW, G, c, mu, sharp_kreiss
from verify import Claim, ContinuousKreissConstant, Reading, SharpForm, reconstructed

K_c = ContinuousKreissConstant(G)

CLAIM = Claim(
    id="N1",
    title="Continuous-time Kreiss constant",
    source="arXiv:2606.04031, remark on continuous time",
    domain=FLOW,
    readings=[
        Reading(
            "i",
            K_c <= 2 / mu + c / (4 * mu),
            reconstructed("mirroring the discrete bound, with μ in place of 1 − γ"),
            repaired_by=("S9(i)",),
            sharp=SharpForm(K_c <= sharp_kreiss(c / mu), attained_by=EXTREMAL_FLOW),
            notes="K_c does not change when time is rescaled (G replaced by sG), and 2/μ does.",
        )
    ],
)
