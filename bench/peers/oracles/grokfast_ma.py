"""Grokfast-MA, arXiv:2405.20233: a full window's mean is added to the gradient."""
from collections import deque

from oracles import grokfast_ma_off


class Windowed:
    def __init__(self, inner, width, amplify):
        self.inner, self.amplify, self.window = inner, amplify, deque(maxlen=width)

    def step(self, p, g, t):
        self.window.append(g)
        full = len(self.window) == self.window.maxlen
        p = self.inner.step(p, g + self.amplify * sum(self.window) / len(self.window) if full else g, t)
        self.direction = self.inner.direction
        return p


class Oracle(grokfast_ma_off.Oracle):
    CONSTANTS = grokfast_ma_off.Oracle.CONSTANTS | {"window": 100, "amplify": 5}

    def optimiser(self, hyper):
        return Windowed(super().optimiser(hyper), hyper["window"], hyper["amplify"])
