"""What the three exercises on gradients say, worked out by central differences of plain loops."""

import re

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS, PUBLICATIONS

SURVIVES, VANISHES, EXPLODES = "gradient-survives", "gradient-vanishes", "gradient-explodes"
_NUMBER = re.compile(r"(?<![\w\[])(?:\d+(?:\.\d+)?)(?:e−\d+)?(?![\w\]])")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(p, x, h, C):
    v = np.concatenate([h, x])
    z = {gate: p[f"W_{gate}"] @ v + p[f"b_{gate}"] for gate in "fiCo"}
    f, i, o = (sigmoid(z[gate]) for gate in "fio")
    C = f * C + i * np.tanh(z["C"])
    return o * np.tanh(C), C, f, o


class Plain:
    """An exercise as loops; `h_times` multiplies the columns of h, `more` is added to b_f."""

    def __init__(self, name, h_times=1.0, more=0.0):
        exercise = PRESETS[name]
        self.p = {key: array.copy() for key, array in exercise.params.items()}
        self.xs, self.n, self.T = exercise.xs, exercise.n, exercise.T
        for gate in "fiCo":
            self.p[f"W_{gate}"][:, : self.n] *= h_times
        self.p["b_f"] += more
        self.frames = [*self._run(0, exercise.start["h_prev"], exercise.start["C_prev"])]

    def _run(self, start, h, C):
        for x in self.xs[start:]:
            h, C, f, o = lstm_step(self.p, x, h, C)
            yield h, C, f, o

    def f(self):
        return np.array([frame[2] for frame in self.frames])  # (T, n)

    def of_C(self):
        """What arrives at the last h of a push on the first C, beside one on the last C."""
        _, C, _, o = self.frames[0]  # whoever pushes C moves the h of that time step, too
        first = jacobian(lambda pushed: [*self._run(1, o * np.tanh(pushed), pushed)][-1][0], C)
        last = self.frames[-1][3] * (1 - np.tanh(self.frames[-1][1]) ** 2)
        return np.linalg.norm(first, 2) / np.abs(last).max()

    def of_rnn(self, squash):
        """The same of a push on the first h of a plain RNN with the candidate's weights."""

        def step(h, x):
            return squash(self.p["W_C"] @ np.concatenate([h, x]) + self.p["b_C"])

        def rest(h):
            for x in self.xs[1:]:
                h = step(h, x)
            return h

        return np.linalg.norm(jacobian(rest, step(np.zeros(self.n), self.xs[0])), 2)


def jacobian(of, at, h=1e-4):
    moves = np.eye(len(at)) * h
    return np.array([(of(at + move) - of(at - move)) / (2 * h) for move in moves]).T


def relu(z):
    return np.maximum(z, 0)


def says(name, phrase, *numbers):
    """Whether the words have this phrase, with these numbers in it, rounded as it prints them."""
    publication = PUBLICATIONS[name]
    assert phrase in " ".join([publication.story, *publication.notes])
    found = _NUMBER.findall(phrase)
    for text, number in zip(found, numbers, strict=True):
        told, (mantissa, _, power) = float(text.replace("−", "-")), text.partition("e")
        unit = 10.0 ** (int(power.replace("−", "-") or 0) - len(mantissa.partition(".")[2]))
        assert abs(told - number) <= unit / 2 * (1 + 1e-6), (text, number)


def test_where_f_is_near_1_a_gradient_survives():
    plain = Plain(SURVIVES)
    f, arrives, tanh = plain.f(), plain.of_C(), plain.of_rnn(np.tanh)
    assert arrives > 0.5 > 1e-3 > tanh
    says(SURVIVES, "f lies between 0.987 and 0.993", f.min(), f.max())
    says(SURVIVES, "Over 23 steps the product of f[1] is 0.80", plain.T - 1, f[1:, 0].prod())
    says(SURVIVES, "1.01 of one at t = 1 arrives at the last h", arrives, 1)
    says(SURVIVES, "with the candidate's weights 5e−8 arrives", tanh)
    says(SURVIVES, "b_f = 4.6 makes f about σ(4.6) = 0.99", plain.p["b_f"][0], 4.6, sigmoid(4.6))


def test_where_f_is_near_a_half_it_vanishes():
    plain, other = Plain(VANISHES), Plain(SURVIVES)
    f, arrives = plain.f(), plain.of_C()
    assert arrives < 1e-3
    differ = [name for name in plain.p if not np.array_equal(plain.p[name], other.p[name])]
    assert differ == ["b_f"]
    says(VANISHES, "b_f = 0 in the place of 4.6", plain.p["b_f"][0], other.p["b_f"][0])
    says(VANISHES, "f lies between 0.43 and 0.57", f.min(), f.max())
    says(VANISHES, "Over 23 steps the product of f[1] is 1.3e−7", plain.T - 1, f[1:, 0].prod())
    says(VANISHES, "2.0e−7 of one at t = 1 arrives at the last h", arrives, 1)
    raised = Plain(VANISHES, more=4.6).of_C()
    says(VANISHES, "Slide b_f up by 4.6 and 1.01 arrives", 4.6, raised)


def test_where_recurrent_weights_are_above_1_it_explodes():
    plain = Plain(EXPLODES)
    f, arrives = plain.f(), plain.of_C()
    tanh, of_relu = plain.of_rnn(np.tanh), plain.of_rnn(relu)
    assert min(arrives, tanh, of_relu) > 10 > 1 > f[1:].prod(axis=0).max()
    says(EXPLODES, "its rows add up to 1.4 and 1.3", *plain.p["W_C"][:, :2].sum(axis=1))
    says(EXPLODES, "over 19 steps the product of f[1] is 0.0055", plain.T - 1, f[1:, 0].prod())
    says(EXPLODES, "119 times as much of one at t = 1 arrives", arrives, 1)
    says(EXPLODES, "In the tanh RNN it is 161 times, in the ReLU RNN 285 times", tanh, of_relu)
    half = Plain(EXPLODES, h_times=0.5)
    says(
        EXPLODES,
        "1.18 of a push on C arrives, and in the tanh RNN 0.0005",
        half.of_C(),
        half.of_rnn(np.tanh),
    )
    assert (plain.p["W_C"][:, 2] == 0.001).all()
    says(EXPLODES, "whose weights from x are 0.001", 0.001)


@pytest.mark.parametrize("name", [SURVIVES, VANISHES, EXPLODES])
def test_they_run_long_enough_to_be_seen(name):
    assert 20 <= PRESETS[name].T <= 30
    assert PUBLICATIONS[name].seen.step == "C"
