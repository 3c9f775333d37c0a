"""How a file is refused."""

from chabaocu.errors import Refused


class UnsafeFile(Refused):
    """The file is not what it claims, too large, or carries more than a picture or pages."""
