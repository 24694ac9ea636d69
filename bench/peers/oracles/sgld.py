"""Once memorised, Adam with L2 and Langevin noise on the parameters: Welling & Teh 2011; arXiv:2412.18624."""
import math

from oracles import adam_l2
from oracles._noise import Noise
from oracles._shared import MEMORISE


class Oracle(adam_l2.Oracle):
    CONSTANTS = adam_l2.Oracle.CONSTANTS | {"temperature": 1e-4}

    def begin(self, phase):
        super().begin(phase)
        self.noise = Noise(self.problem.noise)

    def step(self, phase, gradient, t):
        row = super().step(phase, gradient, t)
        if phase != MEMORISE:
            size = math.sqrt(2 * self.hyper["learningRate"] * self.hyper["temperature"])
            self.x = self.x + size * self.noise.normal(self.x.dtype)
        return row
