"""The layouts themselves: gate order, shapes, biases and names, as each framework has them."""

from collections.abc import Mapping
from types import MappingProxyType

from lstm_core.frameworks.layouts import Framework, Gates, Layout, Source
from lstm_core.lesson.words import words

_NOTES = words("frameworks").texts["notes"]


def _named(**axes: str) -> tuple[Source, ...]:
    """One array for each keyword, whose axes are parted by commas."""
    return tuple(Source(name, tuple(text.split(", "))) for name, text in axes.items())


def _each(gates: Gates, name: str, *axes: str) -> tuple[Source, ...]:
    """One array for each gate, with the framework's name of the gate put in."""
    return tuple(Source(name.format(theirs), axes, ours) for theirs, ours in gates)


def _gates(theirs: str, ours: str) -> Gates:
    return tuple(zip(theirs.split(), ours.split(), strict=True))


def _rnns(sources: tuple[Source, ...], *notes: str) -> tuple[Layout, ...]:
    both = ("rnn_tanh", "rnn_relu")
    return tuple(Layout(cell, (("h", "h"),), sources, (*notes, _SQUASH)) for cell in both)


_IFGO, _RZN = _gates("i f g o", "i f C o"), _gates("r z n", "r z h")
_IFCO, _ZRH = _gates("i f c o", "i f C o"), _gates("z r h", "z r h")
_IOFC = _gates("i o f c", "i o f C")

_TWO_BIASES = _NOTES["two biases"]
_INSIDE = _NOTES["bias inside"]
_ROWS = _NOTES["rows"]
_HARD = _NOTES["hard sigmoid"]
_UNSAID = _NOTES["before or after"]
_SQUASH = _NOTES["tanh or ReLU"]
UNSURE = (_HARD, _UNSAID, _SQUASH)  # notes that are idle where a file says which cell it is
_SEEN = _NOTES["peepholes"]
_FORGET = _NOTES["forget bias"]
_PROJECTED = _NOTES["projection"]

_TORCH = _named(weight_ih="gates, x", weight_hh="gates, h", bias_ih="gates:x", bias_hh="gates:h")
_TORCH_PROJECTED = (
    _TORCH[0],
    Source("weight_hh", ("gates", "r")),
    *_TORCH[2:],
    Source("weight_hr", ("projected", "units")),
)
_ONE_BIAS = (*_TORCH[:2], Source("bias", ("gates:x",)))
_KERAS = _named(kernel="x, gates", recurrent_kernel="h, gates", bias="gates:x")
_KERAS_AFTER = (*_KERAS[:2], Source("bias", ("one:x one:h", "gates")))
_ONNX = _named(W="dirs, gates, x", R="dirs, gates, h", B="dirs, gates:x gates:h")
_PEEPHOLES = Source("P", ("dirs", "peepholes"))
_FLAX_GRU = (
    *_each(_RZN, "i{}/kernel", "x", "gates"),
    *_each(_RZN, "i{}/bias", "gates:x"),
    *_each(_RZN, "h{}/kernel", "h", "gates"),
    Source("hn/bias", ("gates:h",), "h"),
)

_PYTORCH = Framework(
    "PyTorch",
    (
        Layout("lstm", _IFGO, _TORCH, (_TWO_BIASES,)),
        Layout("projected_lstm", _IFGO, _TORCH_PROJECTED, (_TWO_BIASES, _PROJECTED)),
        Layout("gru_after", _RZN, _TORCH, (_TWO_BIASES, _INSIDE)),
        *_rnns(_TORCH, _TWO_BIASES),
    ),
    numbered=True,
    short_h=True,
    # np.savez without names, in the order in which a layer lists its arrays
    aliases={"arr_0": "weight_ih", "arr_1": "weight_hh", "arr_2": "bias_ih", "arr_3": "bias_hh"},
)
_KERAS_LAYERS = Framework(
    "Keras",
    (
        Layout("lstm", _IFCO, _KERAS, (_ROWS, _HARD)),
        Layout("gru_after", _ZRH, _KERAS_AFTER, (_ROWS, _TWO_BIASES, _INSIDE)),
        Layout("gru_before", _ZRH, _KERAS, (_ROWS,)),
        *_rnns(_KERAS, _ROWS),
    ),
    aliases={
        **{"0": "kernel", "1": "recurrent_kernel", "2": "bias"},
        **{"arr_0": "kernel", "arr_1": "recurrent_kernel", "arr_2": "bias"},
    },
)
_ONNX_NODES = Framework(
    "ONNX",
    (
        Layout("lstm", _IOFC, _ONNX, (_TWO_BIASES,)),
        Layout("peephole_lstm", _IOFC, (*_ONNX, _PEEPHOLES), (_TWO_BIASES, _SEEN), ("i", "o", "f")),
        Layout("gru_before", _ZRH, _ONNX, (_TWO_BIASES, _UNSAID)),
        Layout("gru_after", _ZRH, _ONNX, (_TWO_BIASES, _INSIDE, _UNSAID)),
        *_rnns(_ONNX, _TWO_BIASES),
    ),
    joints="/_:",
)


