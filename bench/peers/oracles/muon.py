"""Muon, arXiv:2504.16041: five Newton-Schulz steps on the momentum of each matrix."""
from oracles import muon_off
from oracles._orthogonal import MUON


class Oracle(muon_off.Oracle):
    CONSTANTS = muon_off.Oracle.CONSTANTS | {"iterations": 5}
    STEPS = [MUON] * 5
