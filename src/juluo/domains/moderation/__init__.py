"""Flags, the queue of cases, decisions about them, and claims of imported history."""
