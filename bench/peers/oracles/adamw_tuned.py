"""AdamW with the learning rate and the weight decay that the searches of profile tune have found (docs/tuning.md)."""
from oracles._shared import ADAM, Single, adamw

FOUND = {"learningRate": 3e-3, "weightDecay": 1}
FOUND_ADDITION = {"learningRate": 3e-3, "weightDecay": 0.1}


class Oracle(Single):
    CONSTANTS = ADAM | FOUND | {"add139": FOUND_ADDITION, "add139-norm": FOUND_ADDITION}

    def optimiser(self, hyper):
        return adamw(hyper)
