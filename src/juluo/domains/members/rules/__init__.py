"""Decisions about members as pure functions; one module for each subject."""
