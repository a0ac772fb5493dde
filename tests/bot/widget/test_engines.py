"""The widget in the engines of Firefox and Safari, each as Debian has it, on a website with the strictest policy."""

from __future__ import annotations

import pytest

from tests.bot.widget.chat import OVERVIEW, QUESTION
from tests.bot.widget.engines import in_firefox, in_webkit

CONVERSE = """async () => {
    const until = async (find) => {
        for (let tries = 0; tries < 250; tries++) {
            const found = find();
            if (found) return found;
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error(`never there: ${find}`);
    };
    const inside = (selector) => document.querySelector("career-advisor")?.shadowRoot?.querySelector(selector);
    (await until(() => inside(".launcher"))).click();
    const input = inside("textarea");
    input.value = "QUESTION";
    const pressed = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true });
    input.dispatchEvent(pressed);
    const tools = await until(() => !inside(".waiting") && inside(".tools"));
    const { backgroundColor, position } = getComputedStyle(inside("dialog"));
    const offered = await until(() => inside(".suggestions button"));
    return {
        agent: navigator.userAgent, answer: tools.parentNode.innerText, backgroundColor, position,
        offered: offered.innerText, entered: input.value, said: inside(".person").innerText,
        send: getComputedStyle(inside(".send")).color,
    };
}""".replace("QUESTION", QUESTION)


@pytest.mark.parametrize(("engine", "name"), [(in_firefox, "Firefox/"), (in_webkit, "AppleWebKit/")])
def test_in_another_engine_it_opens_answers_and_looks_as_it_should(publish, website, tmp_path, engine, name):
    seen = engine(publish(website), CONVERSE, tmp_path)
    assert name in seen["agent"]
    assert "Chrom" not in seen["agent"]
    assert OVERVIEW in seen["answer"]
    assert QUESTION in seen["said"]
    assert (seen["entered"], seen["position"], seen["backgroundColor"]) == ("", "fixed", "rgb(255, 255, 255)")
    assert seen["offered"]
