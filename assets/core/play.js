// Play: the steps, the time steps or any slider of a page move by themselves, one tick at a time.
//
// A tick is what the reader would have done: a press on "Next step", the next time step, a slider
// one stride on. So it goes the way of every event, and nothing here knows a number. The next tick
// waits until the last one was answered. Nothing plays before it is asked for, and what plays stops
// at its end, at Pause, and when the reader does anything else.

import { element, find, findAll, isEnabled, setText } from "./dom.js";
import { addPart } from "./parts.js";

/**
 * @import { Outbox } from "./outbox.js"
 *
 * @typedef {object} Track what can be played
 * @property {string} label
 * @property {number} wait from one tick to the next, in milliseconds
 * @property {() => boolean} tick goes one step on; false at the end
 * @property {() => void} rewind goes back to the beginning
 * @property {() => void} [release] ends what was one gesture
 */

const TICKS = 40; // that a slider takes from one end to the other
const ANSWER_MS = 50; // until an answer is looked for again
const STEP_MS = 1600;
const TIME_MS = 800;
const SLIDE_MS = 200;
const SPEEDS = ["0.5", "1", "2"];

/** @type {WeakMap<HTMLElement, Player>} */
const players = new WeakMap();

addPart({
  acts: {
    play(root, outbox) {
      if (!players.has(root)) players.set(root, new Player(root, outbox));
      players.get(root)?.open();
    },
  },
});

/** The bar below a sheet that plays what is on it. */
class Player {
  playing = false;
  ticking = false; // what is heard now is the player's own doing
  seq = 0; // the number of the event of the last tick
  timer = 0;
  left = new AbortController(); // with the page, the player's ears go

  /**
   * @param {HTMLElement} root
   * @param {Outbox} outbox
   */
  constructor(root, outbox) {
    this.root = root;
    this.outbox = outbox;
    this.bar = element("div", "sheet player", "", { role: "group", "aria-label": "Player" });
    this.toggle = element("button", "act", "Play", { type: "button" });
    this.what = labelledSelect("Play");
    this.speed = labelledSelect("Speed");
    this.speed.append(...SPEEDS.map((x) => new Option(`${x}×`, x)));
    this.speed.value = "1";
    const close = element("button", "act", "Close", { type: "button" });
    const boxes = [this.what, this.speed].map((select) => select.parentElement ?? select);
    this.bar.append(this.toggle, ...boxes, close);
    this.toggle.addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    close.addEventListener("click", () => this.close());
    this.what.addEventListener("change", () => this.stop());
    this.bar.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.close();
    });
    this.bar.addEventListener("focusin", () => this.list());
    for (const type of ["click", "change", "keydown"]) {
      const { signal } = this.left;
      document.addEventListener(type, (event) => this.hear(event), { capture: true, signal });
    }
  }

  /** Show the bar, and begin at once: that is what was asked for. */
  open() {
    this.list();
    this.root.after(this.bar);
    this.toggle.focus();
    this.play();
  }

  close() {
    this.stop();
    this.bar.remove();
    /** @type {HTMLElement?} */ (this.root.querySelector('[data-act="play"]'))?.focus();
  }

  /** List what can be played now, and keep what was chosen. */
  list() {
    const labels = tracksOf(this.root).map(({ label }) => label);
    const listed = [...this.what.options].map(({ value }) => value);
    if (labels.join("|") === listed.join("|")) return;
    const chosen = this.what.value;
    this.what.replaceChildren(...labels.map((label) => new Option(label, label)));
    if (labels.includes(chosen)) this.what.value = chosen;
  }

  /** @returns {Track | undefined} */
  get track() {
    return tracksOf(this.root).find(({ label }) => label === this.what.value);
  }

  play() {
    this.show(true);
    this.seq = this.outbox.last;
    // At the end already, it begins again.
    if (this.track && !this.act(this.track.tick)) this.act(this.track.rewind);
    this.wait();
  }

  stop() {
    if (this.playing && this.track?.release) this.act(this.track.release);
    this.show(false);
  }

  /** @param {boolean} playing */
  show(playing) {
    clearTimeout(this.timer);
    this.playing = playing;
    setText(this.toggle, playing ? "Pause" : "Play");
  }

  /**
   * Do something on the sheet as the reader would.
   *
   * @template T
   * @param {() => T} what
   */
  act(what) {
    this.ticking = true;
    const done = what();
    this.ticking = false;
    this.seq = this.outbox.last;
    return done;
  }

  wait() {
    const wait = (this.track?.wait ?? 0) / Number(this.speed.value);
    this.timer = setTimeout(() => this.next(), wait);
  }

  /** Tick, as soon as the last tick was answered; stop at the end, and where it is out of place. */
  next() {
    const { track } = this;
    if (!track || !this.root.isConnected || this.outbox.last !== this.seq) return this.stop();
    if (this.outbox.waiting.length) {
      this.timer = setTimeout(() => this.next(), ANSWER_MS);
    } else if (this.act(track.tick)) this.wait();
    else this.stop();
  }

  /**
   * Whatever else the reader does stops what plays; to look around, by Tab or scrolling, does not.
   *
   * @param {Event} event
   */
  hear(event) {
    if (!this.root.isConnected) return this.left.abort();
    if (!this.playing || this.ticking || this.bar.contains(/** @type {Node} */ (event.target)))
      return;
    if (event instanceof KeyboardEvent && LOOKING.has(event.key)) return;
    this.stop();
  }
}

