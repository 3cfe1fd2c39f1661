"""A killed server loses nothing that it acknowledged; the short form of `python -m tests.proof.crashes`."""

from pathlib import Path

from tests.proof.crashes import crash


def test_nothing_acknowledged_is_lost_by_a_server_killed_under_load(tmp_path: Path) -> None:
    report = crash(tmp_path, rounds=1, seed=3)
    assert report.lost == []
    assert report.acknowledged > 20
    assert report.done["unanswered"] > 0
