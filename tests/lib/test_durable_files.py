import hashlib
import os

import pytest

from juluo.lib.durable_files import fsync_folder, replace_durably, sha256_of


def test_the_draft_takes_the_place_whole(tmp_path):
    draft, path = tmp_path / "x.tmp", tmp_path / "x"
    path.write_text("old")
    draft.write_text("new")

    replace_durably(draft, path)

    assert path.read_text() == "new"
    assert not draft.exists()


def test_data_reaches_the_disk_before_the_name_and_the_name_before_the_return(
    tmp_path, monkeypatch
):
    draft, path = tmp_path / "x.tmp", tmp_path / "x"
    draft.write_text("new")
    steps = []
    real = os.fsync

    def fsync(handle):
        kind = "folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "data"  # noqa: PTH112
        steps.append((kind, path.exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    replace_durably(draft, path)

    assert steps == [("data", False), ("folder", True)]


def test_a_draft_that_is_not_there_leaves_the_old_file(tmp_path):
    path = tmp_path / "x"
    path.write_text("old")

    with pytest.raises(FileNotFoundError):
        replace_durably(tmp_path / "x.tmp", path)

    assert path.read_text() == "old"


def test_a_digest_is_of_the_bytes(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"abc" * 100_000)

    assert sha256_of(path) == hashlib.sha256(b"abc" * 100_000).hexdigest()
    fsync_folder(tmp_path)
