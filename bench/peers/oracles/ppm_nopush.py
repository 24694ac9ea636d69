"""Algorithm 1 of arXiv:2509.10562 with A = 0: the predator chases a prey that is not pushed."""
from oracles._hunt import Algorithm1
from oracles._shared import ADAM


class Oracle(Algorithm1):
    CONSTANTS = ADAM | {"A": 0, "sigma": 10, "alphaP": 100, "nD": 5, "image": {"sigma": 1, "alphaP": 10}}

    def potential(self, d):
        return 0.0
