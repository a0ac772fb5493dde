"""The measures beside the scorer: tallies, calibration, confusion, search, peers, and how they are written."""

from __future__ import annotations

import numpy as np
import pytest

from bot.settings import ROOT
from tests.evaluation import report
from tests.evaluation.asking import put
from tests.evaluation.calibration import Prediction, expected_calibration_error, reliability, trade_offs
from tests.evaluation.cases import DECIDED, Case, Turn, read_cases
from tests.evaluation.confusion import draw, matrix, worst
from tests.evaluation.decided import RELATIONS, Decided, agreeing, put_decided, read_decided, unsupported
from tests.evaluation.facts import straight
from tests.evaluation.latency import Comparison, alternate
from tests.evaluation.peers.compare import written
from tests.evaluation.peers.nearest import REFUSAL, as_advisor, bm25, choose, reply
from tests.evaluation.rasa_checks import Check, grouped
from tests.evaluation.scorer import Outcome
from tests.evaluation.search import coordinate_search
from tests.evaluation.tally import by_kind, share_right, share_strict, verdicts

FACTS = ["Mathematics", "Heavy Lifting Ability", "Active Listening"]
CASES = [
    Case("q-1", [Turn("is math needed", "check", ("skill.math",), 1, yes=True)]),
    Case("c-1", [Turn("pay?", "gap"), Turn("hi", "social")], conversation=True),
]
ANSWERS = {"is math needed": "Yes. On that:\n- “Mathematics”", "pay?": REFUSAL, "hi": REFUSAL}
PREDICTIONS = [
    Prediction("what pays it", "ask_pay", "ask_pay", 0.95),
    Prediction("the money", "ask_pay", "ask_hours", 0.35),
    Prediction("the dough", "ask_pay", "ask_hours", 0.15),
    Prediction("shifts", "ask_hours", "ask_hours", 1.0),
]


def asked():
    """The cases, put to something that knows the answers."""
    return put(CASES, lambda text, sender: [ANSWERS[text]])


def test_each_case_is_a_conversation_of_its_own():
    senders: dict[str, list[str]] = {}
    put(CASES, lambda text, sender: senders.setdefault(sender, []).append(text) or ["x"])
    assert list(senders.values()) == [["is math needed"], ["pay?", "hi"]]


def test_outcomes_are_counted_by_kind_and_together():
    rows = {row.kind: row for row in by_kind(asked())}
    assert list(rows) == ["check", "gap", "social", "all"]
    assert rows["social"].outcomes[Outcome.refused_wrongly] == 1
    assert rows["all"].total == 3
    assert share_right(asked()) == pytest.approx(2 / 3)
    assert verdicts(asked()) == {"rightly": 1}


