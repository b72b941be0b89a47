"""A rule that missing data skips, without a word on why.

Why: `missing skip` switches off what protects every other rule: an order of which nothing is known passes it. The
next reader cannot tell whether that was decided or forgotten. A comment at the rule says which. A rule that only warns
holds nobody, with data or without, and is not reported.
Instead of:
    rule late {
      missing skip
      hold when customer.days_overdue > 30 days
    }
Write:
    ## Branches without an invoice ledger have no days overdue: they are checked by hand once a month.
    rule late {
      missing skip
      hold when customer.days_overdue > 30 days
    }
"""

import re
from collections.abc import Iterator

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Span
from credit_dsl.lint.finding import Examined, LintRule
from credit_dsl.lint.support.reading import bare
from credit_dsl.syntax.items import Rule
from credit_dsl.syntax.tokens import Comment

RULE = LintRule("L402", "skip-without-reason", explanation=__doc__)

_SKIP = re.compile(r"\bmissing\s+skip\b")


def check(rule: Rule, policy: Examined) -> Iterator[Diagnostic]:
    """Claim: where a condition of the rule is unknown, the rule lets the order pass; no comment stands at the rule."""
    acts = any(clause.effect == "hold" for clause in rule.clauses)
    if rule.missing_skip and acts and not rule.shadow and not rule.doc and not _is_commented(rule, policy):
        message = f"missing data lets an order pass `{rule.name.text}`, and nothing says why"
        yield RULE.at(_place(rule), message, help="## missing data may pass this rule, because …")


def _is_commented(rule: Rule, policy: Examined) -> bool:
    file = next((file for file in policy.program.files if file.source is rule.span.source), None)
    return file is not None and any(_explains(comment, rule) for comment in file.comments)


def _explains(comment: Comment, rule: Rule) -> bool:
    """Whether the comment stands in the rule or right above it; one that ignores findings explains nothing."""
    if comment.text.lstrip("# ").startswith("credit:"):
        return False
    inside = rule.span.start <= comment.span.start < rule.span.end
    between = comment.span.source.text[comment.span.end : rule.span.start]
    return inside or (comment.own_line and comment.span.end <= rule.span.start and not between.strip())


def _place(rule: Rule) -> Span:
    """`missing skip` in the rule; texts and comments are looked past."""
    found = _SKIP.search(bare(rule.span.text))
    if found is None:
        return rule.name.span
    return rule.span.source.span(rule.span.start + found.start(), rule.span.start + found.end())
