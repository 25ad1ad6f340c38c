"""Files in and out, as a reader does it: download, upload, look at the conversion, open it."""

import json
import re

import pytest
import safetensors.numpy
import torch
from playwright.sync_api import expect

from tests.browser.lesson import at_step, matrix


@pytest.fixture
def exchange(page, open_app, console):
    """Return the page for files."""
    console.allow("/exchange/_stcore/|does not seem to exist")  # a deep link, server cold
    open_app("/exchange?x=unsaturated&step=C")
    page.locator('[data-testid="stFileUploader"]').wait_for()
    return page


def give(page, name, data):
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def test_the_exercise_goes_out_and_comes_back(exchange, tmp_path):
    with exchange.expect_download() as download:
        exchange.get_by_role("button", name="JSON of the exercise").click()
    data = tmp_path / download.value.suggested_filename
    download.value.save_as(data)
    record = json.loads(data.read_text("utf-8"))
    record["params"]["b_f"][0] = 0.125
    give(exchange, "mine.json", json.dumps(record).encode())
    exchange.get_by_role("button", name="Open No gate saturated").click()
    at_step(exchange, "C")
    expect(exchange).to_have_url(re.compile("x=1"))


def test_a_model_is_converted_block_by_block_and_opened(exchange):
    layer = torch.nn.LSTM(2, 3)
    give(
        exchange,
        "model.safetensors",
        safetensors.numpy.save({k: v.numpy() for k, v in layer.state_dict().items()}),
    )
    bands = exchange.locator(".conversion .order").first
    expect(bands).to_contain_text(re.compile("i → W.*f → W.*g → W.*o → W"))
    exchange.get_by_role("button", name="Open as the exercise").click()
    expect(matrix(exchange, "C")).to_be_visible()
    expect(exchange.locator(".sheet .notice").first).to_contain_text("Opened from a file.")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("model.pt", b"\x80\x02junk", "can run a program"),
        ("exercise.json", b"{]", "cannot be read"),
        ("arrays.npz", b"PK\x05\x06" + bytes(18), "no numbers"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(exchange, name, data, words):
    give(exchange, name, data)
    expect(exchange.get_by_role("alert").last).to_contain_text(words)
