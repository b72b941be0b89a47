"""The stages put together: what a case needs to work out whatever an expression asks for."""

from collections.abc import Mapping

from credit_dsl.base.values import Value
from credit_dsl.check.program import Program
from credit_dsl.run.case import Case, Stages
from credit_dsl.run.facts_at import FactsAt
from credit_dsl.run.limits import policy_limit
from credit_dsl.run.scorecards import assess

STAGES = Stages(assess, policy_limit)


def open_case(program: Program, facts: FactsAt, settings: Mapping[str, Value] | None = None) -> Case:
    """A case of which nothing has been worked out yet; `settings` replace definitions by their path."""
    return Case(program, facts, STAGES, settings or {})
