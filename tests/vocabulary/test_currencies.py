"""Currencies and how many decimals their amounts have."""

import pytest

from credit_dsl.vocabulary.currencies import CURRENCIES, is_currency, minor_units


@pytest.mark.parametrize(
    ("code", "units"),
    [("EUR", 2), ("JPY", 0), ("BHD", 3), ("IQD", 3), ("MGA", 2), ("CLF", 4), ("UYW", 4), ("ISK", 0), ("XAU", None)],
)
def test_minor_units_are_those_of_iso_4217(code: str, units: int | None) -> None:
    """Not those that are customary: an amount in Iraqi dinars has three decimals."""
    assert is_currency(code) and minor_units(code) == units


@pytest.mark.parametrize(("code", "units"), [("BGN", 2), ("HRK", 2), ("DEM", 2), ("NLG", 2), ("ITL", 0), ("BEF", 0)])
def test_withdrawn_currencies_are_known(code: str, units: int) -> None:
    """Old ledgers contain them."""
    assert is_currency(code) and minor_units(code) == units


@pytest.mark.parametrize("code", ["", "eur", "EURO", "ABC", "€", "XXXX"])
def test_other_codes_are_none(code: str) -> None:
    """Codes are in capital letters."""
    assert not is_currency(code) and minor_units(code) is None


def test_every_code_has_three_capital_letters() -> None:
    """And there are as many as the list of ISO 4217 has, and the withdrawn ones."""
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)
    assert len(CURRENCIES) > 230
