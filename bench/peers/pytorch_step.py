"""The same training step, evaluation and epoch in PyTorch: the peer of bench/engine_bench.ts.

Served by served.py. The problem is JSON: case (fields by name), mode, loss, layout [{name, shape}], and theta, batch,
train and test with their numbers in base64. Modes: eager, compile (torch.compile takes loss, gradients and optimiser),
both on one thread of the processor; cuda, the same as eager on a GPU, and cuda-graph, the whole step as one graph there.
Each later line is one call, each answer one JSON line:

  step      {"ms", "cpuMs", "loss"}: one AdamW step on the batch; loss is that before the step
  evaluate  {"ms", "cpuMs", "loss", "accuracy"}: of the training set at the parameters as they are
  epoch     {"ms", "cpuMs", "loss"}: a step on every whole batch of a new order, then both splits evaluated

Closing stdin ends it. Needs PyTorch only.
"""
import math

import torch
import torch.nn.functional as F

from served import raw, serve

# Samples a call of the evaluation: a third faster than the whole training set at once.
EVALUATION_ROWS = 1200
DTYPES = {"float32": torch.float32, "int32": torch.int32, "bool": torch.uint8}


def numbers(text, dtype):
    return torch.frombuffer(raw(text), dtype=DTYPES[dtype])


def parameters(layout, theta):
    """One leaf a piece of the flat vector."""
    pieces = torch.split(numbers(theta, "float32"), [math.prod(piece["shape"]) for piece in layout])
    return {p["name"]: x.reshape(p["shape"]).clone().requires_grad_() for p, x in zip(layout, pieces)}


def keepers(case, kept, size):
    """Dropout with masks that are given: of [sample, position, unit], and of weights [sample, head, query, key].

    A mask of a site has its rows position by position. Where it lacks positions it is the last block, whose others are
    read by nobody: they are kept.
    """
    if not kept:
        return (lambda site, x: x), (lambda block, weights: weights)
    length, heads, left = len(case["sequence"].split(" ")), case["heads"], 1 - case["dropout"]

    def drop(site, x):
        own = kept[site].view(-1, size, x.shape[-1]).transpose(0, 1)
        every = torch.ones(size, length - own.shape[1], x.shape[-1], dtype=own.dtype)
        return x * torch.cat([every, own], 1) / left

    def drop_weights(block, weights):
        every = torch.ones(size, heads, length, length)
        for query in range(length):
            own = kept.get(f"{block}.attention.weights.{query}")
            if own is not None:
                every[:, :, query, :query + 1] = own
        return weights * every / left

    return drop, drop_weights


def transformer(case, device="cpu"):
    """Decoder with causal mask and learned positions; logits are read at the last position."""
    slots, heads, modulus = case["sequence"].split(" "), case["heads"], case["modulus"]
    symbols = {"op": modulus, "=": modulus + 1}
    activation = {"relu": F.relu, "gelu": F.gelu}[case["activation"]]
    pre = case["normPlacement"] == "pre"
    mask = torch.full((len(slots), len(slots)), -math.inf, device=device).triu(1)
    scale = math.sqrt(case["dModel"] // heads)

    def forward(w, inputs, kept=None):
        size = inputs["a"].shape[0]
        drop, drop_weights = keepers(case, kept, size)
        tokens = torch.stack([inputs.get(s, torch.full((size,), symbols.get(s, 0), device=device)) for s in slots], 1)
        h = drop("embedding", w["token_embedding"][tokens] + w["position_embedding"])
        linear = lambda name, x: F.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])
        norm = lambda name, x: F.layer_norm(x, x.shape[-1:], w[f"{name}.gain"], w[f"{name}.bias"],
                                            case["layerNormEpsilon"])
        split = lambda x: x.view(size, len(slots), heads, -1).transpose(1, 2)
        for i in range(case["layers"]):
            block = f"block{i}"

            def attention(x):
                query = split(linear(f"{block}.attention.query", x))
                key, value = map(split, linear(f"{block}.attention.keyValue", x).chunk(2, -1))
                # Faster on a CPU than scaled_dot_product_attention, whose blocks are made for longer sequences.
                mixed = drop_weights(block, (query @ key.transpose(-1, -2) / scale + mask).softmax(-1)) @ value
                branch = linear(f"{block}.attention.output", mixed.transpose(1, 2).reshape(x.shape))
                return drop(f"{block}.attention.branch", branch)

            def feedforward(x):
                hidden = drop(f"{block}.feedforward.hidden", activation(linear(f"{block}.feedforward.in", x)))
                return drop(f"{block}.feedforward.branch", linear(f"{block}.feedforward.out", hidden))

            if pre:
                h = h + attention(norm(f"{block}.norm1", h))
                h = h + feedforward(norm(f"{block}.norm2", h))
            else:
                h = norm(f"{block}.norm1", h + attention(h))
                h = norm(f"{block}.norm2", h + feedforward(h))
        last = h[:, -1]
        return linear("head", norm("final_norm", last) if pre else last)

    return forward


