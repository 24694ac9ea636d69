"""Newton-Schulz steps towards the orthogonal factor of a matrix, from Muon's public description."""
MUON = (3.4445, -4.7750, 2.0315)
EXACT = (15 / 8, -10 / 8, 3 / 8)


def newton_schulz(g, steps):
    x = g / (g.norm() + 1e-7)
    if not steps:
        return x
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for a, b, c in steps:
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if tall else x
