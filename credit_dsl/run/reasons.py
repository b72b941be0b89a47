"""A finding as people read it: the rule's own words filled in, the facts that the clause read, and where it stands."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from credit_dsl.base.types import RatioType
from credit_dsl.base.values import Percent
from credit_dsl.check.references import DefinitionReference, FactReference, RiskReference, ScoreReference
from credit_dsl.run.case import Case
from credit_dsl.run.decision import FactRead, Reason
from credit_dsl.run.expressions import evaluate
from credit_dsl.run.rules import Finding
from credit_dsl.run.scopes import SCOPE_FIELDS, scope_text
from credit_dsl.run.show import show
from credit_dsl.syntax.items import Clause, Rule
from credit_dsl.syntax.nodes import Aggregate, Expression, Name, Node, Quantifier, Template
from credit_dsl.syntax.walk import children

SHOWN_APART = ("limit.", "exposure.")
"""Definitions whose parts stand elsewhere in a decision; of others the facts beneath them are shown too."""


def reason(finding: Finding, case: Case, language: str) -> Reason:
    """The reason that a finding gives, in the language asked for where the rule has it."""
    rule, clause = finding.rule, finding.clause
    missing = tuple(sorted(finding.missing.paths)) if finding.missing else ()
    return Reason(
        rule=rule.name.text,
        title=rule.title,
        code="missing data" if finding.missing else "rule",
        effect=clause.effect,
        text=missing_text(missing) if finding.missing else _text(finding, case, language),
        level=clause.scope.level,
        scope=scope_text(clause.scope),
        place=str(clause.span) if clause.span.source.name else "",
        note=clause.note,
        facts=tuple(facts_read(clause, case)),
        missing=missing,
    )


def missing_text(paths: tuple[str, ...]) -> str:
    return "missing data: " + ", ".join(paths)


# ---------------------------------------------------------------- words


def _text(finding: Finding, case: Case, language: str) -> str:
    """The `because` of the rule for what holds or warns; for a favour its note, since `because` says what is wrong."""
    rule = finding.rule
    plain = rule.title or rule.name.text
    if finding.effect in ("exempt", "release"):
        return finding.clause.note or plain
    template = _because(rule, language)
    return plain if template is None else filled(template, case)


def _because(rule: Rule, language: str) -> Template | None:
    """In the language asked for, else in the author's own (which names none), else in the first that there is."""
    texts = {because.language: because.text for because in rule.because}
    return texts.get(language) or texts.get("") or next((texts[name] for name in sorted(texts)), None)


def filled(template: Template, case: Case) -> str:
    """The text with its expressions filled in."""
    return "".join(part if isinstance(part, str) else _shown(part, case) for part in template.parts)


def _shown(expression: Expression, case: Case) -> str:
    """Money of money is shown as a percentage."""
    value = evaluate(expression, case)
    is_ratio = isinstance(case.program.types.get(expression), RatioType)
    return show(Percent(value) if is_ratio and isinstance(value, Decimal | Fraction) else value)


# ---------------------------------------------------------------- facts


def facts_read(clause: Clause, case: Case) -> Iterator[FactRead]:
    """What the scope, the condition and the exception of a clause read."""
    if clause.scope.level != "all":
        field = SCOPE_FIELDS[clause.scope.level]
        yield FactRead(f"customer.{field}", case.fact("customers", field))
    if clause.scope.risks:
        yield FactRead("risk", case.assessment(case.program.risk_scorecard).risk)
    yield from facts_named([part for part in (clause.condition, clause.exception) if part is not None], case)


def facts_named(expressions: Sequence[Expression], case: Case) -> Iterator[FactRead]:
    """What the expressions name, with its value: each once, in the order of the text.

    A define of the policy is followed by the facts beneath it.
    """
    waiting: list[Node] = list(reversed(expressions))
    seen: set[str] = set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Name):
            waiting.extend(reversed(tuple(_outside_lists(node))))
            continue
        path, beneath = _meaning(node, case)
        if path and path not in seen:
            seen.add(path)
            waiting.extend(beneath)
            yield FactRead(path, evaluate(node, case))


def _outside_lists(node: Node) -> Iterator[Node]:
    """What stands in a list is about many rows, and has no one value."""
    return iter(() if isinstance(node, Quantifier | Aggregate) else children(node))


def _meaning(name: Name, case: Case) -> tuple[str, list[Node]]:
    """The path under which a name is shown, and what is beneath it; "" for what is no fact."""
    match case.program.references.get(name):
        case FactReference() as fact:
            return fact.path, []
        case DefinitionReference(path=path):
            return path, [] if path.startswith(SHOWN_APART) else [case.program.definitions[path]]
        case RiskReference() | ScoreReference():
            return name.path, []
    return "", []
