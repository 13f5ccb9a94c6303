"""Juluo (聚落): run a community, and know with evidence whether running it works."""

__version__ = "0.1.0"
