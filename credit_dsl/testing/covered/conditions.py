"""Coverage of conditions: each atom decided its whole condition both ways (masking MC/DC).

An atom decides where the whole condition would come out the other way if only this atom did, all others staying as the
test has them. It is shown both ways when one test has it decide with yes and another with no. What is unknown shows
nothing here: what a clause does then is covered as missing data.
"""

from collections.abc import Iterator, Sequence

from credit_dsl.base.values import Truth
from credit_dsl.run.case import Case
from credit_dsl.testing.covered.places import cases
from credit_dsl.testing.covered.questions import Atom, Question, outcome
from credit_dsl.testing.covered.reached import Reached
from credit_dsl.testing.covered.target import Key, Target


def targets(questions: Sequence[Question]) -> Iterator[Target]:
    for question in questions:
        for atom in question.atoms:
            for answer in (True, False):
                yield Target(
                    "conditions", question.owner, atom.span, _wanted(question, atom, answer), _key(atom, answer)
                )


def _wanted(question: Question, atom: Atom, answer: bool) -> str:
    said = "yes" if answer else "no"
    return f"in which {atom.text} is {said}" + (" and decides" if len(question.atoms) > 1 else "")


def _key(atom: Atom, answer: bool) -> Key:
    return "decides", id(atom), answer


def seen(questions: Sequence[Question], at: Reached) -> Iterator[Key]:
    for question in questions:
        if question.atoms and question.asked(at):
            for case in cases(question.path, at.case):
                yield from (_key(atom, answer) for atom, answer in _deciding(question, case))


def _deciding(question: Question, case: Case) -> Iterator[tuple[Atom, bool]]:
    """The atoms that decide the question, with their answers."""
    answers: dict[int, Truth] = {id(atom): atom.ask(case) for atom in question.atoms}
    result = outcome(question.tree, answers, case)
    if not isinstance(result, bool):
        return
    for atom in question.atoms:
        answer = answers[id(atom)]
        if isinstance(answer, bool):
            turned = outcome(question.tree, answers | {id(atom): not answer}, case)
            if isinstance(turned, bool) and turned is not result:
                yield atom, answer
