"""What the findings about effect share: which clause decides before which, what clauses say, and examples of it."""

from collections.abc import Iterator, Sequence

from credit_dsl.base.diagnostic import Edit, Fix, Safety
from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.lint.finding import Examined
from credit_dsl.lint.fixes import without, without_span
from credit_dsl.reasoning.examples import Example
from credit_dsl.reasoning.formulas import ACTS, HOLDS, And, Formula, Outcomes, Test, tests_of
from credit_dsl.reasoning.questions import clause_meaning, find, implies, meaning
from credit_dsl.reasoning.subjects import Subject
from credit_dsl.syntax.items import Clause, Rule, Scope
from credit_dsl.syntax.nodes import Expression
from credit_dsl.syntax.written import on_one_line

LEVELS = ("customer", "group", "all")
"""From the narrowest to the broadest."""


def step_of(scope: Scope) -> tuple[int, int]:
    """When a scope decides: the smaller the earlier. At each level those that name the customer's risk come first."""
    return LEVELS.index(scope.level), 0 if scope.risks else 1


def clauses_of(rule: Rule, effect: str) -> list[Clause]:
    return [clause for clause in rule.clauses if clause.effect == effect]


def acting(rule: Rule) -> Outcomes:
    """With which outcomes a hold or a warning of the rule acts."""
    return HOLDS if rule.missing_skip else ACTS


def says(clause: Clause, rule: Rule, policy: Examined) -> Formula:
    """When a clause is true: its scope, condition, exception and last day, and the dates of its rule."""
    known = policy.meanings.get(id(clause))
    if known is None:
        known = policy.meanings[id(clause)] = clause_meaning(clause, policy.program, rule=rule)
    return known


def condition_says(condition: Expression | None, policy: Examined) -> Formula:
    """When a condition is true; always where there is none."""
    known = policy.meanings.get(id(condition)) if condition is not None else None
    if known is None:
        known = meaning(condition, policy.program)
        if condition is not None:
            policy.meanings[id(condition)] = known
    return known


def example(wishes: Sequence[tuple[Formula, Outcomes]], opening: str = "for example") -> str:
    """A case in which each formula comes out as wished, in words; nothing where none is known that can be set up."""
    found = find(wishes)
    return f"{opening} {found.text()}" if isinstance(found, Example) and found.is_realizable else ""


def could_follow(first: Formula, second: Formula) -> bool:
    """A cheap look before a proof: whether each part of the second is about something that the first is about too."""
    known = {test.subject for test in tests_of(first)}
    parts = second.parts if isinstance(second, And) else (second,)
    return all(_shares(tests_of(part), known) for part in parts)


def could_exclude(first: Formula, second: Formula) -> bool:
    """A cheap look before a proof: whether the two are about something together."""
    return _shares(tests_of(second), {test.subject for test in tests_of(first)})


def _shares(tests: Sequence[Test], known: set[Subject]) -> bool:
    return not tests or any(test.subject in known for test in tests)


def acts_only_with(first: Clause, second: Clause, rule: Rule, policy: Examined) -> bool:
    """Whether each hold or warning of the first comes with one of the second, a certain one with a certain one."""
    left, right = says(first, rule, policy), says(second, rule, policy)
    if not could_follow(left, right) or not implies(left, right, when=HOLDS, then=HOLDS):
        return False
    return rule.missing_skip or implies(left, right, when=ACTS, then=ACTS)


def removal(clause: Clause, rule: Rule, safety: Safety) -> tuple[Fix, ...]:
    """Takes a clause out of its rule, unless nothing would be left of it."""
    if len(rule.clauses) == 1:
        return ()
    return (Fix(f"remove the {called(clause)}", (without(clause),), safety),)


def called(clause: Clause) -> str:
    """What a clause is called in a sentence."""
    return "warning" if clause.effect == "warn" else clause.effect


def in_words(scope: Scope) -> str:
    """The scope as it is written; of one that is left out, what it means."""
    return on_one_line(scope.span.text) if is_written(scope) else "for all"


def is_written(scope: Scope) -> bool:
    return scope.span.text.startswith("for")


def keyword_before(span: Span, word: str) -> Span | None:
    """The place of a keyword that stands right before a part of the policy; None where a comment comes between."""
    text = span.source.text[: span.start].rstrip()
    if not text.endswith(word):
        return None
    return span.source.span(len(text) - len(word), len(text))


def without_condition(condition: Expression, word: str = "when") -> Edit | None:
    """`when CONDITION` taken out."""
    keyword = keyword_before(condition.span, word)
    return without_span(keyword.to(condition.span)) if keyword else None


def rules_that_decide(program: Program) -> Iterator[Rule]:
    return (rule for rule in program.rules if not rule.shadow)
