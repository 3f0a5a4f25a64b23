from collections import defaultdict
from itertools import count

import jieba
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.words import joining, routes
from difang.words.dictionary import BASE, Dictionary, as_codes

FREQS = st.sampled_from([0, 1, 1, 1, 2])  # many ways are equally likely
WORDS = st.dictionaries(st.text("甲乙a", min_size=1, max_size=3), FREQS, min_size=5)
TEXTS = st.text("甲甲乙乙丙aa1.%，\r\n", max_size=20)


def read(text, dictionary, hmm):
    made = defaultdict(count(BASE + len(dictionary.entries)).__next__)
    known = routes.cut(as_codes(text + "\0"), dictionary)
    numbers = joining.join(known, made, dictionary, hmm=hmm).tolist()
    names = dict(enumerate(dictionary.entries, BASE)) | {
        number: word for (word, _), number in made.items()
    }
    return [names.get(number) or chr(number) for number in numbers][:-1]


@settings(deadline=None, max_examples=1000)
@given(WORDS, TEXTS, st.booleans())
def test_any_dictionary_is_read_as_jieba_reads_it_ties_and_all(words, text, hmm):
    reader = jieba.Tokenizer()
    beginnings = {word[:end]: 0 for word in words for end in range(1, len(word))}
    reader.FREQ, reader.total, reader.initialized = (
        beginnings | words,
        sum(words.values()) or 1,
        True,
    )
    dictionary = Dictionary(reader.FREQ, reader.total)
    assert read(text, dictionary, hmm) == reader.lcut(text, HMM=hmm)
