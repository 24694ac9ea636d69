"""Algorithm 1 of arXiv:2509.10562 with alpha_p = 0: the predator stays where it is."""
from oracles._hunt import Algorithm1
from oracles._shared import ADAM


class Oracle(Algorithm1):
    CONSTANTS = ADAM | {"A": 150, "sigma": 10, "alphaP": 0, "nD": 5, "image": {"A": 15, "sigma": 1}}
