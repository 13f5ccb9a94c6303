"""Settings of the test suite: a home of its own, mail kept in memory, cheap password hashes."""

import atexit
import os
import shutil
import tempfile

# A new one for each process, whatever the caller's is: tests never touch real data.
_home = tempfile.mkdtemp(prefix="juluo-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["JULUO_HOME"] = _home
os.environ["JULUO_TESTING"] = "1"

from juluo.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, as in real life: an in-memory database knows no waiting for another's lock.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}  # noqa: F405
