"""AdamW with the decay and the second moment of most of the field: arXiv:2201.02177, appendix A.1.2."""
from oracles._shared import ADAM, Single, adamw


class Oracle(Single):
    CONSTANTS = ADAM | {"weightDecay": 1, "beta2": 0.98}

    def optimiser(self, hyper):
        return adamw(hyper)
