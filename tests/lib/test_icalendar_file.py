"""Calendar files as calendar programs read them."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from juluo.lib.icalendar_file import Entry, calendar_file

NOW = datetime(2026, 3, 4, 2, 3, 4, tzinfo=UTC)


def test_an_entry_is_a_whole_day():
    text = calendar_file([Entry(uid="task-1@x", title="写月报", day=date(2026, 3, 6))], now=NOW)

    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Juluo//Schedule//EN",
        "X-WR-CALNAME:Juluo",
        "BEGIN:VEVENT",
        "UID:task-1@x",
        "DTSTAMP:20260304T020304Z",
        "DTSTART;VALUE=DATE:20260306",
        "DTEND;VALUE=DATE:20260307",
        "SUMMARY:写月报",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_no_title_breaks_out_of_its_line(title):
    text = calendar_file([Entry(uid="a", title=title, day=date(2026, 3, 6))], now=NOW)

    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "")
    (summary,) = [each for each in unfolded.split("\r\n") if each.startswith("SUMMARY:")]
    read = summary.removeprefix("SUMMARY:").replace("\\,", ",").replace("\\;", ";")
    assert read.replace("\\\\", "\\") == title


def test_line_breaks_of_a_title_are_written_out():
    entry = Entry(uid="a", title="one\r\nEND:VEVENT", day=date(2026, 3, 6))

    assert "SUMMARY:one\\nEND:VEVENT\r\n" in calendar_file([entry], now=NOW)
