"""Processes that help this one: an interruption is the business of the one that a person started."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

CARED_FOR = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals wait while processes are started: one of them would end on its own before it knows what to do."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, CARED_FOR)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_helping() -> None:
    """The first thing that such a process does; Ctrl-C goes to all of them, and is meant for one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, CARED_FOR)
