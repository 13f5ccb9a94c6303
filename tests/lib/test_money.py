"""Money is exact on the way in, on the way out, and in between."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.lib.money import (
    EXPONENTS,
    LARGEST,
    CurrencyMismatch,
    Money,
    NotMoney,
    Rate,
    convert,
    parse,
    share_of,
    shown,
    spread,
)

DAY = date(2026, 3, 1)
currencies = st.sampled_from(sorted(EXPONENTS))
amounts = st.integers(min_value=-LARGEST, max_value=LARGEST)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("¥1,234.50", 123450),
        ("￥１，２３４．５０", 123450),
        ("1,234.50 元", 123450),
        ("CNY 1,234.50", 123450),
        ("1234.50 人民币", 123450),
        ("-5", -500),
        ("−5.00", -500),
        ("-¥5", -500),
        ("1.2 万", 1_200_000),
        ("1.23456 万", 1_234_560),
        ("0.01", 1),
        ("0", 0),
        ("  7 ", 700),
    ],
)
def test_reads_what_people_write(text, amount):
    assert parse(text, "CNY") == Money(amount, "CNY")


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "1.234", "1.234,50", "1,23", "12,34.5", "1,2345", "1..2", "1.", ".5", "--5",
        "5-", "1e9", "0x10", "NaN", "inf", "$5", "5 美元", "5 EUR", "٣", "1 2", "99999999999999",
        "1" * 90, "¥", "¥¥5", "-", "5 元元", "-+5", "5万万",
    ],
)  # fmt: skip
def test_guesses_nothing(text):
    with pytest.raises(NotMoney):
        parse(text, "CNY")


@pytest.mark.parametrize(
    ("currency", "text", "amount"),
    [("JPY", "¥1,234", 1234), ("KWD", "1.234", 1234), ("USD", "US$1.50", 150), ("EUR", "€2", 200)],
)
def test_each_currency_has_its_own_smallest_unit(currency, text, amount):
    assert parse(text, currency) == Money(amount, currency)


def test_a_currency_without_decimals_takes_none():
    with pytest.raises(NotMoney):
        parse("1.5", "JPY")


@pytest.mark.parametrize(
    ("money", "english", "chinese"),
    [
        (Money(123450, "CNY"), "¥1,234.50", "1,234.50 元"),
        (Money(-5, "CNY"), "−¥0.05", "−0.05 元"),
        (Money(1234, "JPY"), "JP¥1,234", "1,234 日元"),
        (Money(1234, "KWD"), "KWD 1.234", "1.234 科威特第纳尔"),
        (Money(100, "USD"), "$1.00", "1.00 美元"),
        (Money(0, "PLN"), "PLN 0.00", "0.00 PLN"),
    ],
)
def test_says_itself_in_both_languages(money, english, chinese):
    assert shown(money, language="en") == english
    assert shown(money, language="zh-hans") == chinese


@given(amount=amounts, currency=currencies, language=st.sampled_from(["en", "zh-hans"]))
def test_what_is_shown_is_read_back_to_the_last_unit(amount, currency, language):
    money = Money(amount, currency)

    assert parse(shown(money, language=language), currency) == money
    assert parse(money.plain, currency) == money


@given(st.text(max_size=30), currencies)
def test_any_text_is_an_amount_or_refused(text, currency):
    try:
        money = parse(text, currency)
    except NotMoney:
        return
    assert abs(money.amount) <= LARGEST


def test_is_whole_units_of_one_currency():
    with pytest.raises(TypeError):
        Money(1.5, "CNY")
    with pytest.raises(TypeError):
        Money(True, "CNY")
    with pytest.raises(NotMoney):
        Money(1, "XYZ")
    with pytest.raises(CurrencyMismatch):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(CurrencyMismatch):
        assert Money(1, "CNY") < Money(1, "USD")


@pytest.mark.parametrize(
    ("original", "quote", "value", "worth"),
    [
        (Money(100, "USD"), "CNY", "7.1234", 712),
        (Money(100, "USD"), "CNY", "7.125", 712),  # half goes to even
        (Money(100, "USD"), "CNY", "7.135", 714),
        (Money(1000, "JPY"), "CNY", "0.0485", 4850),
        (Money(4850, "CNY"), "JPY", "20.6186", 1000),
        (Money(1000, "KWD"), "USD", "3.25", 325),
    ],
)
def test_converts_at_a_stated_rate_rounding_once(original, quote, value, worth):
    rate = Rate(original.currency, quote, Decimal(value), DAY, "bank")

    assert convert(original, rate) == Money(worth, quote)


@given(amounts, st.decimals(min_value="0.000001", max_value="1000", places=6))
def test_a_conversion_is_never_more_than_half_a_unit_off(amount, value):
    worth = convert(Money(amount, "USD"), Rate("USD", "JPY", value, DAY, "bank"))

    exact = Fraction(amount) * Fraction(value) / 100
    assert abs(worth.amount - exact) <= Fraction(1, 2)
    back = convert(Money(-amount, "USD"), Rate("USD", "JPY", value, DAY, "bank"))
    assert back == -worth


def test_a_rate_is_for_its_own_pair_and_above_zero():
    with pytest.raises(CurrencyMismatch):
        convert(Money(1, "EUR"), Rate("USD", "CNY", Decimal(7), DAY, "bank"))
    for value in ("0", "-1", "NaN", "Infinity"):
        with pytest.raises(NotMoney):
            Rate("USD", "CNY", Decimal(value), DAY, "bank")


@given(amounts, st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_nothing_is_lost_in_parts(amount, weights):
    parts = spread(amount, weights)

    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(amount * weight, sum(weights))) < 1


def test_a_share_rounds_half_to_even():
    assert [share_of(each, Fraction(1, 2)) for each in (1, 3, 5, -1)] == [0, 2, 2, 0]
