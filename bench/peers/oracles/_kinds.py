"""What a tensor is for optimisers of matrices, by its name."""


def kind(name):
    if name.endswith("embedding"):
        return "embedding"
    if not name.endswith(".weight"):
        return "vector"
    return "head" if name.startswith("head.") else "matrix"


def kinds(layout):
    """By name; of a perceptron the last layer is the head."""
    found = {p["name"]: kind(p["name"]) if len(p["shape"]) == 2 else "vector" for p in layout}
    weights = [name for name in found if name.startswith("layer") and name.endswith(".weight")]
    return found | ({weights[-1]: "head"} if weights else {})
