"""The page in a real browser: opens offline, figures open their derivation, fits a phone, passes axe."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from page_sample import write_page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.browser

AXE_CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mingzhang-tests"


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The sample page as a file."""
    return write_page(tmp_path_factory.mktemp("page") / "report.html").as_uri()


@pytest.fixture
def open_page(browser, address):
    """Open the page offline in a window of a given size; afterwards nothing may have been complained about."""
    contexts, complaints = [], []

    def opened(width=1366, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url != address else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_figure_opens_its_derivation_and_its_parts_open_theirs(open_page):
    """Click a total, then its part, see the voucher, go back, close with Escape: focus returns to the figure."""
    page = open_page()
    figure = page.locator("main td .figure").first
    figure.click()
    panel = page.locator("#panel")
    assert panel.is_visible()
    assert "准确数" in panel.inner_text()
    assert "上年同一口径" in panel.inner_text()
    panel.get_by_role("button", name="甲部分").click()
    assert "购买办公用品" in panel.inner_text()
    panel.get_by_role("button", name="返回").click()
    assert "甲部分" in panel.inner_text()
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert figure.evaluate("element => element === document.activeElement")


def test_the_keyboard_alone_reaches_and_opens_figures(open_page):
    """A table is one stop; arrow keys walk inside; Enter opens."""
    page = open_page()
    figures = page.locator("main section").first.locator(".figure")
    figures.first.focus()
    page.keyboard.press("ArrowDown")
    moved = page.evaluate("document.activeElement.textContent")
    assert page.evaluate("document.activeElement.className") == "figure"
    assert figures.first.evaluate("element => element !== document.activeElement")
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()
    assert moved


def test_a_panel_leads_to_every_place_where_the_figure_is_printed(open_page):
    """The same number stands in a table, in the text and in a chart."""
    page = open_page()
    page.locator("main td .figure").first.click()
    places = (
        page.locator("#panel h3", has_text="印在")
        .locator("xpath=following-sibling::ul[1]")
        .get_by_role("button")
    )
    assert places.count() >= 1
    places.last.click()
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.className") == "figure"


def test_a_slice_shows_its_figure_and_opens_it(open_page):
    """Charts answer to the pointer: exact value on hover, derivation on click."""
    page = open_page()
    slices = page.locator("figure.chart .drawing [role=graphics-symbol][data-at]")
    assert slices.count() >= 8
    bar = slices.first
    bar.scroll_into_view_if_needed()
    bar.hover()
    assert "准确数" in page.locator("#tip").inner_text()
    bar.click()
    assert page.locator("#panel").is_visible()


@pytest.mark.parametrize("width", [360, 390, 768, 1366])
def test_nothing_runs_over_the_edge(open_page, width):
    """The page never scrolls sideways; wide tables scroll in their own box."""
    page = open_page(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 700:
        assert page.evaluate(
            "[...document.querySelectorAll('.box')].some(box => box.scrollWidth > box.clientWidth)"
        )


def test_on_a_phone_the_contents_fold_into_a_menu(open_page):
    """Folded at first, opened by its button, folded again once a section is chosen."""
    page = open_page(390, 844)
    contents = page.locator("#contents-list")
    assert not contents.is_visible()
    page.locator(".menu").click()
    assert contents.is_visible()
    contents.locator("a").nth(2).click()
    assert not contents.is_visible()
    assert "#" in page.url


def test_without_scripts_the_whole_report_is_readable(open_page):
    """Text, tables, pictures and contents need no script."""
    page = open_page(390, 844, java_script_enabled=False)
    assert page.locator("#contents-list").is_visible()
    assert page.locator("figure.chart svg").first.is_visible()
    assert page.locator("main table").first.is_visible()


def test_printing_leaves_out_what_paper_cannot_do(open_page):
    """No menus and buttons on paper; tables are whole and wide ones turned."""
    page = open_page()
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator(".banner").is_visible()
    assert page.locator(".print-mark").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, kept between runs; fetched with npm once."""
    script = AXE_CACHE / "package" / "axe.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            pytest.skip("axe-core is not cached and npm is absent")
        AXE_CACHE.mkdir(parents=True, exist_ok=True)
        try:
            packed = subprocess.run(
                ["npm", "pack", "axe-core@4", "--silent"],
                cwd=AXE_CACHE,
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            )
        except (subprocess.SubprocessError, OSError):
            pytest.skip("axe-core cannot be fetched with npm")
        with tarfile.open(AXE_CACHE / packed.stdout.split()[-1]) as archive:
            archive.extract("package/axe.min.js", AXE_CACHE, filter="data")
    return script.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("opened", [False, True])
def test_axe_finds_nothing_to_complain_about(open_page, axe, width, opened):
    """WCAG 2.2 A and AA and best practice, with the panel closed and open."""
    page = open_page(width)
    for summary in page.locator("summary").all():
        summary.click()
    if opened:
        page.locator("main td .figure").first.click()
    page.evaluate(f"() => {{ {axe} }}")
    found = page.evaluate(
        "axe.run().then(result => result.violations.map(item => [item.id, item.nodes.map(node => node.html)]))"
    )
    assert found == []
