"""`python -m tests.benchmark.teaching [--quick] [--json]`: what a large class costs: its gradebook, its statistics."""

import argparse
import json
import resource
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from tests.benchmark import analysis
from tests.benchmark.conditions import Watch, as_lines, conditions, doubts
from tests.benchmark.gradebook import measure_gradebook

Figures = dict[str, Any]


def measure_analysis(quick: bool) -> Figures:
    """The item analysis: seconds, counts, and megabytes before and at the end."""
    return {
        name: round(value, 4)
        for name, value in asdict(analysis.measure(analysis.QUICK if quick else analysis.FULL)).items()
    }


PARTS: dict[str, Callable[[bool], Figures]] = {"item_analysis": measure_analysis, "gradebook": measure_gradebook}
"""What is measured, by name; each is told whether to be quick. The first compares the largest sizes of the process."""


def largest_megabytes() -> float:
    """The most memory this process has held so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1)


def as_text(data: dict[str, Any]) -> str:
    """The whole result, for people."""
    lines = [*as_lines(data["conditions"]), *(f"NOT VALID: {doubt}" for doubt in data["doubts"]), ""]
    for name, figures in data["parts"].items():
        sizes = ", ".join(f"{key} {value:,}" for key, value in figures.items() if not isinstance(value, dict))
        lines.append(f"{name.replace('_', ' ')}: {sizes}")
        for job, costs in figures.items():
            if isinstance(costs, dict):
                lines.append(f"  {job:<24}" + ", ".join(f"{key.replace('_', ' ')} {n}" for key, n in costs.items()))
    lines.append(f"largest size of the process: {data['largest_megabytes']} MB")
    return "\n".join(lines)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.teaching", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller sizes")
    parser.add_argument("--json", action="store_true", help="one JSON object for programs")
    chosen = parser.parse_args()
    found, watch, measured = conditions(), Watch(), {}
    for name, measure in PARTS.items():
        with watch.over(name):
            measured[name] = measure(chosen.quick)
    reasons = doubts(found["idle_before"], watch.others)
    data = {
        "valid": not reasons,
        "doubts": reasons,
        "conditions": {**found, "others_meanwhile": watch.others},
        "parts": measured,
        "largest_megabytes": largest_megabytes(),
    }
    print(json.dumps(data, indent=2) if chosen.json else as_text(data))


if __name__ == "__main__":
    main()
