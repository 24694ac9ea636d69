"""Adam without decay, scaled to a chosen norm after each step: Omnigrok, arXiv:2210.01117."""
from oracles import adam


class Oracle(adam.Oracle):
    CONSTANTS = adam.CONSTANTS | {"normRatio": 1, "image": {"normRatio": 0.125}}

    def begin(self, phase):
        super().begin(phase)
        self.target = self.hyper["normRatio"] * self.x.norm()

    def step(self, phase, gradient, t):
        row = super().step(phase, gradient, t)
        self.x = self.x * (self.target / self.x.norm())
        return row
