"""The site's own settings, with the naive view beside ours under the same middleware."""

from chabaocu.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.served_urls"
