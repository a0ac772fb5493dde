"""The widget as websites have it: loaded in every way, on sites that swap their pages, beside keyboard shortcuts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.bot.widget.astro import client_router
from tests.bot.widget.chat import OVERVIEW, QUESTION, Chat
from tests.npm import package

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>
<body><main><h1>{title}</h1><a href="/second">To the second page</a>{body}</main></body></html>"""
TAG = '<script src="{advisor}/widget.js" defer></script>'


def page(title: str = "A page", head: str = "", body: str = "") -> str:
    return PAGE.replace("{title}", title).replace("{head}", head).replace("{body}", body)


# -- loaded --


LOADED = {
    "defer": {"head": TAG},
    "async": {"head": '<script src="{advisor}/widget.js" async></script>'},
    "in the middle of the page": {"body": '<script src="{advisor}/widget.js"></script>'},
    "a module": {"head": '<script type="module" src="{advisor}/widget.js"></script>'},
    "with a query": {"head": '<script src="{advisor}/widget.js?ver=6.1" defer></script>'},
    "a module with a query": {"head": '<script type="module" src="{advisor}/widget.js?v=2"></script>'},
    "import()": {"head": '<script data-advisor="{advisor}/">import("{advisor}/widget.js")</script>'},
    "import() with its address on the page": {
        "body": '<div data-advisor="{advisor}"></div><script type="module">import "{advisor}/widget.js?v=3"</script>'
    },
    "injected late": {
        "body": """<script>addEventListener("load", () => setTimeout(() => {
            const tag = document.createElement("script");
            tag.src = "{advisor}/widget.js";
            document.head.append(tag);
        }, 200))</script>"""
    },
    "by a tag manager, which drops what it does not know": {
        "body": """<script>(function (w, d) {
            var first = d.getElementsByTagName("script")[0], tag = d.createElement("script");
            tag.async = true; tag.type = "text/javascript"; tag.src = "{advisor}/widget.js?gtm=1";
            first.parentNode.insertBefore(tag, first);
        })(window, document)</script>"""
    },
    "twice": {"head": TAG + TAG, "body": '<script type="module" src="{advisor}/widget.js?again"></script>'},
}


@pytest.mark.parametrize("way", LOADED)
def test_it_is_there_once_and_answers_however_it_is_loaded(visit, publish, website, way):
    chat = visit(publish(website, pages={"/": page(**LOADED[way])})).open()
    expect(chat.page.locator("career-advisor")).to_have_count(1)
    expect(chat.ask(QUESTION)).to_contain_text(OVERVIEW)


def test_in_a_bundle_of_the_websites_own_it_finds_its_address_by_the_attribute(
    visit, publish, website, advisor, tmp_path
):
    bundle = tmp_path / "bundle.js"
    bundle.write_text(advisor.get("/widget.js")[1], encoding="utf-8")
    head = '<script src="/bundle.js" data-advisor="{advisor}" data-title="Guide" defer></script>'
    chat = visit(publish(website, pages={"/": page(head=head), "/bundle.js": bundle})).open()
    expect(chat.page.get_by_role("dialog", name="Guide")).to_be_visible()
    expect(chat.ask(QUESTION)).to_contain_text(OVERVIEW)


def test_where_its_address_cannot_be_told_it_says_so_to_the_owner_and_nothing_breaks(visit, publish, browser):
    site = publish(pages={"/": page(body='<script type="module">import "{advisor}/widget.js"</script>')})
    visitor = browser.new_context().new_page()
    with visitor.expect_console_message(lambda message: message.type == "error") as said:
        visitor.goto(site)
    assert "data-advisor" in said.value.text
    expect(visitor.locator("career-advisor")).to_have_count(0)
    visitor.context.close()


# -- on sites that swap their pages without reloading --


