"""Random scorecards: factors over every kind of value, with every kind of row, without a gap or an overlap."""

from tests.properties.generating.choices import Choices
from tests.properties.generating.expressions import Writer
from tests.properties.generating.known import RISKS

CUTS = {
    "money": ("0 {currency}", "1_000 {currency}", "5_000 {currency}", "50_000.50 {currency}"),
    "percent": ("10%", "50%", "75.5%", "100%"),
    "number": ("1", "5", "10", "20"),
    "days": ("1 day", "14 days", "30 days", "60 days"),
    "months": ("3 months", "12 months", "30 months", "4 years"),
    "date": ("2000-01-01", "2015-06-30", "2020-02-29", "2025-12-31"),
}
POINTS = ("0", "1", "5", "10", "20", "-5", "2.5")


def scorecard(write: Writer, name: str) -> list[str]:
    """The lines of a scorecard with the risk groups of `known.RISKS`."""
    choose = write.choose
    factors = [_factor(write, f"factor_{number}") for number in range(1, choose.integer(1, 3) + 1)]
    title = choose.one(("", f' "Card {name}"'))
    body = [line for factor in factors for line in factor]
    if choose.once_in(3):
        body.append(f"round {choose.one(('half up', 'half even', 'up', 'down'))} to {choose.one(('1', '5', '0.5'))}")
    body += _risks(choose)
    body += [f"floor {choose.one(RISKS[1:])} when {write.condition_again(1)}" for _ in range(choose.integer(0, 2))]
    return [f"scorecard {name}{title} {{", *(f"  {line}" for line in body), "}"]


def _risks(choose: Choices) -> list[str]:
    low, high = choose.one((("5", "12"), ("10", "20"), ("0", "7.5"), ("-3", "3")))
    if choose.once_in(2):
        bands = (f"under {low}", f"{low} to under {high}", f"{high} or more")
    else:
        bands = (f"over {high}", f"over {low} to {high}", f"up to {low}")
    return [f'risk {name} "Risk {name}" : {band}' for name, band in zip(RISKS, bands, strict=True)]


def _factor(write: Writer, name: str) -> list[str]:
    choose = write.choose
    codes = ("code", "code") if any(name.codes for name in write.vocabulary.of_kind("code")) else ()
    kind = choose.one(("money", "percent", "number", "days", "months", "date", "flag", *codes))
    if kind == "code":
        value, rows = _over_codes(write)
    elif kind == "flag":
        value, rows = write.name("flag"), ["no -> 0", f"yes -> {choose.one(POINTS)}"]
    else:
        value, rows = write.value(kind, 1), _over_line(write, kind)
    title = choose.one(("", f' "About {name}"'))
    weight = choose.one(("", "", " weight 2", " weight 0.5", " weight -1"))
    if kind == "months" and value in CUTS["months"]:
        return _factor(write, name)
    extra = [f"missing -> {choose.one(POINTS)}"] if choose.once_in(2) else []
    extra += [f"none -> {choose.one(POINTS)}"] if kind in ("money", "date", "code") else []
    return [f"factor {name}{title}{weight} = {value} {{", *(f"  {row}" for row in (*rows, *extra)), "}"]


def _over_codes(write: Writer) -> tuple[str, list[str]]:
    choose = write.choose
    known = choose.one([name for name in write.vocabulary.of_kind("code") if name.codes])
    first = choose.some(known.codes, least=1)
    rows = [f"{', '.join(first)} -> {choose.one(POINTS)}"]
    rest = [code for code in known.codes if code not in first]
    if rest and choose.once_in(2):
        rows.append(f"{rest[0]} -> {choose.one(POINTS)}")
    return known.path, [*rows, f"otherwise -> {choose.one(POINTS)}"]


def _over_line(write: Writer, kind: str) -> list[str]:
    choose = write.choose
    if choose.once_in(5):
        few = choose.some(_cuts(write, kind), least=1)
        return [f"{', '.join(few)} -> {choose.one(POINTS)}", f"otherwise -> {choose.one(POINTS)}"]
    cuts = choose.some(_cuts(write, kind), least=1, most=3)
    is_in = [choose.once_in(2) for _ in cuts]
    bands = [f"up to {cuts[0]}" if is_in[0] else f"under {cuts[0]}"]
    for number in range(len(cuts) - 1):
        start = f"over {cuts[number]}" if is_in[number] else cuts[number]
        bands.append(f"{start} to {'' if is_in[number + 1] else 'under '}{cuts[number + 1]}")
    bands.append(f"over {cuts[-1]}" if is_in[-1] else f"{cuts[-1]} or more")
    return [f"{band} -> {choose.one(POINTS)}" for band in bands]


def _cuts(write: Writer, kind: str) -> list[str]:
    return [cut.replace("{currency}", write.vocabulary.currency) for cut in CUTS[kind]]
