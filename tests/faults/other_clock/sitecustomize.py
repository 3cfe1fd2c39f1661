"""Python imports this before anything else, where this folder is on its path: the server's clock then goes wrong.

The file that `QUIZAPP_TEST_CLOCK` names says by how many seconds, at each moment anew.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizapp.web import clock

_FILE = Path(os.environ["QUIZAPP_TEST_CLOCK"])


def _wrong() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(_FILE.read_text()))


clock.utcnow = _wrong
