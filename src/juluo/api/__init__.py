"""The public HTTP API: queries and services of the domains, for programs."""
