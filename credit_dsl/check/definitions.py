"""What is defined: defines, standard definitions, exposure buckets, and what is put together from these."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import field, frozen

from credit_dsl.base.diagnostic import Code, Diagnostic, Label
from credit_dsl.base.source import NOWHERE, Span
from credit_dsl.check.declarations import Declared
from credit_dsl.syntax.items import Bucket, Define, Exposure, File
from credit_dsl.syntax.nodes import Arithmetic, Expression, MoneyLiteral, Name, Negative
from credit_dsl.vocabulary.tables import Vocabulary

HIDES = Code(
    "E0214",
    "define-hides",
    explanation="A define has the name of a fact, a list or a score, so that a reader could take one for the other. "
    "Give it a name of its own.",
)
DEFINES_STANDARD = Code(
    "E0215",
    "define-of-standard",
    explanation="The name is that of a standard definition. What replaces a standard definition says so with "
    "`redefine`, because it changes what the limits and the exposure of every rule mean.",
)
REDEFINES_OTHER = Code(
    "E0216",
    "redefine-of-own",
    explanation="`redefine` replaces a standard definition of `limit.*` or `exposure.*`. A name of the policy's own "
    "is introduced with `define`; exposure buckets are replaced with the `exposure` item.",
)
BUCKET_NAME = Code(
    "E0217",
    "bucket-name-taken",
    explanation="Each exposure bucket is also a fact of its own, `exposure.NAME`, and this name is that of a "
    "standard definition.",
)

ALL, BEFORE_ORDER, OF_ORDER = "exposure.customer", "exposure.before_order", "exposure.of_order"
SUMS = (ALL, BEFORE_ORDER, OF_ORDER)
"""What is put together from the buckets, unless the policy redefines it."""
FROM_POLICY = "limit.from_policy"


@frozen
class Definitions:
    """Every definition by its path. `names`: where each is named; `own`: those that the policy's files state.

    `sums`: those of SUMS that are put together from the buckets. `values`: also the sums, at first each of all buckets.
    """

    values: Mapping[str, Expression]
    names: Mapping[str, Span]
    own: frozenset[str]
    sums: tuple[str, ...]
    buckets: tuple[Bucket, ...]
    exposure: Exposure = field(repr=False)


def definitions(declared: Declared, standard: File, currency: str) -> Definitions:
    """The standard definitions with the policy's in their place, and the policy's own."""
    exposure = declared.exposure or next(item for item in standard.items if isinstance(item, Exposure))
    own = _first_of_each(declared.defines)
    chosen = {**_first_of_each(_defines(standard)), **own}
    values: dict[str, Expression] = {path: define.value for path, define in chosen.items()}
    names = {path: define.name.span for path, define in chosen.items()}
    for bucket in exposure.buckets:
        values.setdefault(f"exposure.{bucket.name.text}", bucket.value)
        names.setdefault(f"exposure.{bucket.name.text}", bucket.name.span)
    sums = tuple(path for path in SUMS if path not in values)
    for path in sums:
        values[path] = sum_of(exposure.buckets, currency)
        names[path] = exposure.span
    return Definitions(values, names, frozenset(own) | _buckets_of(declared), sums, exposure.buckets, exposure)


def _buckets_of(declared: Declared) -> frozenset[str]:
    if declared.exposure is None:
        return frozenset()
    return frozenset(f"exposure.{bucket.name.text}" for bucket in declared.exposure.buckets)


def _defines(file: File) -> tuple[Define, ...]:
    return tuple(item for item in file.items if isinstance(item, Define))


def _first_of_each(defines: Iterable[Define]) -> Mapping[str, Define]:
    found: dict[str, Define] = {}
    for define in defines:
        found.setdefault(define.name.path, define)
    return found


def sum_of(buckets: Iterable[Bucket], currency: str) -> Expression:
    """`exposure.a + exposure.b - exposure.c`, as if it were written so; nothing of no bucket."""
    total: Expression | None = None
    for bucket in buckets:
        span = bucket.name.span
        name = Name(("exposure", bucket.name.text), span=span)
        if total is None:
            total = name if bucket.sign == "add" else Negative(name, span=span)
        else:
            total = Arithmetic(total, "+" if bucket.sign == "add" else "-", name, span=span)
    return MoneyLiteral(Decimal(0), currency, span=NOWHERE) if total is None else total


def standard_paths(standard: File) -> frozenset[str]:
    """The paths that `redefine` may replace."""
    return frozenset(define.name.path for define in _defines(standard)) | frozenset(SUMS)


def find_misnamed(declared: Declared, vocabulary: Vocabulary, standard: File) -> Iterator[Diagnostic]:
    """Defines that hide something, that replace without saying so, and that say so without replacing."""
    replaceable = standard_paths(standard)
    buckets = {f"exposure.{bucket.name.text}": bucket for bucket in _all_buckets(declared, standard)}
    for define in declared.defines:
        yield from _misnamed(define, declared, vocabulary, replaceable, buckets)
    for path, bucket in buckets.items():
        if path in replaceable:
            yield BUCKET_NAME.at(bucket.name.span, f"`{path}` is a standard definition, no name for a bucket")


def _all_buckets(declared: Declared, standard: File) -> tuple[Bucket, ...]:
    exposure = declared.exposure or next(item for item in standard.items if isinstance(item, Exposure))
    return exposure.buckets


def _misnamed(
    define: Define,
    declared: Declared,
    vocabulary: Vocabulary,
    replaceable: frozenset[str],
    buckets: Mapping[str, Bucket],
) -> Iterator[Diagnostic]:
    path, span = define.name.path, define.name.span
    if path in buckets:
        yield _names_bucket(define, buckets[path])
    elif path in replaceable and not define.redefines:
        yield DEFINES_STANDARD.at(span, f"`{path}` is a standard definition", help=f"redefine {path} = …")
    elif path == FROM_POLICY:
        yield HIDES.at(span, f"`{path}` is the policy's temporary limit in force and cannot be replaced")
    elif define.redefines and path not in replaceable:
        yield REDEFINES_OTHER.at(span, f"`{path}` is no standard definition", help=f"define {path} = …")
    elif what := hidden_by(path, declared, vocabulary):
        yield HIDES.at(span, f"`{path}` is already {what}")


def _names_bucket(define: Define, bucket: Bucket) -> Diagnostic:
    message = f"`{define.name.path}` is an exposure bucket"
    others = (Label(bucket.name.span, "the bucket"),)
    return REDEFINES_OTHER.at(define.name.span, message, others=others, help="exposure { add my_bucket = … }")


def hidden_by(path: str, declared: Declared, vocabulary: Vocabulary) -> str:
    """What a name means besides a definition, in words; empty where it means nothing."""
    entity, _, name = path.partition(".")
    if entity in ("risk", "score") and (not name or name in declared.scorecards):
        return f"the {entity} that a scorecard gives"
    if vocabulary.rows_of(path) is not None:
        return "a list"
    table = vocabulary.entity(entity) if name else None
    return "a fact" if table is not None and table.field(name) is not None else ""
