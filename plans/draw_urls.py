"""Addresses of the draw, relative to plans/; the public ones are at the root, short to type."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from plans.models import Draw
from plans.views import draw as views
from plans.views import draw_public as public


class StageConverter(StringConverter):
    regex = "|".join(Draw.Stage.values)


register_converter(StageConverter, "stage")

draw_urls = [
    path("<int:pk>/draw/", views.draw_detail, name="draw_detail"),
    path("<int:pk>/draw/<stage:stage>/freeze/", views.draw_freeze, name="draw_freeze"),
    path("<int:pk>/draw/relax/", views.draw_relax, name="draw_relax"),
    path("draws/<int:pk>/", views.draw_ceremony, name="draw_ceremony"),
    path("draws/<int:pk>/seed/", views.draw_seed, name="draw_seed"),
    path("draws/<int:pk>/run/", views.draw_run, name="draw_run"),
    path("draws/<int:pk>/void/", views.draw_void, name="draw_void"),
    path("draws/<int:pk>/notice/", views.draw_notice, name="draw_notice"),
    path("draws/<int:pk>/proof/", views.draw_proof, name="draw_proof"),
    path("picks/<int:pk>/replace/", views.pick_replace, name="pick_replace"),
    path("picks/<int:pk>/supplement/", views.draw_supplement, name="draw_supplement"),
]
public_urls = [
    path("", public.draw_lookup, name="draw_lookup"),
    path("verify_draw.py", public.draw_verifier, name="draw_verifier"),
    path("<str:code>/", public.draw_public, name="draw_public"),
    path("<str:code>/proof/", public.draw_public_proof, name="draw_public_proof"),
]
