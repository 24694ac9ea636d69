"""Memorising, then Adam afresh with the L2 term in the gradient: Algorithm 1 of arXiv:2509.10562 without predator."""
from oracles._shared import ADAM, MEMORISE, Phase, Single, adam_l2


class Oracle(Single):
    CONSTANTS = ADAM

    def phases(self):
        return [MEMORISE, Phase("train")]

    def optimiser(self, hyper):
        return adam_l2(hyper)
