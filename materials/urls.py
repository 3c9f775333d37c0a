"""Addresses of the pieces a round asks for."""

from django.urls import path

from materials import views
from materials.moves import MOVES

app_name = "materials"
urlpatterns = [
    path("plans/<int:pk>/", views.material_list, name="material_list"),
    path("plans/<int:pk>/pieces/", views.material_pieces, name="material_pieces"),
    path("plans/<int:pk>/add/", views.material_add, name="material_add"),
    path("<int:pk>/", views.material_detail, name="material_detail"),
    path("<int:pk>/describe/", views.material_describe, name="describe"),
    path("experiences/", views.experience_list, name="experience_list"),
]
urlpatterns += [
    path(f"<int:pk>/{name}/", views.material_move, kwargs={"name": name}, name=name)
    for name in MOVES
]
