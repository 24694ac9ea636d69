"""The gradient orthogonal to the weights of its tensor, at its old length, before Adam: arXiv:2501.04697."""
from oracles import adam
from oracles._shared import flat, pieces


class Oracle(adam.Oracle):
    def step(self, phase, gradient, t):
        def projected(x):
            loss, g = gradient(x)
            weights, found = pieces(self.problem, x), {}
            for name, slope in pieces(self.problem, g).items():
                w = weights[name]
                across = slope - (w * slope).sum() / ((w * w).sum() + 1e-30) * w
                found[name] = across * (slope.norm() / (across.norm() + 1e-30))
            return loss, flat(found)

        return super().step(phase, projected, t)
