"""The date of a command: `--as-of`."""

import datetime

import click

from credit_dsl.formats.cells import one_line

ORDER_DATE = "order.date"


class AsOf(click.ParamType[datetime.date | str]):
    """A date, or the word `order.date` where each order is judged on its own."""

    name = "date"

    def __init__(self, *, of_order: bool) -> None:
        self._of_order = of_order

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "DATE|order.date" if self._of_order else "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date | str:
        if isinstance(value, datetime.date) or (self._of_order and value == ORDER_DATE):
            return value
        try:
            return datetime.datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            alternative = ", or `order.date`" if self._of_order else ""
            self.fail(f"`{one_line(str(value))}` is no date; write one such as 2026-01-31{alternative}", param, ctx)


def missing_date(command: str, of_order: bool) -> click.UsageError:
    each = ", or --as-of order.date to judge each order on its own date" if of_order else ""
    return click.UsageError(f"{command} needs the date to judge on: --as-of 2026-01-31{each}")
