"""Addresses for people without an account: what a wall's code opens, and a report's receipt."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from hazards.models import Hazard, Place

RECEIPTS = Signer(sep=".", salt="hazards.receipt")


def code_address(place: Place) -> str:
    """What the code on the wall of a place opens."""
    return settings.SITE_URL.rstrip("/") + reverse("hazards:code", args=[place.token])


def receipt_of(hazard: Hazard) -> str:
    """What lets somebody without an account follow this one report; nobody can make it up."""
    return RECEIPTS.sign(hazard.pk)


def reported_with(receipt: str) -> int | None:
    """The key of the hazard a receipt was given for; None for any other text."""
    try:
        return int(RECEIPTS.unsign(receipt))
    except (BadSignature, ValueError):
        return None
