"""Addresses of the papers about hazards; part of the app reports."""

from django.urls import path

from reports.views import hazards

hazard_patterns = [
    path("hazards/<int:pk>/file.pdf", hazards.hazard_file, name="hazard_file"),
    path(
        "hazards/<int:pk>/papers/<str:code>.pdf", hazards.hazard_paper_pdf, name="hazard_paper_pdf"
    ),
    path(
        "hazards/<int:pk>/papers/<str:code>.docx",
        hazards.hazard_paper_docx,
        name="hazard_paper_docx",
    ),
]