def swapping(chat, go) -> None:
    """A conversation and what is being typed survive that the page is swapped, in an open panel and in a closed one."""
    chat.page.evaluate("() => { window.same = true; }")
    chat.ask(QUESTION)
    chat.input.fill("and what does it")
    go()
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("Second")
    assert chat.page.evaluate("() => window.same")  # nothing was reloaded
    expect(chat.panel).to_be_visible()
    expect(chat.answers).to_have_count(1)
    expect(chat.input).to_have_value("and what does it")
    chat.input.fill("")
    expect(chat.ask("is it dangerous?")).to_contain_text("dangerous area")
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_be_visible()


@pytest.mark.parametrize("place", ["head", "body"])
def test_with_turbo(visit, publish, website, place):
    turbo = package("@hotwired/turbo", "8.0.23") / "dist" / "turbo.es2017-umd.js"
    head = '<script src="/turbo.js"></script>' + (TAG if place == "head" else "")
    body = TAG if place == "body" else ""
    pages = {"/": page("First", head, body), "/second": page("Second", head, body), "/turbo.js": turbo}
    chat = visit(publish(website, pages=pages)).open()
    swapping(chat, lambda: chat.page.get_by_role("link", name="To the second page").click())
    chat.page.mouse.move(0, 0)  # Turbo fetches ahead what the pointer is on, also as the test ends
    chat.page.go_back()
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("First")
    expect(chat.page.locator("career-advisor")).to_have_count(1)
    expect(chat.launcher).to_be_visible()


def test_with_htmx_boost(visit, publish, website):
    htmx = package("htmx.org", "2.0.11") / "dist" / "htmx.min.js"
    pages = {
        path: page(title, '<script src="/htmx.js"></script>' + TAG).replace("<body>", '<body hx-boost="true">')
        for path, title in {"/": "First", "/second": "Second"}.items()
    }
    chat = visit(publish(website, pages={**pages, "/htmx.js": htmx})).open()
    swapping(chat, lambda: chat.page.get_by_role("link", name="To the second page").click())


WATCHED = """<script>
    window.told = [];
    document.addEventListener("astro:before-swap", (event) => told.push(event.viewTransition.constructor.name));
    document.addEventListener("astro:page-load", () => told.push("loaded"));
</script>"""
ANIMATED = {"ViewTransition": "", "Object": "<script>delete Document.prototype.startViewTransition</script>"}
AGAIN = TAG.replace("defer", "defer data-astro-rerun")  # the router runs it once more at each swap


@pytest.mark.parametrize("animated", ANIMATED, ids=["with view transitions", "without"])
@pytest.mark.parametrize(("in_head", "in_body"), [(TAG, ""), ("", TAG), ("", AGAIN)], ids=["head", "body", "again"])
def test_with_astros_client_router(visit, publish, website, tmp_path, animated, in_head, in_body):
    router = tmp_path / "router.js"
    head = WATCHED + ANIMATED[animated] + client_router("swap", router) + in_head
    pages = {"/": page("First", head, in_body), "/second": page("Second", head, in_body), "/router.js": router}
    chat = visit(publish(website, pages=pages)).open()
    runs = []
    chat.page.on("request", lambda request: request.url.endswith("/widget.js") and runs.append(request))
    swapping(chat, lambda: chat.page.get_by_role("link", name="To the second page").click())
    chat.open().input.fill("and what about")
    chat.page.go_back()
    chat.page.wait_for_function("() => told.length === 5")
    assert chat.page.evaluate("() => told") == ["loaded", animated, "loaded", animated, "loaded"]
    assert len(runs) == (2 if in_body == AGAIN else 0)
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("First")
    expect(chat.page.locator("career-advisor")).to_have_count(1)
    expect(chat.panel).to_be_visible()
    expect(chat.answers).to_have_count(2)
    expect(chat.input).to_have_value("and what about")


def test_with_astros_client_router_it_comes_with_the_first_page_that_has_it(browser, publish, website, tmp_path):
    router = tmp_path / "router.js"
    head = WATCHED + client_router("swap", router)
    pages = {"/": page("First", head), "/second": page("Second", head + TAG), "/router.js": router}
    chat = Chat(browser.new_context().new_page())
    chat.page.goto(publish(website, pages=pages))
    chat.page.get_by_role("link", name="To the second page").click()
    expect(chat.open().ask(QUESTION)).to_contain_text(OVERVIEW)
    chat.page.go_back()
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("First")
    expect(chat.panel).to_be_visible()
    expect(chat.answers).to_have_count(1)
    assert chat.page.evaluate("() => told.length") >= 4  # nothing was reloaded
    chat.context.close()


