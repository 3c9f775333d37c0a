"""Addresses of the app rubrics."""

from django.urls import path

from rubrics.views import begin, editor, intakes, moves, versions

app_name = "rubrics"
urlpatterns = [
    path("", versions.version_list, name="version_list"),
    path("new/", begin.rubric_new, name="rubric_new"),
    path("<int:pk>/", versions.version_detail, name="version_detail"),
    path("<int:pk>/differences/", moves.version_differences, name="version_differences"),
    path("<int:pk>/check/", moves.version_check, name="version_check"),
    path("<int:pk>/accept/", moves.version_accept, name="version_accept"),
    path("<int:pk>/publish/", moves.version_publish, name="version_publish"),
    path("<int:pk>/retire/", moves.version_retire, name="version_retire"),
    path("<int:pk>/cancel/", moves.version_cancel, name="version_cancel"),
    path("<int:pk>/draft/", moves.version_draft, name="version_draft"),
    path("<int:pk>/edit/", editor.version_edit, name="version_edit"),
    path("<int:pk>/edit/kind/", editor.part_kind, name="part_kind"),
    path("<int:pk>/edit/change/", editor.part_change, name="part_change"),
    path("<int:pk>/edit/next/", editor.part_next, name="part_next"),
    path("<int:pk>/edit/add/", editor.part_add, name="part_add"),
    path("<int:pk>/edit/up/", editor.part_up, name="part_up"),
    path("<int:pk>/edit/down/", editor.part_down, name="part_down"),
    path("<int:pk>/edit/move/", editor.part_move, name="part_move"),
    path("<int:pk>/edit/remove/", editor.part_remove, name="part_remove"),
    path("<int:pk>/edit/split/", editor.part_split, name="part_split"),
    path("<int:pk>/edit/merge/", editor.part_merge, name="part_merge"),
    path("<int:pk>/edit/recode/", editor.codes_recode, name="codes_recode"),
    path("<int:pk>/edit/sums/", editor.sums_adopt, name="sums_adopt"),
    path("<int:pk>/edit/undo/", editor.version_undo, name="version_undo"),
    path("import/", intakes.intake_upload, name="intake_upload"),
    path("import/template/", intakes.intake_template, name="intake_template"),
    path("import/<int:pk>/", intakes.intake_detail, name="intake_detail"),
    path("import/<int:pk>/correct/", intakes.intake_correct, name="intake_correct"),
    path("import/<int:pk>/store/", intakes.intake_store, name="intake_store"),
    path("<int:pk>/export.xlsx", intakes.version_xlsx, name="version_xlsx"),
    path("<int:pk>/export.json", intakes.version_json, name="version_json"),
]
