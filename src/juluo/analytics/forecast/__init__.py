"""What is to come: a middle and a band for a series, from nothing but its own past.

Several simple methods forecast every past moment from what was known at it. The one that has
erred least goes on, and the band is as wide as the errors that were really made: see
docs/explanation/goals-and-pace.md.
"""

from juluo.analytics.forecast.bands import (
    Band,
    TooLittleHistory,
    finished,
    forecast,
    forecast_total,
)
from juluo.analytics.forecast.past import Past, Scale

__all__ = ["Band", "Past", "Scale", "TooLittleHistory", "finished", "forecast", "forecast_total"]
