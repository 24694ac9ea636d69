"""Egalitarian gradient descent, arXiv:2510.04930, on the matrices of feed-forward layers, by Newton-Schulz steps for its SVD."""
from oracles import egd_off
from oracles._kinds import kinds
from oracles._orthogonal import EXACT, MUON, newton_schulz
from oracles._shared import flat, pieces


class Oracle(egd_off.Oracle):
    def step(self, phase, gradient, t):
        own = kinds(self.problem.layout)

        def equalised(x):
            loss, g = gradient(x)
            found = {name: newton_schulz(slope, [MUON] * 5 + [EXACT] * 3)
                     if own[name] == "matrix" and "attention" not in name else slope
                     for name, slope in pieces(self.problem, g).items()}
            return loss, flat(found)

        return super().step(phase, equalised, t)
