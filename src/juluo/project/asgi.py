"""The web application as a server runs it."""

import os
import threading

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juluo.project.settings")
application = get_asgi_application()


def _warm_up() -> None:
    """Load what the first figure would wait for."""
    from juluo.analytics.engine import warm_up

    warm_up()


threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
