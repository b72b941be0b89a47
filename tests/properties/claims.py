"""How the interpreter can contradict each kind of finding; what it cannot contradict, and why.

A function gets a finding and a watched policy and says what contradicts it, if anything.
"""

from collections.abc import Callable, Iterator, Mapping

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.check.program import Program
from credit_dsl.lint.fixes import edited, without
from credit_dsl.run.bands import find as row_of
from credit_dsl.run.decide import Request, decide_case
from credit_dsl.run.decision import Decision, Reason
from credit_dsl.run.expressions import evaluate
from credit_dsl.run.reasons import filled
from credit_dsl.syntax.items import Because, Checkpoint, Clause, Expect, Factor, RiskGroup, Row, Rule, Test
from credit_dsl.syntax.nodes import Node
from credit_dsl.testing.expectations import judge
from credit_dsl.testing.runner import Trial, try_test
from tests.properties.claims_about_conditions import (
    Contradiction,
    always_true,
    answers_but,
    as_the_message_says,
    branch_never_taken,
    differ_at_the_value,
    means_the_same,
    missing_by_zero,
    neither_at_the_value,
    never_between,
    no_where_it_is_missing,
)
from tests.properties.contradicting import NO, UNKNOWN, YES, Watched, outcomes, whole
from tests.properties.deciding import without_places
from tests.properties.generating.checking import program_of

# ---------------------------------------------------------------- what happens in decisions


def _reasons(decision: Decision) -> Iterator[Reason]:
    for reasons in (decision.reasons, decision.warnings, decision.exempted, decision.released_by, decision.shadow):
        yield from reasons


def _is_of(reason: Reason, clause: Node) -> bool:
    return reason.place == str(clause.span)


def clause_never_decides(found: Diagnostic, policy: Watched) -> Iterator[str]:
    clauses = [clause for clause in _clauses(policy) if _contains(clause, found)]
    for decision in policy.decisions:
        for reason in _reasons(decision):
            if any(_is_of(reason, clause) for clause in clauses):
                yield f"it decided {decision.order}: {reason.effect}, {reason.code}"


def _clauses(policy: Watched) -> Iterator[Clause]:
    for rule in policy.program.rules:
        yield from rule.clauses


def _contains(node: Node, found: Diagnostic) -> bool:
    one, other = node.span, found.span
    return one.source.name == other.source.name and one.start <= other.start and other.end <= one.end


