"""The first page after login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Today's visits for inspectors, the work waiting for everybody else."""
    return render(request, "plans/home.html", {})
