"""A school on a real server, for each fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.load import School, school_on
from tests.server import Server, server_in


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that has not started yet."""
    server = server_in(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def school(server: Server) -> Iterator[School]:
    """Students who have arrived on a server with an instance of its own."""
    with school_on(server) as school:
        yield school
