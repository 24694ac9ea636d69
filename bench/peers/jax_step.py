"""The same training step, evaluation and epoch in JAX, jitted, for many seeds at once: a peer of bench/engine_bench.ts.

Served as bench/peers/pytorch_step.py is. `lanes` copies of the problem are trained by one call (`vmap` over parameters,
moments and batches); the first has the parameters of the problem, the others nearly so. Needs JAX and NumPy only.
"""
import math
import os

# One thread on a processor, as everywhere else; both are read when JAX is loaded.
os.environ["PJRT_NPROC"] = "1"
os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false"

import jax
import jax.numpy as jnp
import numpy as np

from served import raw, serve

EVALUATION_ROWS = 1200
DTYPES = {"float32": np.float32, "int32": np.int32}
RATE, BETA1, BETA2, EPSILON, DECAY = 1e-3, 0.9, 0.999, 1e-8, 1e-2


def numbers(text, dtype):
    return np.frombuffer(raw(text), dtype=DTYPES[dtype])


def linear(w, name, x):
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def transformer(case):
    """Decoder with causal mask and learned positions; logits are read at the last position."""
    slots, heads, modulus = case["sequence"].split(" "), case["heads"], case["modulus"]
    symbols = {"op": modulus, "=": modulus + 1}
    activation = {"relu": jax.nn.relu, "gelu": lambda x: jax.nn.gelu(x, approximate=False)}[case["activation"]]
    pre = case["normPlacement"] == "pre"
    length, width = len(slots), case["dModel"] // heads
    mask = jnp.triu(jnp.full((length, length), -jnp.inf), 1)

    def norm(w, name, x):
        centred = x - x.mean(-1, keepdims=True)
        scale = jax.lax.rsqrt((centred * centred).mean(-1, keepdims=True) + case["layerNormEpsilon"])
        return centred * scale * w[f"{name}.gain"] + w[f"{name}.bias"]

    def attention(w, block, x):
        split = lambda y: y.reshape(-1, length, heads, width).transpose(0, 2, 1, 3)
        key, value = map(split, jnp.split(linear(w, f"{block}.attention.keyValue", x), 2, -1))
        scores = split(linear(w, f"{block}.attention.query", x)) @ key.transpose(0, 1, 3, 2)
        mixed = jax.nn.softmax(scores / math.sqrt(width) + mask, -1) @ value
        return linear(w, f"{block}.attention.output", mixed.transpose(0, 2, 1, 3).reshape(x.shape))

    def feedforward(w, block, x):
        return linear(w, f"{block}.feedforward.out", activation(linear(w, f"{block}.feedforward.in", x)))

    def forward(w, inputs):
        size = inputs["a"].shape[0]
        tokens = jnp.stack([inputs[s] if s in inputs else jnp.full(size, symbols[s]) for s in slots], 1)
        h = w["token_embedding"][tokens] + w["position_embedding"]
        for i in range(case["layers"]):
            block = f"block{i}"
            if pre:
                h = h + attention(w, block, norm(w, f"{block}.norm1", h))
                h = h + feedforward(w, block, norm(w, f"{block}.norm2", h))
            else:
                h = norm(w, f"{block}.norm1", h + attention(w, block, h))
                h = norm(w, f"{block}.norm2", h + feedforward(w, block, h))
        last = h[:, -1]
        return linear(w, "head", norm(w, "final_norm", last) if pre else last)

    return forward


def perceptron(case):
    """ReLU after every layer but the last."""
    def forward(w, inputs):
        h = inputs["pixels"]
        for i in range(case["hiddenLayers"]):
            h = jax.nn.relu(linear(w, f"layer{i}", h))
        return linear(w, f"layer{case['hiddenLayers']}", h)

    return forward


def cross_entropy(outputs, targets):
    return -jnp.take_along_axis(jax.nn.log_softmax(outputs), targets[:, None], 1).mean()


def mean_squared_error(outputs, targets):
    return ((outputs - jax.nn.one_hot(targets, outputs.shape[1])) ** 2).mean()


LOSSES = {"cross-entropy": cross_entropy, "mse": mean_squared_error}


