"""A small provider of sign-in on this machine, with keys of its own: OpenID Connect and SAML."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

CLIENT = "review"
ENTITY = "https://login.example.org/"


class Key:
    """A key with a certificate that it signed itself."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "login.example.org")])
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
        builder = builder.public_key(self.private.public_key()).serial_number(1)
        builder = builder.not_valid_before(now - timedelta(days=1))
        builder = builder.not_valid_after(now + timedelta(days=1))
        certificate = builder.sign(self.private, hashes.SHA256())
        encoding = serialization.Encoding.PEM
        self.certificate = certificate.public_bytes(encoding).decode()
        self.pem = self.private.private_bytes(
            encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()


class Provider:
    """Answers as whoever ``person`` says; ``secret`` is what the site shows it."""

    def __init__(self) -> None:
        self.secret = secrets.token_urlsafe(24)
        self.key = Key()
        self.stranger = Key()
        self.person: dict[str, Any] = {}
        self.audience = CLIENT
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = HTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def environment(self) -> dict[str, str]:
        """The settings of a site that knows this provider."""
        return {
            "OIDC_URL": self.url, "OIDC_CLIENT": CLIENT, "OIDC_SECRET": self.secret, "OIDC_NAME": "Newsroom login",
            "SAML_URL": f"{self.url}/saml", "SAML_ENTITY": ENTITY, "SAML_NAME": "Newsroom SAML",
        }  # fmt: skip

    def authorize(self, address: str) -> dict[str, str]:
        """What the provider sends back with the person whom the site sent to this address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    # ── OpenID Connect ──

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, which counts once; None where anything is wrong."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != self.secret:
            return None
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        sent = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if asked.get("code_challenge") != sent or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        access = secrets.token_urlsafe(16)
        self.tokens[access] = dict(self.person)
        claims = {
            **self.person,
            "iss": self.url,
            "aud": self.audience,
            "exp": time.time() + 60,
            "iat": time.time(),
        }
        signed = jwt.encode(claims, self.key.pem, algorithm="RS256", headers={"kid": "1"})
        return {
            "access_token": access,
            "token_type": "Bearer",
            "id_token": signed,
            "expires_in": 60,
        }

    # ── SAML ──

    def metadata(self) -> str:
        certificate = "".join(self.key.certificate.splitlines()[1:-1])
        return (
            f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
            '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>'
            f"<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"'
            f' Location="{self.url}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )

    def answer(self, address: str, *, key: Key | None = None, signed: bool = True) -> str:
        """The response to the request for sign-in that the site put into the address; base64."""
        packed = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
        request = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        issuer = request.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
        now = datetime.now(UTC)
        times = {
            "now": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "end": f"{now + timedelta(minutes=2):%Y-%m-%dT%H:%M:%SZ}",
        }
        response = RESPONSE.format(
            id=f"_{secrets.token_hex(16)}", assertion=f"_{secrets.token_hex(16)}", request=request.get("ID"), issuer=issuer,
            to=request.get("AssertionConsumerServiceURL"), email=self.person["email"], name=self.person["sub"], entity=ENTITY, **times,
        )  # fmt: skip
        if signed:
            key = key or self.key
            response = OneLogin_Saml2_Utils.add_sign(
                response,
                key.pem,
                key.certificate,
                sign_algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                digest_algorithm="http://www.w3.org/2001/04/xmlenc#sha256",
            )
        data = response if isinstance(response, bytes) else response.encode()
        return base64.b64encode(data).decode()


RESPONSE = (
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
    ' ID="{id}" Version="2.0" IssueInstant="{now}" Destination="{to}" InResponseTo="{request}"><saml:Issuer>{entity}</saml:Issuer>'
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
    '<saml:Assertion ID="{assertion}" Version="2.0" IssueInstant="{now}"><saml:Issuer>{entity}</saml:Issuer><saml:Subject>'
    '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{name}</saml:NameID>'
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{end}"'
    ' Recipient="{to}" InResponseTo="{request}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{now}"'
    ' NotOnOrAfter="{end}"><saml:AudienceRestriction><saml:Audience>{issuer}</saml:Audience></saml:AudienceRestriction></saml:Conditions>'
    '<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="{assertion}"><saml:AuthnContext><saml:AuthnContextClassRef>'
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
    '<saml:AttributeStatement><saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3"><saml:AttributeValue>{email}</saml:AttributeValue>'
    "</saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"
)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/saml":
            self.send(self.provider.metadata().encode(), "text/xml")
        elif path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self.send_json(self.provider.tokens.get(token))
        else:
            self.send_json(
                self.provider.configuration() if path.startswith("/.well-known/") else None
            )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.send_json(
            self.provider.token({name: values[0] for name, values in parse_qs(body).items()})
        )

    def send_json(self, value: Any) -> None:
        self.send(json.dumps(value).encode(), "application/json", 200 if value else 400)

    def send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        pass
