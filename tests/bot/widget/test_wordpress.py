"""The plugin for WordPress in a real WordPress: its settings, the tag that they make, and the chat that it opens."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.advisor import Advisor
from tests.bot.widget.chat import OVERVIEW
from tests.bot.widget.test_accessibility import RULES
from tests.bot.widget.wordpress import PASSWORD, PLUGIN, Admin, WordPress

SETTINGS = "options-general.php?page=career-advisor"
LABELS = {
    "advisor": "Address of the advisor",
    "title": "Title",
    "greeting": "Greeting",
    "starters": "First questions",
    "color": "Colour",
    "position": "Corner",
    "lang": "Language",
    "theme": "Theme",
    "forget": "Minutes until forgotten",
    "notice": "Notice",
}
CHOSEN = ("position", "theme")
HOSTILE = '"><script>alert(1)</script>'
TEXTS = ("title", "greeting", "starters", "notice")
TAG = "script[src$='/widget.js']"


@pytest.fixture(scope="module")
def wordpress(website: str) -> Iterator[WordPress]:
    """A WordPress at the origin that the advisor knows; whatever it complains of in the plugin fails."""
    # not pytest's own folder: the path of a socket has room for a hundred characters
    with tempfile.TemporaryDirectory(prefix="advisor-wordpress-") as folder:
        running = WordPress(Path(folder), website)
        try:
            yield running.start()
        finally:
            running.stop()
        assert [line for line in running.log.splitlines() if f"/{PLUGIN.name}.php" in line] == []


@pytest.fixture(scope="module")
def signed_in(wordpress: WordPress, browser: Browser) -> Iterator[Admin]:
    """The owner of the website."""
    admin = wordpress.come(browser)
    yield admin
    admin.context.close()


@pytest.fixture
def owner(signed_in: Admin, wordpress: WordPress) -> Admin:
    """The owner of the website, with the plugin active and nothing set yet."""
    if wordpress.php("echo implode(get_option('active_plugins'));") != "career-advisor/career-advisor.php":
        signed_in.install_plugin()
    wordpress.php("delete_option('career_advisor');")
    return signed_in


@pytest.fixture
def front(browser: Browser, wordpress: WordPress) -> Iterator[Page]:
    """A visitor's page of the website; what a script pops up fails."""
    context, popped = browser.new_context(), []

    def pop(dialog: Dialog) -> None:
        popped.append(dialog.message)
        dialog.dismiss()

    context.on("dialog", pop)
    page = context.new_page()
    page.goto(wordpress.url)
    yield page
    context.close()
    assert popped == []


def save(owner: Admin, **settings: str) -> Page:
    """Fill in the page of settings, and save; returns the page that follows."""
    owner.go(SETTINGS)
    for name, value in settings.items():
        field = owner.page.get_by_label(LABELS[name], exact=True)
        field.select_option(value) if name in CHOSEN else field.fill(value)
    owner.page.get_by_role("button", name="Save Changes").click()
    expect(owner.page.locator(".settings-error").first).to_be_visible()
    return owner.page


def forge(owner: Admin, **settings: str) -> list[str]:
    """Send what the page's own fields would not let through; returns the sentences that follow."""
    if "page=career-advisor" not in owner.page.url:
        owner.go(SETTINGS)
    hidden = owner.page.locator("form[action='options.php'] input[type=hidden]").all()
    form = {field.get_attribute("name"): field.get_attribute("value") for field in hidden}
    form |= {f"career_advisor[{name}]": value for name, value in settings.items()}
    owner.context.request.post(f"{owner.wordpress.url}/wp-admin/options.php", form=form, max_redirects=0)
    owner.go(f"{SETTINGS}&settings-updated=true")
    return owner.page.locator(".settings-error p").all_inner_texts()


def shown(owner: Admin) -> dict[str, str]:
    """What the page of settings has in its fields."""
    owner.go(SETTINGS)
    return {name: owner.page.get_by_label(label, exact=True).input_value() for name, label in LABELS.items()}


