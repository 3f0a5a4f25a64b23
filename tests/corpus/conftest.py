import pytest


@pytest.fixture
def folder(tmp_path):
    """Write files below a folder of their own, and return the folder."""

    def write(files: dict[str, str | bytes]):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write
