"""SQLite with a kernel queue in front of write transactions."""
