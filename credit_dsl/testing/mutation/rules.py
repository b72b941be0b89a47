"""Changes of rules: effects, scopes, conditions, exceptions, dates, checkpoints, and clauses left out."""

import datetime
from collections.abc import Iterator

from attrs import evolve, frozen

from credit_dsl.base.diagnostic import Edit
from credit_dsl.base.source import Span
from credit_dsl.check.program import Program
from credit_dsl.run.scopes import scope_text
from credit_dsl.syntax.items import Clause, Period, Rule, Scope
from credit_dsl.syntax.nodes import CodeLiteral, Expression
from credit_dsl.syntax.walk import find
from credit_dsl.testing.mutation.change import Change, dropped, left_out, replaced
from credit_dsl.testing.mutation.expressions import condition_changes
from credit_dsl.testing.mutation.literals import moved_date
from credit_dsl.testing.mutation.words import Words

OTHER_EFFECT = {"hold": "warn", "warn": "hold", "exempt": "hold", "release": "exempt"}


@frozen(eq=False)
class Codes:
    """The codes that scopes of the policy name: which other one could have been meant."""

    by_level: dict[str, tuple[str, ...]]
    risks: tuple[str, ...]

    @classmethod
    def of(cls, program: Program) -> "Codes":
        found: dict[str, set[str]] = {}
        for item in (*program.rules, *program.temporary_limits, *program.automatic_limits):
            for scope in find(item, Scope):
                found.setdefault(scope.level, set()).update(code.value for code in scope.names)
        card = program.scorecards.get(program.risk_scorecard)
        risks = tuple(group.name.text for group in card.risks) if card else ()
        return cls({level: tuple(sorted(codes)) for level, codes in found.items()}, risks)


def rule_changes(rule: Rule, words: Words, codes: Codes) -> Iterator[Change]:
    """All changes of a rule, one at a time."""
    yield left_out("rule left out", rule.span, rule.name.span)
    yield from _shadow(rule, words)
    yield from _checkpoints(rule, words)
    yield from period_changes(rule.effective, words)
    yield from _missing_skip(rule, words)
    for clause in rule.clauses:
        yield from _clause_changes(clause, rule, words, codes)


def _shadow(rule: Rule, words: Words) -> Iterator[Change]:
    if rule.shadow:
        word = words.source.span(rule.span.start, rule.span.start + len("shadow"))
        yield Change("shadow", word.to(rule.name.span), dropped(word))


def _checkpoints(rule: Rule, words: Words) -> Iterator[Change]:
    """Without one of its checkpoints; and at every one."""
    if not rule.checkpoints:
        return
    names = rule.checkpoints[0].span.to(rule.checkpoints[-1].span)
    line = words.before(rule.checkpoints[0]).to(names)
    for dropped_name in rule.checkpoints if len(rule.checkpoints) > 1 else ():
        rest = ", ".join(name.text for name in rule.checkpoints if name is not dropped_name)
        yield Change("checkpoint", line, replaced(names, rest))
    yield Change("checkpoint", line, dropped(line))


def period_changes(period: Period | None, words: Words) -> Iterator[Change]:
    """Each end a day earlier and a day later."""
    if period is None:
        return
    for token in words.between(period.span.start, period.span.end):
        if token.kind == "DATE":
            yield from moved_day(words.place(token), period.span)


def moved_day(date: Span, shown: Span) -> Iterator[Change]:
    for days in (1, -1):
        other = moved_date(datetime.date.fromisoformat(date.text), days)
        if other is not None:
            yield Change("date", shown, replaced(date, other.isoformat()))


def _missing_skip(rule: Rule, words: Words) -> Iterator[Change]:
    """Only for rules with a hold or a warning: missing data skips nothing else."""
    if not any(clause.effect in ("hold", "warn") for clause in rule.clauses):
        return
    first = rule.clauses[0].span
    if not rule.missing_skip:
        start = words.source.span(first.start, first.start)
        yield Change("missing data", first, (Edit(start, "missing skip "),))
        return
    word = words.find("missing", rule.span, rule.clauses)
    if word is not None:
        both = word.to(words.after(word))
        yield Change("missing data", both, dropped(both))


# ---------------------------------------------------------------- clauses


def _clause_changes(clause: Clause, rule: Rule, words: Words, codes: Codes) -> Iterator[Change]:
    if len(rule.clauses) > 1:
        yield Change("clause left out", clause.span, dropped(clause.span))
    effect = words.source.span(clause.span.start, clause.span.start + len(clause.effect))
    if not rule.shadow:
        yield Change("effect", clause.span, replaced(effect, OTHER_EFFECT[clause.effect]))
    for scope in other_scopes(clause.scope, codes) if clause.scope.span.start > clause.span.start else ():
        yield Change("scope", clause.span, replaced(clause.scope.span, scope))
    yield from _until(clause, words)
    yield from _left_out(clause.condition, clause.span, words)
    yield from condition_changes(clause.condition, words)
    yield from _left_out(clause.exception, clause.span, words)
    yield from condition_changes(clause.exception, words)


def _left_out(condition: Expression | None, shown: Span, words: Words) -> Iterator[Change]:
    """Without `when C` or `unless C`."""
    if condition is not None:
        yield Change("condition left out", shown, dropped(words.with_word_before(condition)))


def _until(clause: Clause, words: Words) -> Iterator[Change]:
    if clause.until is None:
        return
    word = words.find("until", clause.span, (clause.scope, clause.condition, clause.exception))
    if word is not None:
        yield from moved_day(words.after(word), clause.span)
        yield Change("date", clause.span, dropped(word.to(words.after(word))))


def other_scopes(scope: Scope, codes: Codes) -> Iterator[str]:
    """For everybody, without one of the codes, for another code; and the same with the risks."""
    for names in _other_lists(scope.names, codes.by_level.get(scope.level, ())):
        level = scope.level if names else "all"
        yield scope_text(evolve(scope, level=level, names=names))
    for risks in _other_lists(scope.risks, codes.risks):
        yield scope_text(evolve(scope, risks=risks))


def _other_lists(names: tuple[CodeLiteral, ...], known: tuple[str, ...]) -> Iterator[tuple[CodeLiteral, ...]]:
    if not names:
        return
    yield ()
    for dropped_name in names if len(names) > 1 else ():
        yield tuple(name for name in names if name is not dropped_name)
    used = {name.value for name in names}
    other = next((code for code in known if code not in used), None)
    if other is not None:
        yield (*names[:-1], CodeLiteral(other))
