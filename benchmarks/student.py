"""A student without a browser: one connection that speaks Streamlit's own protocol."""

import asyncio
import json
import random
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

# Where in our app, the sheet's id (it ends with the sheet's key), and what is edited in it.
QUERY, SHEET, CELL = "step=Wv_f", "-sheet", "W_f:0:0"
FAILURES = (ForwardMsg.FINISHED_WITH_COMPILE_ERROR,)


def editable(message: ForwardMsg) -> str | None:
    """Return the id of the widget to edit, if this message brings it: our sheet, or a number."""
    element = message.delta.new_element
    sheet = str(element.bidi_component.id)
    return sheet if sheet.endswith(SHEET) else str(element.number_input.id) or None


def edit_state(widget: str, number: float, seq: int) -> WidgetState:
    """Return what the browser sends for an edit: the sheet's event, or the number itself."""
    if not widget.endswith(SHEET):
        return WidgetState(id=widget, double_value=number)
    event = {"kind": "edit", "cell": CELL, "text": f"{number:.4f}", "seq": seq}
    report = {"search": "", "events": [event]}
    return WidgetState(id=widget, json_value=json.dumps({"report": report}))


@dataclass
class Student:
    """One browser tab: it opens the app, and then edits."""

    socket: ClientConnection
    page: str = ""
    widget: str = ""
    fragment: str = ""  # the part of the page that the widget is in, and that its edits rerun
    shown: list[bytes] = field(default_factory=list)
    edits: int = 0

    async def rerun(self, *states: WidgetState) -> float:
        """Ask for a script run; return the seconds until it has finished."""
        message = BackMsg()
        message.rerun_script.query_string = QUERY
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.fragment_id = self.fragment
        message.rerun_script.widget_states.widgets.extend(states)
        started = perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._finished()
        return perf_counter() - started

    async def _finished(self) -> None:
        """Read the answer to its end; fail where it is an error, or the same as the last one."""
        before, self.shown = self.shown, []
        while (message := await self.receive()).WhichOneof("type") != "script_finished":
            self.look_at(message)
        if message.script_finished in FAILURES or self.shown == before:
            raise RuntimeError("the script run failed, or the edit changed nothing")

    async def receive(self) -> ForwardMsg:
        """Return the next message."""
        message = ForwardMsg()
        message.ParseFromString(await self.socket.recv(decode=False))
        return message

    def look_at(self, message: ForwardMsg) -> None:
        """Note what a browser would need for its next message."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "delta":
            if message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(message.delta.new_element.exception.message)
            if widget := editable(message):
                self.widget, self.fragment = widget, message.delta.fragment_id
            self.shown.append(message.delta.SerializeToString())

    async def edit(self) -> float:
        """Change the number to one that it never was; return the milliseconds until the answer."""
        self.edits += 1
        number = random.uniform(-2, 2)
        return 1000 * await self.rerun(edit_state(self.widget, number, self.edits))

    async def pause(self, seconds: float) -> None:
        """Look at the screen; whatever still comes in meanwhile belongs to no edit."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    self.look_at(await self.receive())


def enter(address: str) -> connect:
    """Connect as a browser does: no proxy stands in between, and no message is too long."""
    return connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, proxy=None)
