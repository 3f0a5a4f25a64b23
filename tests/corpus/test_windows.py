"""Windows: what days evidence leaves, whatever order it comes in."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.evidence import Evidence
from difang.corpus.windows import Window, meet, narrow, occurrences, parse, settle, show

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def piece(value, basis="inferred", confidence="medium", *, field="date", rule="r"):
    return Evidence(field, value, basis, confidence, rule, "", value, 0, 1, "Because.")


@settings(deadline=None, max_examples=60)
@given(DAYS, st.integers(0, 4000))
def test_a_window_is_written_and_read_back(start, length):
    end = min(start + timedelta(length), date.max)
    for window in (Window(start, end), Window(start), Window(end=end)):
        assert parse(show(window)) == window


@pytest.mark.parametrize(
    "value", ["", "n.d.", "2018-13", "2018-02-30", "18-1-1", "2020/2019", "..-1"]
)
def test_what_is_no_date_is_not_read(value):
    assert parse(value) is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-11-11/2022-10", date(2021, 11, 11), date(2022, 10, 31)),
        ("2021-11-11/..", date(2021, 11, 11), date.max),
    ],
)
def test_years_months_and_open_sides(value, first, last):
    assert parse(value) == (first, last)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(DAYS, DAYS).map(sorted), min_size=1, max_size=5))
def test_agreeing_evidence_leaves_the_days_common_to_all_in_any_order(spans):
    common = (max(s for s, _ in spans), min(e for _, e in spans))
    if common[0] > common[1]:
        return
    pieces = [piece(f"{s}/{e}") for s, e in spans]
    for order in list(permutations(pieces))[:6]:
        assert narrow(order)[0] == common


def test_a_stronger_piece_is_not_moved_and_the_contradiction_is_shown():
    stated = piece("2013-01-20", "stated", "high")
    window, noted = narrow([piece("2016-10-01/..", rule="dated_phrase"), stated])
    assert window.is_day and window.start == date(2013, 1, 20)
    assert (noted[0].rule, noted[0].confidence) == ("anachronism", "low")
    assert "Contradicts 2013-01-20" in noted[0].reason
    assert noted[1] == stated


def test_equal_pieces_that_contradict_are_both_set_aside():
    window, noted = narrow([piece("2010"), piece("2015")])
    assert window == Window()
    assert all("Contradicts" in p.reason for p in noted)


def test_low_evidence_moves_nothing():
    assert narrow([piece("2010", confidence="low")])[0] == Window()


def test_a_year_given_by_a_table_yields_to_a_day_the_text_states():
    year = piece("2014", "given", "high", field="year")
    window, _ = narrow([year, piece("2013-12-18", "stated", "high")])
    assert window == (date(2013, 12, 18), date(2013, 12, 18))


@settings(deadline=None, max_examples=60)
@given(DAYS, st.integers(1, 300))
def test_a_day_without_a_year_is_filled_where_it_occurs_once(day, half):
    if (day.month, day.day) == (2, 29):
        return
    window = f"{day - timedelta(half)}/{day + timedelta(min(half, 364 - half))}"
    spot = piece(f"--{day.month:02}-{day.day:02}", "stated", "high")
    settled, noted = settle([spot, piece(window, confidence="high")])
    assert settled == (day, day)
    assert noted[-1].confidence == "medium" and noted[-1].basis == "inferred"


def test_no_day_is_chosen_among_several():
    spot = piece("--06-01", "stated", "high")
    window, noted = settle([spot, piece("2015-01-01/2018-12-31")])
    assert window == parse("2015-01-01/2018-12-31")
    assert noted[-1].confidence == "low"


def test_after_the_newest_meeting_the_first_such_day_needs_a_hint():
    spot = piece("--11-15", "stated", "high")
    meeting = piece("2022-10-22/..", rule="party_calendar")
    hint = piece("../2022-12-31", confidence="low", rule="phrase_fades")
    open_window, noted = settle([spot, meeting])
    assert open_window == parse("2022-10-22/..")
    assert (noted[-1].value, noted[-1].confidence) == ("2022-11-15", "low")
    window, noted = settle([spot, meeting, hint])
    assert window.start == window.end == date(2022, 11, 15)
    assert noted[-1].confidence == "medium"
    assert [p.decisive for p in noted] == [False, True, True, False]


def test_a_hint_that_still_allows_the_next_year_is_none():
    spot, meeting = (
        piece("--01-14", "stated", "high"),
        piece("2017-10-24/..", rule="party_calendar"),
    )
    hint = piece("../2018-12-31", confidence="low")
    assert not settle([spot, meeting, hint])[0].is_day


@pytest.mark.parametrize(
    ("values", "left"),
    [
        (["2013-11-05/2014-04-01|2020-09-18/2021-02-01", "2017-10-24/.."], "2020-09-18/2021-02-01"),
        (["2006|2011|2016", "2008/2013", "--08-21"], "2011-08-21"),
        (["2006|2011|2016", "2010/.."], "2011-01-01/2016-12-31"),  # two are left: no choice
        (["2006|2011", "2008|2011"], "2011-01-01/2011-12-31"),
        (["2006|2011", "2008"], "2008-01-01/2008-12-31"),  # none fits: it is left out
    ],
)
def test_one_of_several_windows_is_chosen_where_one_only_fits(values, left):
    assert settle([piece(value) for value in values])[0] == parse(left)


def test_a_piece_another_one_repeats_is_not_decisive():
    _, alone = settle([piece("2022-10-22/..")])
    _, two = settle([piece("2022-10-22/.."), piece("2022-10-22/..")])
    assert [p.decisive for p in alone] == [True]
    assert [p.decisive for p in two] == [False, False]


def test_leap_days_and_disjoint_windows():
    assert occurrences(Window(date(2019, 1, 1), date(2025, 1, 1)), 2, 29) == [
        date(2020, 2, 29),
        date(2024, 2, 29),
    ]
    assert meet(Window(end=date(2019, 1, 1)), Window(start=date(2020, 1, 1))) is None


@pytest.mark.parametrize(
    ("window", "day"),
    [
        ("2016-02-29/2016-03-21", "2016-03-06"),
        ("2016-03-07/2016-03-21", None),
        ("2016-02-01/2016-03-21", None),
        ("2016-02-29/..", None),
    ],
)
def test_a_day_without_its_month_is_filled_in_a_window_shorter_than_a_month(window, day):
    spot = piece("---06", "stated")
    left, noted = settle([piece(window), spot])
    filled = [e.value for e in noted if e.rule == "day_in_window"]
    assert filled == ([day] if day else [])
    assert left == parse(day or window)


def test_an_event_of_several_days_is_no_single_day():
    spot = piece("--01-06", "stated", "high", rule="lead_days")._replace(quote="1月6日至8日")
    window, noted = settle([spot, piece("2026-01-01/2026-12-31")])
    assert window == (date(2026, 1, 6), date(2026, 1, 8))
    assert noted[-1].value == "2026-01-06/2026-01-08"
