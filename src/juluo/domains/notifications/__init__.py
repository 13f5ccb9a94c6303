"""What members are told: the inbox and mail."""
