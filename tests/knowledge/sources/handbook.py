"""A small profile page in the shape of the Occupational Outlook Handbook, of an occupation that there is not."""

from __future__ import annotations

SUMMARY = """<table id="quickfacts"><thead><tr><th colspan="2">Quick Facts: Kite Menders and Painters</th></tr></thead>
<tbody>
<tr><th><a href="#w" aria-label="2024 Median Pay more information on 2024 Median Pay">2024
  Median Pay</a></th><td>$31,000     per year <br>$14.90     per hour</td></tr>
<tr><th>Typical Entry-Level Education</th><td>See How to Become One</td></tr>
<tr><th>On-the-job Training</th><td>Short-term on-the-job training</td></tr>
<tr><th>Job Outlook, 2024–34</th><td>2% (Slower than average)</td></tr></tbody></table>
<h3><a href="#tab-2">What Kite Menders Do</a></h3><p>The summary says it once more.</p>"""
DUTIES = """<div class="ooh_right_img"><img src="k.jpg" alt="A kite"><div class="image-caption">A caption.</div></div>
<p>Kite menders&nbsp;repair kites in the U.S. and abroad.   They like wind.</p>
<h3>Duties</h3>
<p>Kite menders and painters typically do the following:</p>
<ul><li>Sew torn sails</li><li>Wind <a href="#">up</a> lines</li></ul>
<p>The following are examples of types of kite menders:</p>
<p><strong><em>Sail menders</em></strong>, also called <em>sail doctors</em>, sew. They use needles and other tools.</p>
<p><strong><em>Line splicers</em></strong> and <strong><em>knotters</em></strong> tie knots.</p>
<p>For information on workers who make ropes, see the profile on <a href="#">rope makers</a>.</p>"""
WORK = """<p>Kite menders held about 900 jobs in 2024. The largest employers of kite menders were as follows:</p>
<table class="ooh-tab-table"><tbody><tr class="odd"><td>Toy shops</td><td>61%</td></tr>
<tr><td>Self-employed workers</td><td>8</td></tr></tbody></table>
<p>Kite menders work outdoors and in lofts. Some travel to festivals.</p>
<h3>Injuries and Illnesses</h3><p>Lines may cut fingers.</p>
<h3>Work Schedules</h3><p>Most kite menders work full time. They rest when there is no wind.</p>"""
BECOME = """<p>Kite menders typically need a high school diploma. They must be at least 16 years old.</p>
<h3>Education</h3><p>A diploma is enough. Programs in mending usually take 2 years to complete.</p>
<h3>Training</h3><p>Training lasts up to 3 months. Beginners learn on the job.</p>
<h3>Licenses, Certifications, and Registrations</h3><p>State licensure generally requires</p>
<ul><li>A steady hand</li></ul>
<h3>Important Qualities</h3>
<p>For more information, visit the Employment Projections (EP) <a href="#">skills data page</a>.</p>
<p><strong><em>Patience</em>.</strong> Knots need patience. They also need light.</p>
<h3>Advancement</h3><p>Some menders come to own a loft.</p>"""
PAY = """<div class="ooh-chart"><h3>Kite Menders</h3><p>Median annual wages</p>
<dl><dt>Kite menders</dt><dd>$31,000</dd></dl></div>
<p>The median annual wage for kite menders was $31,000 in May 2024.</p>
<p>In May 2024, the median annual wages for kite menders in the top industries were as follows:</p>
<table class="ooh-tab-table"><tbody><tr><td>Toy shops</td><td style="text-align:right;">
  $33,000</td></tr></tbody></table>
<p>Menders earn tips at festivals. Most kite menders are employed full time.</p>"""
OUTLOOK = """<p>Employment of kite menders is projected to grow 2 percent.</p><h3>Employment</h3>
<p>Projected employment varies by occupation (see table).</p><p>Wind will be needed.</p>
<table class="regular"><caption>Projections</caption><thead>
<tr><th id="t0">Occupational Title</th><th id="t1">SOC Code</th><th id="t2">Employment, 2024</th>
<th id="t4">Change, 2024–34</th></tr><tr><th id="t5">Percent</th></tr></thead>
<tfoot><tr><td>SOURCE: the Bureau</td></tr></tfoot><tbody>
<tr><th headers="t0"><strong>Kite menders and painters</strong></th><td headers="t1">—</td><td headers="t2">900</td>
<td headers="t4 t5">2</td></tr>
<tr><th headers="t0">Kite painters</th><td headers="t1">45-9999</td><td headers="t2">300</td>
<td headers="t4 t5">-1</td></tr>
</tbody></table>"""
SIMILAR = """<p>This table shows similar occupations.</p>
<table id="similar-occupations"><thead><tr><th>Occupation</th></tr></thead>
<tbody><tr><td><a href="/ooh/x.htm"><img src="r.jpg" alt="Rope makers"></a></td><td><strong>Rope Makers</strong></td>
<td><p>Rope makers twist ropes.</p></td><td><span>High school diploma</span></td><td>$30,000</td></tr></tbody></table>
<nav><a href="#tab-7">Back</a></nav>"""
MORE = """<p>For information about certifications, visit <a href="#">CareerOneStop</a>.</p>
<p>For more information about kite menders, visit</p><p><a href="#">Kite Society</a></p>
<p>For information about accredited schools, visit</p><p><a href="#">School of Wind</a></p>
<h3>CareerOneStop</h3><p>For a career video on kite menders, visit</p><p><a href="#">Kite menders</a></p>
<h3>O*NET</h3><p><a href="https://www.onetonline.org/link/summary/45-9999.00">Kite Menders</a></p>
<p><a href="https://www.onetonline.org/link/summary/45-9999.01">Kite Painters</a></p>"""
HEAD = """<title>Kite Menders : Occupational Outlook Handbook: : U.S. Bureau of Labor Statistics</title>
<link rel="canonical" href="https://www.bls.gov/ooh/loft/{slug}.htm"><meta name="date" content="2025-08-28">
<script>document.write("<p>A script.</p>")</script>"""
SECTIONS = {  # the id of a section's heading, and what it is called here
    "Summary": "summary",
    "what-they-do": "duties",
    "work-environment": "work",
    "become-one": "become",
    "pay": "pay",
    "job-outlook": "outlook",
    "similar-jobs": "similar",
    "more-information": "more",
}


def page(
    slug: str = "kite-menders",
    *,
    head: str = HEAD,
    title: str = "<h1>    Kite Menders and\n Painters</h1>",
    end: str = "</body></html>",
    modified: str = "Thursday, August 28, 2025",
    **changed: str | None,
) -> str:
    """A page, with other sections in the place of its own, or without those that are `None`."""
    told = {
        "summary": SUMMARY,
        "duties": DUTIES,
        "work": WORK,
        "become": BECOME,
        "pay": PAY,
        "outlook": OUTLOOK,
        "similar": SIMILAR,
        "more": MORE,
    } | changed
    panes = "".join(
        f'<div style="display: none;"><article><h2 id="{id}"><span>A Section</span> <a href="#">About this section</a>'
        f'</h2>{told[name]}</article><div class="tab-footer"><a href="#">Next</a></div></div>\n'
        for id, name in SECTIONS.items()
        if told[name] is not None
    )
    update = f'<p class="update"><strong>    Last Modified Date:</strong>\n {modified}</p>'
    return (
        f"<!DOCTYPE html><html><head>{head.format(slug=slug)}</head><body><nav>Navigation</nav>{title}\n{panes}"
        f'<div class="citation"><p>Suggested citation</p></div>{update}<footer><p>A footer.</p></footer>{end}'
    )
