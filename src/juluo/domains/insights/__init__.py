"""Figures for people: asking the engine, headlines, words for evidence."""
