"""What each rule says: its clauses by scope, from the narrowest to the broadest. The order of clauses never matters."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from credit_dsl.base.values import Missing, Truth, both, opposite
from credit_dsl.run.case import Case
from credit_dsl.run.expressions import truth, unknown
from credit_dsl.run.scopes import STEPS, in_period, in_scope, step_of
from credit_dsl.syntax.items import Clause, Rule


@frozen
class Finding:
    """A clause that is true, or unknown: `missing` then holds what would have to be known."""

    rule: Rule
    clause: Clause
    missing: Missing | None = None

    @property
    def effect(self) -> str:
        return self.clause.effect


def running(rules: Iterable[Rule], case: Case, checkpoint: str | None) -> list[Rule]:
    """The rules inside their dates that run at the checkpoint, by name; None: at any checkpoint."""
    inside = (rule for rule in rules if in_period(rule.effective, case.facts.as_of))
    return sorted((rule for rule in inside if _runs_at(rule, checkpoint)), key=lambda rule: rule.name.text)


def _runs_at(rule: Rule, checkpoint: str | None) -> bool:
    return checkpoint is None or not rule.checkpoints or checkpoint in {name.text for name in rule.checkpoints}


def decided(rule: Rule, case: Case) -> Finding | None:
    """The hold or exempt of the rule that decides; None: the rule lets the order pass.

    At each step a true or unknown hold decides, else a true exempt, else the next step is looked at.
    """
    clauses_at = _by_step(rule.clauses)
    for step in STEPS:
        clauses = clauses_at.get(step)
        if clauses is None:
            continue
        hold = _strongest(rule, _with_effect("hold", clauses), case)
        if hold is not None:
            return hold
        exempt = _proved(rule, _with_effect("exempt", clauses), case)
        if exempt is not None:
            return exempt
    return None


def warned(rule: Rule, case: Case) -> Finding | None:
    """The rule's warning, true or unknown. An exempt does not silence it."""
    return _strongest(rule, _with_effect("warn", rule.clauses), case)


def released(rule: Rule, case: Case) -> Finding | None:
    """The rule's release. It must be proved: an unknown one does nothing."""
    return _proved(rule, _with_effect("release", rule.clauses), case)


def _by_step(clauses: Iterable[Clause]) -> dict[tuple[str, bool], list[Clause]]:
    """The clauses that decide: a warning or a release has no step."""
    found: dict[tuple[str, bool], list[Clause]] = {}
    for clause in clauses:
        if clause.effect in ("hold", "exempt"):
            found.setdefault(step_of(clause.scope), []).append(clause)
    return found


def _with_effect(effect: str, clauses: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.effect == effect]


def _strongest(rule: Rule, clauses: Sequence[Clause], case: Case) -> Finding | None:
    """A clause that is true, else an unknown one with all that they lack, unless missing data skips the rule."""
    if not clauses:
        return None
    known = [(clause, holds(clause, case)) for clause in clauses]
    certain = [clause for clause, held in known if held is True]
    if certain:
        return Finding(rule, _first(certain))
    lacking = unknown(held for _, held in known)
    if lacking is None or rule.missing_skip:
        return None
    return Finding(rule, _first([clause for clause, held in known if isinstance(held, Missing)]), lacking)


def _proved(rule: Rule, clauses: Sequence[Clause], case: Case) -> Finding | None:
    certain = [clause for clause in clauses if holds(clause, case) is True]
    return Finding(rule, _first(certain)) if certain else None


def _first(clauses: Sequence[Clause]) -> Clause:
    """Of several that decide together the one that is shown: by their text, so that their order does not matter."""
    return clauses[0] if len(clauses) == 1 else min(clauses, key=lambda clause: (clause.span.text.split(), clause.note))


def holds(clause: Clause, case: Case) -> Truth:
    """Whether the clause is for this customer on this date, its condition holds, and its exception does not."""
    if clause.until is not None and case.facts.as_of > clause.until:
        return False
    meant = in_scope(clause.scope, case)
    if meant is False:
        return False
    wanted = both(meant, truth(clause.condition, case))
    if wanted is False or clause.exception is None:
        return wanted
    return both(wanted, opposite(truth(clause.exception, case)))


def findings(rules: Iterable[Rule], case: Case) -> Iterator[Finding]:
    """All that rules say which only report: holds, releases and warnings alike."""
    for rule in rules:
        for look in (released, decided, warned):
            finding = look(rule, case)
            if finding is not None and finding.effect != "exempt":
                yield finding
