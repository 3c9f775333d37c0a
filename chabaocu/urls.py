"""The root of all addresses; each app keeps its own."""

from django.contrib import admin
from django.urls import include, path

from plans.draw_urls import public_urls
from plans.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("scoring.urls")),  # first: every save of a round asks for one of these
    path("", include("orgs.urls")),
    path("inbox/", include("inbox.urls")),
    path("audit/", include("audit.urls")),
    path("plans/", include("plans.urls")),
    path("d/", include(public_urls)),  # a draw's short code, to be typed from paper
    path("rubrics/", include("rubrics.urls")),
    path("files/", include("attachments.urls")),
    path("hazards/", include("hazards.urls")),
    path("materials/", include("materials.urls")),
    path("letters/", include("feedback.urls")),
    path("statistics/", include("analysis.urls")),
    path("briefs/", include("briefs.urls")),
    path("patrols/", include("patrols.urls")),
    path("rewards/", include("rewards.urls")),
    path("", include("reports.urls")),
    path("admin/", admin.site.urls),
]
