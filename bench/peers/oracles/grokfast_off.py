"""The optimiser of Grokfast-EMA: Adam with L2 on modular arithmetic, AdamW on images (the authors' main.py, main_mnist.py)."""
from oracles._shared import ADAM, Single, adam_l2, adamw


class Oracle(Single):
    CONSTANTS = ADAM | {"beta2": 0.98, "weightDecay": 0.005, "decoupled": False,
                        "image": {"beta2": 0.999, "weightDecay": 2, "decoupled": True}}

    def optimiser(self, hyper):
        return (adamw if hyper["decoupled"] else adam_l2)(hyper)
