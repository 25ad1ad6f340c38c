// What the browser keeps for a reader. In a frame on somebody else's page it may refuse to keep
// anything: then this lasts as long as the page, and nothing else fails.

class Memory {
  /** @type {Map<string, string>} */
  own = new Map();

  /** @param {() => Storage} storage a browser that refuses does so when it is asked for */
  constructor(storage) {
    this.storage = storage;
  }

  /** @param {string} key */
  get(key) {
    try {
      return this.storage().getItem(key);
    } catch {
      return this.own.get(key) ?? null;
    }
  }

  /**
   * @param {string} key
   * @param {string} text
   */
  set(key, text) {
    try {
      this.storage().setItem(key, text);
    } catch {
      this.own.set(key, text);
    }
  }

  /** @param {string} key */
  remove(key) {
    try {
      this.storage().removeItem(key);
    } catch {
      this.own.delete(key);
    }
  }
}

/** For this tab, also after the page was loaded anew. */
export const inTab = new Memory(() => sessionStorage);

/** For this browser, until somebody clears it. */
export const inBrowser = new Memory(() => localStorage);
