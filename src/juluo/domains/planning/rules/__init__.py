"""Decisions about plans as pure functions; one module for each subject."""