def attributes(tag: Locator) -> dict[str, str]:
    """The attributes of an element."""
    return tag.evaluate("(tag) => Object.fromEntries([...tag.attributes].map(({ name, value }) => [name, value]))")


def test_until_its_address_is_set_nothing_is_on_the_pages_and_its_owner_is_told(owner, front):
    expect(front.locator(TAG)).to_have_count(0)
    owner.go("index.php")
    owner.page.get_by_role("link", name="its address is not set").click()
    expect(owner.page.get_by_role("heading", name="Career Advisor", level=1)).to_be_visible()
    save(owner, advisor="https://advisor.example.org")
    expect(owner.page.get_by_text("Settings saved.")).to_be_visible()
    owner.go("index.php")
    expect(owner.page.get_by_text("is not on your pages yet")).to_have_count(0)


def test_the_tag_carries_every_setting_as_it_was_written(owner, front):
    settings = {
        "advisor": "https://advisor.example.org/careers/",
        "title": "Jobs & “careers” &amp; 'more' $1 \\1 ça va 🙂",
        "greeting": "Hello!\n\n- **a** < b\n- [c](https://example.org/?d=1&e=2)",
        "starters": 'Who says "yes"?\nIs 2 < 3 &quot;so&quot;?',
        "color": "light-dark(#0b5c63, #74cdd1)",
        "position": "start",
        "lang": "es-MX",
        "theme": "dark",
        "forget": "3",
        "notice": 'Ask "us" &quot;too&quot; \\o/',
    }
    save(owner, **settings)
    assert shown(owner) == settings
    save(owner)  # what is shown is what is saved again
    assert shown(owner) == settings
    front.reload()
    expect(front.locator(f"body {TAG}")).to_have_count(1)
    found = attributes(front.locator(TAG))
    assert json.loads(found.pop("data-starters")) == settings["starters"].split("\n")
    assert found.pop("src") == "https://advisor.example.org/careers/widget.js"
    assert "defer" in found
    assert "type" not in found or found["type"] == "text/javascript"
    rest = {name: value for name, value in settings.items() if name != "starters"}
    assert {name: value for name, value in found.items() if name.startswith("data-") and "-wp-" not in name} == {
        f"data-{name}": value for name, value in rest.items()
    }


def test_what_is_not_set_is_left_to_the_widget(owner, front):
    save(owner, advisor="https://advisor.example.org/")
    front.reload()
    found = attributes(front.locator(TAG))
    data = {name for name in found if name.startswith("data-") and "-wp-" not in name}
    assert data == {"data-advisor", "data-position"}


def test_pages_ask_the_advisor_and_nobody_else(owner, front, wordpress):
    save(owner, advisor="https://advisor.example.org/")
    asked = []
    front.on("request", lambda request: asked.append(request.url))
    front.reload()
    outside = {url for url in asked if not url.startswith((f"{wordpress.url}/", "data:", "blob:"))}
    assert outside == {"https://advisor.example.org/widget.js"}


def test_the_chat_opens_on_the_page_and_answers(owner, visit, wordpress, advisor: Advisor):
    save(owner, advisor=advisor.url, title="Ask the mill", starters="Is it dangerous?", notice="Ours alone.")
    chat = visit(wordpress.url).open()
    expect(chat.page.get_by_role("heading", name="Ask the mill")).to_be_visible()
    expect(chat.page.get_by_text("Ours alone.")).to_be_visible()
    assert chat.suggestions.all_inner_texts() == ["Is it dangerous?"]
    expect(chat.ask()).to_contain_text(OVERVIEW)


def test_hostile_words_stay_words(owner, front, advisor: Advisor):
    save(owner, advisor=advisor.url, **dict.fromkeys(TEXTS, HOSTILE))
    assert {name: shown(owner)[name] for name in TEXTS} == dict.fromkeys(TEXTS, HOSTILE)
    assert owner.page.locator("#wpbody script", has_text="alert(1)").count() == 0
    front.reload()
    front.locator("career-advisor .launcher").click()
    expect(front.get_by_role("heading", name=HOSTILE)).to_be_visible()
    expect(front.locator("career-advisor .said").first).to_have_text(HOSTILE)
    expect(front.get_by_role("button", name=HOSTILE)).to_be_visible()
    expect(front.locator("career-advisor .note")).to_contain_text(HOSTILE)
    assert front.locator("script", has_text="alert(1)").count() == 0


