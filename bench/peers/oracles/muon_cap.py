"""Muon whose matrices are cut to k times the norm with which they began: Zenodo record 21020292."""
from oracles import muon
from oracles._shared import flat, pieces


class Oracle(muon.Oracle):
    CONSTANTS = muon.Oracle.CONSTANTS | {"cap": 1}
    # Small matrices and steps of one length: what one unit at a kink moves grows fast.
    ULPS = {"modular": 100}

    def begin(self, phase):
        super().begin(phase)
        self.start = pieces(self.problem, self.x)

    def step(self, phase, gradient, t):
        row = super().step(phase, gradient, t)
        weights = pieces(self.problem, self.x)
        for name, w in weights.items():
            limit = self.hyper["cap"] * self.start[name].norm()
            if self.kinds[name] == "matrix" and w.norm() > limit:
                weights[name] = w * (limit / w.norm())
        self.x = flat(weights)
        return row
