"""Ready-made duels: two runs that differ in one thing."""

from collections.abc import Mapping
from dataclasses import replace

from lstm_core.training.learning import Settings

_FAR = Settings("first_bit", n=4, rate=0.01, steps=2000)


def _over(T: int) -> tuple[Settings, Settings]:
    lstm = replace(_FAR, T=T)
    return lstm, replace(lstm, cell="rnn_tanh")


_WILD = Settings("outbreak", "rnn_relu", n=8, T=40, optimiser="momentum", rate=0.1)
_COUNTS = Settings("outbreak", n=3, T=20, rate=0.01, steps=2000)
DUELS: Mapping[str, tuple[Settings, Settings]] = {
    "rnn 5": _over(5),
    "rnn 20": _over(20),
    "rnn 50": _over(50),
    "forget bias": (replace(_FAR, T=50, forget_bias=0.0), replace(_FAR, T=50)),
    "clipped": (replace(_WILD, clip=1.0), replace(_WILD, clip=0.0)),
    "gru": (_COUNTS, replace(_COUNTS, cell="gru_after")),
}
