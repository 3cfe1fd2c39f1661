"""Where several processes serve, each writes its figures into a folder that all share.

Whichever is asked adds them up, so a counter means the whole server. The first process makes the folder, and hands it
to those it starts by prometheus-client's own variable, at which that looks as it is imported.
"""

import atexit
import os
import shutil
import tempfile

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def share_between_processes() -> None:
    """Make the folder, unless a process above this one has."""
    if FOLDER in os.environ:
        return
    folder, maker = tempfile.mkdtemp(prefix="quizapp-metrics-"), os.getpid()
    os.environ[FOLDER] = folder
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == maker else None)
