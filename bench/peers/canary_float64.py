"""The first steps of every algorithm on a case, in float64: the reference of the numeric canaries (src/gate/canary).

Written from the definitions of the methods, one oracle each: oracles/, and _shared.py there for what an oracle is. It
shares nothing with the TypeScript that it judges but the numbers that it is handed: one problem as a JSON line on stdin
with id, case and defaults (fields of the case), overrides, algorithms, hypers (fields of each algorithm), oracles (paths
of those that lie elsewhere), loss, layout, and in base64 theta, direction (of the random push), the splits, and for each
epoch an order of the training set, and noise, where the generators of Langevin noise start. Where it begins late there is `late` as well: epoch, t and the vectors of a run
under way, and the orders are of the epochs from there on. Those are checked first (canary_checks.py). Each answer is one
JSON line:

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
import functools
import hashlib
import importlib.util
import json
import math
import os
import platform
import sys

import torch

import pytorch_step as peer
from canary_checks import check, constants, digests, require
from oracles._shared import MEMORISED

DIGITS = 7
# Float32 followers. Several, because what parts them from float64 most are rare events: one unit of one sample crosses
# the kink of a ReLU, and Adam amplifies it.
SHORT_FOLLOWERS = 4
# A trajectory that float32 cannot follow to this, relative in the loss, judges nothing: the canary is too long.
CHAOS = 5e-3
# The accuracy that ends memorisation is this far from its threshold, so that rounding cannot move the end.
MARGIN_SAMPLES = 5
# Phases in which algorithms are at the same points.
SHARED = ("memorise", "prey-only")
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "oracles")


def load(name, path=None):
    """The oracle of an algorithm: a class `Oracle` in a file of its own."""
    file = name.replace("-", "_") + ".py"
    shown, path = (path, path) if path else (f"bench/peers/oracles/{file}", os.path.join(FOLDER, file))
    require(os.path.isfile(path), f"algorithm {name} has no oracle: write {shown}, from its definition")
    spec = importlib.util.spec_from_file_location(f"oracle of {name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    require(hasattr(module, "Oracle"), f"{shown} has no class Oracle")
    return module.Oracle


class Problem:
    """Data, model and start of a case at one precision, the start moved by up to so many units in the last float32 place."""

    def __init__(self, message, dtype, moved=0, ulps=1):
        self.id, self.case, self.layout = (message[k] for k in ("id", "case", "layout"))
        self.family = "modular" if "heads" in self.case else "image"
        self.forward = (peer.transformer if self.family == "modular" else peer.perceptron)(self.case)
        self.criterion = peer.LOSSES[message["loss"]]
        theta, self.escape = (peer.numbers(message[k], "float32").to(dtype) for k in ("theta", "direction"))
        noise = torch.rand(len(theta), dtype=torch.float64, generator=torch.Generator().manual_seed(moved)) * 2 - 1
        self.theta = (theta.double() * (1 + noise * ulps * 2.0**-23)).to(dtype) if moved else theta
        self.noise = [peer.numbers(x, "float32").long() for x in message["noise"]]
        self.late = message["late"] and {
            name: peer.numbers(x, "float32").to(dtype) if isinstance(x, str) else x
            for name, x in message["late"].items()}
        if self.late and moved:
            self.late["prey"] = (self.late["prey"].double() * (1 + noise * 2.0**-23)).to(dtype)
        self.train, self.test = (self.cast(peer.Peer.samples(message[k]), dtype) for k in ("train", "test"))
        self.masks = [{site: peer.numbers(kept["values"], "bool").view(kept["shape"]) for site, kept in step.items()}
                      for step in message["masks"]]
        self.orders = [peer.numbers(order, "int32").long() for order in message["orders"]]
        self.sizes = [math.prod(piece["shape"]) for piece in self.layout]
        self.known = {}

    @staticmethod
    def cast(samples, dtype):
        columns, targets = samples
        return {k: x.to(dtype) if x.is_floating_point() else x for k, x in columns.items()}, targets

    def outputs(self, theta, columns, *kept):
        """Of the model as it is judged; with the masks of a step as it trains then."""
        pieces = zip(self.layout, torch.split(theta, self.sizes))
        return self.forward({p["name"]: x.reshape(p["shape"]) for p, x in pieces}, columns, *kept)

    def batches(self, epoch):
        """Rows of an epoch's batches, 0 the first that is run: its order cut into pieces, the last partial one dropped."""
        size, order = self.case["batchSize"], self.orders[epoch]
        return [order[i * size:(i + 1) * size] for i in range(len(order) // size)]

    def once(self, theta, what, compute, keep=True):
        """Algorithms share their first steps: what was computed at a point is not computed there again."""
        key = (hashlib.sha256(ctypes.string_at(theta.data_ptr(), theta.nbytes)).digest(), what)
        found = self.known[key] if key in self.known else compute()
        if keep:
            self.known[key] = found
        return found

    def gradient(self, theta, rows, step, keep=False, criterion=None):
        """(loss, gradient) of a batch at a step of the run, 0 the first: it says what is dropped."""
        criterion = criterion or self.criterion
        def compute():
            leaf = theta.clone().requires_grad_()
            columns, targets = self.train
            outputs = self.outputs(leaf, {k: x[rows] for k, x in columns.items()}, *self.masks[step:step + 1])
            loss = criterion(outputs, targets[rows])
            return loss.item(), torch.autograd.grad(loss, leaf)[0]
        return self.once(theta, (criterion, step if self.masks else None, *rows.tolist()), compute, keep)

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
    """Follows one algorithm from initialisation, or from a run under way, to the end of the canary."""

    def __init__(self, problem, oracle, hyper):
        self.problem, self.case, self.oracle = problem, problem.case, oracle
        oracle.init(problem, hyper)
        self.phases, self.phase, self.origin, self.t = oracle.phases(), -1, oracle.x, 0
        self.calls, self.segment, self.losses, self.steps, self.kept, self.epochs = 0, 0, [], [], [], []
        self.first = self.before = 0
        self.enter()
        if problem.late:
            self.resume(problem.late)

    def enter(self):
        """The next phase, at the point where the prey is."""
        self.phase += 1
        self.now = self.phases[self.phase]
        self.in_phase = self.keep_from = 0
        self.t = 0 if self.now.restarts else self.t
        self.oracle.begin(self.now)

    def resume(self, late):
        """Goes on from a run under way, in its last phase: its vectors in the place of those that the phases began with."""
        while self.phase < len(self.phases) - 1:
            self.enter()
        oracle, self.first, self.before = self.oracle, late["epoch"], late["steps"]
        oracle.x, oracle.state.m, oracle.state.v = (late[name] for name in ("prey", "firstMoment", "secondMoment"))
        if oracle.y is not None:
            oracle.y = late["predator"]
        self.origin, self.t, self.calls = late["origin"], late["t"], late["gradientCalls"]
        self.in_phase = self.keep_from = late["phaseStep"]

    def step(self, batch):
        while self.in_phase == self.now.until:
            self.segment += 1
            self.enter()
        self.t += 1
        self.in_phase += 1

        def gradient(x, criterion=None):
            self.calls += 1
            keep = not self.steps or self.now.id in SHARED
            return self.problem.gradient(x, batch, len(self.steps), keep=keep, criterion=criterion)

        measured = self.oracle.step(self.now, gradient, self.t)
        self.losses.append(measured["loss"])
        row = {"step": self.before + len(self.steps) + 1, "segment": self.segment, "phase": self.phase, "t": self.t}
        self.steps.append(row | measured)
        if self.in_phase >= self.keep_from:
            self.kept.append(self.steps[-1])
            self.keep_from = sparser(self.in_phase)

    def measure(self, agent, named):
        row = {named("weightNorm"): agent.norm().item(), named("fromStart"): (agent - self.origin).norm().item()}
        for split in ("train", "test"):
            row[named(f"{split}Accuracy")], row[named(f"{split}Loss")] = self.problem.score(agent, split)
        return row

    def evaluate(self, epoch):
        row = {"segment": self.segment, "epoch": epoch, "steps": self.before + len(self.steps), "gradientCalls": self.calls,
               "phase": self.phase, "batchLoss": math.fsum(self.losses) / len(self.losses) if self.losses else None}
        self.losses, self.segment = [], self.segment + 1
        row |= self.measure(self.oracle.x, lambda name: name)
        if self.oracle.y is not None:
            row |= self.measure(self.oracle.y, lambda name: "predator" + name[0].upper() + name[1:])
        self.epochs.append(row)
        require(row["testAccuracy"] <= self.case["generalisedAbove"], "a canary ends before the case is generalised")
        if self.now.until == MEMORISED:
            above = row["trainAccuracy"] - self.case["memorisedAbove"]
            samples = abs(above) * len(self.problem.train[1])
            require(samples > MARGIN_SAMPLES, f"epoch {epoch}: accuracy {row['trainAccuracy']} is near memorisedAbove")
            if above > 0:
                self.origin = self.oracle.x
                self.enter()

    def following(self, epoch):
        every = self.case["evalEvery"]
        return epoch - epoch % every + every if every else sparser(epoch)

    def follow(self):
        last, due = self.case["maxEpochs"], self.following(self.first)
        self.evaluate(self.first)
        for epoch in range(self.first + 1, last + 1):
            for batch in self.problem.batches(epoch - 1 - self.first):
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
    shorts = functools.cache(lambda ulps: [Problem(message, torch.float32, i, ulps) for i in range(SHORT_FOLLOWERS)])
    oracles = {name: load(name, message["oracles"].get(name)) for name in message["algorithms"]}
    check(message, exact)
    for name, oracle in oracles.items():
        constants(name, oracle, message["hypers"][name], exact, message["overrides"])
    versions = {"python": platform.python_version(), "torch": torch.__version__.split("+")[0]}
    say({"versions": versions, "inputs": digests(message), "parameters": len(exact.theta)})
    for name, oracle in oracles.items():
        follow = lambda problem: Follower(problem, oracle(), message["hypers"][name]).follow()
        leader, *others = (follow(problem) for problem in (exact, *shorts(oracle.ULPS.get(exact.family, 1))))
        say({"algorithm": name, "phases": [phase.id for phase in leader.phases], "steps": columns(leader.kept),
             "epochs": columns(leader.epochs), "rounding": rounding(leader, others)})


if __name__ == "__main__":
    main()
