"""What processes cost, as Linux tells: processor time and memory of one and of all it started."""

import os
from collections import defaultdict
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def tree_of(root: int) -> list[int]:
    """The process and all that it started and that still run; only itself where the machine does not tell."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in _PROC.glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            children[int(fields[1])].append(int(folder.name))
    found = [root]
    for pid in found:
        found.extend(children[pid])
    return found


def clock_ticks_of(root: int) -> int:
    """The processor time that a process and all it ever started have used, in clock ticks."""
    return sum(sum(map(int, fields[11:15])) for pid in tree_of(root) if (fields := _stat(pid)))


def seconds_of(root: int) -> float:
    """The same in seconds."""
    return clock_ticks_of(root) / _TICKS


def megabytes_of(root: int) -> float:
    """The memory that a process and all it started hold (resident, shared pages counted in each), in megabytes."""
    return round(sum(_resident(pid) for pid in tree_of(root)) / 1000, 1)


def _resident(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _stat(pid: int) -> list[str]:
    """The fields of a process from its state on; none for one that is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
