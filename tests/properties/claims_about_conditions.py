"""How the interpreter can contradict what a finding says of a condition: its answers, and those at a value."""

from collections.abc import Callable, Iterable, Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit
from credit_dsl.base.values import Missing
from credit_dsl.lint.fixes import edited
from credit_dsl.lint.support.reading import asked, threshold
from credit_dsl.run.expressions import evaluate, truth
from credit_dsl.syntax.nodes import Arithmetic, Between, Comparison, Expression, If
from credit_dsl.syntax.walk import find
from tests.properties.contradicting import NO, UNKNOWN, YES, Watched, outcomes
from tests.properties.generating.checking import program_of

Contradiction = Callable[[Diagnostic, Watched], Iterable[str]]


def answers_but(*never: object) -> Contradiction:
    """The condition that is underlined was seen to give an answer that it never gives."""

    def contradict(found: Diagnostic, policy: Watched) -> Iterator[str]:
        for node in policy.at(found):
            wrong = policy.answers(node) & set(never)
            if wrong and isinstance(node, Expression):
                yield f"answered {sorted(map(str, wrong))}"

    return contradict


def as_the_message_says(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """`this is always so`, `this is never so`: of what is known."""
    word = found.message.partition(" so")[0].rpartition(" ")[2]
    if word not in ("always", "never"):
        return
    for node in policy.at(found, Comparison):
        if (NO if word == "always" else YES) in policy.answers(node):
            yield f"the comparison is not {word} so"


def always_true(found: Diagnostic, policy: Watched) -> Iterator[str]:
    wrong = (NO,) if "and missing data" in found.message else (NO, UNKNOWN)
    yield from answers_but(*wrong)(found, policy)


def never_between(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for node in policy.at(found, Between):
        if YES in policy.answers(node):
            yield "a value was in between"


def branch_never_taken(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for file in policy.program.files:
        for node in find(file, If):
            answer = YES if node.then in policy.at(found) else NO
            if any(branch is at for branch in (node.then, node.otherwise) for at in policy.at(found)):
                is_then = any(node.then is at for at in policy.at(found))
                answer = YES if is_then else NO
                if answer in policy.answers(node.condition):
                    yield "the branch was taken"


def no_where_it_is_missing(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """`x is known`, `x is missing`: of a missing fact the question has the one answer that the message says."""
    for node, state in ((node, state) for node in policy.at(found, Expression) for state in ("known", "missing")):
        fact = asked(node, state)
        for case in policy.cases if fact is not None else ():
            answer = truth(node, case) if isinstance(evaluate(fact, case), Missing) else None
            if answer is (state == "known"):
                yield f"it is answered {answer} where `{fact.span.text}` is missing"


def missing_by_zero(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for file in policy.program.files:
        for node in find(file, Arithmetic):
            for case in policy.cases if any(node.right is at for at in policy.at(found)) else ():
                if _number(evaluate(node.right, case)) == 0 and not isinstance(evaluate(node, case), Missing):
                    yield "it has a value with zero below"


def _number(value: object) -> object:
    return getattr(value, "amount", getattr(value, "count", value))


def _at_their_value(found: Diagnostic, policy: Watched) -> Iterator[tuple[object, object]]:
    """The answers of the comparison that is underlined and of the one pointed at, where both are at their threshold."""
    other = found.others[0].span
    others = policy.nodes.get((other.source.name, other.start, other.end), [])
    for node in (node for node in policy.at(found, Comparison) if threshold(node)):
        at = threshold(node)
        for beside in (each for each in others if isinstance(each, Comparison)):
            for case in policy.cases:
                if at and evaluate(at.subject, case) == evaluate(at.literal, case):
                    yield truth(node, case), truth(beside, case)


def differ_at_the_value(found: Diagnostic, policy: Watched) -> Iterator[str]:
    if any(one is other for one, other in _at_their_value(found, policy)):
        yield "both are answered alike at the value"


def neither_at_the_value(found: Diagnostic, policy: Watched) -> Iterator[str]:
    is_neither = "neither" in found.message
    if any(
        (True in answers) == is_neither or answers[0] is not answers[1] for answers in _at_their_value(found, policy)
    ):
        yield "one of them, at least, is answered otherwise at the value"


def means_the_same(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """`x` is a whole number, so that this means `< 1`."""
    if "means" not in found.message:
        return
    for node in policy.at(found, Comparison):
        at = threshold(node)
        assert at is not None
        texts = dict(policy.policy.files)
        text = f"{at.subject.span.text} {found.message.rpartition('means `')[2].rstrip('`')}"
        texts[found.span.source.name] = edited(found.span.source, [Edit(found.span, text)])
        if outcomes(policy.program, policy.snapshots) != outcomes(program_of(texts), policy.snapshots):
            yield f"`{text}` decides otherwise"
