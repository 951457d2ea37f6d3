"""The site's addresses: the desk, the sign-in, the admin."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from articles.accounts.views import ChangePasswordView, SignOutView

handler400 = "reviewsite.errors.bad_request"
handler404 = "reviewsite.errors.not_found"
handler500 = "reviewsite.errors.server_error"

# The admin has the same page to sign in, with its limits and second step.
# As allauth documents it.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("sign-in/", account.login, name="login"),
    path("sign-out/", SignOutView.as_view(), name="logout"),
    path("password/", ChangePasswordView.as_view(), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("language/setlang/", login_not_required(set_language), name="set_language"),
    path("account/", include("allauth.urls")),
    # allauth's names lead to the addresses above: of two patterns with one name the last counts.
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", SignOutView.as_view(), name="account_logout"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
