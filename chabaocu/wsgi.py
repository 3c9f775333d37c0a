"""The WSGI application a server loads."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chabaocu.settings")
application = get_wsgi_application()

# What is loaded by now stays as long as the process. To walk all of it for garbage again would
# stop everybody for a tenth of a second, now and then.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
