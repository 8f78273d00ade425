"""`launch.py MODULE ARGUMENT...` runs a server for as long as standard input stays open.

Whoever started it, and is killed, cannot stop it: the pipe's end is what tells. The functions' JVMs
belong to the same process group and end with it.
"""

import _thread
import os
import runpy
import signal
import sys
import threading


class _Lock:
    """Before Python 3.13 threading.Lock is a function, which cannot stand in `Lock | None`."""

    def __new__(cls):
        return _thread.allocate_lock()


def _import_what_needs_lock_as_a_class():
    original = threading.Lock
    threading.Lock = _Lock
    try:
        import localstack.packages.api  # noqa: F401
    finally:
        threading.Lock = original


def _end_with_standard_input():
    sys.stdin.buffer.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    os.setpgid(0, 0)
    threading.Thread(target=_end_with_standard_input, daemon=True).start()
    del sys.argv[0]
    if sys.argv[0].startswith("localstack.") and sys.version_info < (3, 13):
        _import_what_needs_lock_as_a_class()
    runpy.run_module(sys.argv[0], run_name="__main__")
