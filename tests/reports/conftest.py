"""What the tests of pages share: a cache of their own, and the seeds."""

import pytest

import difang
from difang import project


@pytest.fixture(scope="module")
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "CACHE", tmp_path_factory.mktemp("cache"))
        yield


@pytest.fixture(scope="module")
def seeds(own_cache):
    return difang.load()
