"""Adam with L2 as in the comparison of arXiv:2510.04930 on modular multiplication."""
from oracles._shared import ADAM, Single, adam_l2


class Oracle(Single):
    CONSTANTS = ADAM | {"beta2": 0.98, "weightDecay": 0.005}

    def optimiser(self, hyper):
        return adam_l2(hyper)
