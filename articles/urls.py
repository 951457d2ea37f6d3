"""Floor 6: the app's addresses."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from articles import api
from articles.views import checks, corrections, exports, flags, imports, pages, pairing, readings


class Row(IntConverter):
    """The number of a row: no more digits than a database's number has."""

    regex = "[0-9]{1,18}"


register_converter(Row, "row")

urlpatterns = [
    path("", pages.articles, name="articles"),
    path("articles/<row:article_id>/", pages.article, name="desk"),
    path("articles/<row:article_id>/summary/", pages.summary, name="summary"),
    path("articles/<row:article_id>/jump/", pages.jump, name="jump"),
    path("articles/<row:article_id>/history/", pages.history, name="article_history"),
    path("articles/<row:article_id>/finish/", readings.finish, name="finish"),
    path("articles/<row:article_id>/resume/", readings.resume, name="resume"),
    path("articles/<row:article_id>/compare/", readings.compare, name="compare"),
    path("articles/<row:article_id>/compare/close/", readings.close, name="close"),
    path("articles/<row:article_id>/export/", exports.exports, name="exports"),
    path("articles/<row:article_id>/returned/", exports.preview_return, name="preview_return"),
    path("articles/<row:article_id>/returned/take/", exports.take_return, name="take_return"),
    path("articles/<row:pk>/export/<str:form>/", exports.download, name="export"),
    path("api/articles/", api.articles, name="api_articles"),
    path("api/articles/<row:article_id>/export/<str:form>/", api.export, name="api_export"),
    path("api/", api.unknown),
    path("api/<path:rest>", api.unknown, name="api_unknown"),
    path("imports/", imports.new_import, name="imports"),
    path("imports/<row:pk>/", imports.one_import, name="import"),
    path("imports/<row:pk>/<row:file_id>/", imports.import_text, name="import_text"),
    path("imports/<row:pk>/start/", imports.start_import, name="start_import"),
    path("imports/<row:pk>/cancel/", imports.cancel_import, name="cancel_import"),
    path("checks/", checks.every_check, name="checks"),
    path("checks/<str:check_id>/", checks.one_check, name="check"),
    path("segments/<row:segment_id>/", pages.card, name="card"),
    path("segments/<row:segment_id>/pairing/", pairing.pairing, name="pairing"),
    path("segments/<row:segment_id>/history/", pages.segment_history, name="history"),
    path("segments/<row:segment_id>/settle/", readings.settle, name="settle"),
    path("segments/<row:segment_id>/flag/", flags.new_flag, name="flag"),
    path("segments/<row:segment_id>/flags/<row:flag_id>/", flags.edit_flag, name="edit_flag"),
    path("segments/<row:segment_id>/flags/<row:flag_id>/remove/", flags.remove_flag, name="remove_flag"),
    path("segments/<row:segment_id>/flags/<row:flag_id>/talk/", flags.talk, name="talk"),
    path("segments/<row:segment_id>/findings/<row:finding_id>/take/", flags.take, name="take"),
    path("segments/<row:segment_id>/findings/<row:finding_id>/dismiss/", flags.dismiss, name="dismiss"),
    path("segments/<row:segment_id>/findings/<row:finding_id>/restore/", flags.restore, name="restore"),
    path("segments/<row:segment_id>/edit/", corrections.edit, name="edit"),
    path("segments/<row:segment_id>/draft/", corrections.draft, name="draft"),
    path("segments/<row:segment_id>/beside/", corrections.beside, name="beside"),
    path("segments/<row:segment_id>/recheck/", corrections.recheck, name="recheck"),
    path("segments/<row:segment_id>/discard/", corrections.discard, name="discard"),
    path("segments/<row:segment_id>/confirm/", corrections.confirm, name="confirm"),
    path("segments/<row:segment_id>/reopen/", corrections.reopen, name="reopen"),
    path("segments/<row:segment_id>/corrections/<row:correction_id>/withdraw/", corrections.withdraw, name="withdraw"),
    path("segments/<row:segment_id>/corrections/<row:correction_id>/approve/", corrections.approve, name="approve"),
    path(
        "segments/<row:segment_id>/corrections/<row:correction_id>/alike/",
        corrections.approve_alike,
        name="approve_alike",
    ),
    path("segments/<row:segment_id>/corrections/<row:correction_id>/reject/", corrections.reject, name="reject"),
]
