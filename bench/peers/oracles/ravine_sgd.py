"""The ravine method on gradient descent."""
from oracles import sgd
from oracles._ravine import Ravine


class Oracle(Ravine, sgd.Oracle):
    CONSTANTS = sgd.Oracle.CONSTANTS | {"ahead": 0.9}
