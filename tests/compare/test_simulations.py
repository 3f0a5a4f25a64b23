"""What the inference must do on made-up documents: quick versions of benchmarks/simulations.py.

Bounds are those of the binomial distribution for the stated size, not of what was seen.
"""

import pytest
from scipy.stats import binom

from simulations import BURSTY, MILD, SEED, clustered, coverage, planted, repeated, size

CHANCE = 1e-4  # that a bound fails where all is well


@pytest.mark.parametrize("sizes", [(5, 5), (5, 20), (10, 10), (40, 40), (100, 100)])
def test_where_nothing_differs_a_twentieth_of_the_terms_has_a_small_p(sizes):
    runs = max(1, 120 // sum(sizes)) if sum(sizes) > 10 else 4
    low, every, low_often, often = size(SEED, sizes, BURSTY, runs)
    assert low <= binom.ppf(1 - CHANCE, every, 0.05)
    assert binom.ppf(CHANCE, often, 0.03) <= low_often <= binom.ppf(1 - CHANCE, often, 0.05)
    assert often > 100


def test_three_against_three_have_no_small_p():
    low, every, _, _ = size(SEED, (3, 3), BURSTY, 1)
    assert low == 0 and every > 100


@pytest.mark.parametrize(
    ("concentration", "times", "min_docs"),
    [(MILD, (2, 20), 3), (BURSTY, (4, 20), 3), (BURSTY, (2, 4), 20)],
)
def test_words_said_three_times_as_often_are_found_and_few_others(concentration, times, min_docs):
    found, false, _, _, low, often = planted(SEED, concentration, times, min_docs)
    assert found >= 16
    assert false <= 0.1 * (found + false)
    assert binom.ppf(CHANCE, often, 0.03) <= low <= binom.ppf(1 - CHANCE, often, 0.05)  # placebo


@pytest.mark.parametrize("sizes", [(3, 5), (5, 20), (40, 40)])
def test_fifty_times_in_one_document_is_no_headline(sizes):
    place, place_among_single = repeated(SEED, sizes)
    assert place == 0
    assert place_among_single > 0


def test_documents_of_a_county_are_one_piece_of_evidence():
    whole, alone = clustered(SEED, 1)
    assert whole <= 0.08  # .05 and three standard deviations of what 300 terms give
    assert alone > 0.15


@pytest.mark.parametrize(("documents", "expected"), [(5, 0.89), (10, 0.92), (50, 0.95)])
def test_intervals_of_few_documents_are_too_narrow_and_those_of_many_right(documents, expected):
    assert coverage(SEED, documents, 3) == pytest.approx(expected, abs=0.04)
