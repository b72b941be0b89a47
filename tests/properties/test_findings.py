"""No finding is ever wrong, and a safe fix never changes a decision: held against the interpreter.

`claims.py` says for each kind of finding how the interpreter could contradict it. A hard run, of many policies in the
time that one has, is `python -m tests.properties.test_findings 600` (seconds).
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.lint.finding import findings
from credit_dsl.lint.lint import lint
from credit_dsl.syntax.items import Clause, Row
from credit_dsl.syntax.nodes import Comparison
from credit_dsl.syntax.walk import find
from credit_dsl.testing.coverage import coverage_of
from tests.properties.claims import CLAIMS, NO_CLAIM
from tests.properties.contradicting import Watched, watched, whole
from tests.properties.generated import Generated, policy_of, tables_of
from tests.properties.generating.from_cases import changed_case
from tests.properties.generating.values import thresholds_of
from tests.properties.safe_fixes import CODES, after_safe_fixes, comments_of

FEW = settings(max_examples=settings().max_examples // 16, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 10**6)
SNAPSHOTS = 3
MOST_OF_A_KIND = 3
"""So many findings of a kind are looked at in one policy."""

RULES = {finding.rule.id: finding.rule for finding in findings()}


def found_in(policy: Generated, snapshots: int = SNAPSHOTS) -> tuple[Watched, tuple[Diagnostic, ...]]:
    """Every finding of a policy, those that are off too, and what the interpreter was seen to do with it."""
    program = policy.program()
    thresholds = thresholds_of(program)
    tables = tuple(tables_of(seed, program, thresholds) for seed in range(snapshots))
    found = lint(program, coverage_of(program).witnessed(), CODES)
    return watched(policy, program, tables), found


def contradictions(policy: Watched, found: tuple[Diagnostic, ...]) -> Iterator[str]:
    asked = Counter[str]()
    for diagnostic in found:
        asked[diagnostic.code.id] += 1
        few = asked[diagnostic.code.id] <= MOST_OF_A_KIND
        for contradict in CLAIMS.get(diagnostic.code.id, ()) if few else ():
            for problem in contradict(diagnostic, policy):
                yield f"{diagnostic.code.id} {diagnostic.span} `{diagnostic.span.text}` {diagnostic.message}: {problem}"


def changed_by_safe_fixes(policy: Watched, found: tuple[Diagnostic, ...]) -> Iterator[str]:
    fixed, codes = after_safe_fixes(policy.policy, found)
    if not codes:
        return
    if whole(policy.program, policy.snapshots) != whole(fixed.program(), policy.snapshots):
        yield f"the safe fixes of {sorted(set(codes))} change decisions"
    lost = comments_of(policy.policy) - comments_of(fixed)
    if lost:
        yield f"the safe fixes of {sorted(set(codes))} lose comments: {sorted(lost)}"


def test_every_finding_says_how_it_could_be_contradicted_or_why_not() -> None:
    assert sorted([*CLAIMS, *NO_CLAIM]) == sorted(finding.rule.id for finding in findings())
    assert all(len(reason.split()) > 3 for reason in NO_CLAIM.values())


@FEW
@given(SEEDS)
def test_no_finding_is_ever_wrong(seed: int) -> None:
    policy, found = found_in(policy_of(seed))
    assert list(contradictions(policy, found)) == []


@FEW
@given(SEEDS)
def test_no_finding_is_ever_wrong_about_a_case_with_other_figures(seed: int) -> None:
    policy, found = found_in(changed_case(seed))
    assert [*contradictions(policy, found), *changed_by_safe_fixes(policy, found)] == []


@FEW
@given(SEEDS)
def test_a_safe_fix_changes_no_decision_and_keeps_every_comment(seed: int) -> None:
    policy, found = found_in(policy_of(seed))
    assert list(changed_by_safe_fixes(policy, found)) == []


def test_a_wrong_finding_is_contradicted() -> None:
    """The net holds: of every clause and condition something wrong is said, and some of it is caught."""
    caught: set[str] = set()
    for seed in range(3):
        policy, _ = found_in(policy_of(seed))
        for code, nodes in (("L207", Comparison), ("L208", Comparison), ("L603", Clause), ("L306", Row)):
            for node in (node for file in policy.program.files for node in find(file, nodes)):
                made_up = RULES[code].at(node.span, "this is never so")
                caught |= {code for _ in CLAIMS[code][0](made_up, policy)}
    assert caught == {"L207", "L208", "L603", "L306"}


def main(seconds: float) -> None:
    """Policy after policy, each contradiction on a line."""
    start, seed = time.monotonic(), 10**7
    while time.monotonic() - start < seconds:
        policy, found = found_in(changed_case(seed) if seed % 2 else policy_of(seed), snapshots=2 * SNAPSHOTS)
        for problem in (*contradictions(policy, found), *changed_by_safe_fixes(policy, found)):
            sys.stdout.write(f"{seed}: {problem}\n")
        seed += 1
    sys.stdout.write(f"{seed - 10**7} policies\n")


if __name__ == "__main__":
    main(float(sys.argv[1]))
