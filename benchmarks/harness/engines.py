"""The engines as child processes, and what the operating system says of each."""

import json
import subprocess
import sys
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Engine:
    """A long-lived process that answers SQL; its CPU time and memory are its own."""

    def __init__(self, name, command):
        self.name = name
        self.child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.process = psutil.Process(self.child.pid)
        self._answer()

    def _answer(self):
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended with status {self.child.wait()}")
        return json.loads(line)

    def run(self, statements):
        """Runs the statements of one query: {"seconds", "cpu", "rows"} or {"error"}."""
        before = self.cpu_seconds()
        seconds, rows = 0.0, 0
        for sql in statements:
            self.child.stdin.write(json.dumps({"sql": sql}) + "\n")
            self.child.stdin.flush()
            answer = self._answer()
            if "error" in answer:
                return answer
            seconds += answer["seconds"]
            rows = max(rows, answer["rows"])
        return {"seconds": seconds, "cpu": self.cpu_seconds() - before, "rows": rows}

    def cpu_seconds(self):
        times = self.process.cpu_times()
        return times.user + times.system

    def peak_bytes(self):
        """The largest resident set that the process ever had."""
        status = Path(f"/proc/{self.child.pid}/status")
        if status.exists():
            for line in status.read_text().splitlines():
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
        return self.process.memory_info().rss

    def close(self):
        self.child.stdin.close()
        self.child.wait(timeout=30)


def peer(name, tables, threads):
    files = {table: str(file) for table, file in tables.items()}
    command = [sys.executable, str(HERE / "peer.py"), name, str(threads), json.dumps(files)]
    return Engine(name, command)


def frazil(warehouse, threads, memory):
    command = [
        str(ROOT / "frazil"),
        "peer",
        "--memory",
        memory,
        "--threads",
        str(threads),
        "--warehouse",
        str(warehouse),
    ]
    return Engine("frazil", command)
