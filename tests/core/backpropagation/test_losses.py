import numpy as np
import pytest

from lstm_core.backpropagation.losses import LOSSES, loss

H, TARGET = np.array([0.5, -0.25, 0.125]), np.array([0.25, 0.25, 0.125])


def test_by_hand():
    assert loss("sum", H, 1, TARGET)[0] == 0.375
    assert loss("entry", H, 1, TARGET)[0] == -0.25
    assert loss("squared", H, 1, TARGET)[0] == (0.0625 + 0.25) / 2


@pytest.mark.parametrize("kind", LOSSES)
def test_the_gradient_is_that_of_central_differences(kind):
    for k in range(3):
        step = np.eye(3)[k] * 1e-6
        slope = (loss(kind, H + step, 1, TARGET)[0] - loss(kind, H - step, 1, TARGET)[0]) / 2e-6
        assert slope == pytest.approx(loss(kind, H, 1, TARGET)[1][k], abs=1e-9)


def test_there_is_no_other_loss():
    with pytest.raises(KeyError):
        loss("hinge", H, 0, TARGET)