@pytest.mark.parametrize("swapped", ["document.body", "document.documentElement"])
def test_where_the_body_or_the_whole_document_is_replaced(visit, publish, website, swapped):
    chat = visit(publish(website, pages={"/": page("First", TAG), "/second": page("Second", TAG)})).open()
    swap = """async (swapped) => {
        const html = await (await fetch("/second")).text();
        const next = new DOMParser().parseFromString(html, "text/html");
        eval(swapped).replaceWith(document.adoptNode(swapped.endsWith("body") ? next.body : next.documentElement));
    }"""
    swapping(chat, lambda: chat.page.evaluate(swap, swapped))


# -- beside a site's keyboard shortcuts --


def test_mousetrap_does_not_catch_what_is_typed(visit, publish, website):
    mousetrap = package("mousetrap", "1.6.5") / "mousetrap.min.js"
    body = """<script src="/mousetrap.js"></script><script>
        window.caught = [];
        Mousetrap.prototype.stopCallback = () => false; // as sites set it that want their shortcuts everywhere
        for (const key of ["s", "/", "?", "enter", "escape", "g i"]) {
            Mousetrap.bind(key, () => { caught.push(key); return false; });
        }
    </script>"""
    chat = visit(publish(website, pages={"/": page(head=TAG, body=body), "/mousetrap.js": mousetrap})).open()
    chat.page.keyboard.type("is it dangerous? gi/s")
    expect(chat.input).to_have_value("is it dangerous? gi/s")
    chat.page.keyboard.press("Enter")
    expect(chat.answer(0)).to_contain_text("dangerous area")
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    assert chat.page.evaluate("() => caught") == []
    chat.page.locator("h1").click()
    chat.page.keyboard.press("s")
    assert chat.page.evaluate("() => caught") == ["s"]  # the site's own keys go on


@pytest.mark.parametrize("target", ["document", "document.documentElement", "window"])
@pytest.mark.parametrize("capture", [False, True], ids=["bubbling", "capture"])
def test_no_listener_of_the_page_catches_what_is_typed(visit, publish, website, target, capture):
    body = f"""<script>
        window.caught = [];
        addEventListener("load", () => {{
            for (const kind of ["keydown", "keypress", "keyup"]) {target}.addEventListener(kind, (event) => {{
                caught.push(kind + event.key);
                event.preventDefault();
                event.stopImmediatePropagation();
            }}, {str(capture).lower()});
        }});
    </script>"""
    chat = visit(publish(website, pages={"/": page(head=TAG, body=body)}))
    chat.page.wait_for_load_state()
    chat.open()
    chat.page.keyboard.type("what does it pay?")
    expect(chat.input).to_have_value("what does it pay?")
    chat.page.keyboard.press("Enter")
    chat.answer(0)
    assert chat.page.evaluate("() => caught") == []


@pytest.mark.parametrize("composing", ["isComposing: true", "keyCode: 229"])
def test_the_enter_of_an_input_method_does_not_send(chat, composing):
    chat.input.fill("にほん")
    chat.input.evaluate(
        "(input, init) => input.dispatchEvent(new KeyboardEvent('keydown', "
        "{ key: 'Enter', bubbles: true, composed: true, cancelable: true, ...eval('({' + init + '})') }))",
        composing,
    )
    expect(chat.input).to_have_value("にほん")
    expect(chat.asked).to_have_count(0)
    chat.input.press("Enter")
    expect(chat.asked).to_have_count(1)


def test_it_stands_beside_the_body_so_that_no_style_for_what_is_in_it_counts(chat):
    assert chat.page.evaluate("() => document.querySelector('career-advisor').parentNode === document.documentElement")
    assert re.fullmatch("rgb.*", chat.launcher.evaluate("(node) => getComputedStyle(node).backgroundColor"))