def exempt_never_true(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """An exempt that never decides."""
    for decision in policy.decisions:
        if any(_is_of(reason, clause) for reason in decision.exempted for clause in policy.at(found, Clause)):
            yield f"it exempted {decision.order}"


def rule_never_decides(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """The rule whose name is underlined neither holds nor warns nor releases."""
    for decision in policy.decisions:
        for reasons in (decision.reasons, decision.warnings, decision.released_by):
            if any(reason.rule == found.span.text for reason in reasons):
                yield f"it decided {decision.order}"


def never_held_where_it_is_true(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for decision in policy.decisions:
        for reason in decision.reasons:
            if reason.code == "rule" and any(_is_of(reason, clause) for clause in policy.at(found, Clause)):
                yield f"it holds {decision.order}, which is not released"


def warned_is_held(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for decision in policy.decisions:
        for reason in decision.warnings if decision.outcome == "pass" else ():
            if any(_is_of(reason, clause) for clause in policy.at(found, Clause)):
                yield f"it warns of {decision.order}, which passes"


def always_released(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """At run time the rule has to run: dates and checkpoints are looked at by asking for the clause's parts alone."""
    for clause in policy.at(found, Clause):
        if clause.condition is not None and {NO, UNKNOWN} & policy.answers(clause.condition):
            yield "its condition was not true"
        if clause.exception is not None and {YES, UNKNOWN} & policy.answers(clause.exception):
            yield "its exception was not false"


def same_as_another_rule(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """`the rule X decides the same as Y`."""
    one, other = found.message.split("`")[1::2][:2]
    for decision in policy.decisions:
        for reasons in (decision.reasons, decision.warnings, decision.shadow):
            rules = {reason.rule for reason in reasons}
            if (one in rules) != (other in rules):
                yield f"{one} and {other} decide {decision.order} otherwise"


def checkpoint_decides_nothing(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for checkpoint in (each for each in policy.program.checkpoints or () if _contains(each, found)):
        assert isinstance(checkpoint, Checkpoint)
        for case in policy.cases:
            decision = decide_case(case, Request(checkpoint=checkpoint.name.text))
            by_a_person = decision.outcome == "hold" and decision.reasons[0].rule == "forced"
            if decision.outcome not in ("not checked", "excluded") and not by_a_person:
                yield f"{decision.order}: {decision.outcome}"


# ---------------------------------------------------------------- scores


def group_never_reached(found: Diagnostic, policy: Watched) -> Iterator[str]:
    groups = [group for card in policy.program.scorecards.values() for group in card.risks if _contains(group, found)]
    for group in groups:
        assert isinstance(group, RiskGroup)
        for card in policy.program.scorecards.values():
            for case in policy.cases if group in card.risks else ():
                figures = case.assessment(card.name.text).figures
                if figures.score is not None and row_of(figures.score, card.risks, case) is group:
                    yield f"a score of {figures.score} is {group.name.text}"


def row_never_entered(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for row in policy.at(found, Row):
        for card in policy.program.scorecards.values():
            for factor in (each for each in card.factors if any(row is one for one in each.rows)):
                yield from _entered(factor, row, policy)


def _entered(factor: Factor, row: Row, policy: Watched) -> Iterator[str]:
    for case in policy.cases:
        value = evaluate(factor.value, case)
        if row_of(value, factor.rows, case) is row:
            yield f"{value!r} falls into it"


def same_points(found: Diagnostic, policy: Watched) -> Iterator[str]:
    factors = [factor for card in policy.program.scorecards.values() for factor in card.factors]
    for factor in (each for each in factors if each.name.span == found.span):
        rows = [row_of(evaluate(factor.value, case), factor.rows, case) for case in policy.cases]
        if len({row.points * factor.weight for row in rows if isinstance(row, Row)}) > 1:
            yield "it gives other points"


# ---------------------------------------------------------------- removing what is said to change nothing


def removal_changes(compare: Callable[..., object], *only: str) -> Contradiction:
    """After its first fix, orders are decided otherwise. `only`: fixes whose titles start so."""

    def contradict(found: Diagnostic, policy: Watched) -> Iterator[str]:
        fixes = [fix for fix in found.fixes if not only or fix.title.startswith(only)]
        if not fixes:
            return
        texts = dict(policy.policy.files)
        for name in texts:
            edits = [edit for edit in fixes[0].edits if edit.span.source.name == name]
            texts[name] = edited(fixes[0].edits[0].span.source, edits) if edits else texts[name]
        if compare(policy.program, policy.snapshots) != compare(program_of(texts), policy.snapshots):
            yield f"`{fixes[0].title}` changes decisions"

    return contradict


# ---------------------------------------------------------------- tests


def entered_in_a_test(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """A row, or a risk group, of the scorecard that gives the risk took the factor's value, or the score, in a test."""
    program = policy.program
    cards = [card for name, card in program.scorecards.items() if name == program.risk_scorecard]
    for trial in _trials(policy):
        excluded = trial.outcome is None or trial.outcome.decision.outcome == "excluded"
        for card in () if excluded else cards:
            case = trial.outcome.case if trial.outcome else None
            assert case is not None
            score = case.assessment(card.name.text).figures.score
            rows = [row_of(evaluate(factor.value, case), factor.rows, case) for factor in card.factors]
            entered = [*rows, *([] if score is None else [row_of(score, card.risks, case)])]
            if any(row is node for row in entered for node in policy.at(found)):
                yield f"`{trial.test.title}` enters it"


def needed_in_its_test(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """Without the fact that is underlined the test comes out otherwise."""
    name = found.span.source.name
    text, start, end = policy.policy.files[name], found.span.start, found.span.end
    before, after = text[:start].rstrip(), text[end:].lstrip()
    shorter = before.removesuffix(",") + after if before.endswith(",") else before + after.removeprefix(",")
    without_it = program_of({**policy.policy.files, name: shorter})
    for trial, other in zip(_trials(policy), _trials_of(without_it), strict=True):
        decided = [without_places(each.outcome.decision) for each in (trial, other) if each.outcome]
        if len(decided) == len((trial, other)) and decided[0] != decided[1]:
            yield f"`{trial.test.title}` is decided otherwise without it"


def _trials(policy: Watched) -> Iterator[Trial]:
    return _trials_of(policy.program)


def _trials_of(program: Program) -> Iterator[Trial]:
    return (try_test(program, test) for test in program.tests)


def held_in_a_test(found: Diagnostic, policy: Watched) -> Iterator[str]:
    named = set(found.message.split("`")[1::2])
    for trial in _trials(policy):
        if trial.outcome and any(reason.rule in named for reason in trial.outcome.decision.reasons):
            yield f"`{trial.test.title}` is held by it"


def not_running_in_its_test(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for trial in _trials(policy) if "does not run" in found.message else ():
        reasons = _reasons(trial.outcome.decision) if trial.outcome and _contains(trial.test, found) else ()
        if any(reason.rule == found.span.text for reason in reasons):
            yield f"`{found.span.text}` has run"


def passed_in_a_test(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """The rule runs in every test without a checkpoint that is neither excluded, held by a person nor released."""
    rules = [rule for rule in policy.program.rules if rule.name.text == found.span.text and rule.effective is None]
    for trial in _trials(policy) if rules else ():
        decision = trial.outcome.decision if trial.outcome and trial.test.checkpoint is None else None
        if decision and decision.outcome == "pass":
            yield f"`{trial.test.title}` passes"


def decides_a_test(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """A test in which the clause is true, and which comes out otherwise without it."""
    for rule in (rule for rule in policy.program.rules if len(rule.clauses) > 1 and not rule.shadow):
        for clause in (clause for clause in rule.clauses if any(clause is at for at in policy.at(found, Clause))):
            texts = dict(policy.policy.files)
            texts[clause.span.source.name] = edited(clause.span.source, [without(clause)])
            for trial, other in zip(_trials(policy), _trials_of(program_of(texts)), strict=True):
                yield from _rests_on(clause, trial, other)


def _rests_on(clause: Clause, trial: Trial, other: Trial) -> Iterator[str]:
    if trial.outcome is None or other.outcome is None:
        return
    for kind in ("reasons", "released_by", "warnings"):
        before, after = (getattr(each.outcome.decision, kind) for each in (trial, other) if each.outcome)
        gone = {reason.rule for reason in before} - {reason.rule for reason in after}
        for reason in before:
            same_place = reason.rule in gone and reason.code == "rule" and _is_of(reason, clause)
            if same_place and trial.outcome.decision.outcome == other.outcome.decision.outcome:
                yield f"`{trial.test.title}` rests on it"


def other_case(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """`the same case as the test X, …`."""
    title = found.message.split("`")[1]
    by_title = {trial.test.title: trial for trial in _trials(policy)}
    one = next(trial for trial in by_title.values() if _contains(trial.test, found))
    other = by_title[title]
    decided = [without_places(each.outcome.decision) for each in (one, other) if each.outcome]
    if len(decided) == len((one, other)) and decided[0] != decided[1]:
        yield "they are decided otherwise"


def both_met(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for trial, expects in _expectations(found, policy):
        if trial.outcome and all(judge(expect, trial.outcome).holds for expect in expects):
            yield "both are met"


def not_both_or_none(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for trial, expects in _expectations(found, policy):
        if trial.outcome and len({judge(expect, trial.outcome).holds for expect in expects}) > 1:
            yield "one is met and the other is not"


def _expectations(found: Diagnostic, policy: Watched) -> Iterator[tuple[Trial, list[Expect]]]:
    """The expectation that is underlined and the one that is pointed at, in each test that has both."""
    places = {(span.start, span.end) for span in (found.span, *(other.span for other in found.others))}
    for trial in _trials(policy):
        if _contains(trial.test, found):
            assert isinstance(trial.test, Test)
            expects = [each for each in trial.test.expects if (each.span.start, each.span.end) in places]
            yield trial, expects


# ---------------------------------------------------------------- reasons


def other_text(found: Diagnostic, policy: Watched) -> Iterator[str]:
    """The text that is underlined and the one that is pointed at differ in a case."""
    places = [found.span, *(other.span for other in found.others)]
    texts = [each for span in places for each in policy.nodes.get((span.source.name, span.start, span.end), [])]
    both = [each for each in texts if isinstance(each, Because)]
    for case in policy.cases:
        if len({filled(because.text, case) for because in both}) > 1:
            yield "the texts differ"


def text_varies(found: Diagnostic, policy: Watched) -> Iterator[str]:
    for because in policy.at(found, Because):
        if len({filled(because.text, case) for case in policy.cases}) > 1:
            yield "the text varies"


def more_than_the_title(found: Diagnostic, policy: Watched) -> Iterator[str]:
    rule = next(rule for rule in policy.program.rules if rule.name.text == found.span.text)
    assert isinstance(rule, Rule)
    for decision in policy.decisions:
        for reason in (*decision.reasons, *decision.warnings):
            told = reason.rule == rule.name.text and reason.code == "rule" and reason.text
            if told and told not in (rule.title, rule.name.text):
                yield f"it says `{told}`"


NOTHING_CHANGES = removal_changes(outcomes)
NOTHING_AT_ALL = removal_changes(whole)

CLAIMS: Mapping[str, tuple[Contradiction, ...]] = {
    "L201": (removal_changes(outcomes, "remove the exempt"),),
    "L202": (exempt_never_true, NOTHING_CHANGES),
    "L203": (NOTHING_CHANGES,),
    "L204": (NOTHING_CHANGES,),
    "L205": (NOTHING_CHANGES,),
    "L207": (answers_but(YES),),
    "L208": (always_true,),
    "L209": (NOTHING_CHANGES,),
    "L210": (always_released,),
    "L212": (rule_never_decides,),
    "L213": (NOTHING_CHANGES,),
    "L214": (removal_changes(outcomes, "remove the exception"),),
    "L215": (NOTHING_CHANGES,),
    "L217": (NOTHING_CHANGES,),
    "L219": (branch_never_taken,),
    "L221": (NOTHING_CHANGES,),
    "L222": (same_as_another_rule,),
    "L224": (never_held_where_it_is_true,),
    "L225": (NOTHING_CHANGES,),
    "L226": (warned_is_held,),
    "L304": (same_points,),
    "L305": (group_never_reached,),
    "L306": (row_never_entered, NOTHING_AT_ALL),
    "L308": (NOTHING_CHANGES,),
    "L404": (no_where_it_is_missing,),
    "L405": (no_where_it_is_missing,),
    "L406": (missing_by_zero,),
    "L501": (neither_at_the_value,),
    "L502": (differ_at_the_value,),
    "L503": (as_the_message_says,),
    "L506": (as_the_message_says, means_the_same),
    "L507": (never_between,),
    "L511": (neither_at_the_value,),
    "L512": (removal_changes(outcomes, "remove the exempt"),),
    "L601": (clause_never_decides,),
    "L603": (clause_never_decides,),
    "L606": (not_running_in_its_test,),
    "L607": (as_the_message_says,),
    "L701": (held_in_a_test,),
    "L702": (passed_in_a_test,),
    "L703": (entered_in_a_test,),
    "L704": (decides_a_test,),
    "L708": (other_case,),
    "L709": (needed_in_its_test,),
    "L710": (both_met,),
    "L711": (not_both_or_none, NOTHING_AT_ALL),
    "L801": (NOTHING_AT_ALL,),
    "L802": (NOTHING_AT_ALL,),
    "L803": (NOTHING_AT_ALL,),
    "L811": (checkpoint_decides_nothing,),
    "L901": (more_than_the_title,),
    "L905": (other_text,),
    "L907": (text_varies,),
    "L910": (other_text,),
}

NO_CLAIM: Mapping[str, str] = {
    "L101": "it is about a comment, not about decisions",
    "L102": "it is about a comment, not about decisions",
    "L103": "it is about a comment, not about decisions",
    "L104": "it is about a comment, not about decisions",
    "L206": "the line is taken nowhere, as L205 says; what its author meant is a guess",
    "L211": "that the clause has no condition stands in the text",
    "L216": "that one list of people is shorter than another stands in the text",
    "L218": "that an amount is nothing, or two ends are crossed, stands in the text",
    "L220": "that both ways are written alike stands in the text; where the condition is unknown neither is taken",
    "L223": "that the release has no condition stands in the text",
    "L227": "that both sides are written alike stands in the text",
    "L228": "that the line asks nobody stands in the text",
    "L301": "its case files hold the missing points against the interpreter",
    "L302": "it compares the points of two rows that stand in the text",
    "L303": "it compares the points of two rows that stand in the text",
    "L307": "it compares the points of rows that stand in the text",
    "L401": "it compares a stated value with the direction that the fact states",
    "L402": "that nothing is said about it stands in the text",
    "L403": "that the policy names no rates stands in the text",
    "L407": "it compares a condition with the direction that the fact states",
    "L408": "that the policy says nothing of age stands in the text",
    "L409": "it says who is favoured, which stands in the text",
    "L410": "the list can be empty in some snapshot, not in each",
    "L411": "it compares a stated value with the direction that the fact states",
    "L412": "it compares a condition with the direction that the fact states",
    "L414": "says how a bucket is counted, which is decided by the checker alone",
    "L413": "the list can be empty in some snapshot, not in each",
    "L504": "that a share is below one per cent stands in the text",
    "L505": "it is about values that are possible, not about those of each snapshot",
    "L508": "it is about an amount that stands in the text",
    "L509": "it is about dates to come, of which a snapshot may hold some",
    "L510": "that a number of days is a multiple of 365 stands in the text",
    "L513": "it rounds an amount that stands in the text",
    "L602": "it compares two windows that stand in the text",
    "L604": "it compares two windows that stand in the text",
    "L605": "it compares two windows that stand in the text",
    "L608": "it compares two dates that stand in the text",
    "L609": "it compares two dates that stand in the text",
    "L705": "it is read off what coverage has seen, which has tests of its own",
    "L706": "that there is no test stands in the text",
    "L707": "that no rule is named stands in the text",
    "L804": "what the reader takes a name for is a guess; what it means stands in the text",
    "L805": "that nothing names the scorecard stands in the text",
    "L807": "that two codes are meant to be one is a guess; that they differ stands in the text",
    "L808": "that two roles are meant to be one is a guess; that they differ stands in the text",
    "L809": "that two names are mixed up is a guess; that they are alike stands in the text",
    "L810": "that two titles are the same stands in the text",
    "L902": "that a language is missing stands in the text",
    "L903": "that two texts show other figures stands in the text",
    "L904": "that text and conditions have no fact in common stands in the text",
    "L906": "that there is neither an end nor a note stands in the text",
    "L908": "that a text is empty stands in the text",
    "L909": "that two texts are the same stands in the text",
}
"""Why the interpreter cannot contradict the others."""