def test_where_it_is_no_matter_of_words_hostile_ones_are_refused_with_a_sentence_each(owner, wordpress):
    refused = [name for name in LABELS if name not in TEXTS]
    sentences = forge(owner, **dict.fromkeys(refused, HOSTILE))
    assert len(sentences) == len(refused)
    assert all(f"“{HOSTILE}” was not taken, and the old value stays." in each for each in sentences)
    assert owner.page.locator("#wpbody script", has_text="alert(1)").count() == 0
    assert {name: shown(owner)[name] for name in refused} == {**dict.fromkeys(refused, ""), "position": "end"}


def test_a_bad_address_is_refused_with_a_sentence_and_the_old_one_stays(owner):
    save(owner, advisor="https://advisor.example.org/", title="Before")
    page = save(owner, advisor="http://advisor.example.org/", title="After")
    error = page.get_by_text("has to begin with https://; only on localhost it may be http://.")
    expect(error).to_contain_text("“http://advisor.example.org/” was not taken, and the old value stays.")
    assert shown(owner)["advisor"] == "https://advisor.example.org/"
    assert shown(owner)["title"] == "After"


def test_axe_finds_nothing_on_the_page_of_settings(owner):
    page = save(owner, advisor="advisor.example.org")
    found = Axe().run(page, context="#wpbody-content .wrap", options=RULES).response["violations"]
    assert [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]] == []


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        (
            "advisor",
            [
                "advisor.example.org",
                "//advisor.example.org/",
                "javascript:alert(1)",
                "ftp://advisor.example.org/",
                "https://",
                "https:///widget.js",
                "https://me:secret@advisor.example.org/",
                "https://advisor.example.org/?a=b",
                "https://advisor.example.org/#a",
                "https://advisor..example.org/",
                "https://advisor.example.org:99999/",
                "https://advisor example.org/",
                "http://localhost.example.org/",
                "http://127.0.0.1.example.org/",
            ],
        ),
        ("color", ["#12345", "tael", "url(https://example.org)", "red; top: 0", "rgb(url(a))", "var(--a)"]),
        ("lang", ["e", "en_US", "en-", "en-us-english-of-nowhere-"]),
        ("forget", ["0", "1000", "-1", "1.5", "five", "05"]),
        ("theme", ["blue"]),
        ("position", ["", "left"]),
        ("title", ["a" * 2001]),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_malformed_is_not_taken(owner, wordpress, name, bad):
    code = """foreach ($given['bad'] as $value) {
        $wp_settings_errors = [];
        $unchanged = CareerAdvisor\\sanitize([$given['name'] => $value]) === CareerAdvisor\\settings();
        echo wp_json_encode([$unchanged, array_column(get_settings_errors(), 'message')]), "\\n";
    }"""
    lines = wordpress.php(code, {"name": name, "bad": bad}).splitlines()
    for value, line in zip(bad, lines, strict=True):
        unchanged, [sentence] = json.loads(line)
        assert unchanged, value
        assert "was not taken, and the old value stays." in sentence


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("advisor", " https://advisor.example.org/widget.js\n", "https://advisor.example.org/"),
        ("advisor", "https://example.org:8443/careers", "https://example.org:8443/careers/"),
        ("advisor", "https://berufe.münchen.example", "https://berufe.münchen.example/"),
        ("advisor", "http://[::1]:5005", "http://[::1]:5005/"),
        ("advisor", "http://localhost:5005", "http://localhost:5005/"),
        ("starters", "\r\n  a?\r\n\r\nb?  ", "a?\nb?"),
        ("notice", " one\nline\x00\x1b\u202e", "one line"),
        ("title", ["a", "list"], ""),
        ("color", "oklch(45% 0.1 200 / 0.9)", "oklch(45% 0.1 200 / 0.9)"),
    ],
)
def test_what_can_be_meant_in_one_way_only_is_taken(owner, wordpress, name, written, kept):
    code = "CareerAdvisor\\register(); update_option('career_advisor', $given);"
    again = "update_option('career_advisor', get_option('career_advisor'));"
    wordpress.php(code + again, {name: written})
    assert shown(owner)[name] == kept


