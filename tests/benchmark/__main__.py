"""`python -m tests.benchmark [--quick] [--json] [--gate] [--only PART,…]`: one report of how fast the product is."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmark import burst, growth, measuring, students
from tests.benchmark.conditions import Watch, conditions
from tests.benchmark.databases import durable_postgres
from tests.benchmark.population import Population
from tests.benchmark.report import Report
from tests.benchmark.serving import Serving
from tests.benchmark.weight import weigh
from tests.benchmark.workload import TEST, app_with_bank
from tests.conftest import Browser

Part = Callable[[Report, Watch, bool], None]
PEOPLE, FEW_PEOPLE = 1_000, 20
_LONGEST = 180.0
"""Seconds that a burst may take."""


def main() -> int:
    """Measure and report; the exit code tells whether a change may pass."""
    chosen = _arguments()
    report, watch = Report(conditions(0.7 if chosen.quick else 3.0)), Watch()
    for name in chosen.only:
        tell(f"{name} …")
        PARTS[name](report, watch, chosen.quick)
    report.others = watch.others
    print(json.dumps(report.as_data(), indent=2) if chosen.json else report.as_text())
    return 1 if chosen.gate and report.faults() else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="everything in its shortest form, under 45 seconds")
    parser.add_argument("--json", action="store_true", help="one JSON object for programs")
    parser.add_argument("--gate", action="store_true", help="fail where statements, cookies, ratios or weight are over")
    parser.add_argument(
        "--only", type=_parts, default=None, metavar="PART,…", help=f"some of {', '.join(PARTS)} (all but postgresql)"
    )
    chosen = parser.parse_args()
    if chosen.only is None:
        chosen.only = [name for name in PARTS if not (chosen.quick and name == "postgresql")]
    return chosen


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if not set(names) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"there is {', '.join(PARTS)}")
    return names


def tell(words: str) -> None:
    """Say how far the measuring is, beside the report."""
    print(words, file=sys.stderr, flush=True)


def _requests(report: Report, watch: Watch, quick: bool) -> None:
    plan = measuring.QUICK if quick else measuring.FULL
    with watch.over("requests"):
        report.full = measuring.measure(plan, "FULL")
        report.normal = measuring.measure(plan, "NORMAL")


def _growth(report: Report, watch: Watch, quick: bool) -> None:
    with watch.over("growth"):
        report.growth = (
            growth.measure(growth.QUICK, growth.QUICK_PLAN) if quick else growth.measure(growth.FULL, growth.FULL_PLAN)
        )


def _weight(report: Report, _watch: Watch, _quick: bool) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        app = app_with_bank(Path(folder), "NORMAL")
        student = Browser(app.test_client())
        student.sign_in("student")
        attempt = student.start(TEST)
        report.weight = weigh(lambda address: student.get(address).data, f"/attempts/{attempt}/questions/1")


def _students(report: Report, watch: Watch, quick: bool) -> None:
    def sign_in(serving: Serving, population: Population) -> None:
        report.burst = burst.measure(serving, population, FEW_PEOPLE if quick else PEOPLE, 6.0 if quick else _LONGEST)

    with watch.over("students"):
        report.held.append(students.measure(students.QUICK if quick else students.FULL, tell=tell, after=sign_in))


def _postgresql(report: Report, watch: Watch, quick: bool) -> None:
    plan = students.QUICK if quick else students.FULL
    with durable_postgres() as (postmaster, new_database), watch.over("postgresql", [postmaster]):
        for settings in ({}, {"PROCESSES": "2"}):
            report.held.append(students.measure(plan, new_database(), settings, tell))


PARTS: Mapping[str, Part] = {
    "requests": _requests,
    "growth": _growth,
    "weight": _weight,
    "students": _students,
    "postgresql": _postgresql,
}
"""What is measured, by name."""


if __name__ == "__main__":
    sys.exit(main())