def test_a_line_that_is_no_case_is_named(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a", "kind": "fact", "text": "x"}\n{"id": "b", "kind": "joke", "text": "x"}\n')
    with pytest.raises(ValueError, match=r"set\.jsonl, line 2.*joke"):
        read_cases(path)


def test_all_facts_needed_are_wanted_where_no_number_is_given(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a", "kind": "fact", "text": "x", "need": ["safety", "overview"]}\n')
    assert read_cases(path)[0].turns[0].enough == 2


def test_reliability_has_a_row_for_each_bin_that_is_not_empty():
    bins = reliability(PREDICTIONS)
    assert [(each.low, each.count) for each in bins] == [(0.1, 1), (0.3, 1), (0.9, 2)]
    assert bins[-1].right == 1.0


def test_the_calibration_error_is_the_mean_distance_of_confidence_from_truth():
    assert expected_calibration_error(PREDICTIONS) == pytest.approx((0.15 + 0.35 + 2 * 0.025) / 4)


def test_a_higher_threshold_answers_less_and_more_rightly():
    low, high, none = trade_offs(PREDICTIONS, [0.0, 0.5, 1.1])
    assert (low.answered, low.right) == (1.0, 0.5)
    assert (high.answered, high.right) == (0.5, 1.0)
    assert none.answered == 0
    assert np.isnan(none.right)


def test_the_rows_of_the_confusion_are_shares():
    intents, shares = matrix(PREDICTIONS)
    assert intents == ["ask_hours", "ask_pay"]
    assert shares[1].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_the_worst_confusion_comes_first_with_an_example():
    assert worst(PREDICTIONS) == [("ask_pay", "ask_hours", 2, PREDICTIONS[1])]


def test_the_confusion_is_drawn(tmp_path):
    draw(PREDICTIONS, tmp_path / "confusion.png")
    assert (tmp_path / "confusion.png").read_bytes().startswith(b"\x89PNG")


def test_the_search_finds_what_is_better_and_keeps_ties():
    tried = []
    found = coordinate_search(
        {"a": 0.2, "b": 0.5}, (-0.1, 0.1), lambda v: -abs(v["a"] - 0.4), rounds=5, shown=tried.append
    )
    assert found == {"a": 0.4, "b": 0.5}
    assert any(trial.better for trial in tried)


def test_bm25_puts_the_fact_that_shares_a_rare_word_first():
    scores = bm25(FACTS)("do I need lifting")
    assert scores.argmax() == 1
    assert scores[0] == 0


def test_a_peer_refuses_below_its_threshold():
    assert reply(FACTS, np.array([0.1, 0.3, 0.2]), 2, 0.25) == "- “Heavy Lifting Ability”\n- “Active Listening”"
    assert reply(FACTS, np.array([0.1, 0.2, 0.2]), 2, 0.25) == REFUSAL


def test_the_setting_of_a_peer_is_the_one_that_is_right_most_often():
    cases = [Case("1", [Turn("mathematics?", "check", ("skill.math",), 1), Turn("salary?", "gap")])]
    setting = choose(cases, FACTS, bm25(FACTS))
    assert setting.right == 1.0
    assert put(cases, as_advisor(FACTS, bm25(FACTS), setting))[1].reply == REFUSAL


def test_two_bots_are_asked_the_same_in_turn():
    order: list[tuple[str, str]] = []

    def bot(name):
        return lambda text, sender: order.append((name, text)) or ["x"]

    comparisons = alternate(bot("advisor"), bot("empty"))
    assert [each[0] for each in order[:4]] == ["advisor", "empty"] * 2
    assert all(one[1] == other[1] for one, other in zip(order[::2], order[1::2]))
    assert len(comparisons[0].advisor) == len(comparisons[0].empty)


def test_a_table_is_padded_and_its_bars_are_escaped():
    assert report.table(["kind", "n"], [["a|b", 3]]).splitlines()[-1] == "| a\\|b |   3 |"


def test_the_report_names_failures_and_warnings():
    text = report.checks([Check("rasa data validate", ["it is broken"], ["it is odd"])])
    assert "failed" in text
    assert "failure: it is broken" in text
    assert "warning: it is odd" in text


def test_warnings_that_are_as_they_should_be_are_only_counted():
    place = "/x/io.py:100: UserWarning: "
    found = grouped(
        [
            place + "The utterance 'utter_told' is not used in any story or rule.",
            place
            + "The intent 'signal_empty' is listed in the domain file, but is not found in the NLU training data.",
            place + "The intent 'ask_pay' is listed in the domain file, but is not found in the NLU training data.",
        ]
    )
    assert found[0].startswith("The intent 'ask_pay'")
    assert found[1].startswith("2 times")


def test_the_report_tells_answers_latency_and_intents():
    assert "Turns of conversations" in report.answers(asked())
    assert "said rightly 1 of 1" in report.answers(asked())
    assert "1.50" in report.compared([Comparison("fresh", [0.3, 0.3], [0.2, 0.2])])
    assert "“the money”" in report.intents(PREDICTIONS)


def test_the_peers_are_one_table():
    text = written({"this advisor": asked(), "bm25": asked()}, ["- bm25: quotes 3 facts"], "abc")
    assert "| this advisor |" in text
    assert "| bm25         |" in text
    assert "commit abc" in text


SAID = {
    "math?": "Yes. On that:\n- “Mathematics”",
    "no math?": "Yes. On that:\n- “Mathematics”",
    "robots?": REFUSAL,
    "much math?": "On that:\n- “Mathematics”",
}
LEADING = [
    Decided("a", "math?", "yes", ("Mathematics",), "g1"),
    Decided("b", "no math?", "no", ("Mathematics",), "g1"),
    Decided("c", "robots?", "near", (), "g2"),
    Decided("d", "much math?", "detail", ("Mathematics",)),
]


def test_questions_that_lead_astray_are_judged_by_what_the_document_is_to_them():
    answered = put_decided(LEADING, lambda text, sender: [SAID[text]])
    assert [each.found for each in answered] == ["right", "opposite", "right", "unnamed"]
    assert agreeing(answered) == (1, 2)
    assert unsupported(answered) == (1, 2)
    written = report.decided(answered)
    assert "Together 50.0% of 4 are right. Yes or no was said 2 times, 1 times of them without ground" in written
    assert "Of 2 groups of questions on the same matter 1 are answered rightly throughout." in written


def test_strictly_a_wrong_yes_is_a_wrong_answer():
    wrong = put(CASES[:1], lambda text, sender: ["No. On that:\n- “Mathematics”"])
    assert (share_right(wrong), share_strict(wrong)) == (1, 0)
    assert "Strictly, where a wrong yes or no makes a wrong answer, 0.0% are right" in report.yes_and_no(wrong)


def test_the_questions_that_lead_astray_quote_the_document():
    document = straight((ROOT / "knowledge/documents/production-technician.txt").read_text(encoding="utf-8"))
    for path in (DECIDED, DECIDED.with_name("decided-development.jsonl")):
        for each in read_decided(path):
            assert each.relation in RELATIONS
            assert bool(each.quotes) == (each.relation != "near"), each.name
            assert all(straight(quote) in document for quote in each.quotes), each.name
