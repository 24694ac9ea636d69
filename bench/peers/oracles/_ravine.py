"""The ravine method of Gelfand and Tsetlin, as Nesterov has it: y = x + b (x - x_before), x = step from y."""


class Ravine:
    """Mixed into an oracle of one agent."""

    def begin(self, phase):
        super().begin(phase)
        self.before = self.x

    def step(self, phase, gradient, t):
        now = self.x
        self.x = now + self.hyper["ahead"] * (now - self.before)
        self.before = now
        return super().step(phase, gradient, t)
