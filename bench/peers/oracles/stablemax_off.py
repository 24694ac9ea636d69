"""Adam without decay on the cross-entropy of softmax, whatever the case's loss is: the control of arXiv:2501.04697."""
import torch.nn.functional as F

from oracles import adam


class Oracle(adam.Oracle):
    CONSTANTS = adam.CONSTANTS | {"learningRate": 0.01}
    criterion = staticmethod(F.cross_entropy)

    def step(self, phase, gradient, t):
        return super().step(phase, lambda x: gradient(x, self.criterion), t)
