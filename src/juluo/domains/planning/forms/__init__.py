"""What people fill in when they plan."""
