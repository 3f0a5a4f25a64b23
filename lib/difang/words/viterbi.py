"""The words that jieba makes up of single characters, for many stretches of them at once.

In go characters, out comes where words end. It is `viterbi` of jieba.finalseg (a hidden Markov
model of B, E, M, S: a character begins, ends, is inside a word, or is one) with its probabilities,
its order of additions and its rule for ties, so that the results are equal to the last bit.
"""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

FIRST, LAST = 0x4E00, 0x9FD5  # what jieba takes for Han
STATES = "BEMS"
BEFORE = {"B": "ES", "E": "BM", "M": "BM", "S": "ES"}  # sorted: of two equals the later is taken
LOW, HIGH = (np.array([STATES.index(BEFORE[state][i]) for state in STATES]) for i in (0, 1))
_E, _S = STATES.index("E"), STATES.index("S")


def ends(codes: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Say which characters end a word.

    Parameters
    ----------
    codes : int array, stretches × characters
        Code points of Han characters, `FIRST` to `LAST`.

    Returns
    -------
    bool array of the same shape
        True for the last character of each word; that of a stretch always is.
    """
    start, low_step, high_step, emit = _model()
    likely, came_from = start + emit[:, codes[:, 0] - FIRST], []  # states × stretches
    for column in codes.T[1:]:
        emitted = emit[:, column - FIRST]
        low = likely[LOW] + low_step + emitted
        high = likely[HIGH] + high_step + emitted
        came_from.append(np.where(high >= low, HIGH[:, None], LOW[:, None]))
        likely = np.maximum(low, high)
    states = [np.where(likely[_S] >= likely[_E], _S, _E)]
    for before in reversed(came_from):
        states.append(np.take_along_axis(before, states[-1][None], axis=0)[0])
    path = np.stack(states[::-1], axis=1)
    is_end: npt.NDArray[np.bool_] = (path == _E) | (path == _S)
    return is_end


@cache
def _model() -> tuple[npt.NDArray[np.float64], ...]:
    """Return log probabilities: of the start, of the two steps into each state, of characters."""
    from jieba import finalseg  # type: ignore[import-untyped, unused-ignore]

    emit = np.full((len(STATES), LAST - FIRST + 1), finalseg.MIN_FLOAT)
    for row, state in zip(emit, STATES, strict=True):
        for character, value in finalseg.emit_P[state].items():
            if FIRST <= ord(character) <= LAST:
                row[ord(character) - FIRST] = value
    start = [finalseg.start_P[state] for state in STATES]
    steps = [[finalseg.trans_P[BEFORE[y][i]][y] for y in STATES] for i in (0, 1)]
    return *np.array([start, *steps])[:, :, None], emit
