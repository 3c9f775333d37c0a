"""The WSGI application a server loads."""

import gc
import os

from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chabaocu.settings")
application = get_wsgi_application()


def keep_what_is_loaded(**kwargs: object) -> None:
    """After the first request all code is loaded, and stays as long as the process.

    To walk it for garbage again and again would stop everybody for a tenth of a second each time.
    """
    request_finished.disconnect(keep_what_is_loaded)
    gc.collect()
    gc.freeze()


request_finished.connect(keep_what_is_loaded)
