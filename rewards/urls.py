"""Addresses of rewards."""

from django.urls import path

from rewards.views import claim, ledger, rules

app_name = "rewards"
urlpatterns = [
    path("", ledger.reward_list, name="reward_list"),
    path("waiting/", ledger.waiting_list, name="waiting_list"),
    path("<int:pk>/pay/", ledger.pay, name="pay"),
    path("rules/", rules.rule_list, name="rule_list"),
    path("rules/new/", rules.rule_new, name="rule_new"),
    path("rules/<int:pk>/end/", rules.rule_end, name="rule_end"),
    path("claim/<str:receipt>/", claim.claim, name="claim"),
]
