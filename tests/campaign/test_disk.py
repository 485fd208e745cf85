"""Files are replaced whole, with the permissions they had."""

from __future__ import annotations

import pytest

from campaign.disk import write_whole


def test_a_file_is_replaced_with_the_permissions_it_had(tmp_path):
    path = tmp_path / "new folder" / "alpha.yaml"
    write_whole(path, b"one")
    assert path.stat().st_mode & 0o777 == 0o644

    path.chmod(0o640)
    write_whole(path, b"two")

    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_left_where_a_file_cannot_be_replaced(tmp_path):
    (tmp_path / "alpha.yaml" / "in the way").mkdir(parents=True)

    with pytest.raises(OSError, match=r"alpha\.yaml"):
        write_whole(tmp_path / "alpha.yaml", b"one")

    assert [each.name for each in tmp_path.iterdir()] == ["alpha.yaml"]
