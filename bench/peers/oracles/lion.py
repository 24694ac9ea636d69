"""Lion, arXiv:2302.06675, Algorithm 2.

The sign of a gradient that is 0 but for rounding, as that of the bias of the keys, is anything, and one implementation rounds
to 0 what another leaves: the float32 followers take it for 0, so that what it changes is in the tolerances.
"""
import torch

from oracles import lion_off


class Oracle(lion_off.Oracle):
    def direct(self, c):
        return c.sign() if c.dtype == torch.float64 else c.sign() * (c.abs() > 1e-6 * c.abs().max())
