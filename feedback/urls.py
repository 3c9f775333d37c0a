"""Addresses of 督导意见."""

from django.urls import path

from feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.letter_list, name="letter_list"),
    path("plans/<int:pk>/send/", views.letter_send, name="letter_send"),
    path("<int:pk>/", views.letter_detail, name="letter_detail"),
    path("<int:pk>/save/", views.letter_save, name="letter_save"),
    path("<int:pk>/answer/", views.letter_answer, name="letter_answer"),
]
urlpatterns += [
    path(f"<int:pk>/{name}/", views.letter_move, kwargs={"name": name}, name=f"letter_{name}")
    for name in ("close", "return", "withdraw")
]
