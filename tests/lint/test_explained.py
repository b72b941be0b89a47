"""A finding that says why leaves out the broader one about the same slip; alone, the broader one speaks."""

import pytest

from credit_dsl.base.source import Source
from credit_dsl.check.check import check
from credit_dsl.lint.finding import findings
from credit_dsl.lint.lint import lint

POLICY = """policy p {{ effective from 2026-01-01 to 2026-12-31  currency EUR }}
fact customer.paydex : number from 0 to 100 {{ worse when lower }}
rule slip {{ hold when {condition} }}
"""
EXPLAINED = [
    ("customer.paydex < 0", "L503", "L207"),
    ("customer.days_overdue between 60 days and 30 days", "L507", "L207"),
    ("count(customer.invoices where disputed) = 2.5", "L506", "L207"),
    ("days until customer.last_review > 365 days", "L509", "L407"),
    ("customer.days_overdue < 30 days", "L407", "L412"),
]


@pytest.mark.parametrize(("condition", "narrow", "broad"), EXPLAINED)
def test_one_slip_is_told_once(condition: str, narrow: str, broad: str) -> None:
    """Together only the narrower one is told."""
    program = check([Source("p.credit", POLICY.format(condition=condition))]).programs[0]
    assert [found.code.id for found in lint(program, None, {narrow, broad})] == [narrow]
    assert [found.code.id for found in lint(program, None, {broad})] == [broad]


def test_what_is_explained_is_a_finding() -> None:
    """No code is listed that there is not."""
    known = {finding.rule.id for finding in findings()}
    assert all(set(finding.rule.explains) <= known for finding in findings())
