"""What can happen: frozen event types, one module for each domain. Plain Python."""
