"""Section 7: the estimator of the Kreiss constant, and what is said of the network experiment."""

from verify import Claim, Obstacle, Prose, Reading, Surrogate, Untestable, stated

CLAIM = Claim(
    id="M",
    title="Numerical method and network experiment",
    source="arXiv:2606.04031, section 7",
    domain={},
    notes="K is estimated on a grid of radii and arguments, an SVD at each point. The network: two MLPs with 2 layers (64 and 32 hidden units, ReLU), a "
    "mixture of Gaussians in the plane, simultaneous gradient descent, several seeds.",
    readings=[
        Reading(
            "i",
            Prose("the values 'measured K' of the grid estimator"),
            stated("the method survives, the numbers of radii and the values do not"),
            untestable=Untestable(
                Obstacle.LOST,
                "neither the grid nor the values survive.",
                Surrogate("D2", "i", "If true, no grid value exceeds K, so that measured values can only be too small, whatever the grid."),
            ),
        ),
        Reading(
            "ii",
            Prose("the variability of K across initialisations is below 10 %"),
            stated("section 7"),
            untestable=Untestable(Obstacle.EMPIRICAL, "it is about the authors' training runs, whose seeds, data and stopping rule did not survive."),
        ),
        Reading(
            "iii",
            Prose("transient amplification precedes convergence"),
            stated("section 7"),
            untestable=Untestable(
                Obstacle.EMPIRICAL,
                "it is about the authors' training runs.",
                Surrogate(
                    "T18-sharp", "ii",
                    "If true, then in the linear model, not in the network, amplification is over when 2κ((1 + γ)/2)^t <= 1.",
                ),
            ),
        ),
        Reading(
            "iv",
            Prose("one script, minutes on a laptop"),
            stated("section 7"),
            untestable=Untestable(Obstacle.EMPIRICAL, "it is about a script and a machine that this project does not have."),
        ),
        Reading(
            "v",
            Prose("the match with actor–critic practice"),
            stated("introduction and section 8"),
            untestable=Untestable(Obstacle.EMPIRICAL, "no data are given with which practice could be compared."),
        ),
    ],
)
