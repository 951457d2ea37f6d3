"""The app's addresses."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from articles.adjudication import views as adjudication_views
from articles.api import views as api_views
from articles.approval import views as approval_views
from articles.assignments import views as assignments_views
from articles.concordance import views as concordance_views
from articles.exporting import views as exporting_views
from articles.findings import views as findings_views
from articles.glossary import views as glossary_views
from articles.health import views as health_views
from articles.importing import views as importing_views
from articles.overview import views as overview_views
from articles.people import person_views
from articles.people import views as people_views
from articles.preferences import views as preferences_views
from articles.realignment import views as realignment_views
from articles.replacing import views as replacing_views
from articles.review import (
    claim_views,
    correction_views,
    flag_views,
    page_views,
)
from articles.signoff import views as signoff_views
from articles.teams import member_views
from articles.teams import views as teams_views
from articles.versions import views as versions_views


class RowIdConverter(IntConverter):
    """The id of a row: no more digits than the database's integers have."""

    regex = "[0-9]{1,18}"


register_converter(RowIdConverter, "row")

urlpatterns = [
    path("", overview_views.first_page, name="articles"),
    path("queue/", approval_views.queue, name="queue"),
    path("concordance/", concordance_views.concordance, name="concordance"),
    path("articles/<row:article_id>/", page_views.article, name="desk"),
    path("articles/<row:article_id>/jump/", page_views.jump, name="jump"),
    path("articles/<row:article_id>/states/", page_views.states, name="states"),
    path("articles/<row:article_id>/read/", page_views.read, name="read"),
    path("articles/<row:article_id>/history/", page_views.history, name="article_history"),
    path("articles/<row:article_id>/claims/", claim_views.claim_list, name="claims"),
    path("articles/<row:article_id>/access/", teams_views.access, name="access"),
    path("articles/<row:article_id>/rename/", importing_views.rename, name="rename"),
    path("articles/<row:article_id>/unplaced/", versions_views.unplaced_list, name="unplaced"),
    path(
        "articles/<row:article_id>/unplaced/<row:unplaced_id>/",
        versions_views.place,
        name="place_unplaced",
    ),
    path("articles/<row:article_id>/assign/", assignments_views.assign, name="assign"),
    path(
        "articles/<row:article_id>/assign/<row:assignment_id>/remove/",
        assignments_views.unassign,
        name="unassign",
    ),
    path(
        "articles/<row:article_id>/blind-review/",
        assignments_views.blind_review,
        name="blind_review",
    ),
    path(
        "articles/<row:article_id>/blind-review/cancel/",
        assignments_views.cancel_blind_review,
        name="cancel_blind_review",
    ),
    path(
        "articles/<row:article_id>/blind-review/end/",
        adjudication_views.end_blind_review,
        name="end_blind_review",
    ),
    path("articles/<row:article_id>/finish/", adjudication_views.finish, name="finish"),
    path("articles/<row:article_id>/resume/", adjudication_views.resume, name="resume"),
    path("articles/<row:article_id>/compare/", adjudication_views.compare, name="compare"),
    path("articles/<row:article_id>/compare/close/", adjudication_views.close, name="close"),
    path("articles/<row:article_id>/replace/", replacing_views.replace, name="replace"),
    path("articles/<row:article_id>/sign-off/", signoff_views.sign_off, name="sign_off"),
    path("articles/<row:article_id>/export/", exporting_views.export_page, name="exports"),
    path(
        "articles/<row:article_id>/returned/", exporting_views.preview_return, name="preview_return"
    ),
    path(
        "articles/<row:article_id>/returned/take/",
        exporting_views.submit_return,
        name="take_return",
    ),
    path("articles/<row:pk>/export/<str:format>/", exporting_views.download, name="export"),
    path("api/articles/", api_views.articles, name="api_articles"),
    path("api/articles/<row:article_id>/export/<str:format>/", api_views.export, name="api_export"),
    path("api/articles/<row:article_id>/sign-off/", api_views.sign_off, name="api_sign_off"),
    path("api/openapi.json", api_views.description, name="api_description"),
    path("api/", api_views.unknown),
    path("api/<path:rest>", api_views.unknown, name="api_unknown"),
    path("imports/", importing_views.new_import, name="imports"),
    path("imports/waiting/", importing_views.waiting_files, name="waiting_files"),
    path("imports/<row:pk>/", importing_views.one_import, name="import"),
    path("imports/<row:pk>/<row:file_id>/", importing_views.import_text, name="import_text"),
    path("imports/<row:pk>/assign/", assignments_views.assign_import, name="assign_import"),
    path("imports/<row:pk>/start/", importing_views.start_import, name="start_import"),
    path("imports/<row:pk>/cancel/", importing_views.cancel_import, name="cancel_import"),
    path("checks/", findings_views.check_list, name="checks"),
    path("checks/<str:check_id>/", findings_views.check_detail, name="check"),
    path("glossary/", glossary_views.glossary, name="glossary"),
    path("glossary/<row:term_id>/", glossary_views.edit_term, name="edit_term"),
    path("glossary/<row:term_id>/delete/", glossary_views.delete_term, name="delete_term"),
    path("glossary/import/", glossary_views.import_terms, name="import_terms"),
    path("glossary/export/<str:format>/", glossary_views.export_terms, name="export_terms"),
    path("health/live", health_views.live, name="live"),
    path("health/ready", health_views.ready, name="ready"),
    path("metrics", health_views.metrics, name="metrics"),
    path("people/", people_views.people, name="people"),
    path("people/invite/", people_views.invite, name="invite"),
    path("people/<row:person_id>/", person_views.person, name="person"),
    path("people/<row:person_id>/link/", people_views.link, name="password_link"),
    path(
        "welcome/<str:uidb64>/<str:token>/",
        people_views.ChoosePasswordView.as_view(),
        name="choose_password",
    ),
    path("teams/", member_views.team_list, name="teams"),
    path("teams/<row:team_id>/", member_views.team, name="team"),
    path("teams/<row:team_id>/add/", member_views.add_member, name="add_member"),
    path(
        "teams/<row:team_id>/members/<row:person_id>/remove/",
        member_views.remove_member,
        name="remove_member",
    ),
    path("preferences/", preferences_views.preferences, name="preferences"),
    path(
        "preferences/introduction/",
        preferences_views.hide_introduction,
        name="hide_introduction",
    ),
    path("shortcuts/", preferences_views.shortcuts, name="shortcuts"),
    path("segments/<row:segment_id>/", page_views.card, name="card"),
    path("segments/<row:segment_id>/pairing/", realignment_views.realign, name="pairing"),
    path("articles/<row:article_id>/checks/", findings_views.state, name="check_state"),
    path("articles/<row:article_id>/checks/run/", findings_views.run, name="run_checks"),
    path("segments/<row:segment_id>/panel/", page_views.panel, name="panel"),
    path("segments/<row:segment_id>/links/", page_views.word_links, name="word_links"),
    path("segments/<row:segment_id>/history/", page_views.segment_history, name="history"),
    path("segments/<row:segment_id>/settle/", adjudication_views.decide, name="settle"),
    path("segments/<row:segment_id>/flag/", flag_views.new_flag, name="flag"),
    path("segments/<row:segment_id>/flags/<row:flag_id>/", flag_views.edit_flag, name="edit_flag"),
    path(
        "segments/<row:segment_id>/flags/<row:flag_id>/remove/",
        flag_views.remove_flag,
        name="remove_flag",
    ),
    path("segments/<row:segment_id>/flags/<row:flag_id>/talk/", flag_views.talk, name="talk"),
    path("segments/<row:segment_id>/findings/<row:finding_id>/take/", flag_views.take, name="take"),
    path(
        "segments/<row:segment_id>/findings/<row:finding_id>/flag/",
        flag_views.take_changed,
        name="take_changed",
    ),
    path(
        "segments/<row:segment_id>/findings/<row:finding_id>/dismiss/",
        flag_views.dismiss,
        name="dismiss",
    ),
    path(
        "segments/<row:segment_id>/findings/<row:finding_id>/restore/",
        flag_views.restore,
        name="restore",
    ),
    path("segments/<row:segment_id>/edit/", correction_views.edit, name="edit"),
    path("segments/<row:segment_id>/draft/", correction_views.draft, name="draft"),
    path("segments/<row:segment_id>/beside/", correction_views.beside, name="beside"),
    path("segments/<row:segment_id>/recheck/", correction_views.recheck, name="recheck"),
    path("segments/<row:segment_id>/discard/", correction_views.discard, name="discard"),
    path("segments/<row:segment_id>/confirm/", correction_views.confirm, name="confirm"),
    path("segments/<row:segment_id>/reopen/", correction_views.reopen, name="reopen"),
    path(
        "segments/<row:segment_id>/corrections/<row:correction_id>/withdraw/",
        correction_views.withdraw,
        name="withdraw",
    ),
    path(
        "segments/<row:segment_id>/corrections/<row:correction_id>/revise/",
        correction_views.revise,
        name="revise",
    ),
    path(
        "segments/<row:segment_id>/corrections/<row:correction_id>/approve/",
        correction_views.approve,
        name="approve",
    ),
    path(
        "segments/<row:segment_id>/corrections/<row:correction_id>/alike/",
        correction_views.approve_alike,
        name="approve_alike",
    ),
    path(
        "segments/<row:segment_id>/corrections/<row:correction_id>/reject/",
        correction_views.reject,
        name="reject",
    ),
]
