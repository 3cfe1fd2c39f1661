"""Send requests by the thousand and say what went wrong: `python -m tests.fuzz --requests 20000 [--seed N]`."""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bank import small_bank
from tests.conftest import template_in
from tests.databases import stop_servers
from tests.fuzz.running import run


def main() -> int:
    """The exit code: 1 where a defect was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="how many are sent; the default is %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="the same seed sends the same requests")
    options = parser.parse_args()
    begun = time.monotonic()
    with TemporaryDirectory() as folder, template_in(Path(folder), small_bank()) as template:
        found = run(template, options.requests, options.seed, lambda said: print(said, flush=True))
    stop_servers()
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(found.statuses.items()))
    print(f"{found.sent} requests to {len(found.routes)} routes in {time.monotonic() - begun:.0f} s: {statuses}.")
    print(f"{len(found.defects)} defects (seed {options.seed}).")
    return 1 if found.defects else 0


if __name__ == "__main__":
    raise SystemExit(main())
