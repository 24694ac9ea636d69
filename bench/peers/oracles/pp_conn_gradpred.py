"""Algorithm 2 of arXiv:2509.10562 with gradPred: the predator steps with a gradient of its own, on the same batch."""
from oracles._hunt import Algorithm2
from oracles._shared import ADAM


class Oracle(Algorithm2):
    # Fig. 4: the first moment on MNIST, the raw gradient on division.
    CONSTANTS = ADAM | {"A": 150, "sigma": 10, "alphaP": 100, "nD": 5, "useM": False,
                        "image": {"A": 15, "sigma": 1, "alphaP": 10, "useM": True}}

    def slope(self, gradient):
        return gradient(self.y)[1]
