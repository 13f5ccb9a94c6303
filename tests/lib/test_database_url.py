import pytest

from juluo.lib.database_url import parse_database_url


def test_reads_an_address_with_escapes_and_options():
    told = parse_database_url("postgresql://ann%40x:p%2Fw@db.example:5433/jul%20uo?sslmode=require")

    assert told["ENGINE"] == "django.db.backends.postgresql"
    assert (told["USER"], told["PASSWORD"]) == ("ann@x", "p/w")
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db.example", "5433", "jul uo")
    assert told["OPTIONS"]["sslmode"] == "require"
    assert "lock_timeout=10s" in told["OPTIONS"]["options"]


def test_reads_a_socket_folder():
    told = parse_database_url("postgres://juluo@/juluo?host=/run/postgresql")

    assert (told["HOST"], told["PORT"], told["PASSWORD"]) == ("/run/postgresql", "", "")
    assert "host" not in told["OPTIONS"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://x/y", "begins with mysql://"),
        ("juluo.sqlite3", "begins with nothing://"),
        ("postgresql://user@host", "names no database"),
        ("postgresql://user@host/", "names no database"),
    ],
)
def test_refuses_other_addresses_with_the_reason(url, reason):
    with pytest.raises(ValueError, match=reason):
        parse_database_url(url)
