"""What the numbers mean: the catalog, the engine, statistics. Plain Python."""
