"""`python -m difang` and the command `difang`: the command line, as a program that can be stopped.

Ctrl-C and a request to end (SIGTERM) unwind what is going on, so that nothing half-written is
left; one line says so, and the exit status is 130.
"""

import io
import math
import os
import signal
import sys
import time
from contextlib import suppress

PATIENCE = 3.0  # seconds in which a second Ctrl-C does not disturb the tidying up after the first
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def program() -> int:
    """Run the command line to its end, or until a signal; return the exit status."""
    last = -math.inf

    def stop(*_: object) -> None:
        nonlocal last
        before, last = last, time.monotonic()
        if last - before > PATIENCE:
            raise KeyboardInterrupt

    try:
        for number in SIGNALS:
            signal.signal(number, stop)
        if isinstance(sys.stdout, io.TextIOWrapper):  # a name may hold what a terminal cannot show
            sys.stdout.reconfigure(errors="backslashreplace")
        from difang.cli import main

        return main()
    except KeyboardInterrupt:
        print("difang: interrupted.", file=sys.stderr)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # closed already, or nobody reads it
                stream.flush()
        os._exit(130)  # all is unwound; threads of libraries stopped midway would abort the exit
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(program())
