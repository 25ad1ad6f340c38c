import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_search_for_packaged_components():
    """AppTest looks through every installed package for components: we ship none."""
    with pytest.MonkeyPatch.context() as patch:
        scan = "streamlit.components.v2.manifest_scanner.scan_component_manifests"
        patch.setattr(scan, lambda: [])
        yield
