"""Prey and predator: Algorithms 1 and 2 of arXiv:2509.10562, for the oracles of their variants."""
import copy
import math

import torch

from oracles._shared import MEMORISE, Phase, Single, adam_l2

HUNT = Phase("hunt", restarts=False)


class Hunt(Single):
    """Memorising, N_d steps of the prey alone, and the hunt. The predator waits where the prey is after memorising."""
    memorises = True

    def phases(self):
        alone = Phase("prey-only", self.hyper["nD"])
        return [MEMORISE, alone, HUNT] if self.memorises else [alone, HUNT]

    def optimiser(self, hyper):
        return adam_l2(hyper)

    def begin(self, phase):
        if phase == HUNT:
            self.meet()
            return
        super().begin(phase)
        self.y = None if phase == MEMORISE else self.x

    def step(self, phase, gradient, t):
        row = super().step(phase, gradient, t)
        return row | self.hunt(gradient, t) if phase == HUNT else row

    def hunt(self, gradient, t):
        """The predator's own step, then the interaction. The prey has made its step already."""
        self.y = self.follow(gradient, t)
        rate, d = self.hyper["learningRate"], (self.x - self.y).norm()
        l = (self.x - self.y) / d
        potential = self.potential(d.item())
        self.x = self.x + rate * potential * self.away(l)
        self.y = self.y + rate * self.hyper["alphaP"] * l
        return {"distance": d.item(), "potential": potential}

    def potential(self, d):
        return self.hyper["A"] * math.exp(-d / self.hyper["sigma"])

    def away(self, l):
        """Where the prey is pushed to: l points from the predator to it."""
        return l

    def meet(self):
        """The hunt begins."""

    def follow(self, gradient, t):
        """The predator after its own step and before the interaction."""
        raise NotImplementedError


class Algorithm1(Hunt):
    """An optimiser state each: the predator's is a copy of the prey's when the hunt begins."""

    def meet(self):
        self.predator_state = copy.copy(self.state)

    def follow(self, gradient, t):
        return self.y


class Algorithm2(Hunt):
    """One state, which the predator steps after the prey at the same t, by default with a gradient of zero."""

    def optimiser(self, hyper):
        optimiser = adam_l2(hyper)
        optimiser.first_moment = hyper["useM"]
        return optimiser

    def follow(self, gradient, t):
        return self.state.step(self.y, self.slope(gradient), t)

    def slope(self, gradient):
        return torch.zeros_like(self.y)
