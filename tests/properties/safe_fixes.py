"""A policy after all its safe fixes, and the comments of a policy."""

from collections import Counter
from collections.abc import Iterable

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.lint.finding import findings
from credit_dsl.lint.fixes import apply
from credit_dsl.lint.lint import lint, suppressed
from credit_dsl.syntax.parse import parse
from tests.properties.generated import Generated

CODES = frozenset(finding.rule.id for finding in findings())
MANY = 20


def after_safe_fixes(policy: Generated, found: Iterable[Diagnostic]) -> tuple[Generated, list[str]]:
    """The policy once no safe fix is left, and the codes of those that were applied."""
    applied: list[str] = []
    for _ in range(MANY):
        done = apply(found)
        if not done.applied:
            return policy, applied
        applied += [diagnostic.code.id for diagnostic in done.applied]
        policy = Generated({**policy.files, **done.texts})
        program = policy.program()
        found = suppressed(lint(program, None, CODES), program.files, CODES)
    raise AssertionError(f"the fixes never come to an end: {applied}")


def comments_of(policy: Generated) -> Counter[str]:
    """Every comment that ignores no finding, without the doc comments, which belong to what they document."""
    comments = (comment for name, text in policy.files.items() for comment in parse(Source(name, text)).file.comments)
    return Counter(
        comment.text.strip()
        for comment in comments
        if "credit: ignore" not in comment.text and not comment.text.startswith("##")
    )
