"""credit-dsl: a rules language for customer credit management.

The three calls `load`, `check` and `evaluate` are shown in `interface.py`.

The files, in reading order:

    pipeline.py            the product on one page: source -> parsed -> program -> decisions
    interface.py           the three calls above: load, check, evaluate

    base/                  words that every stage shares: source, diagnostic, values, exact, types, suggest
    vocabulary/            what a policy can talk about: tables and fields, builtin functions, currencies
    syntax/                text -> tree -> text; what the formatter needs is in layout_*.py
    check/                 files -> Program, or every error at once; one file per question
    reasoning/             what can be known about conditions without running them
    lint/                  Program -> findings; a folder per family, one file per finding
    run/                   Program + snapshot -> decisions: the reference, written to be read
    testing/               runs the `test` items of policies; covered/, mutation/ and generation/ judge and propose them

    readers/               how policies, tables and the configuration come in
    formats/               how results go out; one file per format
    schema.py reference.py what the vocabulary and the code say about themselves
    cli/                   main.py and one file per command; checking/ stands behind `check`
"""

from importlib import import_module
from typing import TYPE_CHECKING

from credit_dsl.base.version import VERSION as __version__

if TYPE_CHECKING:
    from credit_dsl.interface import PolicyError, check, evaluate, load

__all__ = ["PolicyError", "__version__", "check", "evaluate", "load"]


def __getattr__(name: str) -> object:
    """The public names, loaded when they are first asked for: importing the package costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'credit_dsl' has no attribute '{name}'")
    return getattr(import_module("credit_dsl.interface"), name)
