"""What a reader does with the pages in a real browser: mouse, keys, filter, search, dark, phone, print.

Skipped where playwright, axe or Debian's chromium is missing.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from article_results import example, nasty
from briefing_articles import write_results

from vn_summarize.briefing import Gathering, make_briefing
from vn_summarize.briefing.folder import find_pages, read_again, read_records
from vn_summarize.document import TermUse
from vn_summarize.glossary.terms import TermBase
from vn_summarize.pipeline import conclude, prepare
from vn_summarize.reading import find_files, read_articles
from vn_summarize.summarization import Length
from vn_summarize.translation import translate_documents
from vn_summarize.writing import page_entry, render_index_page, render_page
from vn_summarize.writing.pages_briefing import render_briefing_page

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium")
SEED = Path(__file__).parents[1] / "seeds" / "dong-bao-thoat-ngheo.txt"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium")

HOSTILE = (
    '</script><script>window.hit=1</script><img src="http://127.0.0.1:9/x.png" onerror="window.hit=2">'
    '" onload="window.hit=3" x=\' onmouseover=window.hit=4 javascript:window.hit=5 '
    "\u202eđảo ngược\u202c \u200fphải 👩‍🌾🌾"
)


def article():
    """The example with a term that is met in its third sentence."""
    result = example()
    use = TermUse("Bà con", "people", 0, "People", "met", "plain", "force", "mine.csv")
    sentences = list(result.translated.sentences)
    sentences[2] = replace(sentences[2], terms=(use,))
    return replace(result, translated=replace(result.translated, sentences=tuple(sentences)))


def hostile():
    """A result each of whose texts tries to act."""
    result = nasty()
    sentences = tuple(
        replace(
            sentence,
            source=replace(sentence.source, original=HOSTILE, text=HOSTILE),
            text=HOSTILE,
            terms=(TermUse(HOSTILE, HOSTILE, 0, HOSTILE, "met", HOSTILE, "force", HOSTILE),),
        )
        for sentence in result.translated.sentences
    )
    document = result.translated.document
    document = replace(
        document, article=replace(document.article, title=HOSTILE), sentences=tuple(s.source for s in sentences)
    )
    summary = replace(result.summary, headline=HOSTILE, sentences=(HOSTILE,) * 2)
    return replace(
        result, translated=replace(result.translated, document=document, sentences=sentences), summary=summary
    )


def entries():
    first = replace(page_entry(example()), page="a.html", terms=("hộ nghèo poor households",))
    calm = {"errors": 0, "warnings": 0, "summary": "Roads were built.", "original": "Làm đường", "places": ()}
    second = replace(first, page="b.html", headline="Roads in Đăk Tơ Lung", terms=("đường thôn village road",), **calm)
    return [first, second, replace(second, page="c.html", headline="A festival", terms=())]


@pytest.fixture(scope="module")
def briefing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    write_results(folder)
    gathering = Gathering()
    for found in read_records(folder, iter(find_pages(folder))):
        gathering.add(found)
    return make_briefing(gathering, lambda page: read_again(folder, page))


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Open a page from the disk; whatever it asks for, and whatever goes wrong in it, is listed on it."""
    contexts = []

    def call(text, *, width=1280, script=True, before="", **options):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda message: page.wrong.append(message.text))
        page.on("dialog", lambda dialog: page.wrong.append(dialog.message))
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri())
        assert page.asked == [path.as_uri()]
        assert page.wrong == []
        return page

    yield call
    for context in contexts:
        context.close()


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('[id]')?.id ?? ''")


def eventually(page, ask, wanted) -> None:
    """Wait until the page has done what an event asks of it: hashchange, and drawing, come later."""
    for _ in range(100):
        if ask() == wanted:
            return
        page.wait_for_timeout(50)
    assert ask() == wanted


def shown(page, selector: str) -> list[str]:
    return page.eval_on_selector_all(
        selector, "all => all.filter(e => e.checkVisibility()).map(e => e.id || e.innerText.split('\\n')[0])"
    )


def colour(page, selector: str) -> str:
    return page.eval_on_selector(selector, "e => getComputedStyle(e).backgroundColor")


def test_a_sentence_under_the_mouse_stands_out_in_both_languages(visit):
    page = visit(render_page(article()))
    calm = colour(page, "#s1")
    page.hover("#s1 [lang=vi]")
    assert colour(page, "#s1") != calm
    assert colour(page, "#s2") == calm


def test_a_term_under_the_mouse_shows_its_entry_and_lights_up_in_both_languages(visit):
    page = visit(render_page(article()))
    page.hover("#s2 [lang=en] .term")
    entry = page.inner_text("[role=tooltip]")
    for text in ("Bà con", "people", "People", "met, by plain", "mine.csv, policy force"):
        assert text in entry
    assert shown(page, ".lit") == ["People", "Bà con"]
    page.keyboard.press("Escape")
    assert shown(page, "[role=tooltip], .lit") == []


