"""How often each mistake is made: the weight that it has before anything is compared.

The order is that of the errors found in published hand calculations (bias, activation, order and
left-out operations first; then calculator and copying; then sums; then the rest). A weight is the
chance that a step which went wrong went wrong in this way; only their ratios matter.
"""

from collections.abc import Mapping

_MOST, _OFTEN, _COMMON, _SOME, _SELDOM, _RARE = 0.12, 0.08, 0.06, 0.03, 0.015, 0.006
UNKNOWN = 0.1  # that a number is wrong in a way that has no name

_CODES = {
    _MOST: "bias-omitted",
    _OFTEN: "bias-subtracted",
    _COMMON: (
        "tanh-for-sigmoid sigmoid-for-tanh not-squashed tanh-on-C-omitted "
        "concat-order f-and-i-swapped forget-gate-skipped input-gate-skipped sign-slip "
        "wrong-digit term-sign z-inverted peephole-omitted share-for-sum "
        "tanh-for-relu"
    ),
    _SOME: (
        "bias-twice bias-outside-activation wrong-gate-bias sigmoid-of-minus-z exp-for-sigmoid "
        "gate-rounded-to-integer derivative-for-function h-omitted x-omitted states-swapped "
        "weights-transposed rows-shifted wrong-gate-weights term-dropped shape-n-by-n "
        "gates-swapped forget-inverted coupled-gate forget-term-missing written-term-missing "
        "minus-for-plus product-for-sum matrix-product-for-hadamard C-prev-instead-of-C "
        "candidate-instead-of-C sigmoid-on-C tanh-of-product output-gate-skipped tan-for-tanh "
        "half-argument double-argument wrong-operand stale-value copied entries-swapped "
        "term-doubled term-neighbour term-decimal term-product decimal-slip percent "
        "digits-swapped digit-dropped early-rounding reset-before-for-after reset-skipped "
        "bias-outside-reset state-for-candidate peephole-other-state forget-bias-added "
        "recurrent-path-cut h-path-dropped derivative-in-wrong-variable tanh-of-tanh "
        "derivative-forgotten forget-gate-added sigmoid-for-relu relu-other-side "
        "path-left-out outer-transposed square-forgotten"
    ),
    _SELDOM: (
        "concat-as-sum softmax-for-sigmoid hard-sigmoid outer-product-for-hadamard sinh atan "
        "digit-doubled operation-twice"
    ),
    _RARE: "relu-for-tanh leaky-relu log truncated wrong-operation",
}
WEIGHTS: Mapping[str, float] = {
    code: weight for weight, codes in _CODES.items() for code in codes.split()
}
