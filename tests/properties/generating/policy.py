"""A whole random policy: files, items in any order, comments, and at the end tests on the policy's own thresholds."""

from attrs import evolve, frozen

from credit_dsl.check.program import Program, Stage
from tests.properties.generating.cards import scorecard
from tests.properties.generating.checking import program_of
from tests.properties.generating.choices import Choices
from tests.properties.generating.expressions import Writer
from tests.properties.generating.known import (
    CHANGE,
    CUSTOMERS,
    LISTS,
    OWN_FACTS,
    RISKS,
    STANDARD,
    Known,
    List,
    OwnFact,
    Vocabulary,
)
from tests.properties.generating.rules import approval, automatic_limit, reasons, rule, temporary_limit

MAIN = "policy.credit"
COMMON = "common/common.credit"
CHECKPOINTS = ("confirmation", "picking", "invoice")
SCOPES = ("for all", "for group KEY", "for group RETAIL", f"for customer {CUSTOMERS[0]}")
Lines = list[str]


@frozen
class Generated:
    """The files of a generated policy by name, the main one first. `program()` checks them: there is no error."""

    files: dict[str, str]

    def program(self) -> Program:
        return program_of(self.files)


@frozen
class _Parts:
    """What a policy has besides what every policy has."""

    currency: str
    facts: tuple[OwnFact, ...]
    cards: tuple[str, ...]
    checkpoints: tuple[str, ...]
    has_ranking: bool


def policy(choose: Choices, *, tests: bool = True) -> Generated:
    """A policy that checks without an error."""
    from tests.properties.generating.cases import test_items

    parts = _parts(choose)
    vocabulary = _vocabulary(parts)
    write = Writer(choose, _with_few_names(choose, vocabulary) if choose.once_in(2) else vocabulary)
    defines, write = _defines(write)
    items = [
        *_shared(choose, parts),
        *defines,
        *_limits_and_exposure(write),
        *_scored(write, parts),
        *_rules(write, parts),
    ]
    generated = _in_files(choose, _head(write, parts), items)
    if not tests:
        return generated
    added = test_items(choose, generated.program(), write.up_to(Stage.RULES))
    main = generated.files[MAIN] + "\n" + "\n\n".join("\n".join(lines) for lines in added) + "\n"
    return evolve(generated, files={**generated.files, MAIN: main})


def _parts(choose: Choices) -> _Parts:
    return _Parts(
        currency=choose.one(("EUR", "EUR", "USD")),
        facts=tuple(choose.some(OWN_FACTS)),
        cards=("card", "second_card")[: choose.one((1, 1, 0, 2))],
        checkpoints=tuple(choose.some(CHECKPOINTS)) if choose.once_in(2) else (),
        has_ranking=choose.once_in(2),
    )


def _vocabulary(parts: _Parts) -> Vocabulary:
    own = [fact.known for fact in parts.facts if not fact.rows_of]
    taken = {known.path for known in own}
    standard = [known for known in STANDARD if known.path not in taken]
    rankings = ("payment_terms", "other_terms") if parts.has_ranking else ()
    lists = tuple(_with_own_fields(rows, parts) for rows in LISTS)
    return Vocabulary(parts.currency, (*standard, *own, *_of_cards(parts)), lists, rankings)


def _with_few_names(choose: Choices, vocabulary: Vocabulary) -> Vocabulary:
    """So that conditions are about the same facts, and say something of each other."""
    names = choose.some(vocabulary.names, least=4, most=8)
    return evolve(vocabulary, names=tuple(names), lists=vocabulary.lists[:1])


def _with_own_fields(rows: List, parts: _Parts) -> List:
    return evolve(rows, fields=(*rows.fields, *(fact.known for fact in parts.facts if fact.rows_of == rows.path)))


def _of_cards(parts: _Parts) -> list[Known]:
    found = [Known("risk", "code", Stage.SCORE, RISKS, ordered=True)] if parts.cards else []
    for name in ("", *(f".{card}" for card in parts.cards)) if parts.cards else ():
        found.append(Known(f"score{name}", "number", Stage.SCORE))
        found.append(Known(f"risk{name or '.' + parts.cards[0]}", "code", Stage.SCORE, RISKS, ordered=True))
    return found


# ---------------------------------------------------------------- items


def _head(write: Writer, parts: _Parts) -> Lines:
    choose = write.choose
    body = ['version "2026.1"', f"currency {parts.currency}", "effective from 2026-01-01"]
    body += ['rates "month-end"'] if choose.once_in(2) else []
    body += [f"stale customers after {choose.one(('3 days', '1 week'))}"] if choose.once_in(3) else []
    if choose.once_in(3):
        when = f" when {write.up_to(Stage.RULES).condition(1)}" if choose.once_in(2) else ""
        body.append(f"automatic release{when}")
    body += [f"risk {parts.cards[0]}"] if len(parts.cards) > 1 else []
    return ['policy generated "Generated" {', *(f"  {line}" for line in body), "}"]


