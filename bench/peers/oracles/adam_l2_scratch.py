"""Adam with the L2 term in the gradient, from initialisation: arXiv:1412.6980, Algorithm 1."""
from oracles._shared import ADAM, Single, adam_l2


class Oracle(Single):
    CONSTANTS = ADAM

    def optimiser(self, hyper):
        return adam_l2(hyper)
