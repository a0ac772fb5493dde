"""Terms, beside the library whose vectors they are."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.terms import Terms

TEXTS = ["is it safe?", "how safe, how quiet?", "do I need a certificate", "what what what", "is it"]
ASKED = ["is is it quiet", "zzz", "", "what certificate?"]


@pytest.mark.parametrize("options", [{"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2}, {}])
def test_the_vectors_are_those_of_the_library(options):
    library, terms = TfidfVectorizer(sublinear_tf=True, **options), Terms(**options)
    np.testing.assert_allclose(terms.fit(TEXTS).toarray(), library.fit_transform(TEXTS).toarray(), atol=1e-6)
    np.testing.assert_allclose(terms.of(ASKED).toarray(), library.transform(ASKED).toarray(), atol=1e-6)


def test_what_holds_no_term_has_an_empty_vector():
    terms = Terms()
    terms.fit(TEXTS)
    assert terms.of(["zzz"]).nnz == 0


def test_terms_of_further_texts_stand_behind_those_that_were_known():
    terms = Terms(token_pattern=r"\w+")
    known = terms.fit(["kites fly", "kites rest"])
    both = terms.and_those_of(["kites sing"])
    assert (both.of(["kites fly"])[:, : known.shape[1]] != known[0]).nnz == 0
    assert both.of(["sing"]).nnz == 1
    assert terms.of(["sing"]).nnz == 0
