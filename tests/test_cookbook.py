"""Every recipe of the cookbook runs on the seeds as it stands, one after the other."""

import re
from contextlib import redirect_stdout
from io import StringIO
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest

from difang.compare.refusals import TooLittleWarning
from difang.project import ROOT

COOKBOOK = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^## (\d+)\. .+?```python\n(.+?)```", COOKBOOK, flags=re.M | re.S))
SAID = {  # what a reader of the seeds can check by eye, in what is printed
    "1": "在县委全会上的总结讲话",
    "2": "江西省",
    "3": r"(?s)gloss.*\nTrue\n",
    "4": r"\d+\n\d+",
    "5": "genre.*speech",
    "6": "江西省",
    "7": "功成不必在我",
    "8": "发展",
    "9": "term.*group_docs",
    "10": "'floor': 0.1",
    "11": "only 2 documents",
    "12": "县域",
    "13": "两个维护",
    "14": r"\d+ tokens stand in a passage",
    "15": r"\.dta\n",
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each recipe prints, or warns of, run in one namespace in an empty folder."""
    said: dict[str, str] = {}
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("cookbook"))
        for number, recipe in RECIPES.items():
            with redirect_stdout(StringIO()) as out, catch_warnings(record=True) as warned:
                simplefilter("always")
                exec(compile(recipe, f"recipe {number}", "exec"), names)
            told = [str(one.message) for one in warned if one.category is TooLittleWarning]
            said[number] = "\n".join([out.getvalue(), *told])
    return said


def test_each_question_has_its_recipe():
    assert len(RECIPES) == len(re.findall("^## ", COOKBOOK, flags=re.M)) == 15
    assert RECIPES.keys() == SAID.keys()


@pytest.mark.parametrize("number", SAID)
def test_each_recipe_prints_its_answer(printed, number):
    assert re.search(SAID[number], printed[number]), printed[number]


def test_a_rule_that_is_off_hides_a_word_that_the_damage_broke(printed):
    cleaned, as_scraped = map(int, printed["4"].split())
    assert cleaned > as_scraped
