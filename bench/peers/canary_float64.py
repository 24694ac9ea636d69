"""The first steps of every algorithm on a case, in float64: the reference of the numeric canaries (src/gate/canary).

Written from the definitions of the methods. It shares nothing with the TypeScript that it judges but the numbers that it
is handed: one problem as a JSON line on stdin with case, defaults, tuned, loss, layout, algorithms, and in base64 theta,
direction (of the random push), the splits, and for each epoch an order of the training set. Those are checked first
(canary_checks.py). Each answer is one JSON line:

  {"versions", "inputs", "parameters"}
                who computes, and SHA-256 of the numbers that were handed over
  {"algorithm", "phases", "steps", "epochs", "rounding"}
                one an algorithm: its trajectory by columns, and for each quantity and segment how far float32 strays

`rounding` is measured, not assumed: PyTorch follows the same trajectory in float32 a few times, from starts that differ
in the last bit, and the largest relative difference to float64 is kept (of accuracies, the difference in samples).
Tolerances of the canaries are multiples of it. A segment ends where a phase ends or an epoch is evaluated.

Needs PyTorch only. Sources: arXiv:2509.10562, Algorithms 1 and 2; arXiv:1412.6980; arXiv:1711.05101.
"""
import ctypes
import hashlib
import json
import math
import platform
import sys
from dataclasses import dataclass

import torch

import pytorch_step as peer
from canary_checks import check, digests, require

DIGITS = 7
# Float32 followers. Several, because what parts them from float64 most are rare events: one unit of one sample crosses
# the kink of a ReLU, and Adam amplifies it.
SHORT_FOLLOWERS = 4
# A trajectory that float32 cannot follow to this, relative in the loss, judges nothing: the canary is too long.
CHAOS = 5e-3
# The accuracy that ends memorisation is this far from its threshold, so that rounding cannot move the end.
MARGIN_SAMPLES = 5


@dataclass(frozen=True)
class Method:
    """An algorithm in the words of the paper. `push` and `chase` name the case's A and alpha_p, or what replaces them."""
    agents: str = "one"  # "one"; "two": an optimiser state each (Algorithm 1); "joined": a shared one (Algorithm 2)
    memorise: bool = True  # plain AdamW until the training set is memorised, then a fresh optimiser
    decoupled: bool = False  # AdamW, in place of Adam with the L2 term in the gradient
    tuned: bool = False  # learning rate and weight decay that a search has found, in place of the paper's
    predator_descends: bool = False
    random_push: bool = False
    push: object = "A"
    chase: object = "alphaP"


METHODS = {
    "adamw": Method(memorise=False, decoupled=True),
    "adamw-tuned": Method(memorise=False, decoupled=True, tuned=True),
    "adam-l2": Method(),
    "adam-l2-scratch": Method(memorise=False),
    "ppm": Method("two"),
    "ppm-adamw": Method("two", decoupled=True),
    "ppm-gradpred": Method("two", predator_descends=True),
    "ppm-scratch": Method("two", memorise=False),
    "ppm-nopush": Method("two", push=0),
    "ppm-nochase": Method("two", chase=0),
    "pp-conn": Method("joined"),
    "pp-conn-fast": Method("joined", push="alphaP", chase="A"),
    "pp-conn-gradpred": Method("joined", predator_descends=True),
    "pp-conn-alone": Method("joined", push=0, chase=0),
    "pp-conn-random": Method("joined", random_push=True),
}


class Adam:
    """Adam with decoupled decay or with the decay in the gradient; without first moment it is line 15 of Algorithm 2."""

    def __init__(self, case, decoupled, first_moment=True):
        self.case, self.decoupled, self.first_moment = case, decoupled, first_moment
        self.m = self.v = 0.0

    def copy(self):
        twin = Adam(self.case, self.decoupled, self.first_moment)
        twin.m, twin.v = self.m, self.v  # Tensors are replaced, never written to.
        return twin

    def step(self, p, g, t):
        rate, decay, b1, b2 = (self.case[name] for name in ("learningRate", "weightDecay", "beta1", "beta2"))
        if not self.decoupled:
            g = g + decay * p
        self.m = b1 * self.m + (1 - b1) * g if self.first_moment else g
        self.v = b2 * self.v + (1 - b2) * g * g
        self.direction = (self.m / (1 - b1**t)) / ((self.v / (1 - b2**t)).sqrt() + self.case["epsilon"])
        return (p - rate * decay * p if self.decoupled else p) - rate * self.direction


