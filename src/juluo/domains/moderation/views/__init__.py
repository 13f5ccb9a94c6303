"""Pages of flags, cases, decisions and claims."""
