"""What can be known about conditions of a checked policy without running them. A proof is sure; its lack says nothing.

    from credit_dsl.reasoning.questions import (
        meaning,          (condition | None, program) -> Formula      what a condition says; None: always
        clause_meaning,   (clause, program, *, rule=None) -> Formula  until, scope, when and unless together;
                                                                      with rule also its dates, checkpoints
        find,             (wishes, budget=…) -> Example | Impossible | Undecided
                          wishes: [(Formula, outcomes)]: a case in which each formula comes out as one of its outcomes
        never,            (formula, outcomes=HOLDS) -> bool     proved: in no case one of the outcomes
        always,           (formula, outcomes=HOLDS) -> bool     proved: in every case one of the outcomes
        implies,          (a, b, when=HOLDS, then=HOLDS) -> bool    proved: whenever a is of `when`, b is of `then`
        excludes,         (a, b, when=HOLDS, then=HOLDS) -> bool    proved: never a of `when` and b of `then` together
        same,             (a, b) -> bool                        proved: in every case the same outcome
        domain_of,        (expression, program) -> Domain       the possible values
    )
    from credit_dsl.reasoning.formulas import Formula, Outcome, HOLDS, ACTS, all_of, any_of, negation
        Outcome.YES, Outcome.NO, Outcome.UNKNOWN
        HOLDS = {YES}: an exempt, a release, a grant acts.   ACTS = {YES, UNKNOWN}: a hold or a warning acts.
        all_of([a, b]), any_of([a, b]), negation(a): formulas of formulas
    from credit_dsl.reasoning.thresholds import atoms_of, thresholds, Threshold
        atoms_of(condition): the smallest conditions in it
        thresholds(atom, program) -> tuple[Threshold, ...]: expression, operator, literal, value, step, steps around it

An Example has `text()` ("customer.days_overdue = 62 days, customer.group = KEY"), `is_realizable` (every subject is a
fact of the customer, the order, the credit group, or the date) and `facts` ({"customer.days_overdue": Value, …}; the
decision's date is `date` there; NONE and Missing are values).

The files, in reading order: regions (sets of values), subjects (what tests are about), formulas (what conditions say),
terms, comparing, domains, spans, conditions, values, names, translator (policy -> formulas), cells, search (formulas ->
a case), linear, lists, links (relations between subjects), written, examples, choosing, questions, thresholds.
"""
