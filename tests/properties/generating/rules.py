"""Random rules, reasons, approvals and limits."""

from tests.properties.generating.choices import Choices
from tests.properties.generating.expressions import Writer
from tests.properties.generating.known import CUSTOMERS, GROUPS, RISKS

EFFECTS = ("hold", "hold", "hold", "hold", "warn", "exempt", "exempt", "release")
PERIODS = ("from 2026-01-01", "to 2026-12-31", "from 2026-02-01 to 2026-06-30", "from 2025-01-01 to 2025-12-31")
DATES = ("2026-02-28", "2026-03-01", "2026-06-30", "2025-12-31")
PLACEHOLDERS = (
    "customer.days_overdue",
    "limit.used",
    "limit.total",
    "order.amount",
    "customer.name",
    "exposure.customer",
    "min(order.amount, limit.available)",
)
LANGUAGES = ("nl", "de", "fr")


def rule(write: Writer, name: str, checkpoints: tuple[str, ...], has_risks: bool) -> list[str]:
    """The lines of a rule."""
    choose = write.choose
    body = [f"at {', '.join(choose.some(checkpoints, least=1))}"] if checkpoints and choose.once_in(3) else []
    body += [f"effective {choose.one(PERIODS)}"] if choose.once_in(6) else []
    body += ["missing skip"] if choose.once_in(6) else []
    body += list(dict.fromkeys(clause(write, has_risks) for _ in range(choose.integer(1, 4))))
    body += _because(choose, name)
    head = f"{'shadow ' if choose.once_in(8) else ''}rule {name}"
    title = choose.one((f' "Rule {name}"', "", ' "A rule"'))
    return [f"{head}{title} {{", *(f"  {line}" for line in body), "}"]


def clause(write: Writer, has_risks: bool) -> str:
    """One clause of any effect, scope and condition."""
    choose = write.choose
    effect = choose.one(EFFECTS)
    parts = [effect, scope(choose, has_risks)]
    if choose.once_in(8):
        parts.append(f"until {choose.one(DATES)}")
    if choose.once_in(6):
        parts.append('note "Agreed by telephone"')
    if choose.integer(0, 9) > 0 or effect == "release":
        parts.append(f"when {write.condition_again(2)}")
    if choose.once_in(5):
        parts.append(f"unless {write.condition_again(1)}")
    return " ".join(part for part in parts if part)


def scope(choose: Choices, has_risks: bool) -> str:
    level = choose.one(
        (
            "",
            "for all",
            "for all",
            f"for group {', '.join(choose.some(GROUPS, least=1))}",
            f"for customer {choose.one(CUSTOMERS)}",
        )
    )
    if not has_risks or not choose.once_in(4):
        return level
    risks = ", ".join(choose.some(RISKS, least=1))
    return f"for risk {risks}" if not level else f"{level} with risk {risks}"


def _because(choose: Choices, name: str) -> list[str]:
    if choose.once_in(8):
        return []
    shown = choose.one(PLACEHOLDERS)
    name = choose.one((name, name, "the rule"))
    text = choose.one(
        (f"{name}: {{{shown}}} is not as agreed", f"{name}: {{{shown}}} is not as agreed", f"{name} says no")
    )
    lines = [f'because "{text}"']
    for code in choose.some(LANGUAGES, most=2):
        other = choose.one((f"{code} {{{shown}}}", f"{code} {{{choose.one(PLACEHOLDERS)}}}", text))
        lines += [f'because {code} "{other}"'] if choose.once_in(2) else []
    return lines


def automatic_limit(write: Writer, name: str, has_risks: bool) -> list[str]:
    """The lines of an automatic limit."""
    choose = write.choose
    body = [f"effective {choose.one(PERIODS)}"] if choose.once_in(5) else []
    whom = scope(choose, has_risks)
    body += [whom] if whom else []
    body += [f"when {write.condition(1)}"] if choose.once_in(2) else []
    body += [f"grant {write.money()} when {write.condition_again(1)}" for _ in range(choose.integer(0, 3))]
    body += [f"grant {write.money()} otherwise"] if len(body) < 2 or choose.once_in(2) else []
    if not any(line.startswith("grant") for line in body):
        body.append(f"grant {write.money()} otherwise")
    body += _shape(write)
    body += [f"expires after {choose.one(('12 months', '90 days', '1 year'))}"] if choose.once_in(3) else []
    return [f'automatic limit {name} "Limit {name}" {{', *(f"  {line}" for line in body), "}"]


def temporary_limit(write: Writer, name: str, whom: str) -> list[str]:
    """The lines of a temporary limit; `whom`: its scope, which no other one has."""
    choose = write.choose
    body = [f"effective {choose.one(PERIODS)}"] if choose.once_in(2) else []
    body += [whom]
    body += [f"when {write.condition(1)}"] if choose.once_in(2) else []
    share = write.literal("percent")
    body.append(
        choose.one(
            (f"raise by {share}", f"lower by {write.literal('money')}", f"set to {write.money()}", f"set to {share}")
        )
    )
    return [f"temporary limit {name} {{", *(f"  {line}" for line in (*body, *_shape(write))), "}"]


def _shape(write: Writer) -> list[str]:
    """Rounding and caps."""
    choose, currency = write.choose, write.vocabulary.currency
    lines = (
        [f"round {choose.one(('up', 'down', 'half up', 'half even'))} to 1_000 {currency}"] if choose.once_in(3) else []
    )
    lines += [f"at most {write.money(1)}"] if choose.once_in(3) else []
    return lines + ([f"at least {write.money(1)}"] if choose.once_in(4) else [])


def reasons(choose: Choices) -> list[str]:
    """A `reasons` item of each kind, or of some."""
    all_reasons = {
        "hold": 'LATE "Pays late", OTHER "Something else"',
        "release": choose.one(('PAID "Customer paid", "NOT-OURS" "Not our order"', 'PAID "Paid", PD "Paid", NO ""')),
        "reject": 'FRAUD "Fraud"',
    }
    return [f"reasons {kind} {{ {all_reasons[kind]} }}" for kind in choose.some(tuple(all_reasons))]


def approval(write: Writer, kind: str) -> list[str]:
    """The lines of an approval."""
    choose = write.choose
    people = ("none", 'by "credit clerk"', 'by "credit manager", "finance director"', 'by 2 "director"')
    body = [f"{who} when {write.condition_again(1)}" for who in choose.some(people[:3])]
    last = choose.one((people[3], 'by "Credit Manager"'))
    body.append(f"{last} otherwise")
    return [f"approval {kind} {{", *(f"  {line}" for line in body), "}"]
