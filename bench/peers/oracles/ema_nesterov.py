"""Once memorised, Adam with L2 whose gradient is taken ahead along an average of displacements: arXiv:2605.25395."""
import torch

from oracles import adam_l2
from oracles._shared import MEMORISE


class Oracle(adam_l2.Oracle):
    CONSTANTS = adam_l2.Oracle.CONSTANTS | {"drift": 0.99, "ahead": 0.5}

    def begin(self, phase):
        super().begin(phase)
        self.d = torch.zeros_like(self.x)

    def step(self, phase, gradient, t):
        if phase == MEMORISE:
            return super().step(phase, gradient, t)
        now, kept = self.x, self.hyper["drift"]
        row = super().step(phase, lambda x: gradient(x + self.hyper["ahead"] * self.d), t)
        self.d = kept * self.d + (1 - kept) * (self.x - now)
        return row
