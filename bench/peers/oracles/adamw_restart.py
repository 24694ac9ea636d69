"""Memorising, then AdamW afresh: Algorithm 1 of arXiv:2509.10562 on AdamW without predator."""
from oracles._shared import ADAM, MEMORISE, Phase, Single, adamw


class Oracle(Single):
    CONSTANTS = ADAM

    def phases(self):
        return [MEMORISE, Phase("train")]

    def optimiser(self, hyper):
        return adamw(hyper)
