"""Decisions about money as pure functions; one module for each subject."""
