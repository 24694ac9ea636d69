"""Muon's momentum, each matrix as long as an orthogonal one, and AdamW on the rest: the control of arXiv:2504.16041."""
import math

import torch

from oracles._kinds import kinds
from oracles._orthogonal import newton_schulz
from oracles._shared import Single, adamw, flat, pieces


class Oracle(Single):
    CONSTANTS = {"learningRate": 0.03, "weightDecay": 0.1, "momentum": 0.95, "restRate": 1e-3, "headRate": 2.5e-4,
                 "restDecay": 1, "beta1": 0.9, "beta2": 0.98, "epsilon": 1e-8}
    STEPS = []

    def begin(self, phase):
        self.kinds = kinds(self.problem.layout)
        self.velocity, self.adams = {}, {}

    def matrix(self, name, g):
        """The direction of a matrix; keys and values are two of them."""
        h = self.hyper
        self.velocity[name] = h["momentum"] * self.velocity.get(name, 0) + g
        ahead = g + h["momentum"] * self.velocity[name]
        parts = ahead.chunk(2) if "keyValue" in name else [ahead]
        length = lambda x: 1 if self.STEPS else math.sqrt(min(x.shape))
        return torch.cat([length(x) * newton_schulz(x, self.STEPS) * math.sqrt(max(1, x.shape[0] / x.shape[1]))
                          for x in parts])

    def step(self, phase, gradient, t):
        h, moved, directions = self.hyper, {}, {}
        loss, g = gradient(self.x)
        weights = pieces(self.problem, self.x)
        for name, slope in pieces(self.problem, g).items():
            w = weights[name]
            if self.kinds[name] == "matrix":
                directions[name] = self.matrix(name, slope)
                moved[name] = w - h["learningRate"] * (directions[name] + h["weightDecay"] * w)
                continue
            rate = h["headRate"] if self.kinds[name] == "head" else h["restRate"]
            own = self.adams.setdefault(name, adamw(h | {"learningRate": rate, "weightDecay": h["restDecay"]}))
            moved[name] = own.step(w, slope, t)
            directions[name] = own.direction
        self.x = flat(moved)
        return {"loss": loss, "stepNorm": flat(directions).norm().item()}
