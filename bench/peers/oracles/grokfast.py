"""Grokfast-EMA, arXiv:2405.20233: the average starts at the first gradient and is added to every one."""
from oracles import grokfast_off


class Filtered:
    def __init__(self, inner, keep, amplify):
        self.inner, self.keep, self.amplify, self.slow = inner, keep, amplify, None

    def step(self, p, g, t):
        self.slow = g if self.slow is None else self.keep * self.slow + (1 - self.keep) * g
        p = self.inner.step(p, g + self.amplify * self.slow, t)
        self.direction = self.inner.direction
        return p


class Oracle(grokfast_off.Oracle):
    image = {"kept": 0.8, "amplify": 0.1}
    CONSTANTS = grokfast_off.Oracle.CONSTANTS | {"kept": 0.98, "amplify": 2,
                                                 "image": grokfast_off.Oracle.CONSTANTS["image"] | image}

    def optimiser(self, hyper):
        return Filtered(super().optimiser(hyper), hyper["kept"], hyper["amplify"])
