"""Where apps above are told of a letter that was sent or moved, inside its transaction."""

from chabaocu.hooks import Hook
from feedback.models import Letter

on_moved: Hook[[Letter, str]] = Hook()  # the letter as it is now, and by which move; or "send"
