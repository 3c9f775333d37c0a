"""Where apps above are told of a submission, by whom, inside its transaction."""

from typing import Any

from chabaocu.hooks import Hook
from scoring.models import Scoresheet

on_submitted: Hook[[Scoresheet, Any]] = Hook()
