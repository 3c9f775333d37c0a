"""Addresses of 公文; part of the app reports."""

from django.urls import path

from reports.views.monthly import paper as monthly
from reports.views.officials import answer, as_pdf, as_word, brief, brief_layout, letter

official_patterns = [
    path("letters/<int:pk>.pdf", as_pdf(letter), name="letter_pdf"),
    path("letters/<int:pk>.docx", as_word(letter), name="letter_docx"),
    path("letters/<int:pk>/answer.pdf", as_pdf(answer), name="answer_pdf"),
    path("letters/<int:pk>/answer.docx", as_word(answer), name="answer_docx"),
    path("briefs/<int:pk>.pdf", as_pdf(brief), name="brief_pdf"),
    path("plans/<int:pk>/monthly.pdf", as_pdf(monthly), name="monthly_pdf"),
    path("plans/<int:pk>/monthly.docx", as_word(monthly), name="monthly_word"),
    path("briefs/<int:pk>.docx", as_word(brief), name="brief_docx"),
    path("briefs/<int:pk>/layout/", brief_layout, name="brief_layout"),
]
