from pathlib import Path

import pytest

from infragraph.workspace.locking import locked


def test_a_folder_is_one_runs_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "deploy/aws"

    with locked(folder), pytest.raises(BlockingIOError) as told, locked(folder):
        pass

    assert (told.value.strerror, told.value.filename) == (
        "another run generates into it",
        str(folder),
    )
    with locked(folder):
        assert [*folder.iterdir()] == []
