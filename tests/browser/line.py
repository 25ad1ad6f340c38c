"""The line between browsers and a server: it can be cut, taken down, kept waiting, or go silent.

A silent line is one that nobody has hung up: a laptop sleeps, or its Wi-Fi has lost it. What is
sent on it never arrives, and nobody is told.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

PIECE = 65536  # bytes
Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter


@dataclass(eq=False)
class Talk:
    """One connection through the line: the browser's end, the server's, and whether it is dead."""

    browser: Writer
    server: Writer
    silent: bool = False


class Line:
    """A port of its own that leads to a server's."""

    def __init__(self, server_port: int) -> None:
        self.server_port, self.is_down = server_port, False
        self._talks: set[Talk] = set()
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Event()  # whether the server's answers may pass
        self._open.set()
        self._carries = asyncio.Event()  # whether new connections get through
        self._carries.set()

    def __enter__(self) -> "Line":
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        listening = asyncio.start_server(self._talk, "127.0.0.1", 0)
        self._listener = asyncio.run_coroutine_threadsafe(listening, self._loop).result()
        self.url = f"http://127.0.0.1:{self._listener.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self.release_answers()
        self.is_down = True
        self._do(self._carries.set)
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._listener.close()
        self._hang_up()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

    def cut(self) -> None:
        """Hang up every connection, as a router does that is switched off and on."""
        self._do(self._hang_up)

    def go_down(self) -> None:
        """Hang up every connection, and let nobody begin one until `come_up`."""
        self.is_down = True
        self.cut()

    def come_up(self) -> None:
        """Let readers in again."""
        self.is_down = False
        self._do(self._carries.set)

    def keep_waiting(self) -> None:
        """Let whoever begins a connection wait, and hear nothing, until `come_up`."""
        self._do(self._carries.clear)

    def go_silent(self) -> None:
        """Let nothing pass on any connection that there is, for ever; new ones are well."""
        self._do(lambda: [setattr(talk, "silent", True) for talk in self._talks])

    def hold_answers(self) -> None:
        """Keep what the server says until `release_answers`; what readers say goes on."""
        self._do(self._open.clear)

    def release_answers(self) -> None:
        """Let pass what the server has said meanwhile."""
        self._do(self._open.set)

    def _hang_up(self) -> None:
        for talk in self._talks:
            for end in (talk.browser, talk.server):
                end.transport.abort()

    def _do(self, act: Callable[[], object]) -> None:
        """Do it where the connections are."""
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (act(), done.set()))
        done.wait()

    async def _talk(self, reader: Reader, writer: Writer) -> None:
        await self._carries.wait()
        if self.is_down:
            writer.transport.abort()
            return
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.server_port)
        except OSError:  # nobody serves at the moment
            writer.transport.abort()
            return
        self._talks.add(talk := Talk(writer, to_server))
        await asyncio.gather(
            self._pass(talk, reader, to_server), self._pass(talk, from_server, writer)
        )
        self._talks.discard(talk)

    async def _pass(self, talk: Talk, source: Reader, target: Writer) -> None:
        with suppress(OSError):
            while piece := await source.read(PIECE):
                if target is talk.browser:
                    await self._open.wait()
                if not talk.silent:
                    target.write(piece)
                    await target.drain()
        if not talk.silent:
            target.close()
