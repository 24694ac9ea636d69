"""Gradient descent with L2."""
from oracles._shared import Single


class Descent:
    def __init__(self, constants):
        self.constants = constants

    def step(self, p, g, t):
        self.direction = g + self.constants["weightDecay"] * p
        return p - self.constants["learningRate"] * self.direction


class Oracle(Single):
    CONSTANTS = {"learningRate": 0.1, "weightDecay": 1e-4, "image": {"learningRate": 1e-3}}

    def optimiser(self, hyper):
        return Descent(hyper)
