"""AdamW from initialisation: arXiv:1711.05101, Algorithm 2."""
from oracles._shared import ADAM, Single, adamw


class Oracle(Single):
    CONSTANTS = ADAM

    def optimiser(self, hyper):
        return adamw(hyper)
