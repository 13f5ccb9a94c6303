"""Plans: goals bound to metrics, strategies, the schedule."""