class Problem:
    """Data, model and start of a case at one precision, the start moved by up to a unit in the last float32 place."""

    def __init__(self, message, dtype, moved=0):
        self.case, self.tuned, self.layout = (message[k] for k in ("case", "tuned", "layout"))
        self.forward = (peer.transformer if "heads" in self.case else peer.perceptron)(self.case)
        self.criterion = peer.LOSSES[message["loss"]]
        theta, self.escape = (peer.numbers(message[k], "float32").to(dtype) for k in ("theta", "direction"))
        noise = torch.rand(len(theta), dtype=torch.float64, generator=torch.Generator().manual_seed(moved)) * 2 - 1
        self.theta = (theta.double() * (1 + noise * 2.0**-23)).to(dtype) if moved else theta
        self.train, self.test = (self.cast(peer.Peer.samples(message[k]), dtype) for k in ("train", "test"))
        self.orders = [peer.numbers(order, "int32").long() for order in message["orders"]]
        self.sizes = [math.prod(piece["shape"]) for piece in self.layout]
        self.known = {}

    @staticmethod
    def cast(samples, dtype):
        columns, targets = samples
        return {k: x.to(dtype) if x.is_floating_point() else x for k, x in columns.items()}, targets

    def outputs(self, theta, columns):
        pieces = zip(self.layout, torch.split(theta, self.sizes))
        return self.forward({p["name"]: x.reshape(p["shape"]) for p, x in pieces}, columns)

    def batches(self, epoch):
        """Rows of an epoch's batches: its order cut into pieces, the last partial one dropped."""
        size, order = self.case["batchSize"], self.orders[epoch]
        return [order[i * size:(i + 1) * size] for i in range(len(order) // size)]

    def once(self, theta, what, compute, keep=True):
        """Algorithms share their first steps: what was computed at a point is not computed there again."""
        key = (hashlib.sha256(ctypes.string_at(theta.data_ptr(), theta.nbytes)).digest(), what)
        found = self.known[key] if key in self.known else compute()
        if keep:
            self.known[key] = found
        return found

    def gradient(self, theta, rows, keep=False):
        """(loss, gradient) of a batch."""
        def compute():
            leaf = theta.clone().requires_grad_()
            columns, targets = self.train
            loss = self.criterion(self.outputs(leaf, {k: x[rows] for k, x in columns.items()}), targets[rows])
            return loss.item(), torch.autograd.grad(loss, leaf)[0]
        return self.once(theta, tuple(rows.tolist()), compute, keep)

    @torch.no_grad()
    def score(self, theta, split):
        """(accuracy, mean loss) on "train" or "test"."""
        def compute():
            columns, targets = getattr(self, split)
            hits, loss = 0, 0.0
            for start in range(0, len(targets), peer.EVALUATION_ROWS):
                rows = slice(start, start + peer.EVALUATION_ROWS)
                outputs = self.outputs(theta, {k: x[rows] for k, x in columns.items()})
                hits += (outputs.argmax(1) == targets[rows]).sum().item()
                loss += self.criterion(outputs, targets[rows]).item() * len(outputs)
            return hits / len(targets), loss / len(targets)
        return self.once(theta, split, compute)


def sparser(at):
    """What is kept after `at`: everything up to 100, then what is 1 % later."""
    return at + 1 if at < 100 else max(at + 1, math.ceil(at * 1.01))


class Follower:
    """Follows one algorithm from initialisation to the end of the canary."""

    def __init__(self, problem, method):
        self.problem, self.method = problem, method
        self.case = problem.case | (problem.tuned if method.tuned else {})
        self.x = self.origin = problem.theta
        self.y = self.predator_state = None
        self.calls, self.segment, self.losses, self.steps, self.kept, self.epochs = 0, 0, [], [], [], []
        after = ["train"] if method.agents == "one" else ["prey-only", "hunt"]
        self.phases = (["memorise"] if method.memorise else []) + after
        self.phase = -1
        self.enter()

    def enter(self):
        """The next phase, with a fresh optimiser and its t, at the point where the prey is."""
        self.phase, self.t, self.origin = self.phase + 1, 0, self.x
        self.in_phase = self.keep_from = 0
        if self.phases[self.phase] == "memorise":
            self.state = Adam(self.case, decoupled=True)
            return
        joined = self.method.agents == "joined"
        self.state = Adam(self.case, self.method.decoupled, self.case["useM"] if joined else True)
        self.y = None if self.method.agents == "one" else self.x

    def step(self, batch):
        if self.phases[self.phase] == "prey-only" and self.t == self.case["nD"]:
            self.phase, self.segment, self.predator_state = self.phase + 1, self.segment + 1, self.state.copy()
            self.in_phase = self.keep_from = 0
        self.t += 1
        self.in_phase += 1
        loss, g = self.problem.gradient(self.x, batch, keep=self.phases[self.phase] != "hunt")
        self.calls += 1
        self.losses.append(loss)
        self.x = self.state.step(self.x, g, self.t)
        row = {"step": len(self.steps) + 1, "segment": self.segment, "phase": self.phase, "t": self.t, "loss": loss,
               "stepNorm": self.state.direction.norm().item()}
        self.steps.append(row | (self.hunt(batch) if self.phases[self.phase] == "hunt" else {}))
        if self.in_phase >= self.keep_from:
            self.kept.append(self.steps[-1])
            self.keep_from = sparser(self.in_phase)

    def hunt(self, batch):
        """The predator's own step, then the interaction. The prey has made its step already."""
        method, rate = self.method, self.case["learningRate"]
        push, chase = (self.case[c] if isinstance(c, str) else c for c in (method.push, method.chase))
        if method.agents == "joined":
            g = self.problem.gradient(self.y, batch)[1] if method.predator_descends else torch.zeros_like(self.y)
            self.y = self.state.step(self.y, g, self.t)
        elif method.predator_descends:
            self.y = self.predator_state.step(self.y, self.problem.gradient(self.y, batch)[1], self.t)
        self.calls += method.predator_descends
        d = (self.x - self.y).norm()
        l = (self.x - self.y) / d
        potential = push * math.exp(-d.item() / self.case["sigma"])
        self.x = self.x + rate * potential * (self.problem.escape if method.random_push else l)
        self.y = self.y + rate * chase * l
        return {"distance": d.item(), "potential": potential}

    def measure(self, agent, named):
        row = {named("weightNorm"): agent.norm().item(), named("fromStart"): (agent - self.origin).norm().item()}
        for split in ("train", "test"):
            row[named(f"{split}Accuracy")], row[named(f"{split}Loss")] = self.problem.score(agent, split)
        return row

    def evaluate(self, epoch):
        row = {"segment": self.segment, "epoch": epoch, "steps": len(self.steps), "gradientCalls": self.calls,
               "phase": self.phase, "batchLoss": math.fsum(self.losses) / len(self.losses) if self.losses else None}
        self.losses, self.segment = [], self.segment + 1
        row |= self.measure(self.x, lambda name: name)
        if self.y is not None:
            row |= self.measure(self.y, lambda name: "predator" + name[0].upper() + name[1:])
        self.epochs.append(row)
        require(row["testAccuracy"] <= self.case["generalisedAbove"], "a canary ends before the case is generalised")
        if self.phases[self.phase] == "memorise":
            above = row["trainAccuracy"] - self.case["memorisedAbove"]
            samples = abs(above) * len(self.problem.train[1])
            require(samples > MARGIN_SAMPLES, f"epoch {epoch}: accuracy {row['trainAccuracy']} is near memorisedAbove")
            if above > 0:
                self.enter()

    def following(self, epoch):
        every = self.case["evalEvery"]
        return epoch - epoch % every + every if every else sparser(epoch)

    def follow(self):
        last, due = self.case["maxEpochs"], self.following(0)
        self.evaluate(0)
        for epoch in range(1, last + 1):
            for batch in self.problem.batches(epoch - 1):
                self.step(batch)
            if epoch in (due, last):
                self.evaluate(epoch)
                due = self.following(epoch)
        return self


def rounding(exact, shorts):
    """By quantity, for each segment, how far the float32 followers stray from the float64 one."""
    strayed = {}
    for short in shorts:
        for theirs, ours in zip(exact.steps + exact.epochs, short.steps + short.epochs):
            for name, x in theirs.items():
                if not isinstance(x, float):
                    require(ours[name] == x, f"{name} differs between float32 and float64")
                    continue
                samples = len(getattr(exact.problem, "train" if "rain" in name else "test")[1])
                difference = abs(ours[name] - x)
                relative = difference * samples if "ccuracy" in name else difference / abs(x) if difference else 0.0
                segments = strayed.setdefault(name, [0.0] * exact.segment)
                segments[theirs["segment"]] = max(segments[theirs["segment"]], relative)
    require(max(strayed["loss"]) < CHAOS, f"float32 strays by {max(strayed['loss'])} in the loss: too many steps")
    return {name: [float(f"{x:.1g}") or 0 for x in segments] for name, segments in strayed.items()}


def columns(rows):
    """A table by columns, null where a row lacks a quantity."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    number = lambda x: float(f"{x:.{DIGITS}g}") if isinstance(x, float) else x
    return {name: [number(row.get(name)) for row in rows] for name in names}


def main():
    torch.set_num_threads(1)
    say = lambda answer: print(json.dumps(answer, separators=(",", ":")), flush=True)
    message = json.loads(sys.stdin.readline())
    exact = Problem(message, torch.float64)
    shorts = [Problem(message, torch.float32, moved) for moved in range(SHORT_FOLLOWERS)]
    check(message, exact, lambda **kind: Adam(exact.case, **kind))
    versions = {"python": platform.python_version(), "torch": torch.__version__.split("+")[0]}
    say({"versions": versions, "inputs": digests(message), "parameters": len(exact.theta)})
    for name in message["algorithms"]:
        require(name in METHODS, f"algorithm {name} is unknown: add it to METHODS, from its definition")
        leader, *others = (Follower(problem, METHODS[name]).follow() for problem in (exact, *shorts))
        say({"algorithm": name, "phases": leader.phases, "steps": columns(leader.kept),
             "epochs": columns(leader.epochs), "rounding": rounding(leader, others)})


if __name__ == "__main__":
    main()
