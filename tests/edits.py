"""Save as a browser does that has the page open: with what the page had seen."""

import re

SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')
OVER = re.compile(r'name="over" value="([0-9a-f]{64})"')


def seen_on(client, url):
    """The fingerprint that the edit form at ``url`` carries."""
    return SEEN.search(client.get(url).content.decode())[1]


def save(client, url, data, **more):
    """Open the page, then post ``data`` with what it showed."""
    return client.post(url, data | {"seen": seen_on(client, url)}, **more)
