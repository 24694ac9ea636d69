"""Checks of what canary_float64.py is handed, before it is believed: constants, data, order, start, model, optimiser.

Every check states what the case means (the paper, the textbook, PyTorch's own modules) and stops the peer where the
numbers say otherwise. Statistical ones allow five standard errors.
"""
import base64
import hashlib
import itertools
import math

import torch
import torch.nn as nn

from oracles._noise import MODULI
from oracles._shared import ADAM, adam_l2, adamw

SIGMAS = 5
# Samples on which the model is compared with PyTorch's modules, and steps for the optimiser.
MODEL_SAMPLES, OPTIMISER_STEPS = 64, 4
# Images of each digit among the 10,000 of MNIST's test set and the first 1,000 of its training set.
MNIST_TEST = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
MNIST_FIRST = [97, 116, 99, 93, 105, 92, 94, 117, 87, 100]

DECODER = {"dModel": 128, "activation": "relu", "sequence": "a op b =", "layerNormEpsilon": 1e-5, "beta": 1,
           "batchSize": 512, "initScale": 1, "memorisedAbove": 0.99}
# Fields of cases in the paper, arXiv:2509.10562; where it is silent, what the project has decided. Those of algorithms
# are in their oracles.
PAPER = {
    "div97": DECODER | {
        "operation": "divide", "modulus": 97, "heads": 4, "layers": 2, "dFeedforward": 512, "normPlacement": "post",
        "embeddingStd": 1, "dropout": 0.02, "generalisedAbove": 0.99},
    "add139": DECODER | {
        "operation": "add", "modulus": 139, "heads": 2, "layers": 1, "dFeedforward": 256, "normPlacement": "post",
        "embeddingStd": 0.02, "dropout": 0, "generalisedAbove": 0.95},
    "mnist1k": {
        "trainSize": 1000, "width": 200, "hiddenLayers": 2, "batchSize": 200, "initScale": 8,
        "memorisedAbove": 0.99, "generalisedAbove": 0.85},
}


def require(condition, otherwise):
    if not condition:
        raise SystemExit(otherwise)


def fields(message):
    """The fields of a case are the paper's."""
    for name, value in PAPER.get(message["id"], {}).items():
        require(message["defaults"][name] == value, f"{name} is {message['defaults'][name]} by default, not {value}")


def constants(name, oracle, hyper, problem, overrides):
    """The fields of an algorithm are its oracle's, but for those that the canary sets."""
    own = dict(oracle.CONSTANTS)
    particular = {key: own.pop(key) for key in list(own) if isinstance(own[key], dict)}
    own |= particular.get(problem.family, {}) | particular.get(problem.id, {})
    for field in [*hyper, *own]:
        found, expected = hyper.get(field, "no field"), own.get(field, "no field")
        agree = found == expected and isinstance(found, bool) == isinstance(expected, bool)
        require(agree or field in overrides, f"{name}: {field} is {found}, and {expected} in its oracle's CONSTANTS")


# The elements of S5 as lists of images, numbered in lexicographic order.
S5 = torch.tensor(list(itertools.permutations(range(5))))
# Of each operation the smallest b, and which of the results c of a and b modulo p are right.
OPERATIONS = {
    "divide": (1, lambda a, b, c, p: c * b % p == a),
    "add": (0, lambda a, b, c, p: c == (a + b) % p),
    "subtract": (0, lambda a, b, c, p: (c + b) % p == a),
    "multiply": (0, lambda a, b, c, p: c == a * b % p),
    "x2+xy+y2": (0, lambda a, b, c, p: c == ((a + b) ** 2 - a * b) % p),
    # First a, then b: the image of i under c is that of the image of i under a.
    "s5": (0, lambda a, b, c, p: (S5[c] == S5[b].gather(1, S5[a])).all(1)),
}


