"""Money: budgets, commitments, expenses, financing, revenue."""
