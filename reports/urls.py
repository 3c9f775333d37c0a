"""Addresses of the app reports."""

from django.urls import path

from reports.hazard_urls import hazard_patterns
from reports.official_urls import official_patterns
from reports.views import (
    jobs,
    lists,
    monthly,
    notice,
    papers,
    posters,
    rewards,
    statistics,
    verify,
)

app_name = "reports"
urlpatterns = [
    path("hazards/figures.xlsx", lists.hazard_figures, name="hazard_figures"),
    path("plans/<int:pk>/problems.xlsx", lists.problem_workbook, name="problem_workbook"),
    path("plans/<int:pk>/self-checks.xlsx", lists.self_check_workbook, name="self_check_workbook"),
    path("plans/<int:pk>/monthly/", monthly.monthly_page, name="monthly_page"),
    path("rewards/rewards.xlsx", rewards.reward_workbook, name="reward_workbook"),
    path("rewards/rewards.pdf", rewards.reward_pdf, name="reward_pdf"),
    path("rewards/rewards.docx", rewards.reward_docx, name="reward_docx"),
    path("results/results.xlsx", lists.result_workbook, name="result_workbook"),
    path("statistics/scores.xlsx", statistics.score_workbook, name="score_workbook"),
    path("statistics/losses.xlsx", statistics.loss_workbook, name="loss_workbook"),
    path(
        "statistics/compared/<slug:table>.xlsx",
        statistics.compared_workbook,
        name="compared_workbook",
    ),
    path("statistics/teams.xlsx", statistics.team_workbook, name="team_workbook"),
    path("visits/<int:pk>/print/", papers.visit_print, name="visit_print"),
    path("visits/<int:pk>/papers/<slug:kind>.pdf", papers.document_pdf, name="document_pdf"),
    path("visits/<int:pk>/papers/<slug:kind>.docx", papers.document_docx, name="document_docx"),
    path("visits/<int:pk>/papers.xlsx", papers.document_xlsx, name="document_xlsx"),
    path("rubrics/<int:pk>/blank/", papers.blank, name="blank"),
    path("rubrics/<int:pk>/blank.pdf", papers.blank_pdf, name="blank_pdf"),
    path("rubrics/<int:pk>/blank.docx", papers.blank_docx, name="blank_docx"),
    path("rubrics/<int:pk>/blank.xlsx", papers.blank_xlsx, name="blank_xlsx"),
    path("rubrics/import/<int:pk>/preview/", papers.intake_preview, name="intake_preview"),
    path("plans/<int:pk>/papers/", jobs.plan_papers, name="plan_papers"),
    path("plans/<int:pk>/papers/book/", jobs.book_start, name="book_start"),
    path("plans/<int:pk>/papers/workbook/", jobs.workbook_start, name="workbook_start"),
    path("plans/<int:pk>/papers/zip/", jobs.round_zip_start, name="round_zip_start"),
    path("plans/<int:pk>/papers/zip/<int:city>/", jobs.zip_start, name="zip_start"),
    path("draws/<int:pk>/notice.pdf", notice.draw_notice_pdf, name="draw_notice_pdf"),
    path("hazards/places/posters.pdf", posters.place_posters, name="place_posters"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("jobs/<int:pk>/again/", jobs.job_again, name="job_again"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
    path("verify/<str:code>/total/", verify.verify_total, name="verify_total"),
]
urlpatterns += hazard_patterns + official_patterns
