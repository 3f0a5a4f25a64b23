import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from jieba import finalseg

from difang.words import viterbi

COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年肖梓才软常"
HAN = st.sampled_from(COMMON) | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5)


@settings(deadline=None, max_examples=500)
@given(
    st.integers(1, 9).flatmap(lambda n: st.lists(st.text(HAN, min_size=n, max_size=n), min_size=1))
)
def test_words_end_where_those_of_jieba_do(stretches):
    found = viterbi.ends(np.array([[*map(ord, text)] for text in stretches]))
    for text, ends in zip(stretches, found, strict=True):
        cuts = np.flatnonzero(ends) + 1
        words = [text[a:b] for a, b in zip([0, *cuts], cuts, strict=False)]
        assert words == list(finalseg.cut(text))
