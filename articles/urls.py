"""Floor 6: the app's addresses."""

from django.urls import path

from articles import api
from articles.views import checks, corrections, exports, flags, imports, pages, pairing

urlpatterns = [
    path("", pages.articles, name="articles"),
    path("articles/<int:article_id>/", pages.article, name="desk"),
    path("articles/<int:article_id>/summary/", pages.summary, name="summary"),
    path("articles/<int:article_id>/jump/", pages.jump, name="jump"),
    path("articles/<int:article_id>/history/", pages.history, name="article_history"),
    path("articles/<int:article_id>/export/", exports.exports, name="exports"),
    path("articles/<int:article_id>/returned/", exports.preview_return, name="preview_return"),
    path("articles/<int:article_id>/returned/take/", exports.take_return, name="take_return"),
    path("articles/<int:pk>/export/<str:form>/", exports.download, name="export"),
    path("api/articles/", api.articles, name="api_articles"),
    path("api/articles/<int:article_id>/export/<str:form>/", api.export, name="api_export"),
    path("api/", api.unknown),
    path("api/<path:rest>", api.unknown, name="api_unknown"),
    path("imports/", imports.new_import, name="imports"),
    path("imports/<int:pk>/", imports.one_import, name="import"),
    path("imports/<int:pk>/start/", imports.start_import, name="start_import"),
    path("imports/<int:pk>/cancel/", imports.cancel_import, name="cancel_import"),
    path("checks/", checks.every_check, name="checks"),
    path("checks/<str:check_id>/", checks.one_check, name="check"),
    path("segments/<int:segment_id>/", pages.card, name="card"),
    path("segments/<int:segment_id>/pairing/", pairing.pairing, name="pairing"),
    path("segments/<int:segment_id>/history/", pages.segment_history, name="history"),
    path("segments/<int:segment_id>/flag/", flags.new_flag, name="flag"),
    path("segments/<int:segment_id>/flags/<int:flag_id>/", flags.edit_flag, name="edit_flag"),
    path("segments/<int:segment_id>/flags/<int:flag_id>/remove/", flags.remove_flag, name="remove_flag"),
    path("segments/<int:segment_id>/flags/<int:flag_id>/talk/", flags.talk, name="talk"),
    path("segments/<int:segment_id>/findings/<int:finding_id>/take/", flags.take, name="take"),
    path("segments/<int:segment_id>/findings/<int:finding_id>/dismiss/", flags.dismiss, name="dismiss"),
    path("segments/<int:segment_id>/findings/<int:finding_id>/restore/", flags.restore, name="restore"),
    path("segments/<int:segment_id>/edit/", corrections.edit, name="edit"),
    path("segments/<int:segment_id>/draft/", corrections.draft, name="draft"),
    path("segments/<int:segment_id>/recheck/", corrections.recheck, name="recheck"),
    path("segments/<int:segment_id>/discard/", corrections.discard, name="discard"),
    path("segments/<int:segment_id>/confirm/", corrections.confirm, name="confirm"),
    path("segments/<int:segment_id>/reopen/", corrections.reopen, name="reopen"),
    path("segments/<int:segment_id>/corrections/<int:correction_id>/withdraw/", corrections.withdraw, name="withdraw"),
    path("segments/<int:segment_id>/corrections/<int:correction_id>/approve/", corrections.approve, name="approve"),
    path(
        "segments/<int:segment_id>/corrections/<int:correction_id>/alike/",
        corrections.approve_alike,
        name="approve_alike",
    ),
    path("segments/<int:segment_id>/corrections/<int:correction_id>/reject/", corrections.reject, name="reject"),
]
