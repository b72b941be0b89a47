"""`>` and `>=` at one threshold of one figure, in one rule.

Why: at exactly that value one clause speaks and the other does not. It is seldom meant, and whoever tests the rule at
the threshold gets an answer that depends on which clause was thought of.
Instead of:
    rule used {
      warn when limit.used > 80%
      hold for group NEW when limit.used >= 80%
    }
Write:
    rule used {
      warn when limit.used > 80%
      hold for group NEW when limit.used > 80%
    }
"""

from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic, Edit, Fix, Label, Safety
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.bounds import Bound, bound, with_operator
from credit_dsl.lint.support.reading import said
from credit_dsl.syntax.items import Rule
from credit_dsl.syntax.nodes import Comparison
from credit_dsl.syntax.walk import find

RULE = LintRule("L502", "mixed-strictness", explanation=__doc__, fix=Safety.UNSAFE)


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: at exactly the threshold, one of the two comparisons is yes and the other is no."""
    seen: list[Bound] = []
    for clause in rule.clauses:
        for condition in (clause.condition, clause.exception):
            for node in find(condition, Comparison) if condition is not None else ():
                for found in bound(node, policy.program):
                    yield from _beside(found, seen)
                    seen.append(found)


def _beside(found: Bound, seen: list[Bound]) -> Iterator[Diagnostic]:
    for other in seen:
        if found.meets(other) and found.is_upper == other.is_upper and found.is_strict != other.is_strict:
            text = with_operator(found, other.operator)
            message = f"`{found.operator}` and `{other.operator}` at one threshold: they differ at exactly"
            fix = Fix(f"write {other.operator} here, too", (Edit(found.node.span, text),), Safety.UNSAFE)
            others = (Label(other.node.span, "the other one"),)
            yield RULE.at(found.node.span, f"{message} `{said(found.literal)}`", others=others, help=text, fixes=(fix,))
            return
