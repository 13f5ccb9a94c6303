"""Our database backend for django-tasks."""

from django_tasks.backends.immediate import ImmediateBackend


class DatabaseBackend(ImmediateBackend):
    """Put the job in the database in the transaction of its cause."""