const LOOKING = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "PageUp", "PageDown"]);

/** @param {string} text */
function labelledSelect(text) {
  const label = element("label", "control");
  const select = element("select");
  label.append(element("span", "control-label", text), select);
  return select;
}

/**
 * Return what can be played on a sheet: the steps, the time steps, each slider.
 *
 * @param {HTMLElement} root
 * @returns {Track[]}
 */
function tracksOf(root) {
  const sliders = /** @type {HTMLInputElement[]} */ (findAll(root, "input[type=range]"));
  const seen = sliders.filter((slider) => slider.offsetParent); // not those that are folded away
  return [...stepTracks(root), ...timeTracks(root), ...seen.map(sliderTrack)];
}

/**
 * @param {HTMLElement} root
 * @returns {Track[]}
 */
function stepTracks(root) {
  const button = /** @type {HTMLElement?} */ (root.querySelector('.walk [data-walk="1"]'));
  if (!button) return [];
  return [
    {
      label: "the steps",
      wait: STEP_MS,
      tick() {
        if (!isEnabled(button)) return false;
        button.click();
        return true;
      },
      rewind() {
        for (const select of root.querySelectorAll(".walk select")) choose(select, 0);
      },
    },
  ];
}

/**
 * @param {HTMLElement} root
 * @returns {Track[]}
 */
function timeTracks(root) {
  const select = /** @type {HTMLSelectElement?} */ (root.querySelector('.walk [data-choice="t"]'));
  if (!select) return [];
  const tick = () => {
    if (select.selectedIndex === select.length - 1) return false;
    choose(select, select.selectedIndex + 1);
    return true;
  };
  return [{ label: "the time steps", wait: TIME_MS, tick, rewind: () => choose(select, 0) }];
}

/**
 * @param {Element} select
 * @param {number} index
 */
function choose(select, index) {
  /** @type {HTMLSelectElement} */ (select).selectedIndex = index;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * A slider moves in strides: with the steps that it has for a hand it would take minutes.
 *
 * @param {HTMLInputElement} slider
 * @returns {Track}
 */
function sliderTrack(slider) {
  const steps = (Number(slider.max) - Number(slider.min)) / Number(slider.step);
  const stride = Math.max(1, Math.round(steps / TICKS));
  const move = (/** @type {() => void} */ by) => {
    const before = slider.value;
    by();
    if (slider.value === before) return false;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };
  return {
    label: nameOf(slider),
    wait: SLIDE_MS,
    tick: () => move(() => slider.stepUp(stride)),
    rewind: () =>
      move(() => {
        slider.value = slider.min;
      }),
    release: () => slider.dispatchEvent(new Event("change", { bubbles: true })),
  };
}

/** @param {HTMLInputElement} slider */
function nameOf(slider) {
  const label = slider.closest("label");
  return slider.ariaLabel ?? (label ? find(label, ".control-label").textContent : "") ?? "";
}
