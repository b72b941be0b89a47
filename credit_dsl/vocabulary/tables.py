"""What an entry of the vocabulary is: a table of the snapshot, and a field of it. The entries are in `facts.py`."""

from enum import Enum

from attrs import evolve, field, frozen

from credit_dsl.base.exact import Exact
from credit_dsl.base.types import Type


class Blank(Enum):
    """What a blank cell says."""

    MISSING = "missing"
    NONE = "none"


@frozen
class Field:
    """A column of a table, and so a fact (`customer.balance`) or a field of a list's rows.

    `default` is what every row has when the table has no such column ("none" for the stated blank; None: missing).
    `computed` names the table from which it is computed when this one has no such column.
    `worse` is the direction that is worse for the customer: higher, lower, later, earlier.
    `stays`: known even when the row is stale.
    `missing_is`: the value that the policy's own `fact` item states for missing data.
    """

    name: str
    type: Type
    title: str
    blank: Blank = field(default=Blank.MISSING, kw_only=True)
    default: Exact | bool | str | None = field(default=None, kw_only=True)
    computed: str = field(default="", kw_only=True)
    worse: str | None = field(default=None, kw_only=True)
    stays: bool = field(default=False, kw_only=True)
    required: bool = field(default=False, kw_only=True)
    missing_is: object = field(default=None, kw_only=True)
    own: bool = field(default=False, kw_only=True)


@frozen
class Table:
    """A table of the snapshot (`customers`), and how a policy names one row of it (`customer`).

    `rows_of` is the path by which a policy reads its rows as a list (`customer.invoices`), empty where it cannot.
    `given`: False for what is not a table of the snapshot (`change`).
    """

    name: str
    entity: str
    title: str
    fields: tuple[Field, ...]
    rows_of: str = field(default="", kw_only=True)
    given: bool = field(default=True, kw_only=True)
    required: bool = field(default=False, kw_only=True)

    def field(self, name: str) -> Field | None:
        return next((entry for entry in self.fields if entry.name == name), None)

    def with_field(self, new: Field) -> "Table":
        """This table with a field added, or replaced where it has one of that name."""
        if self.field(new.name) is None:
            return evolve(self, fields=(*self.fields, new))
        return evolve(self, fields=tuple(new if old.name == new.name else old for old in self.fields))


@frozen
class Vocabulary:
    """All tables that a policy can talk about."""

    tables: tuple[Table, ...]

    def entity(self, entity: str) -> Table | None:
        """The table whose single row a policy calls so: `customer`, `order`, `invoice`."""
        return next((table for table in self.tables if table.entity == entity), None)

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)

    def rows_of(self, path: str) -> Table | None:
        """The table whose rows a policy reads by this path: `customer.invoices`."""
        return next((table for table in self.tables if table.rows_of == path and path), None)

    def with_table(self, new: Table) -> "Vocabulary":
        return Vocabulary(tuple(new if old.name == new.name else old for old in self.tables))
