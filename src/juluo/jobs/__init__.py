"""Background work: the job table, its worker, its clock."""
