"""Which policy is it? A fingerprint of what its files say, not of how they are laid out."""

import hashlib
from collections.abc import Iterator
from functools import cached_property

from attrs import evolve, frozen

from credit_dsl.syntax.items import File
from credit_dsl.syntax.nodes import Node
from credit_dsl.syntax.shapes import shape_of
from credit_dsl.syntax.walk import walk


@frozen(eq=False)
class Fingerprint:
    """Of the files of one policy, in their order; taken when it is first asked for."""

    files: tuple[File, ...]

    @cached_property
    def sha256(self) -> str:
        """Over what the files say: layout, comments and the files' names are left out."""
        digest = hashlib.sha256()
        for file in self.files:
            for node in _nodes(file):
                digest.update(f"{shape_of(node)!r}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def _nodes(file: File) -> Iterator[Node]:
    yield evolve(file, items=())
    for item in file.items:
        yield from walk(evolve(item, doc=""))
