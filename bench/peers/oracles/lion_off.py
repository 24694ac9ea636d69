"""Lion's momentum at the length of its signs: the control of arXiv:2302.06675."""
import math

from oracles._shared import Single


class Lion:
    def __init__(self, constants, direct):
        self.constants, self.direct, self.m = constants, direct, 0.0

    def step(self, p, g, t):
        h = self.constants
        self.direction = self.direct(h["beta1"] * self.m + (1 - h["beta1"]) * g)
        self.m = h["beta2"] * self.m + (1 - h["beta2"]) * g
        return p - h["learningRate"] * (self.direction + h["weightDecay"] * p)


class Oracle(Single):
    CONSTANTS = {"learningRate": 1e-4, "weightDecay": 0.1, "beta1": 0.9, "beta2": 0.99}

    def direct(self, c):
        return c * (math.sqrt(len(c)) / (c.norm() + 1e-30))

    def optimiser(self, hyper):
        return Lion(hyper, self.direct)
