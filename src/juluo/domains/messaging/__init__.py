"""Chat groups and their messages."""