def _flax(gates: Gates) -> Layout:
    """The names of the input kernels may differ, those of the hidden kernels do not."""
    hidden = _each(_IFGO, "h{}/kernel", "h", "gates") + _each(_IFGO, "h{}/bias", "gates:h")
    return Layout("lstm", _IFGO, _each(gates, "i{}/kernel", "x", "gates") + hidden, (_ROWS,))


_FLAX = Framework(
    "Flax linen",
    (_flax(_IFGO), Layout("gru_after", _RZN, _FLAX_GRU, (_ROWS, _INSIDE))),
    aliases={"if_/kernel": "if/kernel"},
    nested=True,
)
_FLAX_NNX = Framework("Flax nnx", (_flax(_gates("i f_ g o", "i f C o")),), nested=True)
_EQUINOX = Framework(
    "Equinox",
    (
        Layout("lstm", _IFGO, _ONE_BIAS),
        Layout("gru_after", _RZN, (*_ONE_BIAS, Source("bias_n", ("gates:h",), "h")), (_INSIDE,)),
    ),
)
_TF1 = Framework(
    "TensorFlow 1",
    (
        Layout(
            "lstm",
            _gates("i j f o", "i C f o"),
            _named(kernel="x h, gates", bias="gates:x"),
            (_ROWS, _FORGET),
            added={"b_f": 1.0},
        ),
    ),
    inside="lstm",
)


def _separate(
    title: str, theirs: str, ours: str, weights: str, bias: str, *notes: str
) -> Framework:
    """One matrix W and one bias for each gate, on h and x joined."""
    gates = _gates(theirs, ours)
    sources = _each(gates, "W{}", *weights.split(", ")) + _each(gates, "b{}", *bias.split(", "))
    return Framework(title, (Layout("lstm", gates, sources, notes),))


_COLUMNS = _NOTES["columns"]


def _board(cell: str, names: str, *more: Source, peepholes: str = "", h: str = "h") -> Layout:
    """Our own arrays, W·[h, x] + b."""
    gates, seen = _gates(names, names), _gates(peepholes, peepholes)
    own = _each(gates, "W_{}", "gates", f"{h} x") + _each(gates, "b_{}", "gates:x")
    return Layout(cell, gates, (*own, *_each(seen, "p_{}", "peepholes"), *more))


_BOARD = Framework(
    "This app",
    (
        _board("lstm", "f i C o"),
        _board("peephole_lstm", "f i C o", peepholes="f i o"),
        _board("coupled_lstm", "f C o"),
        _board("no_forget_lstm", "i C o"),
        _board("projected_lstm", "f i C o", Source("W_p", ("projected", "units")), h="r"),
        _board("mgu", "f h"),
        _board("gru_before", "z r h"),
        _board("gru_after", "z r h", Source("b_hh", ("gates:h",), "h")),
        _board("rnn_tanh", "h"),
        _board("rnn_relu", "h"),
    ),
)

FRAMEWORKS: Mapping[str, Framework] = MappingProxyType(
    {
        "pytorch": _PYTORCH,
        "keras": _KERAS_LAYERS,
        "onnx": _ONNX_NODES,
        "flax": _FLAX,
        "flax-nnx": _FLAX_NNX,
        "equinox": _EQUINOX,
        "tinygrad": Framework("tinygrad", (Layout("lstm", _IFGO, _TORCH, (_TWO_BIASES,)),)),
        "tf1": _TF1,
        "numpy-ml": _separate(
            "numpy-ml", "f u c o", "f i C o", "h x, gates", "one:x, gates", _ROWS
        ),
        "cs231n": Framework(
            "CS231n",
            (
                Layout(
                    "lstm",
                    _gates("i f o g", "i f o C"),
                    _named(Wx="x, gates", Wh="h, gates", b="gates:x"),
                    (_ROWS,),
                ),
            ),
        ),
        "deeplearning.ai": _separate(
            "deeplearning.ai", "f i c o", "f i C o", "gates, h x", "gates, one:x", _COLUMNS
        ),
        "lstm_core": _BOARD,
    }
)
