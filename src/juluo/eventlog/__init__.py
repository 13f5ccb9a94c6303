"""The append-only log: recording, delivery, the lake."""
