"""GrokAdamW (Hartford 2024, grokadamw.py) without its average of gradients: each tensor on its own, as the authors' loop."""
import math

from oracles._shared import ADAM, Single, flat, pieces


class Oracle(Single):
    CONSTANTS = ADAM | {"betaFalls": 0.1, "clip": 1}

    def begin(self, phase):
        self.m, self.v, self.slow = {}, {}, {}

    def filtered(self, name, g, loss):
        return g

    def step(self, phase, gradient, t):
        h = self.hyper
        loss, g = gradient(self.x)
        weights, moved, directions = pieces(self.problem, self.x), {}, {}
        for i, (name, slope) in enumerate(pieces(self.problem, g).items()):
            slope = slope * min(h["clip"] / (slope.norm().item() + 1e-6), 1.0)
            slope = self.filtered(name, slope, loss)
            b1 = h["beta1"] * (1 - h["betaFalls"]) ** i
            self.m[name] = b1 * self.m.get(name, 0) + (1 - b1) * slope
            self.v[name] = h["beta2"] * self.v.get(name, 0) + (1 - h["beta2"]) * slope * slope
            correction = math.sqrt(1 - h["beta2"]**t) / (1 - h["beta1"]**t)
            directions[name] = correction * self.m[name] / (self.v[name].sqrt() + h["epsilon"])
            shrunk = weights[name] * (1 - h["learningRate"] * h["weightDecay"])
            moved[name] = shrunk - h["learningRate"] * directions[name]
        self.x = flat(moved)
        return {"loss": loss, "stepNorm": flat(directions).norm().item()}
