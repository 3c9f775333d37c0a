"""Where apps above are told of an issued report, inside the transaction of its issue."""

from briefs.models import Brief
from chabaocu.hooks import Hook

on_issued: Hook[[Brief]] = Hook()
