"""Accounts, identities, roles, the audit, the shared limiter."""
