"""How Django knows this app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Register the app, what it listens to, and its nightly walk."""

    name = "juluo.domains.search"

    def ready(self) -> None:
        """Listen to what changes, and mend by night what was missed."""
        from juluo.domains.search import subscribers, tasks
        from juluo.jobs import schedule

        _ = subscribers
        schedule.every("10 3 * * *", tasks.sweep)
