"""Addresses of the app scoring."""

from django.urls import path

from scoring.views import (
    board,
    ledger,
    record,
    results,
    review,
    review_moves,
    sheet,
    sheet_save,
    sign,
    submit,
    verification,
    waiting,
)

app_name = "scoring"
urlpatterns = [
    path("sheets/<int:pk>/points/<slug:code>/save/", sheet.point_save, name="point_save"),
    path("visits/<int:pk>/start/", sheet.start, name="start"),
    path("visits/<int:pk>/sheet/", sheet.sheet, name="sheet"),
    path("visits/<int:pk>/sheet/save/", sheet.save_all, name="sheet_save_all"),
    path("sheets/<int:pk>/save/", sheet_save.sheet_save, name="sheet_save"),
    path("sheets/<int:pk>/changes/", sheet.changes, name="sheet_changes"),
    path("sheets/<int:pk>/here/", sheet.here, name="sheet_here"),
    path("sheets/<int:pk>/points/<slug:code>/", sheet.point, name="point"),
    path("sheets/<int:pk>/points/<slug:code>/log/", sheet.point_log, name="point_log"),
    path("sheets/<int:pk>/points/<slug:code>/files/", sheet.point_files, name="point_files"),
    path("sheets/<int:pk>/points/<slug:code>/files/add/", sheet.file_add, name="file_add"),
    path("sheets/<int:pk>/files/<int:file_pk>/remove/", sheet.file_remove, name="file_remove"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("offline-worker.js", waiting.offline_worker, name="offline_worker"),
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
# the desk of the issuer
urlpatterns += [
    path("board/", board.board, name="board"),
    path("review/", review.review_list, name="review_list"),
    path("results/", results.result_list, name="result_list"),
    path("plans/<int:pk>/problems/", ledger.problem_list, name="problem_list"),
    path("findings/<int:pk>/remedy/", ledger.problem_edit, name="problem_edit"),
    path("plans/<int:pk>/verification/", verification.verification, name="verification"),
    path("visits/<int:pk>/mismatch/", verification.visit_mismatch, name="visit_mismatch"),
    path("visits/<int:pk>/review/", review.visit_review, name="visit_review"),
    path("visits/<int:pk>/result/", results.visit_result, name="visit_result"),
    path("visits/<int:pk>/comments/", review_moves.comment_add, name="comment_add"),
    path(
        "visits/<int:pk>/comments/<int:comment_pk>/resolve/",
        review_moves.comment_resolve,
        name="comment_resolve",
    ),
    path("visits/<int:pk>/return/", review_moves.visit_return, name="visit_return"),
    path("visits/<int:pk>/confirm/", review_moves.visit_confirm, name="visit_confirm"),
    path("visits/<int:pk>/release/", review_moves.visit_release, name="visit_release"),
    path("visits/<int:pk>/correct/", review_moves.visit_correct, name="visit_correct"),
    path("visits/<int:pk>/archive/", review_moves.visit_archive, name="visit_archive"),
]
