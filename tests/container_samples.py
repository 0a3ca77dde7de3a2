"""Files of the formats that hold articles, made in memory: by the libraries that read them, or others of the format."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

TITLE = "Hội nghị sơ kết công tác giảm nghèo"
LEAD = "Sáng 8/6, Tỉnh ủy tổ chức hội nghị sơ kết công tác giảm nghèo."
BODY = "Đến nay, toàn tỉnh còn 2.700 hộ nghèo, giảm 1,5% so với năm trước."
PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    "<body><article><h1>{title}</h1><p>{lead}</p><p>{body}</p></article></body></html>"
)


def page(title: str = TITLE, lead: str = LEAD, body: str = BODY, head: str = "") -> str:
    return PAGE.format(title=title, lead=lead, body=body, head=head)


def word(paragraphs: Sequence[str | tuple[str, str]], **properties: str) -> bytes:
    """A Word document; a paragraph may come with the name of its style."""
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        text, style = (paragraph, None) if isinstance(paragraph, str) else paragraph
        document.add_paragraph(text, style)
    return saved(document, **properties)


def saved(document: Any, **properties: str) -> bytes:
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def book(chapters: Mapping[str, str], metadata: str = "", spine: str = "") -> bytes:
    """An EPUB book with these chapters; `spine` replaces the list of them."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml" properties="{name.removesuffix(".xhtml")}"/>'
        for n, name in enumerate(chapters)
    )
    refs = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    opf = (
        '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    texts = {f"OEBPS/{name.replace('%20', ' ')}": text for name, text in chapters.items()}
    return archive({"META-INF/container.xml": container, "OEBPS/content.opf": opf, **texts})


def mail(subject: str, text: str = "", html: str = "", sender: str = "", date: str = "", **content: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    if sender:
        message["From"] = sender
    if date:
        message["Date"] = date
    if text:
        message.set_content(text, **content)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def web_archive(html: str, address: str = "https://baotinh.vn/tin/1.html", resources: int = 1) -> bytes:
    """A page as a browser saves it in one file."""
    message = MIMEMultipart("related", "----MultipartBoundary--x2Hk7----", type="text/html")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Subject"] = "Tin trong tỉnh"
    part = MIMEText(html, "html", "utf-8")
    part["Content-Location"] = address
    message.attach(part)
    for _ in range(resources):
        message.attach(MIMEText("p { margin: 0 }", "css", "utf-8"))
    return message.as_bytes()


def rich_text(paragraphs: Sequence[str]) -> bytes:
    """A Rich Text document whose letters beyond ASCII are escaped as Word does it."""

    def escape(letter: str) -> str:
        return letter if ord(letter) < 128 else f"\\u{ord(letter)}?"

    head = r"\ansi\ansicpg1252\uc1{\fonttbl{\f0\fnil\fcharset0 Times;}}"
    return ("{\\rtf1" + head + "\\f0 " + "\\par\n".join("".join(map(escape, p)) for p in paragraphs) + "}").encode()


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def pdf(pages: Sequence[Sequence[tuple[str, float, float, float]]], password: str = "", **info: str) -> bytes:
    """A PDF file of (text, left, height, size) lines, in points; its font says which letters it shows."""
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject

    writer = PdfWriter()
    letters = sorted({letter for lines in pages for text, *_ in lines for letter in text})
    font = _font(writer, letters)
    for lines in pages:
        sheet = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = [
            f"BT /F1 {size} Tf 1 0 0 1 {left} {height} Tm <{_codes(text, letters)}> Tj ET"
            for text, left, height, size in lines
        ]
        sheet[NameObject("/Contents")] = writer._add_object(stream("\n".join(shown).encode()))
    writer.add_metadata({f"/{key.title()}": value for key, value in info.items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _codes(text: str, letters: Sequence[str]) -> str:
    return "".join(f"{letters.index(letter) + 1:04x}" for letter in text)


def stream(data: bytes) -> Any:
    from pypdf.generic import StreamObject

    made = StreamObject()
    made.set_data(data)
    return made.flate_encode()


def _font(writer: Any, letters: Sequence[str]) -> Any:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    mapped = "\n".join(f"<{n:04x}> <{c.encode('utf-16-be').hex()}>" for n, c in enumerate(letters, 1))
    cmap = (
        "begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{len(letters)} beginbfchar\n{mapped}\nendbfchar\nendcmap"
    )
    inner = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Serif"),
            NameObject("/DW"): NumberObject(500),
        }
    )
    return writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): NameObject("/Serif"),
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([writer._add_object(inner)]),
                NameObject("/ToUnicode"): writer._add_object(stream(cmap.encode())),
            }
        )
    )


def set_lines(texts: Sequence[str], left: float = 72, top: float = 770) -> list[tuple[str, float, float, float]]:
    """Lines of one column, one below the other, of 12 points."""
    return [(text, left, top - 15 * place, 12) for place, text in enumerate(texts)]
