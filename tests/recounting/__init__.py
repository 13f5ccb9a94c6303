"""Every metric counted a second time, in plain Python, by the words of METRICS.md.

Nothing of the engine is used: no query, no calendar, no statistics. Only the question's own type.
"""
