"""The ravine method on Adam with L2."""
from oracles import adam_l2_scratch
from oracles._ravine import Ravine


class Oracle(Ravine, adam_l2_scratch.Oracle):
    CONSTANTS = adam_l2_scratch.Oracle.CONSTANTS | {"ahead": 0.9}
