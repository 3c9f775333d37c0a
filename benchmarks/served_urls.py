"""The site's addresses and the naive view."""

from django.urls import path

from benchmarks.naive import naive_view
from chabaocu.urls import urlpatterns as site

urlpatterns = [*site, path("naive/<int:pk>/<slug:code>/", naive_view, name="naive")]
