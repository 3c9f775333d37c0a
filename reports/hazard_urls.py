"""Addresses of the papers about hazards; part of the app reports."""

from django.urls import path

from reports.views import hazard_exports, hazards, listings, problem_lists

hazard_patterns = [
    path("hazards/export/", hazard_exports.hazard_export, name="hazard_export"),
    path("hazards/listings.xlsx", listings.listing_workbook, name="listing_workbook"),
    path("hazards/listings/late.pdf", listings.late_listing_pdf, name="late_listing_pdf"),
    path("hazards/listings/late.docx", listings.late_listing_docx, name="late_listing_docx"),
    path("visits/<int:pk>/problem-list/", problem_lists.problem_list, name="problem_list"),
    path(
        "visits/<int:pk>/problem-list.pdf", problem_lists.problem_list_pdf, name="problem_list_pdf"
    ),
    path(
        "visits/<int:pk>/problem-list.docx",
        problem_lists.problem_list_docx,
        name="problem_list_docx",
    ),
    path(
        "visits/<int:pk>/problem-list.xlsx",
        problem_lists.problem_list_workbook,
        name="problem_list_workbook",
    ),
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
