"""The app's configuration: roles are created after each migration, a look taken over at sign-in."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Translation review."""

    name = "articles"
    verbose_name = _("Translation review")

    def ready(self) -> None:
        """Connect what follows migrations, sign-ins, changed accounts and new connections."""
        from articles.accounts.audit import connect_signals
        from articles.accounts.limits import ensure_limits_table
        from articles.models.people import connect_names
        from articles.models.roles import ensure_first_team, ensure_roles
        from articles.preferences.look import take_over_look
        from articles.teams.groups import connect_groups
        from reviewsite.sqlite import wait_in_steps

        post_migrate.connect(ensure_roles, sender=self)
        post_migrate.connect(ensure_first_team, sender=self)
        post_migrate.connect(ensure_limits_table, sender=self)
        user_logged_in.connect(take_over_look)
        connect_signals()
        connect_groups()
        connect_names()
        connection_created.connect(wait_in_steps)
