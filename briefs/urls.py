"""Addresses of 督导检查报告."""

from django.urls import path

from briefs.views import chapters, editor, gather, lists, states

app_name = "briefs"
urlpatterns = [
    path("", lists.brief_list, name="brief_list"),
    path("plans/<int:pk>/new/", lists.brief_new, name="brief_new"),
    path("<int:pk>/", states.brief_detail, name="brief_detail"),
    path("<int:pk>/edit/", editor.brief_edit, name="brief_edit"),
    path("<int:pk>/figures/", editor.brief_figures, name="brief_figures"),
    path("<int:pk>/save/", editor.brief_save, name="brief_save"),
    path("<int:pk>/add/", chapters.chapter_add, name="chapter_add"),
    path("<int:pk>/issue/", states.brief_issue, name="brief_issue"),
    path("<int:pk>/cancel/", states.brief_cancel, name="brief_cancel"),
    path("<int:pk>/revise/", states.brief_revise, name="brief_revise"),
    path("<int:pk>/gather/", gather.gather, name="gather"),
    path("<int:pk>/gather/again/", gather.gather_again, name="gather_again"),
    path("<int:pk>/gather/merge/", gather.excerpts_merge, name="excerpts_merge"),
    path("<int:pk>/gather/arrange/", gather.excerpts_arrange, name="excerpts_arrange"),
    path("<int:pk>/chapters/<int:chapter>/check/", chapters.check, name="chapter_check"),
    path("<int:pk>/chapters/<int:chapter>/draft/", chapters.draft, name="chapter_draft"),
    path("<int:pk>/chapters/<int:chapter>/redraft/", chapters.redraft, name="chapter_redraft"),
]
urlpatterns += [
    path(
        f"<int:pk>/chapters/<int:chapter>/{way}/",
        chapters.place,
        kwargs={"way": way},
        name=f"chapter_{way}",
    )
    for way in ("up", "down", "remove")
]
urlpatterns += [
    path(
        f"<int:pk>/gather/{deed}/",
        gather.excerpts_decide,
        kwargs={"deed": deed},
        name=f"excerpts_{deed}",
    )
    for deed in ("take", "leave", "open")
]
