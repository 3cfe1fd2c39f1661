"""`python -m tests.benchmark [--quick] [--json]`: one report of how fast the product is, and under what conditions."""

import argparse
import importlib.metadata
import json
import os
import platform
from typing import Any

from tests.benchmark.measuring import FULL, QUICK, Figures, fsync_median_ms, measure

LIBRARIES = ("flask", "werkzeug", "sqlalchemy", "jinja2")
WORDS = {
    "R": "the attempt page",
    "W": "saving an answer",
    "S": "submitting 20 questions",
    "T": "the teacher’s list of attempts",
    "hello": "floor: a bare page",
    "save": "floor: a bare durable save",
}


def conditions() -> dict[str, Any]:
    """What the figures were measured under; `idle` is False where the machine had other work."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    cores = os.cpu_count() or 1
    return {
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in LIBRARIES},
        "cores": cores,
        "load": round(load, 2),
        "fsync_ms": round(fsync_median_ms(), 3),
        "idle": load <= cores,
    }


def as_data(found: dict[str, Any], full: Figures, normal: Figures) -> dict[str, Any]:
    """The whole result, for programs."""
    return {
        "valid": found["idle"],
        "conditions": found,
        "ratios": {
            "w_full": round(full.ratios["w"], 2),
            "w_normal": round(normal.ratios["w"], 2),
            "r_hello": round(full.ratios["r_hello"], 2),
            "s_hello": round(full.ratios["s_hello"], 2),
        },
        "per_second": {"full": full.per_second, "normal": normal.per_second},
        "statements": full.statements,
    }


def as_text(data: dict[str, Any]) -> str:
    """The whole result, for people."""
    found, ratios = data["conditions"], data["ratios"]
    lines = [
        f"Python {found['python']}, " + ", ".join(f"{name} {found[name]}" for name in LIBRARIES),
        f"{found['cores']} cores, load {found['load']}, one small durable write takes {found['fsync_ms']} ms",
        "" if data["valid"] else "NOT VALID: the machine had other work while this was measured.",
        f"{'requests per second, one process':<44}{'FULL':>10}{'NORMAL':>10}",
    ]
    for name, words in WORDS.items():
        full, normal = data["per_second"]["full"][name], data["per_second"]["normal"][name]
        lines.append(f"  {name:<6}{words:<36}{full:>10.0f}{normal:>10.0f}")
    lines += [
        "",
        "time, as a multiple of the floor’s (median of rounds)",
        f"  W / bare durable save, synchronous FULL   {ratios['w_full']:>10.2f}",
        f"  W / bare durable save, synchronous NORMAL {ratios['w_normal']:>10.2f}",
        f"  R / bare page                             {ratios['r_hello']:>10.2f}",
        f"  S / bare page                             {ratios['s_hello']:>10.2f}",
        "",
        "SQL statements per request: " + ", ".join(f"{name} {n}" for name, n in data["statements"].items()),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, under 45 seconds")
    parser.add_argument("--json", action="store_true", help="one JSON object for programs")
    chosen = parser.parse_args()
    plan = QUICK if chosen.quick else FULL
    data = as_data(conditions(), measure(plan, "FULL"), measure(plan, "NORMAL"))
    print(json.dumps(data, indent=2) if chosen.json else as_text(data))


if __name__ == "__main__":
    main()
