"""The whole corpus in a PDF: nothing that runs, opens, holds a file or goes where nobody linked."""

import ctypes
import re

import pypdfium2
import pytest

import reportgen
from hostile.corpus import CASES
from hostile.framing import value_event, write_log
from hostile.test_corpus import text_event
from reportgen.errors import DependencyError

pytestmark = pytest.mark.slow  # a PDF of all cases

RAW = pypdfium2.raw
ACTIONS = {RAW.PDFACTION_GOTO, RAW.PDFACTION_URI}
PER_TEXT = 12
SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The PDF of a log in which each case is a part of a text; a few are tags and runs too."""
    root = tmp_path_factory.mktemp("corpus")
    for place, case in enumerate(CASES[::60]):
        name = re.sub(r"[/\x00]", "", case)[:60]
        events = [value_event(step, tag=case, simple_value=1 / (1 + step)) for step in range(2)]
        texts = [
            text_event(f"{case[:40]} {start}", "\n\n".join(CASES[start : start + PER_TEXT]))
            for start in range(PER_TEXT * place, len(CASES), PER_TEXT * len(CASES[::60]))
        ]
        write_log(root / "logs" / f"{place} {name}", [*events, *texts])
    try:
        reportgen.generate([root / "logs"], [root / "x.pdf"])
    except DependencyError as error:
        pytest.skip(str(error))
    return root / "x.pdf"


def links(page):
    """The action of each link of a page: its type, and its address if it has one."""
    place = ctypes.c_int(0)
    link = RAW.FPDF_LINK()
    while RAW.FPDFLink_Enumerate(page, ctypes.byref(place), ctypes.byref(link)):
        action = RAW.FPDFLink_GetAction(link)
        if action:
            size = RAW.FPDFAction_GetURIPath(page.pdf, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            RAW.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
            yield RAW.FPDFAction_GetType(action), buffer.value.decode()


def test_no_link_of_a_pdf_runs_or_opens_anything_but_a_web_page(printed):
    document = pypdfium2.PdfDocument(printed)
    found = [link for page in document for link in links(page)]
    assert {kind for kind, _ in found} <= ACTIONS
    addresses = {address for kind, address in found if kind == RAW.PDFACTION_URI}
    schemes = {address.partition(":")[0] for address in addresses if SCHEME.match(address)}
    assert schemes <= {"http", "https", "mailto"}


def test_a_pdf_holds_no_script_form_or_file(printed):
    document = pypdfium2.PdfDocument(printed)
    assert RAW.FPDFDoc_GetJavaScriptActionCount(document) == 0
    assert RAW.FPDFDoc_GetAttachmentCount(document) == 0
    assert document.get_formtype() == RAW.FORMTYPE_NONE
    kinds = {
        RAW.FPDFAnnot_GetSubtype(RAW.FPDFPage_GetAnnot(page, index))
        for page in document
        for index in range(RAW.FPDFPage_GetAnnotCount(page))
    }
    assert kinds <= {RAW.FPDF_ANNOT_LINK}
    content = printed.read_bytes()
    for name in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA", b"/EmbeddedFile"):
        assert not re.search(name + rb"\b", content)


def test_the_cases_stand_in_a_pdf_as_text(printed):
    document = pypdfium2.PdfDocument(printed)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert text.count("evil") > len(CASES) / 2
