"""Golden trajectories of the methods of other papers on a small ravine: `python make_rivals.py > rivals.json`.

Float64, with the oracles of bench/peers, which say each method once more, from its paper. The problem has a layout of
embeddings, stacked and plain matrices of a hidden layer, vectors and a head, so that what treats them apart shows; its
loss is x'Hx/2 + 0.025 sum x^4. Needs PyTorch only.
"""
import json
import os
import sys

import torch

PEERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench", "peers")
sys.path.insert(0, PEERS)
from canary_float64 import load  # noqa: E402
from oracles._noise import MODULI  # noqa: E402
from oracles.stablemax import stable_max  # noqa: E402

STEPS = 30
KEPT = (1, 2, 3, 5, 10, 20, 30)
LAYOUT = [
    {"name": "token_embedding", "shape": [3, 2], "part": "embedding"},
    {"name": "block0.attention.keyValue.weight", "shape": [4, 2], "part": "attention", "stacked": 2},
    {"name": "block0.feedforward.in.weight", "shape": [3, 2], "part": "feedforward"},
    {"name": "block0.feedforward.in.bias", "shape": [3]},
    {"name": "head.weight", "shape": [2, 3], "part": "head"},
]
# Where the authors' constants would show little in so few steps.
OWN = {"grokfast-ma": {"window": 5}, "ema-nesterov": {"ahead": 5}, "sgld": {"temperature": 1e-3},
       "sam": {"rho": 0.3}, "norm-projection": {"normRatio": 0.9}, "muon-cap": {"cap": 0.9},
       "stablemax": {"learningRate": 1e-3}, "stablemax-off": {"learningRate": 1e-3}}
IDS = ["adamw-wd1", "grokfast", "grokfast-off", "grokfast-ma", "grokfast-ma-off", "grokadamw", "grokadamw-off",
       "orthograd", "norm-projection", "adam", "muon", "muon-off", "muon-cap", "egd", "egd-off", "lion", "lion-off",
       "sam", "ravine", "ravine-sgd", "sgd", "ema-nesterov", "sgld"]


class Toy:
    family = "modular"
    layout = LAYOUT

    def __init__(self):
        random = torch.Generator().manual_seed(19)
        draw = lambda *shape: torch.randn(*shape, dtype=torch.float64, generator=random)
        self.sizes = [torch.Size(p["shape"]).numel() for p in LAYOUT]
        size = sum(self.sizes)
        # Numbers that float32 holds, so that both sides start from the same.
        self.theta = draw(size).float().double()
        a = draw(size, size) / size**0.5
        self.hessian = (a @ torch.diag(torch.logspace(-2, 0.5, size, dtype=torch.float64)) @ a.T).float().double()
        self.noise = [torch.randint(1, m, (size,), generator=random) for m in MODULI]

    def gradient(self, x, criterion=None):
        return (x @ self.hessian @ x / 2 + 0.025 * (x**4).sum()).item(), self.hessian @ x + 0.1 * x**3


def trajectory(name):
    toy, oracle = Toy(), load(name)()
    hyper = {k: v for k, v in oracle.CONSTANTS.items() if not isinstance(v, dict)} | OWN.get(name, {})
    oracle.init(toy, hyper)
    phase = oracle.phases()[-1]
    oracle.begin(phase)
    rows = []
    for t in range(1, STEPS + 1):
        measured = oracle.step(phase, toy.gradient, t)
        if t in KEPT:
            rows.append({"step": t, "prey": [round(x, 9) for x in oracle.x.tolist()], "stepNorm": measured["stepNorm"]})
    return {"algorithm": name, "hyper": hyper, "rows": rows}


def losses():
    """Of StableMax, on outputs of both signs and at 0, with the gradient of the mean."""
    outputs = torch.tensor([[0.0, -2.0, 3.0], [1.5, -0.25, -40.0], [25.0, 0.0, -1.0]], dtype=torch.float64)
    leaf, targets = outputs.clone().requires_grad_(), torch.tensor([0, 2, 0])
    each = [stable_max(leaf[i:i + 1], targets[i:i + 1]) for i in range(3)]
    gradient = torch.autograd.grad(sum(each) / 3, leaf)[0]
    return {"outputs": outputs.tolist(), "targets": targets.tolist(), "losses": [x.item() for x in each],
            "gradient": gradient.tolist()}


if __name__ == "__main__":
    toy = Toy()
    print(json.dumps({"layout": LAYOUT, "start": toy.theta.tolist(), "hessian": toy.hessian.tolist(),
                      "noise": [x.tolist() for x in toy.noise], "stablemax": losses(),
                      "trajectories": [trajectory(name) for name in IDS]}))
