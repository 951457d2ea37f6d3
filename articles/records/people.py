"""Find the people whom a file names among the accounts here."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from articles.formats import BadFile, interchange
from articles.models import Segment, Team
from articles.models.roles import REVIEW, access_of

_NOBODY = gettext_noop(
    "it contains flags or corrections by people without an account here; sign in to import "
    "it, or name the importing user"
)


class People:
    """Users by the names that a file has, each looked up once.

    ``importer`` is the person who brings the file, None for nobody; ``file`` is its name.
    ``team`` is whose the article becomes. ``remarks_left_out`` counts the remarks that nobody here
    could answer for.
    """

    def __init__(self, importer: User | None, file: str = "", *, team: Team) -> None:
        self.importer = importer
        self.team = team
        self.file = file
        self.remarks_left_out = 0
        self.by_name: dict[str, User | None] = {}

    def find(self, name: str) -> User | None:
        """Return the person of that name, None where there is nobody."""
        if name and name not in self.by_name:
            self.by_name[name] = User.objects.filter(username=name).first()
        return self.by_name.get(name)

    @property
    def importer_reviews(self) -> bool:
        """Whether the importer is a reviewer in the team."""
        return self.importer is not None and access_of(self.importer).allows(REVIEW, self.team.pk)

    def find_or_importer(self, name: str, row: Segment) -> User:
        """Return the person of that name, else the importer.

        Raises BadFile when there is neither.
        """
        # No account is made for a name: a file could open accounts by naming them.
        found = self.find(name) or self.importer
        if found is None:
            raise BadFile(_NOBODY, f"segment {row.position}")
        return found

    def without_remarks_of_strangers(self, recorded: interchange.Segment) -> interchange.Segment:
        """Return the segment without remarks whose author nobody knows, where nobody brings them.

        A remark is a neutral flag of no type; it says nothing about the review of the segment.
        """
        # With history the numbers of its flags count: none may be left out.
        if self.importer is not None or recorded.events or not recorded.flags:
            return recorded
        kept = []
        for flag in recorded.flags:
            is_remark = flag.severity == "neutral" and not (flag.type or flag.replies)
            if is_remark and self.find(flag.author) is None:
                self.remarks_left_out += 1
            else:
                kept.append(flag)
        return replace(recorded, flags=tuple(kept))
