"""What tests of several folders share: an own cache, and one browser for each process."""

import shutil

import matplotlib as mpl
import pytest

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="session", autouse=True)
def user_cache(tmp_path_factory):
    """Another cache than the user's, in this process and those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLCONFIGDIR", mpl.get_cachedir())  # with the fonts that were found before
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed; apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
