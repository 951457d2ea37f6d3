"""Makers of broken and hostile files: (name, bytes) by what is wrong with them. The files themselves are never kept."""

import gzip
import io
import zipfile


def _zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


def xml_attacks() -> dict[str, bytes]:
    """XML that must never be expanded, fetched or held."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><xliff version="2.0"><a>&l9;</a></xliff>'.encode(),
        "quadratic blow-up": b'<!DOCTYPE x [<!ENTITY a "'
        + b"x" * 100_000
        + b'">]><tmx>'
        + b"&a;" * 1000
        + b"</tmx>",
        "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff>&e;</xliff>',
        "parameter entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><xliff/>',
        "10 MB attribute": b'<xliff version="2.0" srcLang="' + b"a" * 11_000_000 + b'"/>',
        "10 MB text": b'<xliff version="2.0" srcLang="en"><file id="f"><unit id="u"><segment><source>'
        + b"a" * 11_000_000
        + b"</source></segment></unit></file></xliff>",
        "deep nesting": b'<xliff srcLang="en">' + b"<group>" * 100_000,
        "truncated": b'<?xml version="1.0"?><xliff version="2.0" srcLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="u">',
        "truncated head": b'<?xml version="1.0"?><!-- ',
        "wrong encoding": b'<?xml version="1.0" encoding="utf-8"?><xliff srcLang="en"><file><unit>\xe9</unit></file></xliff>',
        "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><xliff/>',
        "unreadable encoding": b'<?xml version="1.0" encoding="utf-7"?><xliff/>',
        "not XML": b"Le chat dort.",
        "empty": b"",
        "other XML": b"<html><body>x</body></html>",
        "no language": b'<xliff version="1.2"><file original="a"><body/></file></xliff>',
        "undeclared entity": b'<xliff version="2.0" srcLang="en"><file id="f"><unit id="u"><segment><source>&nbsp;</source></segment></unit></file></xliff>',
    }


def everywhere() -> dict[str, bytes]:
    """What every reader may be given under its own ending."""
    return {
        "empty": b"",
        "NUL bytes": b"\x00" * 1000,
        "Word 97": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"WordDocument".decode().encode("utf-16-le"),
        "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"EncryptedPackage".decode().encode("utf-16-le"),
        "PDF": b"%PDF-1.7\n%\xe2\xe3",
        "gzip": gzip.compress(b"source,target"),
        "zip of something": _zipped(a__b=b"x"),
        "truncated zip": _zipped(word__document=b"x" * 1000)[:60],
        "half a character": "source,target\né".encode()[:-1],
        "UTF-16 without a mark": "Le chat".encode("utf-16-le"),
    }
