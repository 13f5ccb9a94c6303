"""Decisions about risks as pure functions; one module for each subject."""
