import subprocess
import sys

import pandas as pd
import pytest

import difang
from difang import cli

SCORES = [
    "group", "term", "score", "tfidf_contrast", "n", "rate", "n_docs", "group_docs",
    "top_doc_share", "interval_low", "interval_high", "rank_low", "rank_high", "p", "q", "flags",
    "rank_median", "top_share", "difference",
]  # fmt: skip


def run(*arguments):
    return cli.main([str(a) for a in arguments])


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    for province, words in {"江西省": "县域经济", "湖北省": "生态保护"}.items():
        for year in (2018, 2019, 2020):
            path = folder / province / f"{year}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            own = {2018: "交通", 2019: "教育", 2020: "卫生"}[year]  # no copies of each other
            text = f"会议强调，要推动{words}，抓好{words}，办好{own}。" * 3
            path.write_text(text, encoding="utf-8")
    (folder / "old.caj").write_bytes(b"CAJ")
    return folder


@pytest.fixture(autouse=True)
def no_cache(tmp_path, monkeypatch):
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "cache")


def test_corpus_writes_its_tables_and_lists_what_it_did_not_read(texts, tmp_path, capsys):
    out = tmp_path / "out"
    assert run("corpus", texts, "--out", out) == 0
    printed = capsys.readouterr().out
    documents = pd.read_csv(out / "documents.csv", index_col="doc_id")
    assert len(documents) == len(pd.read_parquet(out / "documents.parquet")) == 6
    assert set(documents["province"]) == {"江西省", "湖北省"}
    assert {"evidence.csv", "edits.csv", "skipped.csv"} <= {p.name for p in out.iterdir()}
    assert (out / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "6 documents" in printed
    assert "old.caj: .caj is not read" in printed


@pytest.mark.parametrize(
    ("verb", "column"),
    [("corpus", ["--text-column", "报道"]), ("report", ["--set", "TEXT_COLUMN=报道"])],
)
def test_the_column_that_holds_the_text_can_be_named(tmp_path, capsys, verb, column):
    folder = tmp_path / "tables"
    folder.mkdir()
    table = "标题,报道\n会议,会议强调，要推动县域经济发展。\n"
    (folder / "a.csv").write_text(table.replace("，", "、"), encoding="utf-8")
    only = ["--only", "02"] if verb == "report" else []
    assert run(verb, folder, *column, *only, "--out", tmp_path / "out") == 0
    assert "not read" not in capsys.readouterr().out


def test_keywords_writes_scores_with_the_columns_promised(texts, tmp_path, capsys):
    out = tmp_path / "scores.csv"
    assert run("keywords", texts, "--by", "province", "--out", out) == 0
    scores = pd.read_csv(out)
    assert list(scores.columns) == SCORES
    first = scores[scores["group"] == "湖北省"].iloc[0]
    assert first["term"] in ("生态", "保护", "生态保护")
    assert first["n_docs"] == first["group_docs"] == 3
    assert "== 湖北省 (documents: 3)" in capsys.readouterr().out


def test_keywords_say_which_documents_are_not_compared(texts, tmp_path, capsys):
    (texts / "江西省" / "2020b.txt").write_bytes((texts / "江西省" / "2020.txt").read_bytes())
    (texts / "some.txt").write_text("会议强调，要抓好防汛，办好文化。" * 3, encoding="utf-8")
    assert run("keywords", texts, "--by", "province", "--out", tmp_path / "scores.csv") == 0
    said = "6 documents of 2 groups. Without a province, which count for idf only: 1. "
    assert f"Compared by province: {said}Left out as copies" in (out := capsys.readouterr().out)
    assert "copies of others: 1; as fiction: 0." in out


def test_keywords_say_that_all_of_a_year_are_copies_before_they_refuse_it(tmp_path, capsys):
    for name, text in {
        "江西省/2018": "会议强调，要推动发展。",
        "湖北省/2019": "办好教育。",
    }.items():
        for copy in (name, name.replace("2018", "2020")):
            path = tmp_path / "texts" / f"{copy}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text * 9, encoding="utf-8")
    assert run("keywords", tmp_path / "texts", "--by", "year", "--target", "2020") == 2
    told = capsys.readouterr()
    assert "Left out as copies of others: 1" in told.out
    assert "Cannot compare year '2020'" in told.err


def test_keywords_by_year_look_back_and_leave_the_first_year_out(texts, tmp_path, capsys):
    out = tmp_path / "scores.csv"
    assert run("keywords", texts, "--by", "year", "--out", out) == 0
    assert set(pd.read_csv(out)["group"]) == {2019, 2020}
    assert "No documents lie before 2018" in capsys.readouterr().out
    assert run("keywords", texts, "--by", "year", "--target", "2018") == 2
    assert "2018" in capsys.readouterr().err


def test_keywords_tfidf_ranks_each_group_by_itself(texts, tmp_path):
    out = tmp_path / "scores.csv"
    assert run("keywords", texts, "--by", "province", "--measure", "tfidf", "--out", out) == 0
    scores = pd.read_csv(out)
    assert "tfidf" in scores.columns
    assert (scores["score"] >= 0).all()


def test_keywords_test_by_document_unless_told_not_to(texts, tmp_path, capsys):
    out = tmp_path / "scores.csv"
    assert run("keywords", texts, "--by", "province", "--out", out) == 0
    tested = pd.read_csv(out)
    printed = capsys.readouterr().out
    assert "Placebo" in printed or "Not tested" in printed
    assert run("keywords", texts, "--by", "province", "--no-inference", "--out", out) == 0
    bare = pd.read_csv(out)
    assert not {"Placebo", "Not tested"} & set(capsys.readouterr().out.split())
    assert bare[["p", "q", "interval_low", "rank_low"]].isna().all(axis=None)
    assert tested["score"].equals(bare["score"])


def test_keywords_count_shared_passages_once_if_asked_and_show_both_ranks(texts, tmp_path, capsys):
    said = "扎实推进乡村振兴战略和脱贫攻坚有效衔接。"
    for year in (2018, 2019, 2020):
        path = texts / "江西省" / f"{year}.txt"
        path.write_text(path.read_text("utf-8") + said, encoding="utf-8")
    given = ("keywords", texts, "--by", "province", "--target", "江西", "--no-inference", "--out")
    found = {}
    for shared in ("all", "once"):
        out = tmp_path / f"{shared}.csv"
        assert run(*given, out, "--shared", shared) == 0
        found[shared] = (
            pd.read_csv(out).set_index("term").loc["乡村振兴", ["n", "n_docs"]].to_list()
        )
    assert found == {"all": [3, 3], "once": [1, 1]}
    printed = capsys.readouterr().out
    assert "Shared passages count once" in printed and "rank_other" in printed


@pytest.mark.parametrize("measure", ["c_tfidf", "g2", "log_ratio", "log_odds", "text_dispersion"])
def test_keywords_knows_every_measure_by_the_name_of_its_column(texts, tmp_path, measure):
    out = tmp_path / "scores.csv"
    assert run("keywords", texts, "--by", "province", "--measure", measure, "--out", out) == 0
    scores = pd.read_csv(out)
    assert scores["score"].equals(scores[measure])
    assert scores["score"].notna().any()


def test_small_groups_get_the_sentence_and_no_headline(capsys):
    assert run("keywords", "--by", "province") == 0
    printed = capsys.readouterr().out
    assert "本组只有 1 篇文献" in printed
    assert "This group has only 1 document" in printed


def test_kwic_prints_every_line(texts, capsys):
    assert run("kwic", "县域经济", texts) == 0
    printed = capsys.readouterr()
    assert printed.out.count("【县域经济】") == 3 * 3 * 2
    assert "18 lines in 3 documents" in printed.err


def test_kwic_finds_quoted_forms_and_variants_when_asked(tmp_path, capsys):
    (tmp_path / "texts").mkdir()
    text = "建设“五型”政府，五型政府要有为。一张蓝图干到底。"
    (tmp_path / "texts" / "a.txt").write_text(text, encoding="utf-8")
    for pattern, plain, variants in (("五型政府", 1, 2), ("一张蓝图绘到底", 0, 1)):
        assert run("kwic", pattern, tmp_path / "texts") == 0
        assert f"{plain} lines" in capsys.readouterr().err
        assert run("kwic", pattern, tmp_path / "texts", "--variants") == 0
        assert f"{variants} lines" in capsys.readouterr().err


def test_kwic_writes_lines_with_offsets(texts, tmp_path):
    out = tmp_path / "lines.csv"
    assert run("kwic", "县域", texts, "--out", out) == 0
    lines = pd.read_csv(out)
    assert set(lines["keyword"]) == {"县域"}
    assert (lines["end"] - lines["start"]).eq(2).all()


def test_lexicon_reports_what_fires(capsys):
    assert run("lexicon") == 0
    printed = capsys.readouterr()
    assert "两个维护" in printed.out
    assert "of them in the documents" in printed.err


def test_panel_writes_every_format_and_says_what_it_counted(texts, tmp_path, capsys):
    concepts = tmp_path / "concepts.csv"
    concepts.write_text("concept,term\n县域,县域经济\n县域,县域\n生态,生态保护\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run("panel", texts, "--concepts", concepts, "--by", "province, year", "--out", out) == 0
    printed = capsys.readouterr().out
    assert "6 documents in 6 cells of province × year" in printed
    assert all(str(path) in printed for path in out.iterdir())
    rows = pd.read_csv(out / "panel_long.csv").set_index(["province", "year", "concept"])
    assert rows.loc[("江西省", 2018, "县域"), "n"] == 6
    lines = pd.read_csv(out / "sentences.csv")
    assert rows["n"].sum() == len(lines) == 2 * 3 * 2 * 3


def test_panel_of_documents_without_a_province_has_no_cell(tmp_path, capsys):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("会议强调，要抓好安全生产。", encoding="utf-8")
    assert run("panel", tmp_path / "texts", "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "Cannot write a panel by province, year. 0 documents in 0 cells" in told
    assert "1 document left out: no province, year (1)." in told
    assert not (tmp_path / "out").exists()


REGISTER = ["phrase", "count", "documents", "quoted", "kind", "family", "first", "last", "lexicon"]
REGISTER += [
    "pinyin",
    "gloss",
    "provinces",
    "levels",
    "speakers",
    "heat",
    "origin",
    "slot",
    "holds",
]
SHARED = ["span_id", "text", "chars", "doc_id", "start", "end"]


def test_phrases_writes_the_register_with_and_without_a_lexicon(tmp_path, capsys):
    (tmp_path / "texts").mkdir()
    text = "会议强调，要把“碗窑精神”和两个维护讲透，“碗窑精神”就是碗窑精神。"
    (tmp_path / "texts" / "a.txt").write_text(text, encoding="utf-8")
    for options, phrases in (([], {"碗窑精神", "两个维护"}), (["--no-lexicon"], {"碗窑精神"})):
        assert run("phrases", tmp_path / "texts", *options, "--out", tmp_path / "p.csv") == 0
        rows = pd.read_csv(tmp_path / "p.csv").set_index("phrase", drop=False)
        assert list(rows.columns) == REGISTER
        assert set(rows.index) == phrases
        assert tuple(rows.loc["碗窑精神", ["count", "documents", "quoted"]]) == (3, 1, 2)
        if "两个维护" in phrases:
            told = tuple(rows.loc["两个维护", ["pinyin", "gloss"]])
            assert told == ("liǎng gè wéihù", "Two Upholds")
    assert "1 set phrases" in capsys.readouterr().err
    long = "习近平新时代中国特色社会主义思想"
    (tmp_path / "texts" / "b.txt").write_text(f"学习{long}。", encoding="utf-8")
    assert run("phrases", tmp_path / "texts") == 0
    printed = next(line for line in capsys.readouterr().out.splitlines() if long in line)
    assert "Xí Jìnpíng xīn shídài" in printed and "sīxiǎng" not in printed
    assert printed.count("...") == 2  # of pinyin and gloss


def test_phrases_proposes_what_documents_repeat(tmp_path, capsys):
    (tmp_path / "texts").mkdir()
    for name in "ab":
        text = f"我们{name}县要大力弘扬碗窑传统，建设两个维护碑。"
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("phrases", tmp_path / "texts", "--candidates") == 0
    said = capsys.readouterr()
    assert "弘扬碗窑传统" in said.out and "c_value" in said.out and "candidates" in said.err


def test_reuse_writes_each_place_of_a_shared_passage(tmp_path, capsys):
    (tmp_path / "texts").mkdir()
    shared = "以更大力度推进碗窑河流域综合治理"
    for name, text in {"a": f"今天，{shared}。", "b": f"会议要求：{shared}，抓紧抓实。"}.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("reuse", tmp_path / "texts", "--min-chars", 12, "--out", tmp_path / "r.csv") == 0
    rows = pd.read_csv(tmp_path / "r.csv")
    assert list(rows.columns[:6]) == SHARED and "kind" in rows
    assert set(rows["doc_id"]) == {"a", "b"} and set(rows["text"]) == {shared}
    assert run("reuse", tmp_path / "texts", "--min-chars", 17) == 0
    assert "(none)" in capsys.readouterr().out
    (tmp_path / "texts" / "c.txt").write_text(f"会议要求：{shared}，抓紧抓实。", encoding="utf-8")
    assert run("reuse", tmp_path / "texts", "--out", tmp_path / "r.csv") == 0
    rows = pd.read_csv(tmp_path / "r.csv").groupby("span_id").agg({"kind": "first", "doc_id": list})
    assert rows.to_numpy().tolist() == [["shared passage", ["a", "b"]], ["repost", ["b", "c"]]]
    assert "1 passages, 2 lines; 1 reposts" in capsys.readouterr().err


def test_keywords_weighs_sublinearly_if_asked_and_refuses_it_where_nothing_is_weighed(
    texts, tmp_path, capsys
):
    path = texts / "江西省" / "2018.txt"
    path.write_text(path.read_text("utf-8") + "创新驱动创新，创新引领创新。", encoding="utf-8")
    out, given = tmp_path / "scores.csv", ("--by", "province", "--no-inference", "--sublinear-tf")
    assert run("keywords", texts, *given, "--out", out) == 0
    corpus = difang.load(texts)
    counts = difang.count(difang.segment(corpus), corpus.documents)
    own = difang.tfidf_contrast(counts, by="province", sublinear_tf=True)
    read = pd.read_csv(out)
    assert read["term"].equals(own["term"].astype(read["term"].dtype))
    assert read["score"].to_numpy() == pytest.approx(own["score"].to_numpy())
    plain = difang.tfidf_contrast(counts, by="province")
    assert not plain["score"].equals(own["score"])
    assert run("keywords", texts, *given, "--measure", "g2") == 2
    assert "Cannot take 1 + ln n for n in 'g2'" in capsys.readouterr().err


def test_keywords_tests_terms_of_as_many_documents_as_told(texts, tmp_path):
    out, tested = tmp_path / "scores.csv", []
    for least in (3, 6, 7):
        assert run("keywords", texts, "--by", "province", "--min-docs", least, "--out", out) == 0
        rows = pd.read_csv(out).groupby("term").agg({"n_docs": "sum", "p": "count"})
        assert rows.loc[rows["p"] > 0, "n_docs"].ge(least).all()
        tested.append((rows["p"] > 0).sum())
    assert tested[0] >= tested[1] > tested[2] == 0  # six documents


def test_keywords_rearranges_whole_clusters_when_told(texts, tmp_path, capsys):
    for options in ([], ["--cluster", "province"]):
        assert run("keywords", texts, "--by", "year", "--target", "2020", *options) == 0
    alone, together = capsys.readouterr().out.split("== ")[1:]
    assert alone != together
    assert run("keywords", texts, "--by", "year", "--cluster", "village") == 2
    assert "village" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", ["keywords", "kwic", "corpus", "lexicon", "panel", "phrases", "reuse"]
)
def test_where_restricts_every_command_that_reads(texts, tmp_path, command, capsys):
    arguments = {
        "keywords": ["--by", "year"],
        "kwic": [],
        "corpus": ["--out", tmp_path / "out"],
        "lexicon": [],
        "panel": ["--out", tmp_path / "out"],
        "phrases": [],
        "reuse": [],
    }[command]
    pattern = ["推动"] if command == "kwic" else []
    condition = "province == '江西省'"
    assert run(command, *pattern, texts, "--where", condition, *arguments) == 0
    printed = capsys.readouterr()
    assert "湖北" not in printed.out
    assert run(command, *pattern, texts, "--where", "province == '火星'", *arguments) == 2
    assert "none of the 6 documents meets it" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["corpus", "nowhere", "--out", "x"], "There is no such folder"),
        (["keywords", "--by", "provnce"], "Cannot group documents by 'provnce'"),
        (["keywords", "--by", "province", "--target", "海南省"], "海南省"),
        (["panel", "--concepts", "none.csv", "--out", "x"], "concepts none.csv. There is no such"),
        (["panel", "--by", "province,village", "--out", "x"], "by 'village'"),
        (["panel", "--by", " ,", "--out", "x"], "Cannot make cells of no column"),
        (["panel", "--out", "/dev/null/x"], "Cannot make the folder"),
        (["kwic", ""], "Cannot"),
        (["kwic", "*"], "Cannot"),
        (["report", "--set", "NONSENSE=1"], "Cannot set 'NONSENSE'"),
        (["report", "--only", "99"], "Cannot run notebook '99'"),
        (["corpus", "--out", "/dev/null/x"], "Cannot make the folder"),
        (["kwic", "发展", "--out", "/nowhere/lines.csv"], "Cannot write '/nowhere/lines.csv'"),
    ],
)
def test_a_request_that_cannot_be_met_says_so_in_one_message(arguments, message, capsys, tmp_path):
    if arguments[0] == "report":
        arguments = [*arguments, "--out", str(tmp_path / "reports")]
    assert run(*arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["keywords"], ["panel"],
     ["keywords", "--by", "year", "--measure", "chi"], ["keywords", "--by", "year", "--top", "0"],
     ["reuse", "--min-chars", "0"]],
)  # fmt: skip
def test_the_parser_knows_only_what_is_built(arguments):
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2


def test_an_empty_folder_is_said_to_be_empty(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert run("keywords", tmp_path / "empty", "--by", "province") == 2
    assert "Cannot" in capsys.readouterr().err


def test_python_m_difang_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "difang", "--version"], capture_output=True, text=True, check=True
    )
    from importlib.metadata import version

    assert done.stdout.strip() == version("difang")


@pytest.mark.parametrize("verb", [["keywords", "--by", "province"], ["kwic", "县域"], ["phrases"]])
def test_a_table_is_written_to_a_csv_file_and_to_no_other(verb, texts, tmp_path, capsys):
    (tmp_path / "folder.csv").mkdir()
    for name, why in {
        "scores.xlsx": "the table is written as CSV",
        "scores": "the table is written as CSV",
        "folder.csv": "it is there, and is not a file",
        "new/scores.csv": "its folder is not there",
    }.items():
        assert run(*verb, texts, "--out", tmp_path / name) == 2
        told = capsys.readouterr()
        assert f"Cannot write {str(tmp_path / name)!r}: {why}" in told.err
        assert not told.out  # before anything is worked on
