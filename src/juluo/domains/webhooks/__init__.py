"""Webhooks: tell other programs of what happens, signed and tried again."""