def adamw(w, m, v, t, gradient):
    """The constants that PyTorch has by default, which are ours."""
    tree = jax.tree_util.tree_map
    m = tree(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, gradient)
    v = tree(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, gradient)
    rate, root = RATE / (1 - BETA1 ** t), jnp.sqrt(1 - BETA2 ** t)
    update = lambda w, m, v: w * (1 - RATE * DECAY) - rate * m / (jnp.sqrt(v) / root + EPSILON)
    return tree(update, w, m, v), m, v


class Peer:
    def __init__(self, problem):
        case, self.lanes = problem["case"], problem["lanes"]
        forward = (transformer if "heads" in case else perceptron)(case)
        criterion = LOSSES[problem["loss"]]
        self.batch_size = case["batchSize"]
        sizes = np.cumsum([math.prod(piece["shape"]) for piece in problem["layout"]])
        pieces = np.split(numbers(problem["theta"], "float32"), sizes[:-1])
        nearly = 1 + 1e-4 * np.arange(self.lanes, dtype=np.float32)
        self.w = {p["name"]: jnp.asarray(np.multiply.outer(nearly, x.reshape(p["shape"])))
                  for p, x in zip(problem["layout"], pieces)}
        self.m = jax.tree_util.tree_map(jnp.zeros_like, self.w)
        self.v = jax.tree_util.tree_map(jnp.zeros_like, self.w)
        self.t = 0
        self.batch, self.train, self.test = (self.samples(problem[name]) for name in ("batch", "train", "test"))
        self.batches = jax.tree_util.tree_map(lambda x: jnp.stack([x] * self.lanes), self.batch)
        self.drawn = np.random.default_rng(0)

        def step(w, m, v, t, samples):
            loss, gradient = jax.value_and_grad(lambda w: criterion(forward(w, samples[0]), samples[1]))(w)
            return loss, *adamw(w, m, v, t, gradient)

        def score(w, samples):
            outputs = forward(w, samples[0])
            return criterion(outputs, samples[1]), (outputs.argmax(1) == samples[1]).sum()

        self.stepping = jax.jit(jax.vmap(step, (0, 0, 0, None, 0)), donate_argnums=(0, 1, 2))
        self.scoring = jax.jit(jax.vmap(score, (0, None)))

    @staticmethod
    def samples(split):
        columns = {name: numbers(column["values"], column["dtype"]) for name, column in split["inputs"].items()}
        wide = {name: x if split["inputs"][name]["width"] == 1 else x.reshape(-1, split["inputs"][name]["width"])
                for name, x in columns.items()}
        return jax.device_put((wide, numbers(split["targets"], "int32")))

    @staticmethod
    def rows(samples, indices):
        return jax.tree_util.tree_map(lambda x: x[indices], samples)

    def step_on(self, batches):
        self.t += 1
        loss, self.w, self.m, self.v = self.stepping(self.w, self.m, self.v, float(self.t), batches)
        return float(loss[0])

    def step(self):
        return {"loss": self.step_on(self.batches)}

    def evaluate(self):
        return self.score(self.train)

    def epoch(self):
        """Each copy has an order of its own."""
        size = len(self.train[1])
        orders = np.stack([self.drawn.permutation(size) for _ in range(self.lanes)])
        whole = size - size % self.batch_size
        losses = [self.step_on(self.rows(self.train, orders[:, at:at + self.batch_size]))
                  for at in range(0, whole, self.batch_size)]
        self.score(self.train), self.score(self.test)
        return {"loss": sum(losses) / len(losses)}

    def score(self, samples):
        size, loss, hits = len(samples[1]), 0.0, 0
        for start in range(0, size, EVALUATION_ROWS):
            part = self.rows(samples, slice(start, start + EVALUATION_ROWS))
            means, right = self.scoring(self.w, part)
            loss += float(means[0]) * len(part[1])
            hits += int(right[0])
        return {"loss": loss / size, "accuracy": hits / size}


if __name__ == "__main__":
    # Products in full precision, as everywhere else.
    jax.config.update("jax_default_matmul_precision", "highest")
    serve(f"{jax.__version__} on {jax.devices()[0].platform}", Peer)
