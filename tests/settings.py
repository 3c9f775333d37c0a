"""Settings of the tests: the real ones, with files thrown away and fast password hashes."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="chabaocu-test-"))
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["DATA_DIR"] += f"/{worker}"
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from chabaocu.settings import *  # noqa: E402, F403
from chabaocu.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A file, not memory: races between threads need connections of their own, as in production.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
