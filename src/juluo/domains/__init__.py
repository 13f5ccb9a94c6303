"""The domains, each with the same rooms; ARCHITECTURE.md has their tiers."""
