"""The app for a WSGI server: `quizapp.wsgi:app`, configured by the environment."""

import os
import signal
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Thread

from quizapp import create_app, instance_lock
from quizapp.models import db

app = create_app()


def _hang_up() -> None:
    """Close the connections to the database, so that PostgreSQL does not have to find out that nobody is there."""
    with app.app_context():
        db.engine.dispose()


def _stop_after(parent: BaseProcess) -> None:
    """Stop, as if told to, when `serve` has been killed: nobody would start this process again, nor free its port."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


# As long as this process lives, nobody puts another database in place.
instance_lock.hold(Path(app.instance_path))
Finalize(None, _hang_up, exitpriority=0)
if _parent := parent_process():
    Thread(target=_stop_after, args=(_parent,), daemon=True).start()
