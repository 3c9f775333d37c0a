"""The people who carry the demo's rounds, by account."""

from orgs.models import User
from orgs.roles import TeamRole


class Cast:
    """The province's two, and the teams of three."""

    def __init__(self) -> None:
        users = User.objects.unscoped(reason="demo").select_related("organization__region")
        self.by_name = {user.username: user for user in users}
        self.staff, self.witness = self.by_name["sheng1"], self.by_name["sheng2"]

    def team(self, number: int) -> dict[User, str]:
        """Who stands in a team, and as what."""
        names = {"zuzhang": "LEADER", "jilu": "RECORDER", "zuyuan": "MEMBER"}
        return {self.by_name[f"{prefix}{number}"]: TeamRole[role] for prefix, role in names.items()}
