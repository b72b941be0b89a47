"""Coverage of rules: each held and let pass, and each of its clauses was the one that decided."""

from collections.abc import Iterator

from attrs import evolve

from credit_dsl.check.program import Program
from credit_dsl.run.case import Case
from credit_dsl.run.rules import Finding, decided, holds, released, warned
from credit_dsl.syntax.items import Clause, Rule
from credit_dsl.testing.covered.reached import Reached
from credit_dsl.testing.covered.target import Key, Target, cited

WANTED = {
    "hold": "in which {text} alone holds an order",
    "exempt": "in which {text} lets an order pass that is held otherwise",
    "warn": "in which {text} alone warns",
    "release": "that {text} releases",
}


def targets(program: Program) -> Iterator[Target]:
    for rule in program.rules:
        name, place = rule.name.text, rule.name.span
        if can_hold(rule):
            yield Target("rules", name, place, "in which it holds an order", ("held", id(rule)))
            yield Target("rules", name, place, "in which it lets an order pass", ("passed", id(rule)))
        for clause in rule.clauses:
            wanted = WANTED[clause.effect].format(text=cited(clause.span))
            yield Target("clauses", name, clause.span, wanted, ("decided", id(clause)))


def can_hold(rule: Rule) -> bool:
    return any(clause.effect == "hold" for clause in rule.clauses)


def seen(at: Reached) -> Iterator[Key]:
    for rule in at.rules:
        if can_hold(rule) and at.weighs(rule):
            yield ("held" if _held(rule, at.case) else "passed", id(rule))
        for clause in rule.clauses:
            if at.consults(rule, clause) and _decides(clause, rule, at.case):
                yield "decided", id(clause)


def _held(rule: Rule, case: Case) -> bool:
    finding = decided(rule, case)
    return finding is not None and finding.effect == "hold"


def _decides(clause: Clause, rule: Rule, case: Case) -> bool:
    """The clause is true, and without it the rule would say something else."""
    if holds(clause, case) is not True:
        return False
    look = {"warn": warned, "release": released}.get(clause.effect, decided)
    without = evolve(rule, clauses=tuple(other for other in rule.clauses if other is not clause))
    return _differs(look(rule, case), look(without, case))


def _differs(finding: Finding | None, without: Finding | None) -> bool:
    """Whether an order is held, warned of or released by the one and not by the other: an exempt is no hold."""
    return _acts(finding) != _acts(without)


def _acts(finding: Finding | None) -> bool:
    return finding is not None and finding.effect != "exempt"
