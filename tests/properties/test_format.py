"""Formatting changes nothing but the layout, loses no comment, and formatting again changes nothing at all."""

import re
from itertools import zip_longest
from pathlib import Path
from random import Random

from attrs import evolve
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from credit_dsl.base.source import Source
from credit_dsl.syntax.format import format_file, hindrances
from credit_dsl.syntax.grammar import tables
from credit_dsl.syntax.nodes import Comparison, Node
from credit_dsl.syntax.parse import Parsed, parse
from credit_dsl.syntax.scan import scan
from credit_dsl.syntax.walk import children, walk
from tests.properties.deciding import without_places
from tests.properties.generated import World, decisions, policies_and_tables, policy_of
from tests.properties.generating.checking import program_of

ROOT = Path(__file__).parents[2]
BETWEEN = (" ", " ", " ", "\n", "\n\n", "\t", "   ", "\r\n", "\f")
COMMENTS = (
    " # {}\n",
    "\n# {}\n",
    "\n\n  ## {}\n",
    "\n#{}\n\n\n",
    " ##{}\n# {}\n",
    "\r\n#- {}\r\n",
    " # credit: ignore {}\n",
)
AT_THE_END = ("", "\n", " # end", "\n# end\n\n", " ## end\n")
EQUALITY = {"=": "is", "!=": "is not"}
ONCE = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking: a seed has no simpler one."""

BLOCK = re.compile(r"^```credit.*\n((?:(?!```).*\n)*)```$", re.MULTILINE)


def parsed(text: str) -> Parsed:
    return parse(Source("policy.credit", text))


def written_texts() -> list[str]:
    """Every policy that the project has as a file or in a document, right or wrong."""
    files = [path for folder in ("policies", "grammar", "tests") for path in sorted((ROOT / folder).rglob("*.credit"))]
    pages = [path for folder in ("docs", "tests") for path in sorted((ROOT / folder).rglob("*.md"))]
    blocks = [BLOCK.findall(path.read_text(encoding="utf-8")) for path in pages]
    return [path.read_text(encoding="utf-8") for path in files] + [text for page in blocks for text in page]


TEXTS = written_texts()


def mangled(text: str, random: Random, often: float) -> str:
    """The same words with other white space, and with comments in the oddest places."""
    pieces: list[str] = []
    for number, token in enumerate(scan(Source("policy.credit", text), tables()).tokens):
        has_comment = random.random() < often
        pieces.append(random.choice(COMMENTS).format(number, number) if has_comment else random.choice(BETWEEN))
        pieces.append(token.text)
    return "".join([*pieces, random.choice(AT_THE_END)])


def says(node: Node) -> list[object]:
    """What a node says besides the nodes in it; `is` and `=` say the same."""
    inside = set(map(id, children(node)))
    operator = getattr(node, "operator", "")
    if isinstance(node, Comparison):
        node = evolve(node, operator=EQUALITY.get(operator, operator))
    return [name_of(node), *(value for value in map(repr, map(plain, vars_of(node, inside))))]


def vars_of(node: Node, inside: set[int]) -> list[object]:
    names = [name for kind in type(node).__mro__ for name in getattr(kind, "__slots__", ())]
    values = [getattr(node, name) for name in names if name not in ("span", "comments", "source", "__weakref__")]
    return [None if id(value) in inside else value for value in values]


def plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return name_of(value) if isinstance(value, Node) else value


def name_of(node: Node) -> str:
    """The kind of a node; a text after `=` is a code after `is`."""
    return type(node).__name__.replace("TextLiteral", "CodeLiteral")


def assert_only_the_layout_changes(text: str) -> None:
    before = parsed(text)
    assert not hindrances(before)
    result = format_file(before)
    after = parsed(result)
    assert after.diagnostics == ()
    for old, new in zip_longest(walk(before.file), walk(after.file)):
        assert says(old) == says(new)
    assert [comment.text.strip("# \t") for comment in before.comments] == [
        comment.text.strip("# \t") for comment in after.comments
    ]
    assert format_file(after) == result
    assert result == "" or (result.endswith("\n") and not result.endswith("\n\n") and "\r" not in result)
    assert not re.search(r"[ \t]$|\n\n\n", result, re.MULTILINE)


@settings(max_examples=80, deadline=None, phases=ONCE, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), st.sampled_from((0.0, 0.02, 0.1, 0.4)))
def test_policies_that_people_wrote(text: str, random: Random, often: float) -> None:
    assume(not parsed(text).diagnostics)
    assert_only_the_layout_changes(mangled(text, random, often))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=ONCE)
@given(st.integers(0, 2**32), st.sampled_from((0.0, 0.02, 0.1, 0.4)))
def test_generated_policies(seed: int, often: float) -> None:
    for text in policy_of(seed).files.values():
        assert_only_the_layout_changes(text)
        assert_only_the_layout_changes(mangled(text, Random(seed), often))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies_and_tables())
def test_a_formatted_policy_decides_the_same(world: World) -> None:
    program = program_of({name: format_file(parsed(text)) for name, text in world.policy.files.items()})
    before, after = decisions(world.program, world.tables), decisions(program, world.tables)
    assert [without_places(decision) for decision in before] == [without_places(decision) for decision in after]
