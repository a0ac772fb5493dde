"""Signing in, sessions, roles, forged forms, and what a proxy may say; and what each of these is told instead."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.desk import sessions
from bot.desk.app import create_app
from bot.desk.tables import SESSIONS
from bot.desk.users import Role
from tests.bot.desk.conftest import PASSWORD, Browser, words

PAGES = ["/desk", "/desk/people", "/desk/log", "/desk/password"]


@pytest.mark.parametrize("path", PAGES)
def test_whoever_is_not_signed_in_is_led_to_the_page_to_sign_in(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.location.startswith("/desk/sign-in")


def test_after_signing_in_one_is_where_one_wanted_to_go(stranger):
    answer = stranger.post("/desk/sign-in?next=/desk/log", {"name": "owner", "password": PASSWORD})
    assert answer.location == "/desk/log"


@pytest.mark.parametrize("whither", ["//evil.example/desk", "https://evil.example", "/\\evil.example", "javascript:1"])
def test_signing_in_never_leads_to_another_site(stranger, whither):
    answer = stranger.client.get("/desk/sign-in", query_string={"next": whither})
    assert "evil" not in (answer.location or "")
    token = stranger.post("/desk/sign-in", {"name": "owner", "password": PASSWORD}, query_string={"next": whither})
    assert token.location == "/desk"


def test_a_name_is_the_same_however_it_is_written(stranger):
    assert stranger.sign_in(" Owner ").status_code == 302


@pytest.mark.parametrize(("name", "password"), [("owner", "wrong"), ("nobody", PASSWORD), ("owner", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(stranger, name, password):
    answer = stranger.sign_in(name, password)
    assert answer.status_code in (200, 401)
    assert "signed in" not in words(answer)
    assert stranger.get("/desk").status_code == 302


def test_whoever_guesses_is_kept_out_after_a_few_attempts_also_with_the_right_password_and_another_server(app, options):
    for _ in range(sessions.OF_PAIR):
        assert Browser(app.test_client()).sign_in("owner", "a guess").status_code == 401
    kept_out = Browser(create_app(options).test_client()).sign_in("owner")
    assert kept_out.status_code == 429
    assert "try again in 15 minutes" in words(kept_out)


def test_somebody_elsewhere_may_still_sign_in_while_another_guesses(app):
    for _ in range(sessions.OF_PAIR + 1):
        Browser(app.test_client()).sign_in("owner", "a guess")
    elsewhere = Browser(app.test_client())
    token = elsewhere.post(
        "/desk/sign-in", {"name": "owner", "password": PASSWORD}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert token.status_code == 302


def test_an_address_is_kept_out_whatever_names_it_tries(app):
    client = Browser(app.test_client())
    for number in range(sessions.OF_ADDRESS):
        client.sign_in(f"name{number}", "a guess")
    assert client.sign_in("owner").status_code == 429


def test_signing_in_forgets_the_attempts_before(stranger, app):
    for _ in range(sessions.OF_PAIR - 1):
        stranger.sign_in("owner", "a guess")
    assert stranger.sign_in("owner").status_code == 302
    assert Browser(app.test_client()).sign_in("owner", "a guess").status_code == 401


def test_a_session_is_over_when_one_signs_out_also_for_a_copy_of_its_cookie(owner, app):
    copy = app.test_client()
    cookie = owner.client.get_cookie("career_advisor_desk", path="/desk")
    copy.set_cookie("career_advisor_desk", cookie.value, path="/desk")
    assert copy.get("/desk/log").status_code == 200
    assert owner.post("/desk/sign-out", page="/desk/people").status_code == 302
    assert copy.get("/desk/log").status_code == 302


def test_a_session_ends_by_itself_and_says_so(owner, desk):
    with desk.database.engine().begin() as connection:
        connection.execute(update(SESSIONS).values(until=time.time() - 1))
    assert "Your session is over" in words(owner.get("/desk/log", follow_redirects=True))


def test_what_was_sent_after_the_session_ended_changes_nothing(owner, desk):
    page = owner.get("/desk/people").text
    with desk.database.engine().begin() as connection:
        connection.execute(update(SESSIONS).values(until=time.time() - 1))
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = owner.client.post("/desk/people/reader", data={"csrf_token": token, "role": "owner"})
    assert answer.status_code == 302
    assert desk.users.named("reader").role is Role.reader


def test_a_cookie_of_another_secret_opens_nothing(owner, options, app):
    other = create_app(replace(options, secret="another secret that has its 32 characters")).test_client()
    other.set_cookie(
        "career_advisor_desk", owner.client.get_cookie("career_advisor_desk", path="/desk").value, path="/desk"
    )
    assert other.get("/desk/log").status_code == 302


def test_the_cookie_is_for_no_script_and_no_other_site_and_over_tls_for_tls_alone(stranger, app):
    cookie = stranger.sign_in("owner").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    secure = Browser(app.test_client())
    answer = secure.get("/desk/sign-in", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("token", [None, "", "forged"])
def test_a_form_without_its_token_changes_nothing(owner, desk, token):
    data = {"role": "owner", **({} if token is None else {"csrf_token": token})}
    answer = owner.client.post("/desk/people/reader", data=data)
    assert answer.status_code == 400
    assert "nothing was changed" in words(answer)
    assert desk.users.named("reader").role is Role.reader


def test_the_token_of_another_session_is_none(owner, somebody, desk):
    token = somebody("editor").get("/desk/password").text
    token = token.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert owner.client.post("/desk/people/reader", data={"role": "owner", "csrf_token": token}).status_code == 400
    assert desk.users.named("reader").role is Role.reader


@pytest.mark.parametrize("name", ["reader", "editor"])
@pytest.mark.parametrize("path", ["/desk/people", "/desk/log"])
def test_a_page_of_the_owners_is_for_owners(somebody, name, path):
    answer = somebody(name).get(path)
    assert answer.status_code == 403
    assert "This takes an owner" in words(answer)


def test_an_editor_makes_nobody_an_owner(editor, desk):
    assert editor.post("/desk/people/editor", {"role": "owner"}, page="/desk/password").status_code == 403
    assert desk.users.named("editor").role is Role.editor


def test_a_role_that_is_taken_counts_at_once(somebody, owner):
    second = somebody("editor")
    owner.post("/desk/people/editor", {"role": "owner"}, page="/desk/people")
    assert second.get("/desk/log").status_code == 200
    owner.post("/desk/people/editor", {"role": "reader"}, page="/desk/people")
    assert second.get("/desk/log").status_code == 403


def test_who_is_removed_has_no_session_any_more(somebody, owner):
    gone = somebody("reader")
    owner.post("/desk/people/reader", {"role": "none"}, page="/desk/people")
    assert gone.get("/desk/password").status_code == 302


def test_a_new_password_ends_the_other_sessions(somebody):
    here, there = somebody("editor"), somebody("editor")
    changed = here.post("/desk/password", {"old": PASSWORD, "new": "other words of some length"})
    assert changed.status_code == 302
    assert here.get("/desk/password").status_code == 200
    assert there.get("/desk/password").status_code == 302


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"old": "wrong", "new": "other words of some length"}, "That is not your password."),
        ({"old": PASSWORD, "new": "short"}, "A password has 12 to 200 characters."),
        ({"old": PASSWORD, "new": "aaaaaaaaaaaaaaaa"}, "too easy to guess"),
        ({"old": "", "new": ""}, "Write the password that you have now."),
    ],
)
def test_a_password_that_is_not_changed_says_why(editor, data, told):
    answer = editor.post("/desk/password", data)
    assert answer.status_code == 422
    assert told in words(answer)


def test_a_page_says_which_headers_browsers_are_to_keep_to(owner):
    headers = owner.get("/desk/people").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_a_foreign_host_name_is_refused(stranger):
    assert stranger.get("/desk/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_a_page_that_is_not_there_says_so_to_whoever_is_signed_in(owner):
    answer = owner.get("/desk/nothing")
    assert answer.status_code == 404
    assert "There is no such page." in words(answer)


class TestProxy:
    """The header of a single-sign-on proxy."""

    @pytest.fixture
    def options(self, options):
        return replace(options, header="X-Forwarded-User")

    def test_who_is_signed_in_there_is_signed_in_here(self, stranger):
        assert stranger.get("/desk/log", headers={"X-Forwarded-User": "owner"}).status_code == 200

    def test_a_name_that_nobody_has_let_in_is_told_so(self, stranger):
        answer = stranger.get("/desk/log", headers={"X-Forwarded-User": "eve"})
        assert answer.status_code == 403
        assert "nobody has let you use the desk" in words(answer)

    def test_the_header_of_another_machine_is_worth_nothing(self, stranger):
        answer = stranger.get(
            "/desk/log", headers={"X-Forwarded-User": "owner"}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
        )
        assert answer.status_code == 302

    def test_it_counts_before_a_session_of_somebody_else(self, owner):
        assert owner.get("/desk/log", headers={"X-Forwarded-User": "reader"}).status_code == 403


class TestNamedProxy(TestProxy):
    """The same where the proxy is another machine, which is named."""

    @pytest.fixture
    def options(self, options):
        return replace(options, header="X-Forwarded-User", proxies="10.0.0.5")

    @pytest.fixture
    def stranger(self, stranger):
        stranger.client.environ_base["REMOTE_ADDR"] = "10.0.0.5"
        return stranger

    @pytest.fixture
    def owner(self, owner):
        owner.client.environ_base["REMOTE_ADDR"] = "10.0.0.5"
        return owner

    def test_this_machine_is_no_proxy_then(self, app):
        answer = app.test_client().get("/desk/log", headers={"X-Forwarded-User": "owner"})
        assert answer.status_code == 302

    def test_attempts_count_for_the_visitor_and_not_for_the_proxy(self, stranger):
        for number in range(sessions.OF_ADDRESS):
            stranger.post(
                "/desk/sign-in",
                {"name": f"name{number}", "password": "a guess"},
                headers={"X-Forwarded-For": "evil, 203.0.113.9"},
            )
        assert stranger.sign_in("owner").status_code == 302


def test_without_the_setting_no_header_signs_anybody_in(stranger):
    assert stranger.get("/desk/log", headers={"X-Forwarded-User": "owner"}).status_code == 302
