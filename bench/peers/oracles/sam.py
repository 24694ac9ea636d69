"""SAM on AdamW, arXiv:2010.01412: the gradient of the batch at x + rho g/|g|."""
from oracles._shared import ADAM, Single, adamw


class Oracle(Single):
    CONSTANTS = ADAM | {"rho": 0.05}

    def optimiser(self, hyper):
        return adamw(hyper)

    def step(self, phase, gradient, t):
        def uphill(x):
            loss, g = gradient(x)
            return loss, gradient(x + self.hyper["rho"] * g / (g.norm() + 1e-12))[1]

        return super().step(phase, uphill, t)
