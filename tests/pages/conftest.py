import gc

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_search_for_packaged_components():
    """AppTest looks through every installed package for components: we ship none."""
    with pytest.MonkeyPatch.context() as patch:
        scan = "streamlit.components.v2.manifest_scanner.scan_component_manifests"
        patch.setattr(scan, lambda: [])
        yield


@pytest.fixture(scope="module", autouse=True)
def _nothing_old_to_collect():
    """Streamlit collects garbage after every run of a script, over all that a test process holds.

    Beside the oracles that other tests have loaded this takes twenty times as long as the page.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