def _shared(choose: Choices, parts: _Parts) -> list[Lines]:
    found = [_fact(choose, fact, parts.currency) for fact in parts.facts]
    if parts.has_ranking:
        found.append(["ranking payment_terms { PREPAID < NET14, NET30", '  < "NET 60" }'])
        found.append(["ranking other_terms { NET30 < NET14 < PREPAID }"])
    if parts.checkpoints:
        grace = [f"  {name}{choose.one(('', ' grace 2 days', ' grace 1 week'))}" for name in parts.checkpoints]
        found.append(["checkpoints {", *grace, "}"])
    if choose.once_in(3):
        found.append(["statistics {", "  window 6 months", "  weighted by amount", "}"])
    return [*found, *([line] for line in reasons(choose))]


def _fact(choose: Choices, fact: OwnFact, currency: str) -> Lines:
    title = f' "{fact.known.path}"' if choose.once_in(2) else ""
    lines = f" {{ {fact.lines} }}" if fact.lines and (choose.once_in(2) or fact.known.ordered) else ""
    return [f"fact {fact.item}{title}{lines}".replace("{currency}", currency)]


def _defines(write: Writer) -> tuple[list[Lines], Writer]:
    """Each may read those before it."""
    found = []
    for number in range(1, write.choose.integer(0, 4) + 1):
        stage = write.choose.one((Stage.FACTS, Stage.FACTS, Stage.SCORE, Stage.RULES))
        kind = write.choose.one(("money", "percent", "number", "days", "flag", "flag"))
        path = write.choose.one((f"figure_{number}", f"own.figure_{number}", f"figures_{number}", "amount"))
        if any(known.path == path for known in write.vocabulary.names):
            continue
        inside = write.up_to(stage)
        value = inside.condition(2) if kind == "flag" else inside.value(kind, 2)
        found.append([f"define {path} = {value}"])
        write = Writer(write.choose, write.vocabulary.with_names([Known(path, kind, stage)]))
    return found, write


def _limits_and_exposure(write: Writer) -> list[Lines]:
    choose, facts = write.choose, write.up_to(Stage.FACTS)
    found = []
    if choose.once_in(3):
        found.append([f"redefine limit.base = {choose.one((facts.value('money', 2), 'customer.credit_limit * 90%'))}"])
    if choose.once_in(6):
        found.append(["redefine limit.used =", "  ratio(exposure.customer, limit.total)"])
    if choose.once_in(3):
        found.append(_exposure(facts))
    return found


def _exposure(facts: Writer) -> Lines:
    own = facts.value("money", 2)
    buckets = [
        'add open_invoices "Open invoices" = customer.balance',
        "add this_order = order.amount - order.already_counted",
        f"{facts.choose.one(('add', 'subtract'))} something = {own}",
    ]
    return ["exposure {", *(f"  {bucket}" for bucket in buckets), "}"]


def _scored(write: Writer, parts: _Parts) -> list[Lines]:
    choose, limits = write.choose, write.up_to(Stage.SCORE)
    facts = write.up_to(Stage.FACTS)
    found = [scorecard(facts, name) for name in parts.cards]
    has_risks = bool(parts.cards)
    found += [automatic_limit(limits, f"proposal_{n}", has_risks) for n in range(choose.integer(0, 2))]
    return found + [
        temporary_limit(limits, f"season_{number}", whom) for number, whom in enumerate(choose.some(SCOPES, most=2))
    ]


def _rules(write: Writer, parts: _Parts) -> list[Lines]:
    choose, rules = write.choose, write.up_to(Stage.RULES)
    found = [
        rule(rules, f"rule_{number}", parts.checkpoints, bool(parts.cards))
        for number in range(1, choose.integer(1, 4) + 1)
    ]
    if choose.once_in(2):
        found.append(approval(rules, "release"))
    if choose.once_in(3):
        changes = Writer(choose, rules.vocabulary.with_names(CHANGE))
        found.append(approval(changes, "limit_change"))
    return found


# ---------------------------------------------------------------- files and comments


def _in_files(choose: Choices, head: Lines, items: list[Lines]) -> Generated:
    main, common = [head], []
    shared = choose.once_in(3)
    for item in items:
        (common if shared and choose.once_in(2) else main).append(item)
    if common:
        main.insert(1, [f'include "{COMMON}"'])
        return Generated({MAIN: _text(choose, main), COMMON: _text(choose, common)})
    return Generated({MAIN: _text(choose, main)})


def _text(choose: Choices, items: list[Lines]) -> str:
    decorated = choose.one((_plain, _plain, _with_comments))
    return "\n\n".join("\n".join(decorated(choose, lines)) for lines in items) + "\n"


def _plain(choose: Choices, lines: Lines) -> Lines:
    return lines


def _with_comments(choose: Choices, lines: Lines) -> Lines:
    """Comments above, between and behind the lines, and a doc comment above the item."""
    found = ["## What this is for."] if choose.once_in(3) else []
    for line in lines:
        found += ["  # a remark on its own line"] if choose.once_in(6) else []
        found.append(f"{line}  # behind the line" if choose.once_in(5) else line)
    return found
