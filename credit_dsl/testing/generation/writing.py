"""The text of a test item, in the layout in which tests are written."""

from collections.abc import Iterator

from credit_dsl.syntax.items import Entity, Expect, Test
from credit_dsl.syntax.written import quoted
from credit_dsl.testing.mutation.literals import written


def test_text(test: Test) -> str:
    """The whole item."""
    lines = [f"test {quoted(test.title)} {{", *(f"  {line}" for line in _lines(test))]
    return "\n".join([*lines, *(f"  expect {expect_text(expect)}" for expect in test.expects), "}", ""])


def _lines(test: Test) -> Iterator[str]:
    if test.as_of is not None:
        yield f"as of {test.as_of.isoformat()}"
    if test.checkpoint is not None:
        yield f"at {test.checkpoint.text}"
    width = max((len(entity.kind) for entity in test.entities), default=0)
    for entity in test.entities:
        yield _entity(entity, width)
    for stated in test.no_rows:
        yield f"{stated.table} none"


def _entity(entity: Entity, width: int) -> str:
    given = ", ".join(f"{each.field.text} = {written(each.value)}" for each in entity.assignments)
    return f"{entity.kind:<{width}} {{ {given} }}" if given else f"{entity.kind:<{width}} {{ }}"


def expect_text(expect: Expect) -> str:
    """An expectation as it is written, without the word `expect`."""
    names = ", ".join(name.text for name in expect.names)
    paths = ", ".join(path.path for path in expect.paths)
    value = written(expect.value) if expect.value is not None else ""
    match expect.kind:
        case "hold":
            return f"hold by {names}" if names else "hold"
        case "forced":
            return "hold forced"
        case "warn" | "released":
            return f"{expect.kind} by {names}"
        case "missing":
            return f"missing {paths}"
        case "grant":
            return f"grant {value}" + (f" by {names}" if names else "")
        case "approval":
            return f"approval {_people(expect)}"
    return " ".join(filter(None, (expect.kind, names, value)))


def _people(expect: Expect) -> str:
    people = (f"{who.count} {quoted(who.role)}" if who.count > 1 else quoted(who.role) for who in expect.approvers)
    return f"by {', '.join(people)}" if expect.approvers else "none"
