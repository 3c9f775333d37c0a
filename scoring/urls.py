"""Addresses of the app scoring."""

from django.urls import path

from scoring.views import record, sign, submit

app_name = "scoring"
urlpatterns = [
    path("visits/<int:pk>/record/", record.record, name="record"),
    path("visits/<int:pk>/texts/<slug:field>/", record.text_save, name="text_save"),
    path("visits/<int:pk>/texts/<slug:field>/compose/", record.text_compose, name="text_compose"),
    path("visits/<int:pk>/findings/add/", record.finding_add, name="finding_add"),
    path("findings/<int:pk>/edit/", record.finding_edit, name="finding_edit"),
    path("findings/<int:pk>/up/", record.finding_up, name="finding_up"),
    path("findings/<int:pk>/withdraw/", record.finding_withdraw, name="finding_withdraw"),
    path("visits/<int:pk>/sign/", sign.sign, name="sign"),
    path("visits/<int:pk>/sign/add/", sign.sign_add, name="sign_add"),
    path("visits/<int:pk>/sign/scan/<slug:role>/", sign.sign_scan, name="sign_scan"),
    path("visits/<int:pk>/submit/", submit.submit, name="submit"),
    path("visits/<int:pk>/submit/now/", submit.visit_submit, name="visit_submit"),
    path("visits/<int:pk>/recall/", submit.visit_recall, name="visit_recall"),
    path("visits/<int:pk>/history/", submit.visit_history, name="visit_history"),
    path("visits/<int:pk>/drafts/<int:revision>/", submit.visit_revision, name="visit_revision"),
]
