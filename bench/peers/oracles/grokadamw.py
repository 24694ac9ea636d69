"""GrokAdamW (Hartford 2024, grokadamw.py), its signal being the loss of the batch."""
import math

from oracles import grokadamw_off


class Oracle(grokadamw_off.Oracle):
    CONSTANTS = grokadamw_off.Oracle.CONSTANTS | {"kept": 0.98, "fading": 0.1, "amplify": 2}

    def filtered(self, name, g, loss):
        keep = self.hyper["kept"] * math.exp(-self.hyper["fading"] * loss)
        self.slow[name] = keep * self.slow.get(name, 0) + (1 - keep) * g
        return g + self.hyper["amplify"] * self.slow[name]
