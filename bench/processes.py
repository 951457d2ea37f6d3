"""The processes of a running site and what each takes of memory and processor (Linux)."""

from __future__ import annotations

import os
import re
from pathlib import Path


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, and theirs."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(after_name[1]), []).append(int(entry.name))
    found = []
    waiting = [pid]
    while waiting:
        more = parents.get(waiting.pop(), [])
        found += more
        waiting += more
    return sorted(found)


def kind(pid: int) -> str:
    """Return what a process of the site is: web, worker or checks; "" for one that has ended."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
    if " worker " in command:
        return "worker"
    return "web" if " up " in command else "other"


def memory(pid: int) -> float:
    """Return the megabytes of a process, its share of what it has in common with others (PSS)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def processor_seconds(pid: int) -> float:
    """Return the seconds that a process has taken of the processor, in all its threads."""
    try:
        after_name = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    user, system = after_name[11:13]  # proc(5): fields 14 and 15, the name is the second
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def processor_by_process(master: int) -> dict[int, tuple[str, float]]:
    """Return what each process under a site's master is, and its seconds of the processor."""
    found = {master: ("master", processor_seconds(master))}
    for pid in children(master):
        if name := kind(pid):
            found[pid] = (name, processor_seconds(pid))
    return found


def describe_processor(
    before: dict[int, tuple[str, float]], after: dict[int, tuple[str, float]]
) -> str:
    """Return the seconds between two readings as they are printed.

    A process that began between them counts whole, one that ended not at all.
    """
    spent: dict[str, list[str]] = {}
    for pid, (name, seconds) in after.items():
        earlier = before[pid][1] if pid in before else 0.0
        spent.setdefault(name, []).append(f"{seconds - earlier:.0f}")
    parts = [f"{name} {' + '.join(values)}" for name, values in spent.items()]
    return f"{', '.join(parts)} s"


def memory_by_kind(master: int) -> dict[str, list[float]]:
    """Return the megabytes of each process under a site's master, by what it is."""
    sizes: dict[str, list[float]] = {"master": [memory(master)]}
    for pid in children(master):
        if name := kind(pid):
            sizes.setdefault(name, []).append(memory(pid))
    return sizes


def describe_memory(sizes: dict[str, list[float]]) -> str:
    """Return the sizes as they are printed."""
    parts = []
    for name, values in sizes.items():
        figures = " + ".join(f"{value:.0f}" for value in values)
        parts.append(f"{name} {figures}")
    return f"{', '.join(parts)} MB"
