"""Normal numbers of four congruential generators a parameter, for Langevin noise: Wichmann & Hill 1982, Box & Muller 1958."""
import math

import torch

MODULI = (2039, 2029, 2027, 2017)
MULTIPLIERS = (1572, 604, 949, 583)


class Noise:
    def __init__(self, starts):
        self.state = list(starts)

    def normal(self, dtype):
        self.state = [a * s % m for s, a, m in zip(self.state, MULTIPLIERS, MODULI)]
        one, two, three, four = (s.to(dtype) / m for s, m in zip(self.state, MODULI))
        u, v = (one + two) % 1, (three + four) % 1
        return (-2 * u.clamp(min=1e-7).log()).sqrt() * (2 * math.pi * v).cos()
