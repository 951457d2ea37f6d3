"""The real thing: `manage.py up` in an empty folder serves, refuses strangers, and stops cleanly."""

import urllib.error
import urllib.request

import pytest

from bench.site import running_site


@pytest.mark.browser
def test_up_serves_what_it_made_ready():
    with running_site() as site:
        assert set(site.passwords) == {"reviewer", "approver", "admin"}
        with urllib.request.urlopen(f"{site.url}/") as page:
            assert page.url.startswith(f"{site.url}/sign-in/")
            policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        with pytest.raises(urllib.error.HTTPError) as problem:
            urllib.request.urlopen(f"{site.url}/sign-in/nowhere/")
        assert problem.value.code == 404
        problem.value.close()
