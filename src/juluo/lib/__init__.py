"""Modules named after their subject, without domain words."""
