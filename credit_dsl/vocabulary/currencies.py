"""Currencies (ISO 4217) and their minor units: how many decimals an amount can have.

The codes in use are those of ISO 4217 list one, edition of 2026-01-01, with the minor units that it states. The
withdrawn codes are those that ledgers and replays since about 1990 contain, with the minor units that they had.
"""

from collections.abc import Mapping
from types import MappingProxyType

_IN_USE: dict[int | None, str] = {
    0: ("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE "
        "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
        "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK "
        "MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD "
        "RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH "
        "USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
    ),
    3: ("BHD IQD JOD KWD LYD OMR TND"),
    4: ("CLF UYW"),
    None: ("XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"),
}

_WITHDRAWN: dict[int | None, str] = {
    0: ("ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE TJR TPE TRL"),
    2: (
        "AFA ANG AON AOR ATS AZM BGL BGN BRR CSD CSK CUC CYP DDM DEM ECS EEK FIM FRF GEK GHC GWP HRD HRK IEP "
        "LTL LTT LVL LVR MRO MTL MXP MZM NLG PEI PLZ ROL RUR SDD SDP SIT SKK SLL SRG STD TMM UAK VEB VEF XEU "
        "YUD YUM YUN ZMK ZRN ZWD ZWL ZWN ZWR"
    ),
    None: ("XFO XFU"),
}


def _by_code(*lists: dict[int | None, str]) -> dict[str, int | None]:
    entries = (entry for codes_by_units in lists for entry in codes_by_units.items())
    return {code: units for units, codes in entries for code in codes.split()}


CURRENCIES: Mapping[str, int | None] = MappingProxyType(dict(sorted(_by_code(_IN_USE, _WITHDRAWN).items())))
"""Code -> decimals of an amount; None where ISO 4217 states none, as for gold (XAU): any number of decimals."""


def is_currency(code: str) -> bool:
    """Whether this is a code of ISO 4217, in use or withdrawn; codes are in capital letters."""
    return code in CURRENCIES


def minor_units(code: str) -> int | None:
    """The decimals of an amount in this currency; None where ISO 4217 states none. An unknown code has none either."""
    return CURRENCIES.get(code)
