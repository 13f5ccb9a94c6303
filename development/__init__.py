"""What the developers' commands do: test, check, bench, lock, translate."""
