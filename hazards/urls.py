"""Addresses of hazards; every move of the table has one of its own."""

from django.urls import path

from hazards.views import (
    bulk,
    by_code,
    detail,
    figures,
    imports,
    ledger,
    listings,
    places,
    reading,
    report,
    transfer,
)
from hazards.workflow import MOVES

app_name = "hazards"
urlpatterns = [
    path("", ledger.hazard_list, name="hazard_list"),
    path("figures/", figures.figures, name="figures"),
    path("views/", reading.view_save, name="view_save"),
    path("views/<int:pk>/default/", reading.view_default, name="view_default"),
    path("views/<int:pk>/delete/", reading.view_delete, name="view_delete"),
    path("columns/", reading.columns_save, name="columns_save"),
    path("bulk/<slug:name>/", bulk.bulk_choose, name="bulk_choose"),
    path("bulk/<slug:name>/do/", bulk.bulk_do, name="bulk_do"),
    path("report/", report.report, name="report"),
    path("report/known/", report.known, name="known"),
    path("from-finding/<int:pk>/", transfer.from_finding, name="from_finding"),
    path("q/<str:token>/", by_code.code, name="code"),
    path("r/<str:receipt>/", by_code.receipt, name="receipt"),
    path("import/", imports.import_upload, name="import_upload"),
    path("import/template/", imports.import_template, name="import_template"),
    path("import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("import/<int:pk>/marked/", imports.import_marked, name="import_marked"),
    path("import/<int:pk>/write/", imports.import_write, name="import_write"),
    path("places/", places.place_list, name="place_list"),
    path("places/<int:pk>/", places.place_detail, name="place_detail"),
    path("places/<int:pk>/up/", places.place_up, name="place_up"),
    path("places/<int:pk>/renew/", places.place_renew, name="place_renew"),
    path("places/<int:pk>/retire/", places.place_retire, name="place_retire"),
    path("places/<int:pk>/reopen/", places.place_reopen, name="place_reopen"),
    path("listings/", listings.listing_list, name="listing_list"),
    path("listings/late/", listings.listing_late, name="listing_late"),
    path("mine/", report.mine, name="mine"),
    path("<int:pk>/reported/", report.reported, name="reported"),
    path("<int:pk>/follow/", report.follow, name="follow"),
    path("<int:pk>/", detail.hazard_detail, name="hazard_detail"),
    path("<int:pk>/urge/", bulk.hazard_urge, name="hazard_urge"),
    path("<int:pk>/photos/", detail.photo_add, name="photo_add"),
]
urlpatterns += [
    path(
        f"<int:pk>/{name.replace('_', '-')}/", detail.hazard_move, kwargs={"name": name}, name=name
    )
    for name, move in MOVES.items()
    if not move.system
]
