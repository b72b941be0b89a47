"""Every function of the language by its name, and the words that are syntax. Made from the entries, nothing else."""

from collections.abc import Mapping

from credit_dsl.vocabulary.builtin import Builtin
from credit_dsl.vocabulary.dates import DATE_WORDS
from credit_dsl.vocabulary.lists import LIST_WORDS
from credit_dsl.vocabulary.numbers import NUMBERS
from credit_dsl.vocabulary.rankings import RANKINGS

FUNCTIONS: Mapping[str, Builtin] = {entry.name: entry for entry in (*NUMBERS, *RANKINGS)}
"""What is called by name: `min(a, b)`."""

OVER_LISTS: Mapping[str, Builtin] = {entry.name: entry for entry in LIST_WORDS}
"""What goes over the rows of a list: `sum(open_amount over customer.invoices)`."""

WITH_DATES: Mapping[str, Builtin] = {entry.name: entry for entry in DATE_WORDS}
"""What counts from or to the date of the decision: `years since customer.business_started`."""
