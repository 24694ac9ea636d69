"""Algorithm 2 of arXiv:2509.10562 with A and alpha_p exchanged: the predator is faster than its prey."""
from oracles._hunt import Algorithm2
from oracles._shared import ADAM


class Oracle(Algorithm2):
    # Fig. 4: the first moment on MNIST, the raw gradient on division.
    CONSTANTS = ADAM | {"A": 100, "sigma": 10, "alphaP": 150, "nD": 5, "useM": False,
                        "image": {"A": 10, "sigma": 1, "alphaP": 15, "useM": True}}
