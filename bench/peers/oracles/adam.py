"""Adam without decay: arXiv:1412.6980, Algorithm 1."""
from oracles._shared import ADAM, Single, adam_l2

CONSTANTS = {name: value for name, value in ADAM.items() if name != "weightDecay"}


class Oracle(Single):
    CONSTANTS = CONSTANTS

    def optimiser(self, hyper):
        return adam_l2(hyper | {"weightDecay": 0})
