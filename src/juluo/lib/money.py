"""Money: whole numbers of a currency's smallest unit, exact on the way in and out. No floats."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Self

# How many digits stand behind the point (ISO 4217).
EXPONENTS = {
    "CNY": 2, "USD": 2, "EUR": 2, "HKD": 2, "TWD": 2, "MOP": 2, "JPY": 0, "KRW": 0, "GBP": 2,
    "SGD": 2, "AUD": 2, "CAD": 2, "CHF": 2, "NZD": 2, "THB": 2, "MYR": 2, "IDR": 2, "PHP": 2,
    "VND": 0, "INR": 2, "RUB": 2, "BRL": 2, "MXN": 2, "ZAR": 2, "SEK": 2, "NOK": 2, "DKK": 2,
    "PLN": 2, "CZK": 2, "HUF": 2, "TRY": 2, "ILS": 2, "AED": 2, "SAR": 2, "KWD": 3, "BHD": 3,
    "JOD": 3, "OMR": 3, "TND": 3, "CLP": 0, "ISK": 0,
}  # fmt: skip
# The largest amount that can be written down: what sums of them come to still fits 64 bits.
LARGEST = 10**15

_SYMBOLS = {
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$",
    "KRW": "₩", "INR": "₹", "SGD": "S$", "AUD": "A$", "CAD": "C$",
}  # fmt: skip
_HANZI = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "HKD": "港元",
    "TWD": "新台币", "MOP": "澳门元", "KRW": "韩元", "SGD": "新加坡元", "AUD": "澳元",
    "CAD": "加元", "CHF": "瑞士法郎", "NZD": "新西兰元", "THB": "泰铢", "MYR": "马来西亚林吉特",
    "INR": "印度卢比", "RUB": "卢布", "VND": "越南盾", "KWD": "科威特第纳尔",
}  # fmt: skip
_ALSO_WRITTEN = {"CNY": ("RMB", "人民币", "圆", "元整"), "JPY": ("¥",), "USD": ("US$",)}
_MYRIADS = {"": 0, "万": 4, "亿": 8}
_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?\s?([万亿]?)")


class NotMoney(ValueError):
    """The text is no amount of this currency that can be written down exactly."""


class CurrencyMismatch(ValueError):
    """Amounts of two currencies cannot be compared or added; convert one first."""


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """An amount in the currency's smallest unit: ``Money(123450, "CNY")`` is ¥1,234.50."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is not whole, and currencies we cannot count in."""
        if type(self.amount) is not int:
            raise TypeError(f"money is whole units, not {self.amount!r}")
        if self.currency not in EXPONENTS:
            raise NotMoney(f"unknown currency {self.currency!r}")

    def __eq__(self, other: object) -> bool:
        """Tell whether this is the same money, whichever subclass holds it."""
        if not isinstance(other, Money):
            return NotImplemented
        return (self.amount, self.currency) == (other.amount, other.currency)

    def __hash__(self) -> int:
        """Return what equal money has in common."""
        return hash((self.amount, self.currency))

    def __add__(self, other: "Money") -> Self:
        """Return the sum of two amounts of one currency."""
        return type(self)(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> Self:
        """Return the difference of two amounts of one currency."""
        return type(self)(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Self:
        """Return the amount with the other sign."""
        return type(self)(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        """Tell whether this is less."""
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        """Tell whether this is not more."""
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        """Tell whether this is anything at all."""
        return self.amount != 0

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.amount

    @property
    def size(self) -> Self:
        """The amount without its sign."""
        return type(self)(abs(self.amount), self.currency)

    @property
    def plain(self) -> str:
        """The number alone, as a file or a form field holds it: ``-1234.50``."""
        return f"{'-' if self.amount < 0 else ''}{_digits(self.size, grouped=False)}"

    @property
    def units(self) -> Decimal:
        """The amount in whole currency units, for drawing and for files."""
        return Decimal(self.amount).scaleb(-EXPONENTS[self.currency])


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of ``base`` was worth in ``quote`` on a day, and who says so."""

    base: str
    quote: str
    value: Decimal
    on: date
    source: str

    def __post_init__(self) -> None:
        """Refuse a rate that is no positive number."""
        if not self.value.is_finite() or self.value <= 0:
            raise NotMoney("a rate is a number above zero")


def parse(text: str, currency: str) -> Money:
    """Return the amount that a text names: ``1,234.50``, ``¥1234.5``, ``1,234.50 元``, ``1.2 万``.

    Nothing is rounded and nothing guessed: a decimal comma, a group of two digits or more
    decimals than the currency has are refused.

    :raises NotMoney: if the text is no amount of this currency.
    """
    found = _NUMBER.fullmatch(_bare(text, currency))
    if not found:
        raise NotMoney(text)
    sign, whole, decimals, myriad = found[1], found[2], found[3] or "", found[4]
    missing = EXPONENTS[currency] + _MYRIADS[myriad] - len(decimals)
    if missing < 0:
        raise NotMoney(text)
    if len(whole) + missing > 40:
        raise NotMoney(text)
    amount = int(whole.replace(",", "") + decimals) * 10**missing
    if amount > LARGEST:
        raise NotMoney(text)
    return Money(-amount if sign == "-" else amount, currency)


def _bare(text: str, currency: str) -> str:
    """Return the number without the marks of its own currency; full-width signs made plain."""
    if currency not in EXPONENTS:
        raise NotMoney(f"unknown currency {currency!r}")
    bare = unicodedata.normalize("NFKC", text[:100]).replace("−", "-").strip()
    sign = bare[:1] if bare[:1] in {"-", "+"} else ""
    bare = bare.removeprefix(sign).strip()
    marks = [currency, _SYMBOLS.get(currency, ""), _HANZI.get(currency, "")]
    marks += _ALSO_WRITTEN.get(currency, ())
    for mark in sorted(filter(None, marks), key=len, reverse=True):
        if bare.startswith(mark) or bare.endswith(mark):
            bare = bare.removeprefix(mark) if bare.startswith(mark) else bare.removesuffix(mark)
            break
    bare = bare.strip()
    return sign + bare if not (sign and bare[:1] in {"-", "+"}) else ""


def shown(money: Money, *, language: str) -> str:
    """Return the amount as people write it: ``¥1,234.50``, or in Chinese ``1,234.50 元``."""
    sign = "−" if money.amount < 0 else ""
    digits = _digits(money.size, grouped=True)
    if language.lower().startswith("zh"):
        return f"{sign}{digits} {_HANZI.get(money.currency, money.currency)}"
    symbol = _SYMBOLS.get(money.currency)
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{money.currency} {digits}"


def _digits(size: Money, *, grouped: bool) -> str:
    exponent = EXPONENTS[size.currency]
    whole, rest = divmod(size.amount, 10**exponent)
    units = f"{whole:,}" if grouped else str(whole)
    return f"{units}.{rest:0{exponent}d}" if exponent else units


def currency_name(currency: str, *, language: str) -> str:
    """Return a currency's code with its name or sign: ``CNY 元``, ``CNY ¥``."""
    names = _HANZI if language.lower().startswith("zh") else _SYMBOLS
    return f"{currency} {names.get(currency, '')}".strip()


def convert(money: Money, rate: Rate) -> Money:
    """Return what an amount is worth at a stated rate, rounded half to even, once.

    :raises CurrencyMismatch: if the rate is for another currency.
    """
    if money.currency != rate.base:
        raise CurrencyMismatch(f"{money.currency} at a rate for {rate.base}")
    shift = EXPONENTS[rate.quote] - EXPONENTS[rate.base]
    exact = Fraction(money.amount) * Fraction(rate.value) * Fraction(10) ** shift
    return Money(round(exact), rate.quote)


def share_of(amount: int, share: Fraction) -> int:
    """Return a share of an amount, rounded half to even."""
    return round(Fraction(amount) * share)


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Return the amount in parts by weight; the parts sum to it exactly.

    What rounding leaves over goes to the largest remainders, the earlier part first.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights are not negative, and not all nothing")
    sign, size = (-1 if amount < 0 else 1), abs(amount)
    parts = [size * weight // whole for weight in weights]
    left = size - sum(parts)
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(size * weights[place] % whole), place)
    )
    for place in by_remainder[:left]:
        parts[place] += 1
    return [sign * part for part in parts]