def perceptron(case, device="cpu"):
    """ReLU after every layer but the last."""
    depth = case["hiddenLayers"] + 1

    def forward(w, inputs):
        h = inputs["pixels"]
        for i in range(depth):
            h = F.linear(h, w[f"layer{i}.weight"], w[f"layer{i}.bias"])
            h = F.relu(h) if i < depth - 1 else h
        return h

    return forward


def mean_squared_error(outputs, targets):
    return F.mse_loss(outputs, F.one_hot(targets, outputs.shape[1]).to(outputs.dtype))


LOSSES = {"cross-entropy": F.cross_entropy, "mse": mean_squared_error}


class Peer:
    def __init__(self, problem):
        case = problem["case"]
        mode = problem["mode"]
        self.device = "cuda" if mode.startswith("cuda") else "cpu"
        self.forward = (transformer if "heads" in case else perceptron)(case, self.device)
        self.criterion = LOSSES[problem["loss"]]
        self.weights = {name: w.detach().to(self.device).requires_grad_()
                        for name, w in parameters(problem["layout"], problem["theta"]).items()}
        self.batch, self.train, self.test = (self.there(self.samples(problem[name]))
                                             for name in ("batch", "train", "test"))
        self.batch_size = case["batchSize"]
        if mode == "compile":
            self.objective = torch.compile(self.objective)
        # Its constants by default are those of ours.
        captured = mode == "cuda-graph"
        self.optimiser = torch.optim.AdamW(self.weights.values(), fused=mode != "eager", capturable=captured)
        self.graph = self.capture() if captured else None

    @staticmethod
    def samples(split):
        columns = {}
        for name, column in split["inputs"].items():
            values = numbers(column["values"], column["dtype"])
            columns[name] = values.long() if column["width"] == 1 else values.reshape(-1, column["width"])
        return columns, numbers(split["targets"], "int32").long()

    def there(self, samples):
        inputs, targets = samples
        return {name: x.to(self.device) for name, x in inputs.items()}, targets.to(self.device)

    def objective(self, samples):
        inputs, targets = samples
        outputs = self.forward(self.weights, inputs)
        return self.criterion(outputs, targets), outputs

    @staticmethod
    def rows(samples, indices):
        inputs, targets = samples
        return {k: x[indices] for k, x in inputs.items()}, targets[indices]

    def capture(self):
        """The step as one graph over tensors that stay where they are; it begins at the parameters of the problem."""
        start = [w.detach().clone() for w in self.weights.values()]
        self.given = {name: x.clone() for name, x in self.batch[0].items()}, self.batch[1].clone()
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        # A graph is recorded of what has run before.
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.descend(self.given)
        torch.cuda.current_stream().wait_stream(stream)
        with torch.no_grad():
            for w, x in zip(self.weights.values(), start):
                w.copy_(x)
            for state in self.optimiser.state.values():
                for x in state.values():
                    x.zero_()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.loss = self.descend(self.given)
        return graph

    def descend(self, batch):
        self.optimiser.zero_grad()
        loss, _ = self.objective(batch)
        loss.backward()
        self.optimiser.step()
        return loss

    def step_on(self, batch):
        if not self.graph:
            return self.descend(batch).item()
        for name, x in batch[0].items():
            self.given[0][name].copy_(x)
        self.given[1].copy_(batch[1])
        self.graph.replay()
        return self.loss.item()

    def step(self):
        return {"loss": self.step_on(self.batch)}

    def evaluate(self):
        return self.score(self.train)

    def epoch(self):
        size = len(self.train[1])
        order = torch.randperm(size, device=self.device)
        whole = size - size % self.batch_size
        losses = [self.step_on(self.rows(self.train, order[at:at + self.batch_size]))
                  for at in range(0, whole, self.batch_size)]
        self.score(self.train), self.score(self.test)
        return {"loss": sum(losses) / len(losses)}

    @torch.no_grad()
    def score(self, samples):
        targets = samples[1]
        loss, hits = 0.0, 0
        for start in range(0, len(targets), EVALUATION_ROWS):
            rows = slice(start, start + EVALUATION_ROWS)
            mean, outputs = self.objective(self.rows(samples, rows))
            loss += mean.item() * len(outputs)
            hits += (outputs.argmax(1) == targets[rows]).sum().item()
        return {"loss": loss / len(targets), "accuracy": hits / len(targets)}


def start(problem):
    torch.set_num_threads(1)
    return Peer(problem)


if __name__ == "__main__":
    serve(torch.__version__.split("+")[0], start)
