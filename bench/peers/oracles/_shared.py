"""What oracles are made of: the follower's side of an algorithm, and Adam.

An oracle is one file, `<id of the algorithm, with _ for ->.py`, with a class `Oracle`: the algorithm from its source,
and not from the TypeScript that it judges. It has

  CONSTANTS     the value of every field. A dict among them is for the family ("modular", "image") or the case of that
                name, and goes before what is general. The follower stops where the TypeScript has another value.
  ULPS          how far, in units of the last place, the starts of the float32 followers lie apart, by family: more than 1
                where a method makes much of one unit at the kink of a ReLU, which a few followers that differ in one bit
                may not meet
  phases()      what follows what
  init(problem, hyper)
                the start: the prey `x` at theta, no predator `y`
  begin(phase)  what a phase starts with
  step(phase, gradient, t)
                one step, which replaces `x` (and `y`) and returns what is measured of it: loss, stepNorm, and more.
                `gradient(x)` is (loss, gradient) of the step's batch; every call is counted. A second argument is
                a loss of outputs and targets in place of the case's.

Tensors are replaced, never written to. Nothing else has to name the file, which is found by the algorithm's id. Files
that begin with _ are no oracles.
"""
from dataclasses import dataclass

import torch

# Adam as its authors give it, with the decay that PyTorch's AdamW has: what stands where a source gives none.
ADAM = {"learningRate": 1e-3, "weightDecay": 1e-2, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
# Ends of a phase, beside a number of steps.
MEMORISED, END = "memorised", "end"


@dataclass(frozen=True)
class Phase:
    """A stretch of a run with one way to step."""
    id: str
    until: object = END
    restarts: bool = True  # t starts again at 1


MEMORISE = Phase("memorise", MEMORISED)


class Adam:
    """Adam with decoupled decay or with the decay in the gradient; without first moment it is line 15 of Algorithm 2."""

    def __init__(self, constants, decoupled, first_moment=True):
        self.constants, self.decoupled, self.first_moment = constants, decoupled, first_moment
        self.m = self.v = 0.0

    def step(self, p, g, t):
        rate, decay, b1, b2 = (self.constants[name] for name in ("learningRate", "weightDecay", "beta1", "beta2"))
        if not self.decoupled:
            g = g + decay * p
        self.m = b1 * self.m + (1 - b1) * g if self.first_moment else g
        self.v = b2 * self.v + (1 - b2) * g * g
        self.direction = (self.m / (1 - b1**t)) / ((self.v / (1 - b2**t)).sqrt() + self.constants["epsilon"])
        return (p - rate * decay * p if self.decoupled else p) - rate * self.direction


def adamw(constants):
    return Adam(constants, decoupled=True)


def adam_l2(constants):
    return Adam(constants, decoupled=False)


def pieces(problem, vector):
    """A flat vector as tensors by name."""
    parts = torch.split(vector, problem.sizes)
    return {p["name"]: x.reshape(p["shape"]) for p, x in zip(problem.layout, parts)}


def flat(tensors):
    return torch.cat([x.reshape(-1) for x in tensors.values()])


class Single:
    """One agent with an optimiser that each phase starts afresh; AdamW while memorising, as in phase 1 of the paper."""
    CONSTANTS = {}
    ULPS = {}

    def phases(self):
        return [Phase("train")]

    def optimiser(self, hyper):
        """A fresh one: `step(p, g, t)` is the next p, and leaves the `direction` whose norm is recorded."""
        raise NotImplementedError

    def init(self, problem, hyper):
        self.problem, self.hyper = problem, hyper
        self.x, self.y = problem.theta, None

    def begin(self, phase):
        self.state = adamw(self.hyper) if phase == MEMORISE else self.optimiser(self.hyper)

    def step(self, phase, gradient, t):
        loss, g = gradient(self.x)
        self.x = self.state.step(self.x, g, t)
        return {"loss": loss, "stepNorm": self.state.direction.norm().item()}
