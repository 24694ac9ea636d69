"""The optimiser of Grokfast-MA: Adam with L2 (the authors' main.py)."""
from oracles._shared import ADAM, Single, adam_l2


class Oracle(Single):
    CONSTANTS = ADAM | {"beta2": 0.98, "weightDecay": 0.01}

    def optimiser(self, hyper):
        return adam_l2(hyper)