def test_one_who_may_not_manage_the_website_can_neither_see_nor_change_it(owner, browser, wordpress, advisor):
    save(owner, advisor=advisor.url)
    for role in ("subscriber", "editor"):
        user = f"['user_login' => '{role}', 'user_pass' => '{PASSWORD}', 'role' => '{role}']"
        wordpress.php(f"wp_insert_user({user});")
        other = wordpress.come(browser, role)
        assert other.go(SETTINGS) == 403
        expect(other.page.get_by_text("you are not allowed to access this page")).to_be_visible()
        form = {"option_page": "career-advisor", "action": "update", "career_advisor[title]": "Mine"}
        assert other.context.request.post(f"{wordpress.url}/wp-admin/options.php", form=form).status == 403
        other.go("index.php")
        expect(other.page.get_by_role("link", name="Career Advisor")).to_have_count(0)
        other.context.close()
    assert shown(owner)["title"] == ""


def test_a_form_from_elsewhere_changes_nothing(owner, wordpress, advisor):
    save(owner, advisor=advisor.url)
    form = {"option_page": "career-advisor", "action": "update", "_wpnonce": "0123456789", "career_advisor[title]": "X"}
    assert owner.context.request.post(f"{wordpress.url}/wp-admin/options.php", form=form).status == 403
    assert shown(owner)["title"] == ""


def test_a_page_can_do_without(owner, front, wordpress):
    save(owner, advisor="https://advisor.example.org/")
    page = "['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Quiet', 'post_content' => '%s']"
    quiet, other = (
        wordpress.php(f"echo wp_insert_post({page % text});") for text in ("[career-advisor-off] Hush.", "Chat.")
    )
    front.goto(f"{wordpress.url}/?page_id={quiet}")
    expect(front.get_by_text("Hush.")).to_have_text("Hush.")
    expect(front.locator(TAG)).to_have_count(0)
    front.goto(f"{wordpress.url}/?page_id={other}")
    expect(front.locator(TAG)).to_have_count(1)


def test_it_can_be_translated(owner, wordpress):
    folder = wordpress.site / "wp-content" / "plugins" / "career-advisor" / "languages"
    wordpress.php(f"""require ABSPATH . WPINC . '/pomo/mo.php'; mkdir('{folder}');
        $words = new MO(); $words->set_header('Language', 'de_DE');
        $words->add_entry(['singular' => 'Notice', 'translations' => ['Hinweis']]);
        $words->export_to_file('{folder}/career-advisor-de_DE.mo'); update_user_meta(1, 'locale', 'de_DE');""")
    owner.go(SETTINGS)
    expect(owner.page.get_by_label("Hinweis", exact=True)).to_be_visible()
    wordpress.php("delete_user_meta(1, 'locale');")


def test_deactivated_it_is_gone_from_the_pages_and_deleted_it_leaves_nothing(owner, front, wordpress):
    save(owner, advisor="https://advisor.example.org/", title="Kept")
    front.reload()
    expect(front.locator(TAG)).to_have_count(1)
    owner.go("plugins.php")
    owner.page.get_by_role("link", name="Deactivate Career Advisor").click()
    expect(owner.page.get_by_text("Plugin deactivated.")).to_be_visible()
    front.reload()
    expect(front.locator(TAG)).to_have_count(0)
    assert "Kept" in wordpress.php("echo wp_json_encode(get_option('career_advisor'));")
    owner.go("plugins.php")
    owner.page.once("dialog", lambda dialog: dialog.accept())
    owner.page.get_by_role("link", name="Delete Career Advisor").click()
    expect(owner.page.get_by_text("was successfully deleted")).to_be_visible()
    rows = "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%career%advisor%'"
    assert wordpress.php(f'global $wpdb; echo implode($wpdb->get_col("{rows}"));') == ""
