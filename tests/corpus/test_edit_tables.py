"""Edits packed as numbers and unpacked as a table are the edits they were."""

from hypothesis import given
from hypothesis import strategies as st

from difang.corpus.edit_tables import in_order, pack, unpack
from difang.corpus.edits import Edit, change

SPOTS = st.tuples(
    st.integers(0, 20), st.integers(0, 4), st.sampled_from(("", "县", "\n")),
    st.sampled_from(("script", "gloss", "line_space+script")),
)  # fmt: skip


def edits_of(raw, spots):
    return [change(raw, start, start + size, new, rule) for start, size, new, rule in spots]


@given(st.lists(st.lists(SPOTS, max_size=6), max_size=4))
def test_all_edits_come_back_in_their_order(of_documents):
    raw = {f"d{n}": f"{n}縣域經濟\ud800發展" * 3 for n in range(len(of_documents))}
    edits = {d: edits_of(raw[d], spots) for d, spots in zip(raw, of_documents, strict=True)}
    said = {}
    packed = {doc_id: pack(found, said) for doc_id, found in edits.items()}
    table = in_order(unpack(packed, said).to_pandas())
    assert [*table.columns] == ["doc_id", *Edit._fields]
    wanted = [(doc_id, *edit) for doc_id, found in edits.items() for edit in found]
    assert [*table.itertuples(index=False, name=None)] == wanted


def test_what_is_cut_from_many_places_is_held_once():
    raw = {"d": "經濟" * 500}
    edits = edits_of(raw["d"], [(n, 1, "经", "script") for n in range(0, 1000, 2)])
    said = {}
    table = in_order(unpack({"d": pack(edits, said)}, said).to_pandas())
    assert len(said) == 1
    assert len({id(word) for word in table["old"]}) == 1


def test_a_corpus_without_edits_has_a_table_of_the_same_types():
    tables = []
    for edits in ([], [change("縣", 0, 1, "县", "script")]):
        said = {}
        table = unpack({"d": pack(edits, said)}, said).to_pandas()
        tables.append(in_order(table))
    names = [table.dtypes.astype(str).to_list() for table in tables]
    assert names[0] == names[1]
