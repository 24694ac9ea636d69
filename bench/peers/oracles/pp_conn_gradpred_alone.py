"""Algorithm 2 of arXiv:2509.10562 with gradPred and A = alpha_p = 0: two gradients a step and no hunt."""
from oracles._hunt import Algorithm2
from oracles._shared import ADAM


class Oracle(Algorithm2):
    # Fig. 4: the first moment on MNIST, the raw gradient on division.
    CONSTANTS = ADAM | {"A": 0, "alphaP": 0, "nD": 5, "useM": False, "image": {"useM": True}}

    def potential(self, d):
        return 0.0

    def slope(self, gradient):
        return gradient(self.y)[1]