def test_keys_move_through_the_sentences_and_open_their_evidence(visit):
    page = visit(render_page(article()))
    places = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        places.append(focused(page))
    assert places == ["s0", "s1", "s2", "s1", "s0", "s0"]
    page.keyboard.press("j")
    assert shown(page, ".evidence") == []
    page.keyboard.press("Enter")
    assert shown(page, ".evidence") == ["e1"]
    page.keyboard.press("Escape")
    assert shown(page, ".evidence") == []
    assert focused(page) == "s1"


def test_tab_goes_to_the_terms_of_the_current_sentence_and_each_shows_its_entry(visit):
    page = visit(render_page(article()))
    for key in ("j", "j", "j", "Tab", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "People"
    assert "mine.csv" in page.inner_text("[role=tooltip]")
    page.keyboard.press("Enter")
    assert shown(page, ".evidence") == ["e2"]


def test_arrows_scroll_while_the_reader_is_elsewhere_and_letters_can_be_turned_off(visit):
    page = visit(render_page(article()))
    page.keyboard.press("ArrowDown")
    assert focused(page) == ""
    page.keyboard.press("?")
    page.uncheck("#letters")
    page.keyboard.press("j")
    assert focused(page) == "letters"


def test_only_doubts_leaves_the_sentences_in_doubt_and_a_link_brings_others_back(visit):
    page = visit(render_page(article()))
    page.keyboard.press("n")
    assert focused(page) == "s1"
    page.keyboard.press("d")
    assert page.get_attribute("#doubts", "aria-pressed") == "true"
    assert shown(page, ".pair") == ["s1"]
    page.click("#summary .ref")
    eventually(page, lambda: focused(page), "s2")  # hashchange comes after the click
    assert shown(page, ".pair") == ["s0", "s1", "s2", "s3"]


def test_the_search_finds_what_is_shown_and_terms_without_marks(visit):
    page = visit(render_index_page(entries()))
    found = {
        "ho ngheo": (["Movement reviewed"], "1 of 3 articles"),
        "DAK road": (["Roads in Đăk Tơ Lung"], "1 of 3 articles"),
        "festival": (["A festival"], "1 of 3 articles"),
        "roads festival": (["A festival"], "1 of 3 articles"),
        "nothing": ([], "0 of 3 articles"),
    }
    for words, wanted in found.items():
        page.keyboard.press("/")
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
        eventually(page, lambda: (shown(page, ".card"), page.inner_text("#count")), wanted)
        page.keyboard.press("Escape")
    page.keyboard.type("road")
    page.keyboard.press("ArrowDown")
    assert page.inner_text(":focus") == "Roads in Đăk Tơ Lung"
    page.keyboard.press("Escape")
    assert len(shown(page, ".card")) == 3
    assert page.inner_text("#count") == "3 articles"


def test_the_index_goes_through_its_articles_by_key_and_filters_those_in_doubt(visit):
    page = visit(render_index_page(entries()))
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "b.html"
    page.click("#doubts")
    assert shown(page, ".card") == ["Movement reviewed"]
    assert page.inner_text("#count") == "1 of 3 articles"


REFUSING = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"


@pytest.mark.parametrize("before", ["", REFUSING])
def test_the_theme_follows_the_system_until_the_button_changes_it(visit, before):
    page = visit(render_page(article()), before=before, color_scheme="dark")
    dark = colour(page, "html")
    assert page.get_attribute("#theme", "aria-pressed") == "true"
    page.click("#theme")
    light = colour(page, "html")
    assert light != dark
    page.reload()
    assert colour(page, "html") == (dark if before else light)
    assert page.wrong == []


def test_on_a_phone_the_languages_stand_one_below_the_other_and_nothing_is_cut(visit):
    for text in (render_page(article()), render_page(hostile()), render_index_page(entries())):
        page = visit(text, width=390)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page = visit(render_page(article()), width=390)
    english, vietnamese = (page.locator(f"#s1 > [lang={name}]").bounding_box() for name in ("en", "vi"))
    assert vietnamese["y"] >= english["y"] + english["height"]
    assert vietnamese["x"] == english["x"]


def test_side_by_side_on_a_wide_screen(visit):
    page = visit(render_page(article()))
    english, vietnamese = (page.locator(f"#s1 > [lang={name}]").bounding_box() for name in ("en", "vi"))
    assert vietnamese["y"] == english["y"]
    assert vietnamese["x"] >= english["x"] + english["width"]


@pytest.fixture
def seed_article(translator):
    """The page of the seed article, whose sentences stand for their own translation."""
    (file,) = find_files([SEED])
    (read,) = read_articles(file)
    document, findings = prepare(read)
    (translated,) = translate_documents([document], translator, TermBase([]))
    return conclude(translated, findings, TermBase([]), Length())


LOOKS = {
    "light": ({"color_scheme": "light"}, "screen", True),
    "dark": ({"color_scheme": "dark"}, "screen", False),
    "light on a phone": ({"color_scheme": "light", "width": 390}, "screen", True),
    "dark on a phone": ({"color_scheme": "dark", "width": 390}, "screen", False),
    "print": ({"color_scheme": "dark", "width": 800}, "print", True),
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_seed_article_as_it_looks(visit, seed_article, tmp_path, look):
    options, media, light = LOOKS[look]
    page = visit(render_page(seed_article), **options)
    page.emulate_media(media=media)
    page.screenshot(path=tmp_path / "page.png", full_page=True)  # kept by pytest --basetemp, to be looked at
    assert page.evaluate("document.documentElement.scrollWidth") <= options.get("width", 1280)
    assert (sum(map(int, re.findall(r"\d+", colour(page, "html"))[:3])) > 3 * 128) == light
    sentences = [sentence.source.original for sentence in seed_article.translated.sentences]
    assert len(sentences) > 15
    assert all(" ".join(text.split()) in " ".join(page.inner_text("main").split()) for text in sentences)


def test_print_is_dark_on_white_with_the_doubts_and_without_the_tools(visit):
    page = visit(render_page(article()), color_scheme="dark")
    page.click("#s1 .number")
    page.emulate_media(media="print")
    assert colour(page, "html") == "rgb(255, 255, 255)"
    assert shown(page, "header, .tools") == []
    assert len(shown(page, ".doubt")) == 3


def test_without_scripts_all_is_there_to_read(visit):
    page = visit(render_page(article()), script=False)
    assert page.locator("#e1").is_visible()
    assert not page.locator("#doubts").is_visible()
    page = visit(render_index_page(entries()), script=False)
    assert page.locator(".card").count() == 3


def test_the_skip_link_comes_first_and_leads_to_the_text(visit):
    page = visit(render_page(article()))
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the text"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "doubts"


@pytest.mark.parametrize("render", [render_page, lambda result: render_index_page([page_entry(result)])])
def test_a_hostile_article_shows_as_text_and_nothing_of_it_runs(visit, render):
    page = visit(render(hostile()))
    for element in page.query_selector_all(".term, .number, h1, h2, p"):
        for event in ("mouseenter", "mouseover", "focus", "load", "click"):
            element.dispatch_event(event)
    assert page.evaluate("window.hit") is None
    assert HOSTILE[:60] in page.inner_text("main")
    assert "👩‍🌾🌾" in page.inner_text("main")
    assert len(page.asked) == 1
    assert page.wrong == []


@pytest.mark.parametrize(
    ("attack", "directive"),
    [
        ("script.textContent = 'window.hit = 1'; document.body.append(script)", "script-src-elem"),
        ("script.src = 'http://127.0.0.1:9/x.js'; document.body.append(script)", "script-src-elem"),
        ("add('<img src=x onerror=\"window.hit = 1\">')", "img-src"),
        ("add('<p id=x onclick=\"window.hit = 1\">x</p>'); document.getElementById('x').click()", "script-src-attr"),
        ("add('<p style=\"color: red\">x</p>')", "style-src-attr"),
        ("add('<style>p { color: red }</style>')", "style-src-elem"),
        ("add('<base href=\"http://127.0.0.1:9/\">')", "base-uri"),
        (
            "add('<form action=\"http://127.0.0.1:9/\" id=x></form>'); document.getElementById('x').submit()",
            "form-action",
        ),
        ("fetch('http://127.0.0.1:9/x').catch(() => {})", "connect-src"),
    ],
)
def test_the_policy_stops_what_would_get_in_all_the_same(visit, attack, directive):
    page = visit(render_page(article()))
    page.evaluate(
        """window.stopped = [];
        addEventListener('securitypolicyviolation', event => stopped.push(event.violatedDirective));
        const script = document.createElement('script');
        const add = html => document.body.insertAdjacentHTML('beforeend', html);
        """
        + attack
    )
    eventually(page, lambda: page.evaluate("stopped.length > 0"), True)
    assert directive in page.evaluate("stopped")
    assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_serious_fault(visit, scheme, width, briefing):
    for text in (render_page(article()), render_index_page(entries()), render_briefing_page(briefing)):
        page = visit(text, width=width, color_scheme=scheme)
        for key in ("?", "j", "j", "j"):
            page.keyboard.press(key)
        if page.locator(".term").count():
            page.keyboard.press("Enter")
            page.hover("#s2 .term")
        assert page.asked == [page.url]
        found = axe.Axe().run(page).response["violations"]
        grave = [
            (f["id"], node["html"]) for f in found if f["impact"] in ("serious", "critical") for node in f["nodes"]
        ]
        assert grave == []
