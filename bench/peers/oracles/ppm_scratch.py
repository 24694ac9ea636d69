"""Algorithm 1 of arXiv:2509.10562 from initialisation, without memorising: its Fig. 9."""
from oracles._hunt import Algorithm1
from oracles._shared import ADAM


class Oracle(Algorithm1):
    CONSTANTS = ADAM | {"A": 150, "sigma": 10, "alphaP": 100, "nD": 5, "image": {"A": 15, "sigma": 1, "alphaP": 10}}
    memorises = False