def operands(message, problem):
    """Every label is right, no pair is seen twice, and the halves are random."""
    case = message["case"]
    require(case["operation"] in OPERATIONS, f"operation {case['operation']} is unknown: add it, from its definition")
    p, (first, right) = case["modulus"], OPERATIONS[case["operation"]]
    seen, pairs = set(), p * (p - first)
    for columns, targets in (problem.train, problem.test):
        a, b, c = columns["a"].long(), columns["b"].long(), targets.long()
        for column, low in ((a, 0), (b, first), (c, 0)):
            require(bool((column >= low).all() and (column < p).all()), "no element, or no pair")
        require(bool(right(a, b, c, p).all()), "a label is wrong")
        require(len(c) == math.floor(case["beta"] * (pairs // 2)), f"a half has {len(c)} pairs")
        seen |= set(zip(a.tolist(), b.tolist()))
        for column, low in ((a, 0), (b, first)):
            error = math.sqrt((p * p - 1) / 12 / len(column))
            middle = (low + p - 1) / 2
            require(abs(column.double().mean().item() - middle) < SIGMAS * error, "the half is no random one")
    require(len(seen) == len(problem.train[1]) + len(problem.test[1]), "a pair is in both halves, or twice in one")


def images(message, problem):
    """Levels are k / 255 and used in full, classes are those of the set, and no image is in both splits."""
    rows = []
    for columns, targets in (problem.train, problem.test):
        pixels = columns["pixels"]
        levels = (pixels * 255).round()
        require(torch.equal((levels / 255).float(), pixels.float()), "a pixel is no level of 8 bits over 255")
        require(levels.min() == 0 and levels.max() == 255, "levels do not reach from 0 to 255")
        require(pixels.shape[1] == 784 and 0.05 < pixels.mean() < 0.3, "no images of pen strokes")
        rows += [bytes(row) for row in levels.to(torch.uint8).tolist()]
        counts = torch.bincount(targets, minlength=10).tolist()
        if message["id"] == "mnist1k":
            require(counts in (MNIST_TEST, MNIST_FIRST), f"class counts are {counts}: not MNIST")
        else:
            require(max(counts) - min(counts) <= 1 and len(counts) == 10, f"class counts are {counts}")
    require(len(set(rows)) == len(rows), "an image is there twice")


def orders(problem):
    """Each epoch has a random order of its own of the whole training set."""
    size = len(problem.train[1])
    first = problem.late["epoch"] if problem.late else 0
    require(len(problem.orders) == problem.case["maxEpochs"] - first, "an epoch without an order")
    for order in problem.orders:
        require(torch.equal(order.sort().values, torch.arange(size)), "an order is no permutation")
        # A random permutation has one fixed point on average; 15 or more have a probability of 1e-12.
        require((order == torch.arange(size)).sum() < 15, "an order is not shuffled")
    for one, next in zip(problem.orders, problem.orders[1:]):
        require((one == next).sum() < 15, "two epochs have the same order")


def spread(x, name, bound=None, std=None):
    """x is uniform in ± bound, or normal with this deviation."""
    n, error = x.numel(), SIGMAS / math.sqrt(x.numel())
    deviation = bound / math.sqrt(3) if bound else std
    require(abs(x.mean()) < error * deviation, f"{name}: mean {x.mean()}")
    require(abs(x.square().mean().sqrt() / deviation - 1) < error, f"{name}: deviation {x.std()}, not {deviation}")
    if bound:
        # All n draws miss the outermost 15/n of the range with a probability of 3e-7.
        require(bound * (1 - 15 / n) < x.abs().max() <= bound * (1 + 1e-6), f"{name}: bound {x.abs().max()}, not {bound}")
    else:
        require(abs((x.abs() < deviation).double().mean() - math.erf(math.sqrt(0.5))) < error, f"{name}: not normal")


def start(problem):
    """Embeddings normal, matrices Xavier-uniform each on its own, gains 1, biases 0; a perceptron as PyTorch starts it."""
    case, decoder = problem.case, problem.family == "modular"
    if case["startNorm"]:
        # Everything uniform in one hypercube, whose half-width makes the root mean square of the norm what is asked for.
        bound = case["startNorm"] * math.sqrt(3 / problem.theta.numel())
        spread(problem.theta / case["initScale"], "theta0", bound=bound)
        return
    pieces = [(p["name"], x.reshape(p["shape"]) / case["initScale"])
              for p, x in zip(problem.layout, torch.split(problem.theta, problem.sizes))]
    for i, (name, x) in enumerate(pieces):
        if not decoder:
            fan_in = pieces[i - i % 2][1].shape[1]
            spread(x, name, bound=1 / math.sqrt(fan_in))
        elif name.endswith("embedding"):
            spread(x, name, std=case["embeddingStd"])
        elif name.endswith(".weight"):
            for part in x.chunk(2 if "keyValue" in name else 1):
                spread(part, name, bound=math.sqrt(6 / sum(part.shape)))
        else:
            constant = 1.0 if name.endswith(".gain") else 0.0
            require(bool(((x - constant).abs() < 1e-6).all()), f"{name} is not {constant}")


def direction(problem):
    d = problem.escape
    require(abs(d.norm() - 1) < 1e-5 and d.shape == problem.theta.shape, "the random push has no unit direction")
    spread(d * math.sqrt(d.numel()), "direction", std=1.0)


def noise(problem):
    """Generators that start anywhere in their ranges, each parameter's on its own."""
    for start, modulus in zip(problem.noise, MODULI):
        require(start.shape == problem.theta.shape and bool(((start > 0) & (start < modulus)).all()), "noise starts elsewhere")
        share, error = start.double() / modulus, SIGMAS * math.sqrt(1 / 12 / start.numel())
        require(abs(share.mean() - 0.5) < error, f"noise starts about {share.mean()} of its range")


def torch_decoder(case, w):
    """The decoder from PyTorch's own layers, with the parameters of ours."""
    width, pre, slots = case["dModel"], case["normPlacement"] == "pre", case["sequence"].split(" ")
    blocks = []
    for i in range(case["layers"]):
        of = lambda name: w[f"block{i}.{name}"]
        block = nn.TransformerEncoderLayer(
            width, case["heads"], case["dFeedforward"], dropout=0.0, activation=case["activation"],
            layer_norm_eps=case["layerNormEpsilon"], batch_first=True, norm_first=pre, dtype=torch.float64)
        block.load_state_dict({
            **{f"self_attn.in_proj_{k}": torch.cat([of(f"attention.query.{k}"), of(f"attention.keyValue.{k}")])
               for k in ("weight", "bias")},
            **{f"{theirs}.{k}": of(f"{ours}.{k}") for k in ("weight", "bias") for theirs, ours in (
                ("self_attn.out_proj", "attention.output"), ("linear1", "feedforward.in"), ("linear2", "feedforward.out"))},
            **{f"{norm}.{theirs}": of(f"{norm}.{ours}") for norm in ("norm1", "norm2")
               for theirs, ours in (("weight", "gain"), ("bias", "bias"))}})
        blocks.append(block)
    mask = nn.Transformer.generate_square_subsequent_mask(len(slots), dtype=torch.float64)
    symbols = {"op": case["modulus"], "=": case["modulus"] + 1}

    def forward(columns):
        a = columns["a"]
        tokens = torch.stack([columns[s] if s in columns else torch.full_like(a, symbols[s]) for s in slots], 1)
        h = w["token_embedding"][tokens] + w["position_embedding"]
        for block in blocks:
            h = block(h, src_mask=mask)
        h = h[:, -1]
        if pre:
            h = nn.functional.layer_norm(h, (width,), w["final_norm.gain"], w["final_norm.bias"], case["layerNormEpsilon"])
        return h @ w["head.weight"].T + w["head.bias"]

    return forward


def torch_perceptron(case, w):
    sizes = [784, *[case["width"]] * case["hiddenLayers"], 10]
    layers = []
    for i, (fan_in, out) in enumerate(zip(sizes, sizes[1:])):
        layer = nn.Linear(fan_in, out, dtype=torch.float64)
        layer.load_state_dict({k: w[f"layer{i}.{k}"] for k in ("weight", "bias")})
        layers += [layer, nn.ReLU()]
    return lambda columns: nn.Sequential(*layers[:-1])(columns["pixels"])


def model(problem):
    """Away from the start, where gains and biases would hide, our outputs are those of PyTorch's modules."""
    noise = torch.randn(len(problem.theta), dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    theta = problem.theta + 0.1 * noise
    w = {p["name"]: x.reshape(p["shape"]) for p, x in zip(problem.layout, torch.split(theta, problem.sizes))}
    theirs = (torch_decoder if problem.family == "modular" else torch_perceptron)(problem.case, w)
    columns = {k: x[:MODEL_SAMPLES] for k, x in problem.train[0].items()}
    with torch.no_grad():
        ours, expected = problem.outputs(theta, columns), theirs(columns)
    require(torch.allclose(ours, expected, rtol=1e-9, atol=1e-9 * expected.abs().max().item()), "the model is another one")


def optimiser(problem):
    """Our Adam makes the steps of torch.optim."""
    options = {"lr": ADAM["learningRate"], "betas": (ADAM["beta1"], ADAM["beta2"]), "eps": ADAM["epsilon"],
               "weight_decay": ADAM["weightDecay"]}
    for theirs, ours in ((torch.optim.AdamW, adamw), (torch.optim.Adam, adam_l2)):
        leaf, x, state = problem.theta.clone().requires_grad_(), problem.theta, ours(ADAM)
        rival = theirs([leaf], **options)
        for t in range(1, OPTIMISER_STEPS + 1):
            g = problem.gradient(x, problem.batches(0)[(t - 1) % len(problem.batches(0))], 0)[1]
            x = state.step(x, g, t)
            leaf.grad = g
            rival.step()
        require((x - leaf).norm() < 1e-12 * x.norm(), "the optimiser is another one")


def masks(problem):
    """A mask for each step, all of them different, that keeps as many elements as the case says, at every site."""
    case, rate = problem.case, problem.case.get("dropout", 0)
    steps = case["maxEpochs"] * len(problem.batches(0))
    require(len(problem.masks) == (steps if rate else 0), f"{len(problem.masks)} steps have masks")
    for step in problem.masks:
        require(len(step) == 1 + sum(3 + (len(case["sequence"].split(" ")) if i < case["layers"] - 1 else 1)
                                     for i in range(case["layers"])), "a site has no mask")
    for site in problem.masks[0] if rate else ():
        every = torch.stack([step[site] for step in problem.masks]).double()
        error = math.sqrt(rate * (1 - rate) / every.numel())
        require(abs(every.mean() - (1 - rate)) < SIGMAS * error, f"{site} keeps {every.mean()}")
        for one, other in zip(every, every[1:]):
            same = (one == other).double().mean() - (rate**2 + (1 - rate)**2)
            require(abs(same) < SIGMAS * 0.5 / math.sqrt(one.numel()), f"{site}: masks of two steps are alike")


def late(problem):
    """A run under way: as many steps as its epochs have, moments of gradients, agents that are apart, no masks."""
    now = problem.late
    if not now:
        return
    steps = now["epoch"] * len(problem.batches(0))
    require(now["steps"] == now["t"] == now["phaseStep"] == steps and steps > 0, "a late start counts other steps")
    require(not problem.masks, "a late start has dropout, whose masks it would need")
    for name in ("prey", "predator", "firstMoment", "secondMoment", "origin"):
        require(now[name].shape == problem.theta.shape and bool(now[name].isfinite().all()), f"late {name}: other numbers")
    require(bool((now["secondMoment"] > 0).all()), "a second moment is not positive")
    require(1 < (now["prey"] - now["predator"]).norm() < 100, "the agents are not apart")


def check(message, problem):
    """All that is the same for every algorithm."""
    fields(message)
    (operands if problem.family == "modular" else images)(message, problem)
    orders(problem)
    late(problem)
    masks(problem)
    start(problem)
    direction(problem)
    noise(problem)
    model(problem)
    optimiser(problem)


def digests(message):
    """SHA-256 of the numbers that were handed over: columns in their order, then targets."""
    def digest(*texts):
        hasher = hashlib.sha256()
        for text in texts:
            hasher.update(base64.b64decode(text))
        return hasher.hexdigest()

    split = lambda s: digest(*[column["values"] for column in s["inputs"].values()], s["targets"])
    handed = {"theta0": digest(message["theta"]), "train": split(message["train"]), "test": split(message["test"]),
              "orders": digest(*message["orders"]), "direction": digest(message["direction"])}
    if not message["late"]:
        return handed
    vectors = ("prey", "predator", "firstMoment", "secondMoment", "origin")
    return handed | {"late": digest(*(message["late"][name] for name in vectors))}
