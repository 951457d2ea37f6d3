"""The app's configuration: it creates the roles after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Translation review."""

    name = "articles"
    verbose_name = _("translation review")

    def ready(self) -> None:
        """Create the roles whenever the database was migrated."""
        from articles.models.roles import ensure_roles

        post_migrate.connect(ensure_roles, sender=self)
