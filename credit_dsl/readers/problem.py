"""Why a file cannot be read: a value with a message in words. Inside the readers it travels as an exception."""

from attrs import frozen


@frozen
class ReadProblem:
    """What is wrong with a file as a whole, and the way out where there is one."""

    source: str
    message: str
    help: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


class ReadFailure(Exception):
    """Carries a problem out of an iterator; never leaves the readers."""

    def __init__(self, problem: ReadProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def fail(source: str, message: str, help: str = "") -> ReadFailure:
    """The failure to raise for a file."""
    return ReadFailure(ReadProblem(source, message, help))
