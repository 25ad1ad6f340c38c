"""What is said on the page through time: what each view is, and the questions that it answers."""

from lstm_ui.sheet.blocks import Question

WHAT = {
    "maps": "Every gate and state at every time step. Click a number to open it step by step.",
    "unit": "The memory of one unit over time: what is kept of it, and what is written to it.",
    "cobweb": "One unit while the input is held still: what its memory becomes, again and again.",
    "memory": "The same inputs, the first one left out: how long does that make a difference?",
}

_WORDS = {
    "maps": "A forget gate near 1 (blue) keeps what is there: the row of C stays as it was. "
    "Where f drops, C is forgotten; where i opens, something is written.",
    "unit": "C is the sum of the two: where what is kept lies on C, nothing is written. "
    "h is what the output gate lets out of it. Move a bias and watch the memory.",
    "cobweb": "Where the line meets the diagonal, the next value is the same: there it comes to "
    "rest. The slope is f: near 1 it creeps there and remembers long, near 0 it is there at once. "
    "In an LSTM that point is i·C̃ / (1 − f). Here h, the input and the other units stay the same.",
    "memory": "A plain RNN writes its whole state anew at each time step, so what was there fades "
    "by its weights and by tanh′. Raise b_f: f comes near 1, and the LSTM remembers longer.",
}

QUESTIONS: list[Question] = [
    {
        "question": "Is the cell copied at each time step?",
        "answer": "No. It is one cell with one set of weights, run again and again; what changes "
        "from one time step to the next are only x, h and C. A drawing with many cells in a row "
        "shows the same cell at different times.",
    },
    {
        "question": "What are h_0 and C_0?",
        "answer": "The states before the first input. Frameworks start them at 0; here they are "
        "numbers of the exercise like any other, and can be edited on the step-by-step page.",
    },
    {
        "question": "Can C grow without end?",
        "answer": "It can: |h| stays below 1, but C is a sum over time. With f near 1 and "
        "something of one sign written at each step, it grows and grows, and tanh(C) sticks at 1.",
    },
]


def words(look: str) -> str:
    """Return what is said under a view's figure."""
    return _WORDS[look]
